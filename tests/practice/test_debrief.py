"""What is told after a practice: first what was done well."""

from pathlib import Path

from assist import Workbench
from assist.practice import Practice, scenario
from tests.practice.parcels import begun


def sent(practice: Practice, *texts: str) -> Practice:
    """The practice after these replies."""
    for text in texts:
        practice.send(text)
    return practice


def test_what_was_done_well_is_told_once_with_its_reply(bench: Workbench, tmp_path: Path) -> None:
    practice = sent(begun(bench, tmp_path), "Let me see.", "I'm so sorry, Mrs Pell.", "I'm really sorry, Mrs Pell.")
    done = {one.praise.act: one.reply for one in practice.debrief.well}
    assert done["sincere-apology"] == 2
    assert done["uses-name"] == 2


def test_what_was_flagged_has_a_better_sentence_and_its_reply(bench: Workbench, tmp_path: Path) -> None:
    practice = sent(begun(bench, tmp_path), "I'm so sorry, Mrs Pell.", "It's our policy to wait.")
    ((number, finding),) = practice.debrief.flagged
    assert (number, finding.category) == (2, "policy-wall")
    assert finding.rewrites[0].text


def test_the_steps_of_the_recovery_are_told_with_the_reply_that_reached_them(bench: Workbench, tmp_path: Path) -> None:
    practice = sent(
        begun(bench, tmp_path), "Let me see.", "I'm so sorry, Mrs Pell.", "You'll have a new parcel by noon."
    )
    steps = practice.debrief.steps
    assert (steps["apologised"], steps["taken-up"]) == (2, 2)
    assert "solved" not in steps


def test_patience_is_told_from_the_start_and_never_below_nothing(bench: Workbench, tmp_path: Path) -> None:
    debrief = sent(begun(bench, tmp_path), "Did you look?", "Are you sure?", "It's our policy.").debrief
    assert debrief.patience[0] == 5
    assert list(debrief.patience) == sorted(debrief.patience, reverse=True)
    assert debrief.patience[-1] == 0
    assert debrief.outcome == "left"


def test_what_was_waited_for_in_vain_is_told(bench: Workbench, tmp_path: Path) -> None:
    debrief = sent(begun(bench, tmp_path), "I'm so sorry, Mrs Pell. I'm sending a new parcel.").debrief
    assert debrief.unsaid == ("by when it is there", "that it can be wrapped as a present")
    assert any("by when it is there" in line for line in debrief.advice)


def test_advice_is_short_and_the_weightiest_comes_first(bench: Workbench, tmp_path: Path) -> None:
    debrief = sent(begun(bench, tmp_path), "You need to wait.", "It's our policy. You must wait.").debrief
    assert len(debrief.advice) == 3
    assert "sorry" in debrief.advice[0]
    assert "Joan Pell was still waiting" in debrief.advice[2]


def test_one_who_did_all_else_is_told_what_the_scenario_trains(bench: Workbench) -> None:
    """And one who did that too is told nothing: there is nothing to mend."""
    practice = Practice(bench, scenario("router-again"))
    good = practice.scenario.sheet.runs[0]
    sent(practice, *(told.says for told in good.agent))
    assert practice.debrief.outcome == "won-back"
    assert practice.debrief.unsaid == ()
    assert all("waiting" not in line for line in practice.debrief.advice)


def test_before_the_first_reply_there_is_nothing_to_tell(bench: Workbench, tmp_path: Path) -> None:
    debrief = begun(bench, tmp_path).debrief
    assert (debrief.outcome, debrief.replies, debrief.advice, debrief.patience) == (None, (), (), (5,))
