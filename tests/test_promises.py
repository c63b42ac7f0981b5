"""When a promise is due, from its own words, and how long it stays open."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assist import Turn, Workbench
from assist.recovery import due, steps

SAID = datetime(2026, 11, 25, 14, 30, tzinfo=UTC)  # a Wednesday


@pytest.mark.parametrize(
    ("words", "at"),
    [
        ("in ten minutes", "2026-11-25 14:40"),
        ("half an hour", "2026-11-25 15:00"),
        ("within the hour", "2026-11-25 15:30"),
        ("within 24-48 hours", "2026-11-27 14:30"),
        ("by 5pm", "2026-11-25 17:00"),
        ("by 9.30 am", "2026-11-26 09:30"),
        ("by noon", "2026-11-26 12:00"),
        ("tomorrow", "2026-11-26 18:00"),
        ("tomorrow morning", "2026-11-26 12:00"),
        ("tomorrow at 9.30 am", "2026-11-26 09:30"),
        ("by Friday", "2026-11-27 18:00"),
        ("by Tues", "2026-12-01 18:00"),
        ("by the end of the day", "2026-11-25 18:00"),
        ("this afternoon", "2026-11-25 17:00"),
        ("3 to 5 business days", "2026-12-02 14:30"),
    ],
)
def test_words_name_a_time(words: str, at: str) -> None:
    moment = due(words, SAID)
    assert moment is not None
    assert f"{moment:%Y-%m-%d %H:%M}" == at


@pytest.mark.parametrize("words", ["soon", "as soon as I can", "", "by 99:99", "in 99999999999 weeks"])
def test_other_words_name_none(words: str) -> None:
    assert due(words, SAID) is None


def test_a_day_that_is_over_ends_at_midnight() -> None:
    late = SAID.replace(hour=20)
    assert due("today", late) == late.replace(hour=23, minute=59)
    assert due("by Wednesday", late) == (late + timedelta(days=7)).replace(hour=18, minute=0)


@given(st.text(), st.datetimes(min_value=datetime(1990, 1, 1), max_value=datetime(2100, 1, 1)))
def test_whatever_is_said_is_due_after_it_was_said(words: str, at: datetime) -> None:
    moment = due(words, at)
    assert moment is None or moment >= at


def test_a_promise_is_open_until_it_is_said_to_be_done(bench: Workbench) -> None:
    session = bench.session([Turn("customer", "My router is dead again.")])
    session.add(Turn("agent", "I'm so sorry. I'll ring you by 5pm."))
    assert [promise.by for promise in session.recovery.open_promises] == ["by 5pm"]
    session.add(Turn("agent", "I've just sent a new router to you."))
    assert session.recovery.open_promises == ()


def test_the_steps_are_reached_one_by_one(bench: Workbench) -> None:
    session = bench.session()
    reached = []
    for turn in (
        Turn("customer", "My router is dead again."),
        Turn("agent", "I'm so sorry about that. May I test your line now?"),
        Turn("customer", "yes please, that would be great"),
        Turn("agent", "Thank you. I've reset it from here. Could you tell me what the lights do?"),
        Turn("customer", "It works again now, thank you!"),
        Turn("agent", "I'm so glad. I'll ring you on Friday to see that it has held. Thank you for your patience."),
    ):
        session.add(turn)
        reached.append([step.name for step in steps(session.recovery) if step.reached])
    assert reached == [
        [],
        ["heard", "apologised"],
        ["heard", "apologised", "taken up"],
        ["heard", "apologised", "taken up", "working together"],
        ["heard", "apologised", "taken up", "working together", "solved"],
        ["heard", "apologised", "taken up", "working together", "solved", "followed up"],
    ]
