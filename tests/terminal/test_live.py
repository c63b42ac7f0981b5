"""Live conversations over a channel of JSON lines: several at once, and nothing lost."""

import json
from pathlib import Path

from assist import Workbench
from assist.channels.lines import Lines
from tests.terminal.stage import Stage, play


def _say(inbox: Path, conversation: str, text: str, **more: object) -> None:
    with inbox.open("a", encoding="utf-8") as file:
        print(json.dumps({"conversation": conversation, "role": "customer", "text": text, **more}), file=file)


def test_a_reply_is_found_in_the_outbox(bench: Workbench, tmp_path: Path) -> None:
    inbox, outbox = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    _say(inbox, "t1", "My router is dead again!", name="Priya Nair")

    async def story(stage: Stage) -> None:
        await stage.until(lambda: "My router is dead again!" in stage.text)
        await stage.type("I am so sorry about this, Priya. I will ring you by 5pm.")
        await stage.press("enter")
        await stage.until(outbox.exists)

    play(story, bench, tmp_path, channel=Lines(inbox, outbox))
    (line,) = outbox.read_text(encoding="utf-8").splitlines()
    row = json.loads(line)
    assert (row["conversation"], row["name"]) == ("t1", "Alex")
    assert row["text"].startswith("I am so sorry")


def test_each_conversation_keeps_its_own_draft_and_shows_mood_and_unread(bench: Workbench, tmp_path: Path) -> None:
    inbox = tmp_path / "in.jsonl"
    _say(inbox, "t1", "Hello, when does my parcel come?", name="Priya")
    _say(inbox, "t2", "I want to cancel. You have lied to me twice, I'm going to your competitor.", name="Sam")

    async def story(stage: Stage) -> None:
        await stage.until(lambda: "Sam (1)" in stage.text)
        assert "◆ Sam (1)" in stage.text
        await stage.type("Hello Priya")
        await stage.press("ctrl+down")
        await stage.until(lambda: stage.chat.key == "t2")
        assert stage.draft == ""
        await stage.type("I am so sorry")
        _say(inbox, "t1", "Are you there?", name="Priya")
        await stage.until(lambda: "Priya (1)" in stage.text)
        assert stage.draft == "I am so sorry"
        await stage.press("ctrl+up")
        await stage.until(lambda: stage.draft == "Hello Priya")

    play(story, bench, tmp_path, channel=Lines(inbox, tmp_path / "out.jsonl"))


def test_after_a_restart_every_message_is_there_once_and_every_draft(bench: Workbench, tmp_path: Path) -> None:
    inbox = tmp_path / "in.jsonl"
    _say(inbox, "t1", "My kettle is broken.", name="Priya")
    _say(inbox, "t1", "My kettle is broken.", name="Priya")

    async def first(stage: Stage) -> None:
        await stage.until(lambda: bool(stage.desk.chat) and len(stage.chat.said) == 2)
        await stage.type("Oh no, I am sorr")

    async def second(stage: Stage) -> None:
        await stage.until(lambda: bool(stage.desk.chat))
        assert stage.draft == "Oh no, I am sorr"
        assert len(stage.chat.said) == 2
        await stage.press("f9")
        await stage.until(lambda: stage.desk.chat is None)
        _say(inbox, "t1", "Hello??", name="Priya")
        await stage.until(lambda: bool(stage.desk.chat))
        assert [turn.text for turn in stage.chat.turns][-1] == "Hello??"
        assert stage.draft == "Oh no, I am sorr"

    for story in (first, second):
        play(story, bench, tmp_path, channel=Lines(inbox, tmp_path / "out.jsonl"))


def test_what_cannot_go_out_stays_in_the_composer(bench: Workbench, tmp_path: Path) -> None:
    inbox = tmp_path / "in.jsonl"
    _say(inbox, "t1", "Thank you, all is well now.", name="Priya")

    async def story(stage: Stage) -> None:
        await stage.until(lambda: bool(stage.desk.chat))
        await stage.type("Thank you too, Priya.")
        await stage.press("enter")
        await stage.until(lambda: "Not sent" in stage.text)
        assert stage.draft == "Thank you too, Priya."

    play(story, bench, tmp_path, channel=Lines(inbox, None))


def test_a_line_that_cannot_be_read_is_told_and_the_next_one_taken(bench: Workbench, tmp_path: Path) -> None:
    inbox = tmp_path / "in.jsonl"
    inbox.write_text('{"conversation": "t1", "rolle": "customer", "text": "x"}\n', encoding="utf-8")
    _say(inbox, "t1", "Hello there", name="Priya")

    async def story(stage: Stage) -> None:
        await stage.until(lambda: "Hello there" in stage.text)
        assert "'role'?" in stage.text

    play(story, bench, tmp_path, channel=Lines(inbox, None), size=(140, 40))
