"""A customer answers what was sent: the order of the recovery, what is missing, what hurt."""

from pathlib import Path

import pytest

from assist import AssistError, Workbench
from assist.practice import Practice
from tests.practice.parcels import PARCEL, begun, parcel, read, said

SORRY = "I'm so sorry about your parcel, Mrs Pell."
PLAN = "I'm sending you a new parcel today. It's with you on Friday by noon."
WRAP = "I'd love to wrap it for him."
CHECK = "Could you do me a favour and see whether a neighbour took it in?"
GOODBYE = "Thank you for your patience, Mrs Pell. I'll check on Friday that it came."


@pytest.fixture
def practice(bench: Workbench, tmp_path: Path) -> Practice:
    """A practice with the scenario of the manual."""
    return begun(bench, tmp_path)


def test_the_conversation_opens_with_the_customer_by_name(practice: Practice) -> None:
    (turn,) = practice.turns
    assert (turn.role, turn.name) == ("customer", "Joan Pell")
    assert practice.session.recovery.complaint
    assert practice.ended is None


def test_an_apology_is_taken_up_and_then_they_ask_for_the_first_thing(practice: Practice) -> None:
    assert said(practice, SORRY) == "Thank you, I do appreciate the apology. And my parcel? Is it coming at all?"
    assert practice.session.recovery.taken_up


def test_a_rudimentary_question_before_an_apology_offends(practice: Practice) -> None:
    assert said(practice, "Did you look behind the bins?").startswith("Yes, I have looked behind the bins.")
    assert practice.customer.patience == 3


def test_a_shared_check_is_answered_once_the_apology_was_taken_up(practice: Practice) -> None:
    """The same words before it are not."""
    assert "next door" not in said(practice, CHECK)
    said(practice, SORRY)
    assert said(practice, CHECK).startswith("I'll gladly ask next door.")


def test_a_question_after_the_apology_and_before_it_is_taken_up_has_an_answer_of_its_own(
    bench: Workbench, tmp_path: Path
) -> None:
    """A rule can tell the timings of a rudimentary question apart."""
    rule = "  - when: {timing: [before-acceptance]}\n    says: [I had only just begun to trust you.]\n"
    practice = begun(bench, tmp_path, ("  - when: {flagged: [dypii]}\n", f"{rule}  - when: {{flagged: [dypii]}}\n"))
    assert "only just begun" in said(practice, f"{SORRY} Did you look behind the bins?")


def test_what_is_missing_is_asked_for_in_turn_and_in_other_words_each_time(practice: Practice) -> None:
    said(practice, SORRY)
    assert said(practice, "Let me see.").endswith("I still don't know whether it is coming.")
    assert said(practice, "One moment.").endswith("And my parcel? Is it coming at all?")


def test_two_things_said_at_once_are_both_heard(practice: Practice) -> None:
    said(practice, SORRY)
    assert said(practice, PLAN) == "I'm glad to hear it. It was to be a present, you see."
    assert practice.customer.heard == ("apology", "parcel", "time")


def test_a_time_without_anything_to_happen_then_is_not_heard(practice: Practice) -> None:
    """What comes after something else makes no sense before it."""
    said(practice, f"{SORRY} I'm looking into it today.")
    assert practice.customer.heard == ("apology",)


def test_what_is_said_unasked_need_not_be_asked_for(practice: Practice) -> None:
    said(practice, f"{SORRY} {WRAP}")
    assert "wrapped" in practice.customer.heard
    assert "sorted" in said(practice, PLAN)


@pytest.mark.parametrize(
    "reply",
    [
        "It's our policy that I send a new parcel on Friday only with a receipt.",
        "I can't send a new parcel. There's nothing I can do.",
        "I'm sending a new parcel on {which day?}.",
    ],
)
def test_nothing_is_heard_beside_a_refusal_a_policy_or_a_blank(practice: Practice, reply: str) -> None:
    said(practice, SORRY)
    said(practice, reply)
    assert practice.customer.heard == ("apology",)


def test_a_customer_who_is_well_treated_is_won_back(practice: Practice) -> None:
    for text in (SORRY, PLAN, WRAP):
        said(practice, text)
    assert practice.ended is None
    assert said(practice, GOODBYE) == "You have been very kind. I shall order again."
    assert practice.ended == "won-back"


def test_a_cold_goodbye_leaves_them_content_and_no_more(practice: Practice) -> None:
    for text in (SORRY, PLAN, WRAP):
        said(practice, text)
    said(practice, "OK, goodbye.")
    assert practice.ended == "content"


def test_one_who_is_badly_treated_leaves_and_says_why(practice: Practice) -> None:
    said(practice, "Did you look behind the bins?")
    said(practice, "Are you sure?")
    assert "believes me" in said(practice, "It's our policy to wait 14 days.")
    assert practice.ended == "left"
    assert practice.customer.patience <= 0


def test_one_who_is_told_nothing_leaves_as_well(practice: Practice) -> None:
    said(practice, SORRY)
    for text in ("Let me see.", "One moment.", "Let me look.", "Well."):
        assert said(practice, text)
    assert practice.ended == "left"


def test_the_same_reply_twice_is_noticed(practice: Practice) -> None:
    said(practice, SORRY)
    said(practice, "Let me see.")
    assert said(practice, "let me  see.") == "You wrote exactly that in your last message."


def test_a_question_that_no_rule_knows_has_an_answer_too(practice: Practice) -> None:
    said(practice, SORRY)
    assert said(practice, "Which street is the depot in?").startswith("I'm afraid I couldn't say.")


def test_a_rule_is_spent_when_its_lines_are_said(practice: Practice) -> None:
    """Then the manner speaks, and it never says the same twice running."""
    first = said(practice, "Did you look behind the bins?")
    second = said(practice, "Did you check the shed?")
    assert first != second
    assert "bins" not in second


def test_a_rule_may_end_it(bench: Workbench, tmp_path: Path) -> None:
    rule = "  - when: {said: [closing down]}\n    says: [Then that's that.]\n    ends: left\n"
    practice = begun(bench, tmp_path, ("  - when: {flagged: [dypii]}\n", f"{rule}  - when: {{flagged: [dypii]}}\n"))
    assert said(practice, "We are closing down.") == "Then that's that."
    assert practice.ended == "left"


@pytest.mark.parametrize(
    ("when", "texts", "holds"),
    [
        ("{acts: [sincere-apology]}", [SORRY], True),
        ("{weight: error}", ["Did you look behind the bins?"], True),
        ("{weight: error}", [SORRY], False),
        ("{after: [apologised]}", [SORRY], True),
        ("{before: [apologised]}", [SORRY], False),
        ("{before: [taken-up]}", [SORRY, "Let me see."], True),
        ("{lacks: [apology]}", ["Let me see."], True),
        ("{heard: [parcel, time]}", [SORRY, PLAN], True),
        ("{suffered: [policy-wall]}", ["It's our policy.", SORRY], True),
        ("{patience: 4}", [SORRY], False),
        ("{patience: 4}", [SORRY, "Let me see.", "One moment."], True),
        ("{replies: 2}", [SORRY, "Let me see."], True),
        ("{question: yes}", [SORRY, "Which depot was it?"], True),
        ("{question: yes, news: yes}", [SORRY, "Which depot was it?"], False),
        ("{repeated: yes}", [SORRY, "Let me see.", "LET ME SEE."], True),
        ("{said: [depot], question: no}", [SORRY, "It lies at the depot."], True),
        ("{said: [depot], question: no}", [SORRY, "Is the depot near you?"], False),
        ("{}", ["Anything."], True),
    ],
)
def test_a_condition_holds_when_the_manual_says_so(
    bench: Workbench, tmp_path: Path, when: str, texts: list[str], holds: bool
) -> None:
    rules = "replies:\n" + f"  - when: {when}\n    says: [Aha one., Aha two., Aha three.]\n"
    practice = begun(bench, tmp_path, ("replies:                     # rules", f"{rules}more:  # rules"), *NO_RULES)
    answers = [said(practice, text) for text in texts]
    assert ("Aha" in answers[-1]) is holds


NO_RULES = [(PARCEL[PARCEL.index(", read top") : PARCEL.index("leaves:\n")], "\n"), ("more:  # rules\n", "")]


def test_an_apology_made_before_the_practice_need_not_be_made_again(bench: Workbench, tmp_path: Path) -> None:
    opening = '\n  - "agent: I\'m so sorry about that."\n  - "customer: Thank you. So what now?"\npatience: 5'
    practice = begun(bench, tmp_path, ("\npatience: 5", opening))
    assert said(practice, "Let me see.") == "And my parcel? Is it coming at all?"


def test_in_an_email_all_lines_are_one_message(bench: Workbench, tmp_path: Path) -> None:
    scenario = read(parcel(tmp_path, ("channel: chat", "channel: email")))
    assert len(Practice(bench, scenario).send(SORRY)) == 1


def test_a_reply_has_words_and_comes_before_the_end(practice: Practice) -> None:
    with pytest.raises(AssistError, match="a reply needs words"):
        practice.send(" \n")
    for text in (SORRY, PLAN, WRAP, GOODBYE):
        practice.send(text)
    with pytest.raises(AssistError, match="has ended"):
        practice.send("Hello?")
