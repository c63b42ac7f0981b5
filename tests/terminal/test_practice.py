"""Practising on the desk, the first run's tour included."""

from functools import partial
from pathlib import Path

from assist import Workbench
from assist.practice import FIRST, scenario
from assist.terminal.widgets.composer import Composer
from tests.terminal.stage import ANGRY, Stage, play


def _answered(stage: Stage, said: int) -> bool:
    return len(stage.chat.messages) > said + 1


def test_a_first_run_offers_the_tour_and_a_second_one_does_not(bench: Workbench, tmp_path: Path) -> None:
    async def first(stage: Stage) -> None:
        assert "Take the tour" in stage.text
        await stage.press("enter")
        await stage.until(lambda: "Sam Okafor" in stage.text)
        assert "What you know" in stage.text

    async def second(stage: Stage) -> None:
        assert "Take the tour" not in stage.text

    play(first, bench, tmp_path, ANGRY, first=True)
    play(second, bench, tmp_path, ANGRY, first=True)


def test_a_customer_is_won_back_and_the_debrief_tells_how(bench: Workbench, tmp_path: Path) -> None:
    good = next(run for run in scenario(FIRST).sheet.runs if run.ends == "won-back")

    async def story(stage: Stage) -> None:
        await stage.press("f2")
        await stage.press("enter")
        await stage.until(lambda: "Sam Okafor" in stage.text)
        for step in good.agent:
            said = len(stage.chat.messages)
            stage.desk.query_one(Composer).put(step.says)
            await stage.rest()
            await stage.press("enter")
            if "Not like this?" in stage.text:
                await stage.type("as it is scripted")
                await stage.press("enter")
            await stage.until(partial(_answered, stage, said))
        await stage.until(lambda: "Debrief" in stage.text)
        assert "Won back" in stage.text
        assert "Done well" in stage.text
        await stage.press("escape")
        await stage.until(lambda: len(stage.app.screen_stack) == 1)

    play(story, bench, tmp_path, ANGRY, size=(140, 40))


def test_a_practice_left_off_is_gone_on_with_after_a_restart(bench: Workbench, tmp_path: Path) -> None:
    async def begin(stage: Stage) -> None:
        await stage.press("f2", "enter")
        await stage.until(lambda: "Sam Okafor" in stage.text)
        await stage.type("I am so sorry, Sam.")
        await stage.press("enter")
        await stage.until(lambda: stage.chat.turns[-1].role == "customer" and len(stage.chat.turns) > 3)
        await stage.type("Let me se")

    async def go_on(stage: Stage) -> None:
        await stage.press("f2")
        assert "left off" in stage.text
        await stage.press("enter")
        await stage.until(lambda: "I am so sorry, Sam." in stage.text)
        assert stage.draft == "Let me se"
        texts = [turn.text for turn in stage.chat.turns]
        assert len(texts) == len(set(texts))

    play(begin, bench, tmp_path, ANGRY)
    play(go_on, bench, tmp_path, ANGRY)
