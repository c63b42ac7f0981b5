"""Live conversations over a channel of JSON lines: several at once, and nothing lost."""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path

from assist import Turn, Workbench
from assist.channels import Arrival, Reply
from assist.channels.lines import Lines
from assist.errors import AssistError
from assist.terminal.widgets.composer import Composer
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
        await stage.until(lambda: bool(stage.desk.chat) and len(stage.chat.messages) == 2)
        await stage.type("Oh no, I am sorr")

    async def second(stage: Stage) -> None:
        await stage.until(lambda: bool(stage.desk.chat))
        assert stage.draft == "Oh no, I am sorr"
        assert len(stage.chat.messages) == 2
        await stage.press("f9")
        await stage.until(lambda: stage.desk.chat is None)
        _say(inbox, "t1", "Hello??", name="Priya")
        await stage.until(lambda: bool(stage.desk.chat))
        assert [turn.text for turn in stage.chat.turns][-1] == "Hello??"
        assert stage.draft == "Oh no, I am sorr"

    for story in (first, second):
        play(story, bench, tmp_path, channel=Lines(inbox, tmp_path / "out.jsonl"))


def test_the_next_start_opens_the_conversation_that_was_open_last(bench: Workbench, tmp_path: Path) -> None:
    inbox = tmp_path / "in.jsonl"
    for name in ("Priya", "Sam", "Ines"):
        _say(inbox, name, f"Hello, this is {name}", name=name)

    async def first(stage: Stage) -> None:
        await stage.until(lambda: "Ines (1)" in stage.text)
        await stage.type("Hello Priya")
        await stage.press("ctrl+down")
        await stage.until(lambda: stage.chat.key == "Sam")

    async def second(stage: Stage) -> None:
        await stage.until(lambda: stage.desk.chat is not None)
        assert stage.chat.key == "Sam"

    for story in (first, second):
        play(story, bench, tmp_path, channel=Lines(inbox, tmp_path / "out.jsonl"))


def test_an_empty_inbox_says_where_messages_come_from(bench: Workbench, tmp_path: Path) -> None:
    async def story(stage: Stage) -> None:
        assert "Nobody has written yet." in stage.text
        assert "in.jsonl" in stage.text
        assert "F5" not in stage.text
        await stage.press("f5")
        assert "What customers write comes in from" in stage.text

    play(story, bench, tmp_path, channel=Lines(tmp_path / "in.jsonl", None), size=(140, 40))


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


def test_a_draft_stays_with_the_conversation_that_it_was_written_for(bench: Workbench, tmp_path: Path) -> None:
    inbox = tmp_path / "in.jsonl"
    _say(inbox, "t1", "Hello, when does my parcel come?", name="Ann")
    _say(inbox, "t2", "My kettle is broken.", name="Bob")

    async def story(stage: Stage) -> None:
        await stage.until(lambda: "Bob (1)" in stage.text)
        await stage.type("For Ann alone")
        await stage.press("f9")
        await stage.until(lambda: stage.chat.key == "t2")
        assert stage.draft == ""
        await stage.press("f9")
        assert "Nobody has written yet" in stage.text
        await stage.type("to nobody")
        _say(inbox, "t1", "Are you there?", name="Ann")
        await stage.until(lambda: stage.desk.chat is not None)
        assert stage.draft == "For Ann alone"

    play(story, bench, tmp_path, channel=Lines(inbox, None))


def test_two_desks_of_one_folder_do_not_mix(bench: Workbench, tmp_path: Path) -> None:
    for shop in ("a", "b"):
        (tmp_path / shop).mkdir()
        _say(tmp_path / shop / "in.jsonl", "12", f"Hello from {shop}", id="1")

    async def first(stage: Stage) -> None:
        await stage.until(lambda: "Hello from a" in stage.text)
        await stage.type("For a")

    async def second(stage: Stage) -> None:
        await stage.until(lambda: "Hello from b" in stage.text)
        assert "Hello from a" not in stage.text
        assert stage.draft == ""

    for shop, story in (("a", first), ("b", second)):
        play(story, bench, tmp_path, channel=Lines(tmp_path / shop / "in.jsonl", tmp_path / shop / "out.jsonl"))


class Slow:
    """A channel that takes its time, and then fails or not."""

    name = "a slow server"
    source = "a slow server"
    address = "slow"

    def __init__(self, *, fails: bool) -> None:
        self.sent: list[str] = []
        self.ids: list[str] = []
        self.go = asyncio.Event()
        self._fails = fails

    async def arrivals(self) -> AsyncIterator[Arrival]:
        yield Arrival("t1", Turn("customer", "Thank you, all is well now.", name="Priya"), "1")

    async def send(self, reply: Reply) -> str:
        self.sent.append(reply.turn.text)
        self.ids.append(reply.id)
        await self.go.wait()
        if self._fails:
            raise AssistError("the server is busy")
        return ""

    async def close(self) -> None:
        return


def test_enter_twice_sends_once_and_what_is_typed_meanwhile_stays(bench: Workbench, tmp_path: Path) -> None:
    slow = Slow(fails=False)

    async def story(stage: Stage) -> None:
        await stage.type("Thank you too, Priya.")
        await stage.press("enter", "enter")
        await stage.type("One more")
        slow.go.set()
        await stage.until(lambda: stage.chat.turns[-1].role == "agent")
        assert slow.sent == ["Thank you too, Priya."]
        assert stage.draft == "One more"

    play(story, bench, tmp_path, channel=slow)


def test_what_fails_late_comes_back_before_what_was_typed_since(bench: Workbench, tmp_path: Path) -> None:
    slow = Slow(fails=True)

    async def story(stage: Stage) -> None:
        await stage.type("Thank you too, Priya.")
        await stage.press("enter")
        await stage.type("One more")
        slow.go.set()
        await stage.until(lambda: "the server is busy" in stage.text)
        assert stage.draft == "Thank you too, Priya.\nOne more"

    play(story, bench, tmp_path, channel=slow)


def test_the_same_words_sent_again_are_the_same_reply(bench: Workbench, tmp_path: Path) -> None:
    slow = Slow(fails=True)
    slow.go.set()

    async def story(stage: Stage) -> None:
        await stage.type("Thank you too, Priya.")
        await stage.press("enter")
        await stage.until(lambda: "the server is busy" in stage.text)
        await stage.press("enter")
        await stage.until(lambda: len(slow.ids) == 2)
        assert len(set(slow.ids)) == 1

    play(story, bench, tmp_path, channel=slow)


def test_a_reply_of_which_nobody_knows_whether_it_went_out_is_named_at_the_next_start(
    bench: Workbench, tmp_path: Path
) -> None:
    async def cut_off(stage: Stage) -> None:
        await stage.type("Thank you too, Priya.")
        await stage.press("enter")

    async def again(stage: Stage) -> None:
        await stage.until(lambda: "Look whether it arrived" in stage.text)
        assert stage.draft == "Thank you too, Priya."

    play(cut_off, bench, tmp_path, channel=Slow(fails=False))
    play(again, bench, tmp_path, channel=Slow(fails=False))


def test_a_draft_too_long_to_check_is_said_and_kept(bench: Workbench, tmp_path: Path) -> None:
    async def story(stage: Stage) -> None:
        stage.desk.query_one(Composer).put("word " * 50_000)
        await stage.until(lambda: "longer than" in stage.text)
        assert len(stage.draft) == 250_000

    play(story, bench, tmp_path, channel=Slow(fails=False))
