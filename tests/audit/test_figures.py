"""Figures of ten conversations against those worked out by hand in `conversations.yaml`."""

import pickle
import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from assist.audit.examine import examine
from assist.audit.figures import Contacts, Counting, Figure, Hours, Split, Terms, behind, definition, figures
from assist.audit.records import Examination
from assist.errors import AssistError
from assist.workbench import Workbench
from tests.audit.talks import talk


def figure(of: list[Examination], name: str, *group: str, by: tuple[Split, ...] = (), label: str = "") -> Figure:
    """One figure of one group."""
    found = figures(of, by=by, names=[name])
    return next(one for one in found if one.group == group and one.label == label)


@pytest.mark.parametrize(
    ("name", "numerator", "denominator"),
    [
        ("contacts", 10, 10),
        ("resolution", 5, 9),
        ("first-contact-resolution", 3, 8),
        ("escalations", 1, 8),
        ("transfers", 1, 8),
        ("repeat-contacts", 1, 9),
        ("first-response-in-time", 4, 5),
        ("complaints", 7, 10),
        ("apologies", 5, 6),
        ("apologies-at-once", 4, 6),
        ("apologies-taken-up", 5, 5),
        ("dypii-first", 1, 6),
        ("won-back", 0, 1),
        ("told-twice", 0, 8),
        ("timelines", 2, 3),
        ("promises", 3, 14),
        ("promises-timed", 3, 3),
        ("promises-kept", 1, 3),
        ("promises-open", 2, 3),
        ("promises-overdue", 0, 2),
        ("remedies", 3, 14),
        ("unanswered", 2, 10),
        ("findings", 7, 14),
        ("findings-by-rule", 7, 14),
        ("clean-replies", 10, 14),
        ("praise", 8, 14),
        ("csat", 2, 3),
        ("rating", 1.75, 3),
    ],
)
def test_a_figure_is_what_a_hand_makes_it(
    examined: list[Examination], name: str, numerator: float, denominator: float
) -> None:
    found = figure(examined, name)
    assert (found.numerator, found.denominator) == (numerator, denominator)
    assert not found.unsupported


@pytest.mark.parametrize(
    ("name", "seconds"),
    [
        ("first-response-median", 25),
        ("first-response-p90", 7200),
        ("response-median", 30),
        ("response-p90", 3600),
        ("resolution-time-median", 240),
        ("resolution-time-p90", 18000),
    ],
)
def test_a_time_is_what_a_hand_makes_it(examined: list[Examination], name: str, seconds: float) -> None:
    found = figure(examined, name)
    assert found.value == seconds
    assert found.clock == "calendar hours"


def test_an_agent_answers_for_their_own_replies_alone(examined: list[Examination]) -> None:
    """Tom began the kettle and Priya ended it: the missing apology is his, the refund hers."""
    toms = figure(examined, "findings", "Tom", by=("agent",))
    assert (toms.numerator, toms.denominator) == (6, 6)
    priyas = figure(examined, "remedies", "Priya", by=("agent",))
    assert (priyas.numerator, priyas.denominator) == (3, 6)
    assert figure(examined, "remedies", "Tom", by=("agent",)).numerator == 0


def test_a_conversation_counts_for_everybody_who_replied_in_it(examined: list[Examination]) -> None:
    tom, priya = (figure(examined, "contacts", name, by=("agent",)).value for name in ("Tom", "Priya"))
    assert (tom, priya) == (4, 4)  # parcel, kettle, hours, refund; router, kettle, refund again, muddle


def test_replies_that_nobody_is_named_for_are_a_group_of_their_own(bench: Workbench) -> None:
    """Beside those of the agent who is named."""
    one = examine(
        talk("customer: Hi there", "agent (Tom): Hi!", "customer: Are you open?", "agent: We are, until ten."),
        bench.session,
    )
    names = {found.group: found.denominator for found in figures([one], by=("agent",), names=["clean-replies"])}
    assert names == {("",): 1, ("Tom",): 1}


def test_two_splits_make_a_table(examined: list[Examination]) -> None:
    """Topic against team shows what ends up on whose desk."""
    found = figure(examined, "contacts", "opening hours", "Broadband", by=("topic", "team"))
    assert (found.value, found.evidence) == (1, ("muddle",))


def test_weeks_are_those_of_the_calendar(examined: list[Examination]) -> None:
    assert figure(examined, "contacts", "2025-W10", by=("week",)).value == 10


def test_the_parts_of_a_figure_are_out_of_the_same(examined: list[Examination]) -> None:
    refunds = figure(examined, "remedies", label="refund")
    assert (refunds.numerator, refunds.denominator) == (2, 14)
    assert refunds.evidence == ("kettle", "refund again")


def test_a_figure_holds_its_target_line_or_not(examined: list[Examination]) -> None:
    assert figure(examined, "first-contact-resolution").on_target is False
    assert figure(examined[:4], "escalations").on_target is True
    assert figure(examined, "resolution").on_target is None


def test_the_worst_come_first_in_evidence(examined: list[Examination]) -> None:
    assert figure(examined, "first-response-p90").evidence[:3] == ("refund", "refund again", "parcel")
    assert figure(examined, "apologies").evidence == ("parcel",)


def test_every_conversation_behind_a_figure_can_be_listed(examined: list[Examination]) -> None:
    listed = behind("apologies-at-once", examined, Terms(), Contacts())
    assert {name: case.value for name, case in listed} == {
        "router": 1, "parcel": 0, "kettle": 0, "refund": 1, "refund again": 1, "call": 1,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("first-response-median", "no first reply to a customer has a time"),
        ("response-p90", "no reply to a customer has a time"),
        ("repeat-contacts", "no conversation has both a customer's key and a time"),
        ("csat", "no customer gave a rating"),
        ("won-back", "no customer was upset at the start and had a reply"),
    ],
)
def test_what_cannot_be_told_says_so_and_is_not_nought(examined: list[Examination], name: str, reason: str) -> None:
    """One conversation without times, keys or ratings."""
    bare = [one for one in examined if one.audited.id == "muddle"]
    bare = [Examination(replace(one.audited, customer="", opened=None, closed=None), one.noted) for one in bare]
    found = figure(bare, name)
    assert (found.value, found.unsupported) == (None, reason)


def test_without_a_conversation_every_figure_says_why_there_is_none() -> None:
    assert all(one.value is None and one.unsupported for one in figures([]))


def test_what_the_export_says_goes_before_what_the_words_tell(examined: list[Examination]) -> None:
    """The parcel reads unsolved; its help desk says that it was solved later, and passed on twice."""
    known = [
        Examination(replace(one.audited, solved=True, handed_on=2), one.noted)
        for one in examined
        if one.audited.id == "parcel"
    ]
    resolution = figure(known, "resolution")
    assert (resolution.value, resolution.inferred) == (1, 0)
    assert figure(known, "transfers").value == 2


def test_waits_can_be_counted_in_opening_hours(examined: list[Examination]) -> None:
    """The mail of Wednesday at nine came in an hour before they opened; that of Saturday, when they were closed."""
    weekdays = dict.fromkeys(("monday", "tuesday", "wednesday", "thursday", "friday"), "10:00-18:00")
    terms = Terms(hours=Hours.of(weekdays, "UTC"))
    mails = [one for one in examined if one.audited.medium == "mail"]
    found = figures(mails, terms, names=["first-response-p90"])[0]
    assert found.value == 3600
    assert found.clock.startswith("business hours (monday 10:00-18:00, ")
    assert found.clock.endswith("UTC)")


@pytest.mark.parametrize(
    ("start", "end", "seconds"),
    [
        ("2025-03-07 16:00", "2025-03-10 10:00", 2.5 * 3600),  # Friday afternoon to Monday morning
        ("2025-03-08 09:00", "2025-03-09 20:00", 0),  # a weekend
        ("2025-03-10 20:00", "2025-03-11 09:30", 0.5 * 3600),
        ("2025-03-28 16:00", "2025-03-31 09:00", 2.5 * 3600),  # clocks go forward: Monday at nine is ten in London
    ],
)
def test_opening_hours_are_those_of_their_zone(start: str, end: str, seconds: float) -> None:
    days = ("monday", "tuesday", "wednesday", "thursday", "friday")
    hours = Hours.of(dict.fromkeys(days, "09:00-17:30"), "Europe/London")
    from_, until = (datetime.fromisoformat(at).replace(tzinfo=UTC) for at in (start, end))
    assert hours.seconds(from_, until) == seconds


@pytest.mark.parametrize(
    ("opening", "zone", "problem"),
    [
        ({"mondy": "09:00-17:00"}, "UTC", "unknown day 'mondy'; did you mean 'monday'?"),
        ({"monday": "nine to five"}, "UTC", "cannot read the hours 'nine to five'; write them as 09:00-17:30"),
        ({"monday": "17:00-09:00"}, "UTC", "the hours '17:00-09:00' end before they begin"),
        ({}, "Europe/Londn", "unknown time zone 'Europe/Londn'; one such as Europe/London"),
    ],
)
def test_hours_that_cannot_be_read_are_told(opening: dict[str, str], zone: str, problem: str) -> None:
    with pytest.raises(AssistError, match=f"^{re.escape(problem)}"):
        Hours.of(opening, zone)


def test_a_figure_that_is_not_there_names_the_nearest() -> None:
    with pytest.raises(AssistError, match="no figure 'apolgies'; did you mean 'apologies'"):
        definition("apolgies")


def test_parts_counted_apart_and_merged_are_the_whole(examined: list[Examination]) -> None:
    """As several processes would count them, and send them back."""
    contacts = Contacts.of((one.audited for one in examined), 7)
    parts = [Counting(Terms(), contacts, [(), ("agent", "medium")]) for _ in range(2)]
    for number, one in enumerate(examined):
        parts[number % 2].add(one)
    whole, other = (pickle.loads(pickle.dumps(part)) for part in parts)
    whole.merge(other)
    assert list(whole.figures()) == figures(examined)
    assert list(whole.figures(("agent", "medium"))) == figures(examined, by=("agent", "medium"))
    with pytest.raises(ValueError, match="no table by team was counted"):
        list(whole.figures(("team",)))
