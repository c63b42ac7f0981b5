"""Keys and where they lead: blanks, the lists beside the reply, and keys that have nothing to do."""

import json
from pathlib import Path

import pytest
from textual.events import Paste

from assist import Turn, Workbench
from assist.channels.lines import Lines
from assist.terminal.widgets.composer import Composer
from assist.terminal.widgets.findings import Findings
from tests.terminal.stage import ANGRY, Stage, play

TWO_BLANKS = "Thank you for waiting. I'll ring you by {by when?} about {what?}, Priya."


def test_a_play_goes_in_with_one_key_and_what_is_typed_fills_its_first_blank(bench: Workbench, tmp_path: Path) -> None:
    async def story(stage: Stage) -> None:
        assert "Answers that fit" in stage.text
        await stage.press("ctrl+l")
        assert "{by when?}" in stage.draft
        assert "blank 1 of 1: type to fill it" in stage.text
        await stage.type("noon")
        assert "{by when?}" not in stage.draft
        assert "noon" in stage.draft
        assert "blank 1" not in stage.text

    play(story, bench, tmp_path, Turn("customer", "My internet is down and I cannot work."))


def test_tab_goes_from_blank_to_blank_and_the_frame_says_which_one_is_next_to_be_filled(
    bench: Workbench, tmp_path: Path
) -> None:
    async def story(stage: Stage) -> None:
        stage.desk.query_one(Composer).put(TWO_BLANKS)
        await stage.rest()
        assert "blank 1 of 2: type to fill it, Tab for the next" in stage.text
        await stage.type("5 pm")
        await stage.press("tab")
        await stage.type("the router")
        assert stage.draft == "Thank you for waiting. I'll ring you by 5 pm about the router, Priya."
        stage.desk.query_one(Composer).put(TWO_BLANKS)
        await stage.press("tab")
        assert "blank 2 of 2" in stage.text
        await stage.press("shift+tab")
        assert "blank 1 of 2" in stage.text

    play(story, bench, tmp_path, ANGRY)


def test_tab_without_a_blank_stays_in_the_reply_and_nothing_typed_is_lost(bench: Workbench, tmp_path: Path) -> None:
    async def story(stage: Stage) -> None:
        await stage.type("I am so sorry")
        await stage.press("tab")
        await stage.type(", Priya.")
        await stage.press("shift+tab", "enter")
        assert stage.chat.turns[-1].text == "I am so sorry, Priya."

    play(story, bench, tmp_path, ANGRY)


@pytest.mark.parametrize("part", ["#talk", "#findings", "#answers"])
def test_what_is_typed_or_pasted_after_a_click_beside_the_reply_goes_into_the_reply(
    part: str, bench: Workbench, tmp_path: Path
) -> None:
    async def story(stage: Stage) -> None:
        await stage.type("I am so ")
        stage.desk.query_one(part).focus()
        await stage.type("sorry, Priya. ")
        stage.desk.query_one(part).focus()
        stage.app.post_message(Paste("Back by 5 pm."))
        await stage.rest()
        stage.app.post_message(Paste(" Is that all right?"))
        await stage.rest()
        assert stage.draft == "I am so sorry, Priya. Back by 5 pm. Is that all right?"

    play(story, bench, tmp_path, ANGRY)


def test_f6_goes_to_the_lists_by_key_and_a_letter_comes_back(bench: Workbench, tmp_path: Path) -> None:
    async def story(stage: Stage) -> None:
        await stage.type("Did you plug it in?")
        await stage.press("f6")
        assert stage.app.focused is stage.desk.query_one(Findings)
        await stage.press("down")
        assert stage.desk.query_one(Findings).highlighted == 1
        await stage.type(" Priya")
        assert stage.draft == "Did you plug it in? Priya"

    play(story, bench, tmp_path, ANGRY)


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("ctrl+t", "Nothing was found to mend."),
        ("ctrl+r", "Nothing was found to mend."),
        ("ctrl+g", "Nothing was found to set aside."),
        ("ctrl+l", "No agreed answer fits so far"),
        ("ctrl+s", "Nothing is written yet."),
    ],
)
def test_a_key_that_has_nothing_to_do_says_so(key: str, said: str, bench: Workbench, tmp_path: Path) -> None:
    async def story(stage: Stage) -> None:
        await stage.press(key)
        assert said in stage.text
        assert stage.draft == ""

    play(story, bench, tmp_path)


def test_mending_all_right_after_the_last_letter_mends_what_nobody_has_seen_yet(
    bench: Workbench, tmp_path: Path
) -> None:
    async def story(stage: Stage) -> None:
        letters = "its our policy"
        await stage.pilot.press(*("space" if letter == " " else letter for letter in letters), "ctrl+t")
        await stage.rest()
        assert stage.draft.startswith("I'm so sorry")
        assert "policy" not in stage.draft

    play(story, bench, tmp_path, ANGRY)


class TestBursts:
    """Keys that come faster than the app takes them in, as over a slow line: each does its work in its turn."""

    @pytest.mark.parametrize(
        ("typed", "draft"),
        [
            (("teh", "<backspace>", "<backspace>", "he reply"), "the reply"),
            (("Hello", "<ctrl+j>", "there"), "Hello\nthere"),
            (("sory", "<left>", "r", "<end>", ", Priya"), "sorry, Priya"),
            (("gone", "<ctrl+z>", "here"), "here"),
        ],
    )
    def test_a_correction_does_not_wait_for_the_letters_after_it(
        self, typed: tuple[str, ...], draft: str, bench: Workbench, tmp_path: Path
    ) -> None:
        async def story(stage: Stage) -> None:
            await stage.burst(*typed)
            assert stage.draft == draft

        play(story, bench, tmp_path, ANGRY)

    def test_what_is_typed_after_enter_is_the_next_reply(self, bench: Workbench, tmp_path: Path) -> None:
        async def story(stage: Stage) -> None:
            await stage.burst("I am so sorry, Priya.", "<enter>", "One moment")
            assert stage.chat.turns[-1].text == "I am so sorry, Priya."
            assert stage.draft == stage.chat.draft == "One moment"

        play(story, bench, tmp_path, ANGRY)

    def test_what_is_typed_after_the_key_for_the_next_conversation_goes_there(
        self, bench: Workbench, tmp_path: Path
    ) -> None:
        inbox = tmp_path / "in.jsonl"
        for name in ("Priya", "Sam"):
            line = {"conversation": name, "role": "customer", "text": f"Hello, {name} here", "name": name}
            with inbox.open("a", encoding="utf-8") as file:
                file.write(json.dumps(line) + "\n")

        async def story(stage: Stage) -> None:
            await stage.until(lambda: "Sam (1)" in stage.text)
            await stage.burst("Hello Priya", "<ctrl+down>", "Hello Sam")
            assert [chat.draft for chat in stage.desk.desk.chats.values()] == ["Hello Priya", "Hello Sam"]

        play(story, bench, tmp_path, channel=Lines(inbox, None))

    def test_a_rewrite_taken_right_after_the_last_letter_loses_none(self, bench: Workbench, tmp_path: Path) -> None:
        async def story(stage: Stage) -> None:
            await stage.type("I am so sorry. Its our policy")
            await stage.burst(". See you", "<ctrl+r>")
            assert stage.draft.endswith(". See you")
            assert "policy" not in stage.draft

        play(story, bench, tmp_path, ANGRY)

    def test_a_reason_is_taken_whole(self, bench: Workbench, tmp_path: Path) -> None:
        async def story(stage: Stage) -> None:
            await stage.type("Did you plug it in?")
            await stage.press("enter")
            await stage.burst("she asked me to", "<enter>")
            assert stage.desk.is_current
            assert [reply.reason for reply in stage.desk.desk.journal.replies()] == ["she asked me to"]

        play(story, bench, tmp_path, ANGRY)
