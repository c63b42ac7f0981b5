"""What somebody sets aside, with a reason, stays aside: for a draft, a conversation, me, or the team."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assist import AssistError, Conversation, DataError, Review, Workbench
from assist.dismissals import Dismissal, Dismissals
from tests.stories import talk

DRAFT = "I'm so sorry about the fine. It is our policy. You need to send the ticket."
TOLD = talk("customer: I was fined in your car park although I had paid").turns


def checked(bench: Workbench, *items: Dismissal, draft: str = DRAFT, conversation: str = "c-1") -> Review:
    """The review of a draft in a conversation of that id, with these set aside."""
    own = Workbench(bench.lexicon, Dismissals(list(items)))
    own.__dict__["analyzer"] = bench.analyzer  # the same lexicon, compiled once for all tests
    return own.session(Conversation(TOLD, conversation)).check(draft)


def shown(review: Review) -> list[str]:
    return [finding.category for finding in review.findings]


def aside(review: Review) -> list[tuple[str, str, str]]:
    return [(item.finding.category, item.scope, item.reason) for item in review.dismissed]


def test_with_nothing_set_aside_everything_shows(bench: Workbench) -> None:
    review = checked(bench)
    assert (shown(review), aside(review), review.verdict) == (["policy-wall", "command"], [], "stop")


@pytest.mark.parametrize("scope", ["me", "team"])
def test_a_finding_set_aside_is_kept_apart_and_the_verdict_follows(bench: Workbench, scope: str) -> None:
    """It is not lost: it stands beside the others with who it was for, and why."""
    item = Dismissal(rule="policy-wall", scope=scope, reason="the council owns it")  # type: ignore[arg-type]
    review = checked(bench, item)
    assert shown(review) == ["command"]
    assert aside(review) == [("policy-wall", scope, "the council owns it")]
    assert review.verdict == "mend"


def test_with_all_set_aside_the_draft_may_go(bench: Workbench) -> None:
    items = [Dismissal(rule=rule, scope="me", reason="agreed") for rule in ("policy-wall", "command")]
    review = checked(bench, *items)
    assert (shown(review), len(review.dismissed), review.verdict) == ([], 2, "send")


def test_a_rule_is_set_aside_by_its_id_or_its_category(bench: Workbench) -> None:
    rule = checked(bench).findings[0].rule
    for name in (rule, "policy-wall"):
        assert shown(checked(bench, Dismissal(rule=name, scope="me", reason="agreed"))) == ["command"]
    assert shown(checked(bench, Dismissal(rule="refusal", scope="me", reason="agreed"))) == ["policy-wall", "command"]


def test_for_one_draft_only(bench: Workbench) -> None:
    """The same words, however they are spaced; not the next draft."""
    item = Dismissal(rule="policy-wall", scope="draft", reason="agreed", draft=DRAFT)
    assert shown(checked(bench, item)) == ["command"]
    assert shown(checked(bench, item, draft=DRAFT.replace(". ", ".\n").upper())) == ["command"]
    assert "policy-wall" in shown(checked(bench, item, draft=f"{DRAFT} Thank you."))


def test_for_one_conversation_only(bench: Workbench) -> None:
    item = Dismissal(rule="policy-wall", scope="conversation", reason="agreed", conversation="c-1")
    assert shown(checked(bench, item)) == ["command"]
    assert shown(checked(bench, item, conversation="c-2")) == ["policy-wall", "command"]
    assert shown(checked(bench, item, conversation="")) == ["policy-wall", "command"]


@pytest.mark.parametrize(
    ("draft", "covered"),
    [
        ("I'm so sorry. It is our policy.", True),
        ("I'm so sorry. IT IS OUR POLICY.", True),
        ("I'm so sorry. It  is\nour policy.", True),
        ("I'm so sorry. It is company policy.", False),
    ],
)
def test_for_these_words_in_any_case_and_spacing(bench: Workbench, draft: str, *, covered: bool) -> None:
    """`words` are those flagged: other words of the same rule still show."""
    item = Dismissal(rule="policy-wall", scope="team", reason="agreed", words="it is Our policy")
    assert ("policy-wall" not in shown(checked(bench, item, draft=draft))) is covered


def test_words_with_a_curly_apostrophe_are_the_same_words(bench: Workbench) -> None:
    item = Dismissal(rule="policy-wall", scope="team", reason="agreed", words="it's our policy")
    assert "policy-wall" not in shown(checked(bench, item, draft="I'm so sorry. It’s our policy."))


def test_something_missing_can_be_set_aside_too(bench: Workbench) -> None:
    item = Dismissal(rule="missing-apology", scope="me", reason="said on the phone")
    review = checked(bench, item, draft="Hello, the fine is off your account now.")
    assert (shown(review), [name for name, *_ in aside(review)]) == ([], ["missing-apology"])


def test_a_rewrite_leaves_alone_what_is_set_aside(bench: Workbench, tmp_path: Path) -> None:
    file = tmp_path / "aside.yaml"
    Dismissals.load(file).add(Dismissal(rule="command", scope="team", reason="house style"))
    own = Workbench.load(dismissals=file)
    assert "You need to send the ticket." in own.rewrite(DRAFT, Conversation(TOLD)).text
    assert "You need to send the ticket." not in bench.rewrite(DRAFT, Conversation(TOLD)).text


TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40)
ITEMS = st.builds(
    Dismissal,
    rule=TEXT.filter(bool),
    scope=st.sampled_from(["me", "team"]),
    reason=TEXT.filter(lambda words: len(words) >= 3),
    words=TEXT,
    by=TEXT,
)


@given(st.lists(ITEMS, max_size=4))
def test_the_file_gives_back_what_was_put_in(tmp_path_factory: pytest.TempPathFactory, items: list[Dismissal]) -> None:
    """Written one after the other, by several people; read at once, and read again."""
    file = tmp_path_factory.mktemp("aside") / "deep" / "dismissals.yaml"
    for item in items:
        Dismissals.load(file).add(item)
    assert Dismissals.load(file).items == items


def test_a_draft_of_several_lines_comes_back_from_the_file(tmp_path: Path) -> None:
    file = tmp_path / "dismissals.yaml"
    item = Dismissal(rule="command", scope="draft", reason="agreed", draft='Hi:\n\n- "you need to" …\n\tJo\'s # 1\n')
    Dismissals.load(file).add(item)
    assert Dismissals.load(file).items == [item]


def test_the_file_can_be_written_by_hand(tmp_path: Path) -> None:
    """As the manual of the module shows it."""
    file = tmp_path / "dismissals.yaml"
    file.write_text("- rule: policy-wall\n  words: our parking policy\n  scope: team\n  reason: the council owns it\n")
    (item,) = Dismissals.load(file).items
    assert (item.scope, item.words) == ("team", "our parking policy")


def test_no_file_and_an_empty_file_set_nothing_aside(tmp_path: Path) -> None:
    assert Dismissals.load(tmp_path / "none.yaml").items == []
    (tmp_path / "empty.yaml").write_text("")
    assert Dismissals.load(tmp_path / "empty.yaml").items == []


ROW = "- rule: command\n  scope: me\n  reason: agreed\n"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (ROW + "  word: x\n", ":4: unknown field 'word'; did you mean 'words'?"),
        (ROW.replace("  reason: agreed\n", ""), ":1: 'reason' is missing"),
        (ROW.replace("me", "everyone"), ":2: 'scope': Input should be 'draft', 'conversation', 'me' or 'team'"),
        (ROW.replace("agreed", "no"), ":3: 'reason': String should have at least 3 characters"),
        (ROW + "- just words\n", ":4: "),
        ("rule: command\n", ":1: must be a list of dismissals"),
        ("- [", ":2: not YAML"),
    ],
)
def test_a_file_that_is_wrong_is_pointed_at(tmp_path: Path, text: str, problem: str) -> None:
    file = tmp_path / "dismissals.yaml"
    file.write_text(text)
    with pytest.raises(DataError) as raised:
        Dismissals.load(file)
    assert str(raised.value).startswith(f"{file}{problem}")
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(("scope", "says"), [("draft", "its text"), ("conversation", "its id")])
def test_a_scope_must_say_which_one(tmp_path: Path, scope: str, says: str) -> None:
    file = tmp_path / "dismissals.yaml"
    item = Dismissal(rule="command", scope=scope, reason="agreed")  # type: ignore[arg-type]
    with pytest.raises(AssistError, match=says):
        Dismissals.load(file).add(item)
    assert not file.exists()


def test_a_draft_scope_written_by_hand_without_a_draft_covers_nothing(bench: Workbench) -> None:
    """An oversight in the file must not switch a rule off for every draft."""
    item = Dismissal(rule="policy-wall", scope="draft", reason="agreed")
    assert "policy-wall" in shown(checked(bench, item))


def test_a_conversation_scope_without_an_id_covers_no_conversation(bench: Workbench) -> None:
    """Conversations without an id are not all the same one."""
    item = Dismissal(rule="policy-wall", scope="conversation", reason="agreed")
    assert "policy-wall" in shown(checked(bench, item, conversation=""))
