"""What is flagged and what is not, told in small stories: the turns before, then the draft."""

from pathlib import Path
from typing import Any

import pytest

from assist import Severity, Turn, Workbench
from assist.lexicon import CATEGORIES
from assist.yamlfile import YamlFile
from tests.stories import categories, review, words_of

STORIES: dict[str, Any] = YamlFile(Path(__file__).with_name("stories.yaml")).data


def _stories(expected: str) -> list[Any]:
    """Every story in stories.yaml of one kind, named by its category and its draft."""
    return [
        pytest.param(category, story, id=f"{category}: {story['draft'][:60]}")
        for category, both in STORIES.items()
        for story in both[expected]
    ]


def test_every_category_has_its_stories() -> None:
    """At least three of each kind, so that no category goes untold."""
    assert set(STORIES) == set(CATEGORIES)
    for category, both in STORIES.items():
        assert min(len(both["flags"]), len(both["passes"])) >= 3, category


@pytest.mark.parametrize(("category", "story"), _stories("flags"))
def test_it_flags(bench: Workbench, category: str, story: dict[str, str]) -> None:
    """The draft is found in its category, over the words that earn it."""
    draft = story["draft"]
    found = [f for f in review(bench, draft, story["talk"]).findings if f.category == category]
    assert found, categories(bench, draft, story["talk"])
    if words := story.get("words"):
        place = draft.index(words)
        spans = [(f.start, f.end) for f in found]
        assert any(start < place + len(words) and place < end for start, end in spans), spans


@pytest.mark.parametrize(("category", "story"), _stories("passes"))
def test_it_leaves_alone(bench: Workbench, category: str, story: dict[str, str]) -> None:
    """The near miss is not found in that category."""
    assert category not in categories(bench, story["draft"], story["talk"])


@pytest.mark.parametrize(("category", "story"), _stories("passes"))
def test_a_good_reply_is_let_through(bench: Workbench, category: str, story: dict[str, str]) -> None:
    """The near misses are replies that a trainer would be glad of: nothing holds them back."""
    found = review(bench, story["draft"], story["talk"]).findings
    held = [(f.category, words_of(f, story["draft"])) for f in found if f.severity is not Severity.SUGGESTION]
    assert held == [], category


class TestTheThreeTimingsOfOneQuestion:
    """ "Did you plug it in?" at each step of a conversation, told in turns."""

    DRAFT = "Did you plug it in?"
    TOLD = (
        "customer: hi, my router is dead again and i work from home",
        "agent: Hello Ada, I'm so sorry about this, and on a working day too.",
        "customer: thank you. what can we do?",
    )

    @pytest.mark.parametrize(
        ("heard", "timing", "severity", "verdict"),
        [
            (0, "blunt", "suggestion", "send"),
            (1, "before-apology", "error", "stop"),
            (2, "before-acceptance", "warning", "mend"),
            (3, "blunt", "suggestion", "send"),
        ],
        ids=["no complaint", "complaint", "apology", "apology taken up"],
    )
    def test_the_same_words_weigh_less_as_the_recovery_goes_on(
        self, bench: Workbench, heard: int, timing: str, severity: str, verdict: str
    ) -> None:
        found = review(bench, self.DRAFT, *self.TOLD[:heard])
        (question,) = [f for f in found.findings if f.category == "dypii"]
        assert (question.timing, question.severity) == (timing, severity)
        assert found.verdict == ("stop" if heard == 1 else verdict)

    def test_a_session_tells_the_same_story_turn_by_turn(self, bench: Workbench) -> None:
        """As the turns come in, the very same draft goes from stop to mend to send."""
        session = bench.session()
        told = []
        for line in self.TOLD:
            role, words = line.split(": ", 1)
            session.add(Turn(role, words))  # type: ignore[arg-type]
            told.append(session.check(self.DRAFT).verdict)
        assert told == ["stop", "mend", "send"]

    def test_an_apology_in_the_draft_itself_counts_when_it_comes_first(self, bench: Workbench) -> None:
        for draft, timing in (
            ("I'm so sorry about that. Did you plug it in?", "before-acceptance"),
            ("Did you plug it in? I'm so sorry about that.", "before-apology"),
            ("I'm sorry if that is annoying. Did you plug it in?", "before-apology"),
        ):
            found = review(bench, draft, self.TOLD[0]).findings
            assert [f.timing for f in found if f.category == "dypii"] == [timing], draft

    def test_a_shared_check_after_an_accepted_apology_is_clean(self, bench: Workbench) -> None:
        draft = "Maybe the wall connection is loose. Could you do me a favour and check where it plugs in?"
        assert categories(bench, draft, *self.TOLD) == set()

    def test_anger_after_the_apology_takes_the_acceptance_back(self, bench: Workbench) -> None:
        angry = "customer: you know what, this is ridiculous, i'm furious"
        (question,) = [f for f in review(bench, self.DRAFT, *self.TOLD, angry).findings if f.category == "dypii"]
        assert question.timing == "before-acceptance"

    def test_two_joined_questions_are_one_and_two_sentences_are_two(self, bench: Workbench) -> None:
        joined = "Did you plug it in and did you switch it on?"
        apart = "Did you plug it in? Have you tried restarting it?"
        for draft, count in ((joined, 1), (apart, 2)):
            found = review(bench, draft, *self.TOLD).findings
            assert sum(f.category == "dypii" for f in found) == count, draft

    def test_the_gentle_wording_comes_with_it(self, bench: Workbench) -> None:
        """What to say instead speaks of the thing asked about, and is a request."""
        found = review(bench, "Have you tried restarting the router?", *self.TOLD).findings
        (question,) = [f for f in found if f.category == "dypii"]
        assert question.rewrites
        assert "router" in question.rewrites[0].text
        assert question.rewrites[0].text.endswith("?")


@pytest.mark.parametrize(
    "draft",
    [
        "I'm sorry that you were told “it is our policy”. That was wrong of us, and the fee is gone.",
        "> there's nothing I can do\n\nI'm so sorry that you got that answer. I have refunded it just now.",
        "I'm so sorry. I have refunded it just now.\n\nOn Mon, 3 May 2027, Tim wrote:\nYou must send the receipt.",
        'I\'m sorry my colleague wrote "calm down", that was out of place. The engineer comes at two today.',
    ],
    ids=["in quotation marks", "a quoted line", "an earlier mail", "a colleague's words"],
)
def test_what_somebody_else_wrote_is_not_judged(bench: Workbench, draft: str) -> None:
    """Only the agent's own words are; a quotation says what happened."""
    said = {"policy-wall", "refusal", "command", "dismissive"}
    assert not said & categories(bench, draft, "customer: i got a rude answer and a fee, i am angry")


def test_praise_stands_apart_from_findings(bench: Workbench) -> None:
    """One draft may earn both, and praise changes no verdict."""
    lines = ("customer: My name is Rosa and my tablet died after a week.",)
    draft = "I'm so sorry about the tablet, Rosa. You need to send it in."
    mixed = review(bench, draft, *lines)
    assert {"command"} <= {finding.category for finding in mixed.findings}
    assert {"sincere-apology", "uses-name"} <= {praise.act for praise in mixed.praise}
    for praise in mixed.praise:
        assert praise.message
        assert draft[praise.start : praise.end].strip()
    assert mixed.verdict == "mend"


def test_a_draft_without_merit_is_not_praised(bench: Workbench) -> None:
    assert review(bench, "It is our policy.", "customer: my tablet died").praise == ()


@pytest.mark.parametrize(
    ("draft", "verdict"),
    [
        ("I'm so sorry about the kettle. A new one leaves here today.", "send"),
        ("I'm so sorry about the kettle. I'll look into it.", "mend"),
        ("I'm so sorry about the kettle. It is our policy not to refund those.", "stop"),
    ],
)
def test_the_heaviest_finding_decides(bench: Workbench, draft: str, verdict: str) -> None:
    """Stop for an error, mend for a warning, send otherwise."""
    assert review(bench, draft, "customer: my new kettle is broken").verdict == verdict


def test_suggestions_hold_nothing_back(bench: Workbench) -> None:
    told = review(bench, "Send the new address.", "customer: hello, can i change the delivery address?")
    assert {finding.severity for finding in told.findings} == {Severity.SUGGESTION}
    assert told.verdict == "send"


@pytest.mark.parametrize(
    ("draft", "category"),
    [
        ("I've added a 10 euro credit to your account.", "assumed-remedy"),
        ("It's only two days.", "dismissive"),
    ],
)
def test_some_words_offend_only_somebody_with_a_complaint(bench: Workbench, draft: str, category: str) -> None:
    """A gift is welcome on a good day; after a failure it decides for the customer."""
    calm = "customer: hi, i renewed my plan today, what happens next?"
    wronged = "customer: my parcel is two days late and i'm really upset"
    assert category not in categories(bench, draft, calm)
    assert category in categories(bench, draft, wronged)


@pytest.mark.parametrize(
    "draft",
    [
        "its our polciy not to refund opend items",
        "IT IS OUR POLICY NOT TO REFUND OPENED ITEMS",
        "It’s our\npolicy — not to refund opened items!!",
    ],
    ids=["typos", "capitals", "line breaks and curly quotes"],
)
def test_the_way_it_is_typed_does_not_matter(bench: Workbench, draft: str) -> None:
    assert "policy-wall" in categories(bench, draft, "customer: the jacket ripped")


def test_findings_come_in_the_order_of_the_text(bench: Workbench) -> None:
    draft = "I'm sorry about that. You need to wait. It is our policy. There's nothing I can do."
    found = review(bench, draft, "customer: my jacket ripped").findings
    assert [f.category for f in found] == ["command", "policy-wall", "refusal"]
    assert [f.start for f in found] == sorted(f.start for f in found)


def test_every_finding_says_why_and_what_to_say_instead(bench: Workbench) -> None:
    """An agent is never told no without a reason and another way."""
    for both in STORIES.values():
        for story in both["flags"]:
            for finding in review(bench, story["draft"], story["talk"]).findings:
                assert finding.message, finding.rule
                assert finding.why, finding.rule
                assert finding.rewrites or finding.category in {"placeholder", "wrong-name"}, finding.rule
                assert 0 <= finding.confidence <= 1
