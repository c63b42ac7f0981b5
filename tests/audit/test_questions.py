"""Questions in lay words: what is answered, from which figure, and what is refused."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assist.audit.figures import DEFINITIONS
from assist.audit.grammar import read
from assist.audit.periods import period
from assist.audit.questions import CHANGED, EXAMPLES, ask
from tests.audit.house import House

LAST = date(2025, 11, 23)


@pytest.mark.parametrize(
    ("question", "figure", "heading"),
    [
        ("Which agents apologise least?", "apologies", "by agent, the least first"),
        ("which agnets apoligise least", "apologies", "by agent, the least first"),
        ("Who apologizes most?", "apologies", "by agent, the most first"),
        ("Who says sorry at once?", "apologies-at-once", "by agent"),
        ("How often do we say sorry?", "apologies", ""),
        ("How fast do we answer?", "first-response-median", ""),
        ("how quickly do we reply?", "first-response-median", ""),
        ("Which team is slowest?", "first-response-median", "by team, the most first"),
        ("How long do customers wait for the first reply in team Orders?", "first-response-median", "in team Orders"),
        ("Who keeps promises?", "promises-kept", "by agent, the best first"),
        ("Who breaks promises most?", "promises-overdue", "by agent, the most first"),
        ("How many promises are left open?", "promises-open", ""),
        ("What do people complain of most in team North?", "complaints", "by topic, in team North"),
        ("What did customers complain about in October?", "complaints", "by topic, in October"),
        ("Which topics have the most complaints?", "complaints", "by topic, the most first"),
        ("What do we do well?", "praise", ""),
        ("What does Wen do well?", "praise", "of Wen"),
        ("What do we get wrong most?", "findings", ""),
        ("Where do we get things wrong?", "findings", ""),
        ("How many conversations did we have in November?", "contacts", "in November"),
        ("First contact resolution by team", "first-contact-resolution", "by team"),
        ("How many are solved first time, week by week?", "first-contact-resolution", "by week"),
        ("Which agents have the happiest customers?", "csat", "by agent, the best first"),
        ("Show me the satisfaction week by week", "csat", "by week"),
        ("How often do we give refunds between 1 September and 15 October?", "remedies", "15 October"),
        ("How long does it take to solve something?", "resolution-time-median", ""),
        ("How many questions were left unanswered since 2025-11-01?", "unanswered", "since 2025-11-01"),
        ("Are we getting better at apologising?", "apologies", "before 13 October, and since then"),
        ("How has satisfaction changed since October?", "csat", "since October"),
        ("Show apologies over time", "apologies", "by week"),
        ("How fast do we answer chats?", "first-response-median", "by chat"),
        ("How fast is Tom?", "first-response-median", "of Tom"),
    ],
)
def test_a_question_in_lay_words_is_answered_from_its_figure(
    house: House, question: str, figure: str, heading: str
) -> None:
    answer = ask(question, house)
    assert answer.understood
    assert [one.id for one in answer.definitions] == [figure]
    assert heading in answer.heading
    assert answer.lines
    assert answer.definitions[0].meaning in str(answer)


@pytest.mark.parametrize(
    "question",
    [
        "Why do customers leave?",
        "Who should be sacked?",
        "Which agents wear hats?",
        "What will happen next month?",
        "Is Tom lazy?",
        "How much money did we lose?",
        "How fast do we apologise and keep promises?",
        "Who apologises more than Priya?",
        "Who does not apologise?",
        "Which agents apologise least in team Moonbase?",
        "How many customers left?",
        "How many customers were upset?",
        "How long are conversations?",
        "When are we busy?",
        "Which manager is best?",
        "How many customers return things?",
        "Tell me a joke",
        "",
        "drop table conversations; --",
    ],
)
def test_what_is_not_understood_to_the_last_word_gets_a_list_and_no_guess(house: House, question: str) -> None:
    answer = ask(question, house)
    assert not answer.understood
    assert (answer.lines, answer.figures) == ((), ())
    assert set(answer.asks) == {*EXAMPLES.values(), CHANGED}
    assert answer.asks[0] in str(answer)


def test_what_can_be_asked_comes_nearest_first(house: House) -> None:
    assert ask("Which agents apologise in the rudest way?", house).asks[0] == "Which agents apologise least?"
    assert ask("Who forgets promises?", house).asks[0] == "Who keeps promises?"


@pytest.mark.parametrize(("figure", "question"), EXAMPLES.items())
def test_every_question_that_is_offered_is_answered(house: House, figure: str, question: str) -> None:
    assert [one.id for one in ask(question, house).definitions] == [figure]


def test_nearly_every_figure_can_be_asked_for() -> None:
    assert {one.id for one in DEFINITIONS} - set(EXAMPLES) == {
        "first-response-p90",
        "response-p90",
        "resolution-time-p90",
    }


def test_an_answer_gives_numbers_and_conversations_to_look_at(house: House) -> None:
    answer = ask("Which agents apologise least?", house)
    tom = answer.figures[0]
    assert (
        answer.lines[0] == f"Tom: {tom.numerator / tom.denominator:.0%} ({tom.numerator:.0f} of {tom.denominator:.0f})"
    )
    least = {one.audited.id: one.audited for one in house.examined}[answer.evidence[0]]
    assert least.agents == ("Tom",)
    assert least.apology_due
    assert least.apology_reply is None


def test_who_has_few_cases_comes_last_and_is_said_to(house: House) -> None:
    lines = ask("Who keeps promises?", house).lines
    few = ["few" in line for line in lines]
    assert few == sorted(few)
    assert any(few)


def test_what_changed_tells_only_what_chance_would_hardly_make(house: House) -> None:
    answer = ask(CHANGED, house)
    assert "before 1 October 2025, and since October" in answer.heading
    assert all(line.endswith(("better", "worse", "higher", "lower")) for line in answer.lines)


def test_a_figure_that_cannot_be_told_says_why(house: House) -> None:
    bare = House([one for one in house.examined if one.audited.rating is None])
    assert ask("How satisfied are customers?", bare).lines == ("It cannot be told: no customer gave a rating.",)


def test_an_audit_without_conversations_has_honest_answers() -> None:
    assert ask("How fast do we answer?", House([])).lines == (
        "It cannot be told: no first reply to a customer has a time.",
    )
    assert "No conversation has a time" in ask(CHANGED, House([])).lines[0]


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("since october", date(2025, 10, 1), None),
        ("in december", date(2024, 12, 1), date(2025, 1, 1)),
        ("since 3 march 2025", date(2025, 3, 3), None),
        ("after march 3rd", date(2025, 3, 4), None),
        ("before 2025-06-01", None, date(2025, 6, 1)),
        ("in 2024", date(2024, 1, 1), date(2025, 1, 1)),
        ("last week", date(2025, 11, 10), date(2025, 11, 17)),
        ("this month", date(2025, 11, 1), date(2025, 12, 1)),
        ("from september to october", date(2025, 9, 1), date(2025, 11, 1)),
    ],
)
def test_periods_as_people_say_them(words: str, start: date | None, end: date | None) -> None:
    found, rest = period(f"how fast do we answer {words}", LAST)
    assert found is not None
    assert (found.start, found.end) == (start, end)
    assert rest.strip() == "how fast do we answer"


def test_a_day_that_there_is_not_is_no_period(house: House) -> None:
    assert period("since 31 february", LAST)[0] is None
    assert not ask("How fast do we answer since 31 February?", house).understood


@given(st.text(max_size=400))
def test_whatever_is_asked_is_read_or_refused(question: str) -> None:
    read(question, {"team": ["North"], "agent": ["Tom"], "topic": ["billing"]}, LAST)
