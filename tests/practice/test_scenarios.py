"""The scenarios that ship: their walk-throughs, their words, and laws that hold whatever is sent to them."""

import jsonschema
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from assist import Turn, Workbench
from assist.data import shipped
from assist.lexicon import packs_under
from assist.practice import FIRST, Practice, Scenario, differences, load, manners
from assist.practice.schema import schema

SCENARIOS = load()
TRADES = {path.name for path in (shipped("lexicon") / "industries").iterdir() if path.is_dir()}
every = pytest.mark.parametrize("scenario", SCENARIOS.values(), ids=SCENARIOS)

SENTENCES = st.sampled_from(
    [
        "I'm so sorry about this.", "Did you turn it off and on again?", "It's our policy.", "Calm down.",
        "I'm sending you a new one today.", "You'll have it by Friday at noon.", "What would make this right?",
        "Let me look into it.", "You must have typed it wrong.", "Here is your refund.", "Which order?",
        "Is there anything else?", "Thank you for your patience.", "Hi Laura!", "That's not my department.",
        "{what?}", "I can't help you with that.", "Would you mind checking the lights with me?", "ok", "?", "😀",
        "\u202e", "4111 1111 1111 1111", "I have read your notes.", "Goodbye.", "We'd be glad to have you back.",
    ]
)  # fmt: skip
REPLIES = st.lists(
    st.lists(SENTENCES | st.text(min_size=1, max_size=20), min_size=1, max_size=3).map(" ".join), max_size=12
)


@every
def test_its_walk_throughs_go_as_written(scenario: Scenario, bench: Workbench) -> None:
    assert [str(difference) for difference in differences(bench, scenario)] == []


@every
def test_one_who_is_won_back_is_so_in_four_to_eight_replies(scenario: Scenario) -> None:
    for run in scenario.sheet.runs:
        if run.ends == "won-back":
            assert 4 <= len(run.agent) <= 8


@every
def test_it_opens_with_a_complaint_and_settles_with_a_solution(scenario: Scenario, bench: Workbench) -> None:
    """As the checker reads it, which judges the replies by that."""
    assert bench.session(scenario.opening).recovery.complaint
    settled = bench.analyzer.customer.read(scenario.sheet.endings.settled).act_names
    assert "solved" in settled


@every
def test_only_at_the_end_does_the_checker_read_that_it_is_solved(scenario: Scenario, bench: Workbench) -> None:
    lines = [line for want in scenario.wants for line in (*want.thanks, *want.asks)]
    lines += [line for rule in scenario.replies for line in rule.says]
    lines += [*scenario.manner.unsure, *scenario.manner.thanks, *(parting.says for parting in scenario.leaves)]
    assert [line for line in lines if "solved" in bench.analyzer.customer.read(line).act_names] == []


@every
def test_the_apology_is_taken_up_in_words_that_the_checker_knows(scenario: Scenario, bench: Workbench) -> None:
    for line in scenario.wants[0].thanks:
        apologised = [*scenario.opening, Turn("agent", "I'm so sorry about this."), *scenario.said(line)]
        assert bench.session(apologised).recovery.taken_up, line


@every
def test_no_line_stands_in_it_twice(scenario: Scenario) -> None:
    """Who says the same again in another rule sounds like a machine."""
    lines = [line for rule in scenario.sheet.replies for line in rule.says]
    lines += [line for want in scenario.wants for line in (*want.asks, *want.thanks)]
    assert len(lines) == len(set(lines))


def test_every_trade_and_the_general_have_one_and_all_manners_are_used() -> None:
    assert {scenario.sheet.trade for scenario in SCENARIOS.values()} == {*TRADES, "general"}
    used = {scenario.sheet.customer.manner for scenario in SCENARIOS.values()}
    assert used == set(manners(shipped("practice")))
    assert set(packs_under(shipped("lexicon"))) >= TRADES


def test_the_first_is_easy_and_tempts_with_the_rudimentary_question() -> None:
    first = next(iter(SCENARIOS.values()))
    assert (first.id, first.sheet.hard, first.sheet.trade) == (FIRST, 1, "telecom")
    assert "dypii" in first.sheet.trains
    assert [scenario.sheet.hard for scenario in SCENARIOS.values()] == sorted(s.sheet.hard for s in SCENARIOS.values())


def test_the_schema_takes_all_that_ships() -> None:
    validator = jsonschema.Draft202012Validator(schema())
    for path in sorted(shipped("practice").rglob("*.yaml")):
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        assert not list(validator.iter_errors(data)), path
    assert list(validator.iter_errors({"title": "x"}))


@given(st.sampled_from(sorted(SCENARIOS)), REPLIES)
@settings(max_examples=60)
def test_whatever_is_sent_the_customer_answers_and_a_replay_is_the_same(
    bench: Workbench, name: str, replies: list[str]
) -> None:
    """Never silent, never the same twice running, never more patience than at first; and the texts carry it all."""
    practice = Practice(bench, SCENARIOS[name])
    before = ""
    for text in replies:
        if practice.ended or not text.strip():
            continue
        answered = " ".join(turn.text for turn in practice.send(text))
        assert answered.strip()
        assert answered != before
        assert practice.customer.patience <= practice.scenario.sheet.patience
        assert (practice.ended is not None) or practice.customer.patience > 0
        before = answered
    again = Practice.replay(bench, SCENARIOS[name], practice.agent_texts)
    assert again.turns == practice.turns
    assert again.customer == practice.customer
    assert again.debrief == practice.debrief


@every
def test_it_ends_whatever_an_agent_goes_on_saying(scenario: Scenario, bench: Workbench) -> None:
    """Each reply costs patience, brings something new, or uses up a line; so no conversation is stuck."""
    practice = Practice(bench, scenario)
    for number in range(60):
        practice.send(f"I'm so sorry. Which one is it, number {number}? Thank you for waiting.")
        if practice.ended:
            break
    assert practice.ended
