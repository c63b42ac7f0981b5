"""A draft made better: what comes out reads as English, and nothing is lost or invented on the way."""

import re
from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assist import Conversation, Review, Turn, Workbench
from assist.lexicon import ActEntry, CheckEntry, FactEntry
from assist.rewriting import ITSELF
from assist.spans import apply
from tests.stories import categories, review, talk

COMPLAINT = "customer: My name is Dana and my kettle (order 55190) is broken"
APOLOGY = "agent: I'm so sorry about the kettle, Dana."
ACCEPTED = "customer: thank you. what now?"


def rewritten(bench: Workbench, draft: str, *lines: str) -> str:
    return bench.rewrite(draft, talk(*lines)).text


def wording(bench: Workbench, rule: str, number: int = 0) -> str:
    """What the lexicon has to say instead, so that a better wording there breaks no test here."""
    entry = bench.lexicon[rule]
    assert isinstance(entry, CheckEntry)
    return entry.instead[number]


@pytest.mark.parametrize(
    ("draft", "better"),
    [
        ("You need to send us the receipt.", "Could you send us the receipt?"),
        ("you need to send us the receipt", "Could you send us the receipt?"),
        ("You'll have to wait until 5 pm!", "Could you wait until 5 pm?"),
        (
            "A new one is ready. You must fill in the green form, Dana.",
            "A new one is ready. Could you fill in the green form, Dana?",
        ),
        ("Hi Tom, a new one leaves today.", "Hi Dana, a new one leaves today."),
        ("Thanks for waiting, Donald. A new one leaves today.", "Thanks for waiting, Dana. A new one leaves today."),
        ("Hi {{first_name}}, a new one leaves today.", "Hi Dana, a new one leaves today."),
        (
            "Dear [CUSTOMER NAME], order [ORDER NUMBER] leaves today.",
            "Dear Dana, order 55190 leaves today.",
        ),
        (
            "Hi Tom, you need to send us the receipt.\n\nKind regards,\nJo",
            "Hi Dana, could you send us the receipt?\n\nKind regards,\nJo",
        ),
    ],
)
def test_the_words_are_put_right_where_they_stand(bench: Workbench, draft: str, better: str) -> None:
    """Orders become requests with their question mark, names and blanks are filled from the conversation."""
    assert rewritten(bench, draft, COMPLAINT, APOLOGY) == better


@pytest.mark.parametrize(
    ("draft", "better"),
    [
        ("A new one leaves today, Dana.", "{sorry} A new one leaves today, Dana."),
        ("Hi Dana, a new one leaves today.", "Hi Dana, {sorry} A new one leaves today."),
        ("Hi Dana! A new one leaves today.", "Hi Dana! {sorry} A new one leaves today."),
        ("Hi Dana,\n\nA new one leaves today.", "Hi Dana,\n\n{sorry}\n\nA new one leaves today."),
        ("hi dana\n\na new one leaves today", "hi dana\n\n{sorry}\n\na new one leaves today"),
        ("Hi {{first_name}}, a new one leaves today.", "Hi Dana, {sorry} A new one leaves today."),
        (
            "Hi Tom, you need to send us the receipt.",
            "Hi Dana, {sorry} Could you send us the receipt?",
        ),
        (
            "Good morning Dana, a new one leaves today.\n\nKind regards,\nJo",
            "Good morning Dana, {sorry} A new one leaves today.\n\nKind regards,\nJo",
        ),
    ],
)
def test_an_apology_comes_after_the_greeting(bench: Workbench, draft: str, better: str) -> None:
    """What is missing is put in as a sentence of its own, where somebody would say it."""
    sorry = wording(bench, "missing-apology")
    assert rewritten(bench, draft, COMPLAINT) == better.format(sorry=sorry)


def test_a_promise_is_given_a_time_to_fill_in(bench: Workbench) -> None:
    by_when = wording(bench, "missing-timeline")
    better = rewritten(bench, "I'll look into it. The box is yours to keep.", COMPLAINT, APOLOGY)
    assert better == f"I'll look into it. {by_when} The box is yours to keep."
    assert "?}" in by_when


def test_an_apology_that_takes_itself_back_becomes_a_real_one(bench: Workbench) -> None:
    better = bench.rewrite("I'm sorry if that upset you. A new one leaves today.", talk(COMPLAINT))
    assert better.review.findings == ()
    assert better.text.endswith(" A new one leaves today.")
    assert "sorry" in better.text.split(".")[0]
    assert " if " not in better.text


@pytest.mark.parametrize(
    ("draft", "kept"),
    [
        ("I'm so sorry about the wait, but it's our policy not to refund.", "I'm so sorry about the wait."),
        ("Hi Dana, im so sorry about the wait but its our policy", "Hi Dana, im so sorry about the wait."),
        ("Oh no, I'm so sorry about that – it's our policy!", "Oh no, I'm so sorry about that."),
        ('Sorry about the "delay", it\'s our policy', 'Sorry about the "delay".'),
    ],
)
def test_a_sentence_that_begins_with_an_apology_keeps_it(bench: Workbench, draft: str, kept: str) -> None:
    """The wording takes the place of the rest, as a sentence of its own; the draft needs no other apology."""
    (finding,) = review(bench, draft, COMPLAINT).findings
    plain = [rewrite for rewrite in finding.rewrites if "sorry" not in rewrite.text]
    for rewrite in plain:
        assert apply(draft, [rewrite.edit]).startswith(f"{kept} {rewrite.text}")
    better = rewritten(bench, draft, COMPLAINT)
    assert better.startswith(kept)
    assert "policy" not in better


@pytest.mark.parametrize(
    "draft",
    [
        "I'm sorry, but it's our policy.",
        "I'm sorry if that upset you, but it's our policy.",
        "No, I'm sorry, it's our policy.",
        "I'm so sorry about {the thing}, but it's our policy.",
        "I'm so sorry (really, I am), but it's our policy.",
        "It's our policy, I'm so sorry.",
    ],
)
def test_only_a_sincere_apology_that_can_stand_alone_is_kept(bench: Workbench, draft: str) -> None:
    """Half an apology, and one that would be left in pieces, gives way with the rest of its sentence."""
    findings = review(bench, draft, COMPLAINT, APOLOGY).findings
    (wall,) = (finding for finding in findings if finding.category == "policy-wall")
    for rewrite in wall.rewrites:
        assert apply(draft, [rewrite.edit]).startswith(rewrite.text)


def test_an_apology_is_not_kept_beside_another(bench: Workbench) -> None:
    """A wording that says sorry itself takes the place of the whole sentence."""
    draft = "I apologise for the delay; the warehouse messed up."
    (finding,) = review(bench, draft, COMPLAINT).findings
    words = [rewrite for rewrite in finding.rewrites if "sorry" in rewrite.text]
    assert words
    for rewrite in words:
        assert apply(draft, [rewrite.edit]).startswith(rewrite.text)


def test_one_apology_is_enough(bench: Workbench) -> None:
    """Several things to mend, each of which would say sorry: it is said once."""
    draft = "You must have dropped it. The warehouse messed up. There's nothing I can do."
    better = rewritten(bench, draft, COMPLAINT)
    assert better.lower().count("sorry") + better.lower().count("apolog") == 1


def test_a_rudimentary_question_becomes_a_shared_check(bench: Workbench) -> None:
    draft = "Have you tried restarting the router?"
    told = ("customer: my router keeps dropping", "agent: I'm so sorry about that.", "customer: thanks, what can i do")
    better = rewritten(bench, draft, *told)
    assert better != draft
    assert "router" in better
    assert better.endswith("?")
    assert categories(bench, better, *told) == set()


def test_the_gentle_question_speaks_of_the_customers_own_thing(bench: Workbench) -> None:
    """A kettle at home is no hotel room: nobody offers to come up."""
    better = rewritten(bench, "Did you plug it in?", COMPLAINT, APOLOGY)
    assert "come up" not in better


def test_what_was_given_is_read_back(bench: Workbench) -> None:
    """Asking again becomes saying it: the order number is known."""
    better = rewritten(bench, "Can I have your order number?", COMPLAINT, APOLOGY, ACCEPTED)
    assert "55190" in better
    assert "{" not in better


@pytest.mark.parametrize(
    "draft",
    [
        "I'm so sorry about the kettle, Dana. A new one leaves here today.",
        "  I'm so sorry about the kettle, Dana.\n\n\tA new one leaves here today.  \n",
        "hi dana im so sorry about the kettle, a new one leaves here today",
        "Hi Dana, I’m so sorry – a “new” one leaves here today… 🫖",
    ],
)
def test_a_good_draft_comes_back_as_it_was(bench: Workbench, draft: str) -> None:
    """To the letter: spaces, dashes, capitals and all."""
    better = bench.rewrite(draft, talk(COMPLAINT))
    assert (better.text, better.mended) == (draft, ())


def test_everything_but_the_flagged_words_stays_as_it_was(bench: Workbench) -> None:
    draft = "Hello  Dana –\n\n1) the label is in your inbox…\n2) You need to print it.\n\n🫖 Jo"
    better = rewritten(bench, draft, COMPLAINT, APOLOGY)
    assert better == "Hello  Dana –\n\n1) the label is in your inbox…\n2) Could you print it?\n\n🫖 Jo"


def test_a_set_aside_finding_is_not_rewritten(bench: Workbench) -> None:
    """Rules switched off are left to the agent."""
    lenient = Workbench.load(rules={"command": "off"})
    draft = "You need to send us the receipt."
    assert lenient.rewrite(draft, talk(COMPLAINT, APOLOGY)).text == draft
    assert rewritten(bench, draft, COMPLAINT, APOLOGY) != draft


TALKS = [
    Conversation(),
    talk("customer: Hi, what time do you open?"),
    talk(COMPLAINT),
    talk(COMPLAINT, APOLOGY),
    talk(COMPLAINT, APOLOGY, ACCEPTED),
    talk(COMPLAINT, APOLOGY, "customer: it works now, thanks"),
    Conversation((Turn("customer", "IM FURIOUS, nobody came again", name="Ilse Brandt"),)),
]
OPENINGS = ("", "Hi Dana, ", "Hello!\n\n", "hi ", "Dear Mr Berg,\n", "Hi {{name}}, ")
CLOSINGS = ("", "\n\nKind regards,\nJo", " Thanks!", " 🙂")


def _sentences(bench: Workbench) -> Iterator[str]:
    """What agents say in the lexicon's own examples, good and bad."""
    for entry in bench.lexicon.entries.values():
        if isinstance(entry, FactEntry) or (isinstance(entry, ActEntry) and entry.by == "customer"):
            continue
        yield from (example.draft for example in (*entry.examples.flags, *entry.examples.passes))


@st.composite
def drafts(draw: st.DrawFn, bench: Workbench) -> str:
    """One to three of them in a row, with or without a greeting and a close."""
    said = draw(st.lists(st.sampled_from(sorted(_sentences(bench))), min_size=1, max_size=3))
    between = draw(st.sampled_from([" ", "\n", "\n\n"]))
    return draw(st.sampled_from(OPENINGS)) + between.join(said) + draw(st.sampled_from(CLOSINGS))


def _counts(of: Review) -> Counter[str]:
    return Counter(finding.category for finding in of.findings)


@given(st.data(), st.sampled_from(TALKS))
@settings(max_examples=200)
def test_a_rewrite_only_ever_makes_a_draft_better(bench: Workbench, data: st.DataObject, before: Conversation) -> None:
    """What is mended is gone; nothing new is found but the blanks that the rewrite itself left."""
    draft = data.draw(drafts(bench))
    session = bench.session(before)
    had = _counts(session.check(draft))
    better = session.rewrite(draft)
    has = _counts(better.review)
    assert better.review == session.check(better.text)
    blanks = better.text.count("?}") - draft.count("?}")
    had["placeholder"] += max(blanks, 0)
    assert has <= had
    mended = Counter(finding.category for finding in better.mended)
    assert all(has[category] < had[category] for category in mended if category != "placeholder")
    if not better.mended:
        assert better.text == draft


PARTICULARS = (
    "on 12 March",
    "for £45.20",
    "with BX55190",
    "at 10:30",
    "in three days",
    "for Zofia",
    "to jo@pell.example",
)
LONG = (
    "theres nothing i can do its our policy that it was sent {} and you have to wait",
    "our system says it went out {} so its not our fault if you werent at home",
    "you must have misread it because it was booked {} and we do not do refunds",
    "Unfortunately the courier lost it {} and you need to contact them.",
    "Sorry if you feel that way, it was changed {}, that's how it is.",
)


@given(
    st.lists(st.tuples(st.sampled_from(LONG), st.sampled_from(PARTICULARS)), min_size=1, max_size=2),
    st.sampled_from(OPENINGS),
    st.sampled_from(TALKS),
)
@settings(max_examples=100)
def test_no_particular_is_ever_lost_and_what_was_held_back_for_one_is_told(
    bench: Workbench, said: list[tuple[str, str]], opening: str, before: Conversation
) -> None:
    """Numbers, dates, amounts, references and names stay, or what they stand in stays as it was."""
    draft = opening + " ".join(sentence.format(words) for sentence, words in said)
    better = bench.rewrite(draft, before)
    for _, words in said:
        assert words.split(" ", 1)[1] in better.text
    for held in better.held:
        assert held.finding in better.review.findings
        assert held.lost
        assert all(words in better.text for words in held.lost)


@given(st.data(), st.sampled_from(TALKS))
@settings(max_examples=100)
def test_what_the_lexicons_own_examples_tell_is_still_told(
    bench: Workbench, data: st.DataObject, before: Conversation
) -> None:
    """Every run of digits is still there, but those that were flagged themselves."""
    draft = data.draw(drafts(bench))
    better = bench.rewrite(draft, before)
    flagged = "".join(draft[slice(*finding.span)] for finding in better.mended if finding.category in ITSELF)
    gone = (
        Counter(re.findall(r"\d+", draft)).keys() - re.findall(r"\d+", better.text) - set(re.findall(r"\d+", flagged))
    )
    assert not gone


def test_nothing_is_held_back_for_a_way_of_speaking_or_the_customers_own_name(bench: Workbench) -> None:
    """Nobody misses "all four steps" or their own name; what somebody else is called, they would."""
    before = talk(COMPLAINT, APOLOGY)
    for draft in ("Have you tried all four steps, Dana?", "Are you 100% sure it is plugged in?"):
        better = bench.rewrite(draft, before)
        assert [finding.category for finding in better.mended] == ["dypii"]
        assert better.held == ()
    (held,) = bench.rewrite("Did you plug it in as Zofia told you?", before).held
    assert held.lost == ("Zofia",)


def test_mending_one_thing_does_not_hide_another(bench: Workbench) -> None:
    """An order made a question would no longer count as a deflection, and sends them away all the same."""
    draft = "You need to contact the courier on 0800 111 222 and ask for Zofia."
    flagged = categories(bench, draft, COMPLAINT, APOLOGY)
    better = bench.rewrite(draft, talk(COMPLAINT, APOLOGY))
    assert {"command", "deflection"} <= flagged
    assert better.text == draft
    (deflection,) = (held for held in better.held if held.finding.category == "deflection")
    assert deflection.lost == ("0800", "111", "222", "Zofia")


@given(st.data(), st.sampled_from(TALKS))
@settings(max_examples=100)
def test_rewriting_twice_changes_nothing_more(bench: Workbench, data: st.DataObject, before: Conversation) -> None:
    draft = data.draw(drafts(bench))
    session = bench.session(before)
    once = session.rewrite(draft).text
    assert session.rewrite(once).text == once


@given(st.data(), st.sampled_from(TALKS))
@settings(max_examples=300)
def test_findings_and_their_edits_lie_inside_the_draft(
    bench: Workbench, data: st.DataObject, before: Conversation
) -> None:
    """A span cuts the draft; what is missing has none; a rewrite alone gives another draft."""
    draft = data.draw(drafts(bench))
    for finding in bench.check(draft, before).findings:
        assert 0 <= finding.start <= finding.end <= len(draft)
        assert finding.missing or draft[finding.start : finding.end].strip()
        assert not finding.missing or finding.start == 0
        for rewrite in finding.rewrites:
            start, end = rewrite.edit.span
            assert 0 <= start <= end <= len(draft)
            changed = apply(draft, [rewrite.edit])
            assert changed == draft[:start] + rewrite.edit.text + draft[end:]
            assert rewrite.text.casefold() in changed.casefold()


@given(st.data(), st.sampled_from(TALKS))
@settings(max_examples=150)
def test_a_rewrite_keeps_clear_of_marks_that_do_not_belong(
    bench: Workbench, data: st.DataObject, before: Conversation
) -> None:
    """No doubled stops, no space before a stop, no slot of the lexicon's left open."""
    draft = data.draw(drafts(bench))
    better = bench.rewrite(draft, before)
    if not better.mended:
        return
    for mark in ("..", " .", " ,", "?.", "!.", ".?", ",.", "  ", "<name>", "<rest>", "<order>"):
        fresh = better.text.replace("...", "…").count(mark) - draft.replace("...", "…").count(mark)
        assert fresh <= 0, (mark, draft, better.text)


@given(st.text(max_size=300), st.sampled_from(TALKS))
@settings(max_examples=150)
def test_any_text_is_rewritten_without_error(bench: Workbench, draft: str, before: Conversation) -> None:
    session = bench.session(before)
    better = session.rewrite(draft)
    assert session.rewrite(better.text).text == better.text


def test_a_review_and_its_rewrite_agree(bench: Workbench) -> None:
    """The findings mended are among those that the check shows."""
    draft = "You need to send us the receipt. It's our policy."
    shown = {finding.rule for finding in review(bench, draft, COMPLAINT, APOLOGY).findings}
    assert {finding.rule for finding in bench.rewrite(draft, talk(COMPLAINT, APOLOGY)).mended} <= shown
