import asyncio
import json
import os
import stat
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assist.channels import Arrival, Problem, Reply, outbox
from assist.channels.following import LONGEST
from assist.channels.lines import Lines
from assist.conversation import ROLES, Role, Turn
from assist.errors import AssistError
from tests.channels.taking import keys, run, taking, texts

SAID = {"conversation": "chat-7", "role": "customer", "text": "The parcel never came"}


def line(**more: Any) -> str:  # noqa: ANN401
    return json.dumps(SAID | more) + "\n"


def add(path: Path, text: str) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write(text)


def reply(text: str = "I'm so sorry. I'll ring the depot now.", id: str = "r1", **more: Any) -> Reply:  # noqa: A002, ANN401
    return Reply(id, "chat-7", Turn("agent", text, datetime(2026, 3, 2, 9, 30, tzinfo=UTC), "Ines"), **more)


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(text) for text in path.read_text(encoding="utf-8").splitlines()]


async def read(path: Path, count: int) -> list[Arrival | Problem]:
    """As many as a fresh start reads from the file."""
    async with taking(Lines(path, None)) as took:
        return list(await took.first(count))


def test_a_turn_has_all_that_its_line_tells(tmp_path: Path) -> None:
    inbox = tmp_path / "inbox.jsonl"
    add(inbox, line(at="2026-03-02T10:30:00+01:00", name="Priya", id=42, title="Order 1184\nlate", mood="cross"))

    async def work() -> None:
        turn = Turn("customer", "The parcel never came", datetime(2026, 3, 2, 9, 30, tzinfo=UTC), "Priya")
        assert await read(inbox, 1) == [Arrival("chat-7", turn, "42", "Order 1184 late")]

    run(work())


def test_what_is_added_comes_and_a_half_line_waits_for_its_end(tmp_path: Path) -> None:
    inbox = tmp_path / "inbox.jsonl"
    add(inbox, line(text="Hello?"))

    async def work() -> None:
        async with taking(Lines(inbox, None)) as took:
            await took.first(1)
            whole = line(text="Are you still there? 🙁")
            add(inbox, whole[:40])
            await asyncio.sleep(0.3)
            assert took.said == ["Hello?"]
            add(inbox, whole[40:])
            assert texts(await took.first(2)) == ["Hello?", "Are you still there? 🙁"]

    run(work())


def test_an_inbox_that_is_not_there_yet_is_told_and_waited_for(tmp_path: Path) -> None:
    inbox = tmp_path / "inbox.jsonl"

    async def work() -> None:
        async with taking(Lines(inbox, None)) as took:
            await took.first(1)
            assert took.problems == [f"{inbox}: not there yet; waiting for it"]
            add(inbox, line())
            await took.first(2)
            assert took.said == ["The parcel never came"]

    run(work())


def test_a_restart_gives_every_line_the_key_it_had_and_no_two_lines_the_same(tmp_path: Path) -> None:
    inbox = tmp_path / "inbox.jsonl"
    add(inbox, line(text="ok") * 3 + line(text="ok", at=1772443800) * 2 + line(text="ok", conversation="chat-8"))

    async def work() -> None:
        first = keys(await read(inbox, 6))
        add(inbox, line(text="thanks"))
        again = keys(await read(inbox, 7))
        assert len(set(again)) == 7
        assert again[:6] == first

    run(work())


def test_a_file_begun_anew_is_read_from_its_start(tmp_path: Path) -> None:
    """Whether it was truncated, cut and grown past where the reading stood, or another file was put in its place."""
    inbox = tmp_path / "inbox.jsonl"
    add(inbox, line(text="one"))

    async def work() -> None:
        async with taking(Lines(inbox, None)) as took:
            await took.first(1)
            inbox.write_text(line(text="2"), encoding="utf-8")
            await took.first(2)
            inbox.write_text(line(text="three, and a good deal longer than what stood here"), encoding="utf-8")
            await took.first(3)
            other = tmp_path / "other.jsonl"
            add(other, line(text="four"))
            other.replace(inbox)
            await took.first(4)
            inbox.unlink()
            await asyncio.sleep(0.2)
            add(inbox, line(text="five"))
            await took.first(5)
            assert [text.split(",")[0] for text in took.said] == ["one", "2", "three", "four", "five"]

    run(work())


def test_what_is_said_again_in_a_new_file_is_another_message(tmp_path: Path) -> None:
    """But a line with a time, moved to a shortened file, is the same."""
    inbox = tmp_path / "inbox.jsonl"
    add(inbox, line(text="any news?") + line(text="ok") + line(text="still here", at=1772443800))

    async def work() -> None:
        async with taking(Lines(inbox, None)) as took:
            await took.first(3)
            inbox.write_text(line(text="still here", at=1772443800) + line(text="ok"), encoding="utf-8")
            came = keys(await took.first(5))
            assert came[3] == came[2]
            assert came[4] not in came[:3]

    run(work())


def test_a_conversation_is_closed_with_or_without_a_last_word(tmp_path: Path) -> None:
    inbox = tmp_path / "inbox.jsonl"
    add(inbox, '{"conversation": "chat-7", "closed": true}\n' + line(text="bye then", closed=True) + line(closed=False))

    async def work() -> None:
        came = await read(inbox, 3)
        told = [(item.closed, item.turn and item.turn.text) for item in came if isinstance(item, Arrival)]
        assert told == [(True, None), (True, "bye then"), (False, "The parcel never came")]

    run(work())


WRONG = [
    ("hello", "not JSON: Expecting value: line 1 column 1 (char 0)"),
    ("[1, 2]", "a line must be an object with conversation, role and text"),
    ('{"conversation": "c", "role": "customer", "txt": "hi"}', "unknown key 'txt'; did you mean 'text'?"),
    (
        '{"conversation_id": 3, "role": "customer", "text": "hi"}',
        "unknown key 'conversation_id'; did you mean 'conversation'?",
    ),
    (
        '{"role": "customer", "text": "hi"}',
        "'conversation' is missing; a line has conversation, role and text",
    ),
    (
        '{"conversation": "c", "role": "costumer", "text": "hi"}',
        "unknown role 'costumer'; did you mean 'customer'?",
    ),
    (
        '{"conversation": "c", "role": "customer", "text": "hi", "at": "teatime"}',
        "cannot read the time 'teatime'; epoch seconds or ISO 8601",
    ),
    (
        '{"conversation": "", "role": "customer", "text": "hi"}',
        "'conversation' must be 1 to 200 characters that can be printed, not ''",
    ),
    (
        '{"conversation": "c\\u001b[2J", "role": "customer", "text": "hi"}',
        "'conversation' must be 1 to 200 characters that can be printed, not 'c\\x1b[2J'",
    ),
    (
        '{"conversation": "c", "role": "customer", "text": "\\ud83d"}',
        "the text of a turn has half a letter (a lone surrogate) at character 1",
    ),
    ('{"conversation": "c", "closed": "yes"}', "'closed' must be true or false, not 'yes'"),
    ('{"conversation": "c", "role": "customer", "text": 5}', "the text of a turn must be a string, not 5"),
    (
        '{"conversation": "c", "role": "customer", "text": "hi", "title": ["x"]}',
        "'title' must be a string, not ['x']",
    ),
    ("[" * 100_000, "not JSON: maximum recursion depth exceeded"),
]


@pytest.mark.parametrize(("wrong", "problem"), WRONG, ids=[problem[:30] for _, problem in WRONG])
def test_a_wrong_line_is_told_by_its_place_and_passed_over(wrong: str, problem: str, tmp_path: Path) -> None:
    inbox = tmp_path / "inbox.jsonl"
    add(inbox, "\n" + wrong + "\r\n\r\n" + line())

    async def work() -> None:
        told, good = await read(inbox, 2)
        assert isinstance(told, Problem)
        assert told.text.startswith(f"{inbox}:2: {problem}")
        assert "\n" not in told.text
        assert texts([good]) == ["The parcel never came"]

    run(work())


def test_a_line_without_end_takes_no_memory_and_what_follows_is_read(tmp_path: Path) -> None:
    inbox = tmp_path / "inbox.jsonl"
    inbox.write_bytes(b"x" * (3 * LONGEST) + b"\n" + line().encode("utf-8-sig") + b"\xff\xfe\n")

    async def work() -> None:
        came = await read(inbox, 3)
        assert [item.text for item in came if isinstance(item, Problem)] == [
            f"{inbox}:1: longer than 1,000,000 bytes",
            f"{inbox}:3: not UTF-8, at byte 1",
        ]
        assert texts(came) == ["The parcel never came"]

    run(work())


def test_a_fifo_is_read_while_writers_come_and_go_and_nothing_waits_on_it(tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    os.mkfifo(inbox)

    async def work() -> None:
        async with taking(Lines(inbox, None)) as took:
            for count, text in enumerate(("ok", "ok", "and my refund?"), start=1):
                await asyncio.to_thread(inbox.write_text, line(text=text), "utf-8")
                await took.first(count)
            await asyncio.to_thread(inbox.write_text, line(text="no end to this line").strip(), "utf-8")
            assert texts(await took.first(4))[2:] == ["and my refund?", "no end to this line"]
            assert len(set(keys(took.came))) == 4
        async with taking(Lines(inbox, None)) as later:
            await asyncio.to_thread(inbox.write_text, line(text="ok"), "utf-8")
            await later.first(1)
            assert not {*keys(later.came)} & {*keys(took.came)}

    run(work())


def test_a_folder_is_no_inbox(tmp_path: Path) -> None:
    async def work() -> None:
        with pytest.raises(AssistError, match="neither a file nor a FIFO"):
            await read(tmp_path, 1)
        with pytest.raises(AssistError, match=r"inbx/lines\.jsonl: its folder is not there"):
            Lines(tmp_path / "inbx" / "lines.jsonl", None)

    run(work())


def test_without_an_inbox_nothing_comes_and_without_an_outbox_nothing_goes() -> None:
    async def work() -> None:
        async with taking(Lines(None, None)) as took:
            assert await took.first(1) == []
        with pytest.raises(AssistError, match="start with --outbox FILE"):
            await Lines(None, None).send(reply())

    run(work())


def test_a_reply_stands_in_the_outbox_with_what_was_said_against_it(tmp_path: Path) -> None:
    out = tmp_path / "replies.jsonl"

    async def work() -> None:
        channel = Lines(None, out)
        assert channel.name == f"the outbox {out}"
        assert await channel.send(reply(verdict="stop", findings=("cold-open",), reason="known her for years")) == "r1"
        await channel.close()

    run(work())
    assert rows(out) == [
        {
            "id": "r1",
            "conversation": "chat-7",
            "role": "agent",
            "text": "I'm so sorry. I'll ring the depot now.",
            "at": "2026-03-02T09:30:00+00:00",
            "name": "Ines",
            "verdict": "stop",
            "findings": ["cold-open"],
            "reason": "known her for years",
        }
    ]
    assert stat.S_IMODE(out.stat().st_mode) == 0o600


def test_a_reply_that_stands_there_is_not_written_twice(tmp_path: Path) -> None:
    """Not after a restart, nor after a crash that left a half line behind; also where the file was emptied since."""
    out = tmp_path / "replies.jsonl"

    async def work() -> None:
        channel = Lines(None, out)
        await channel.send(reply())
        await channel.send(reply())
        assert len(rows(out)) == 1
        add(out, '{"id": "r2", "conversa')
        again = Lines(None, out)
        for id in ("r1", "r2", "r2"):  # noqa: A001
            await again.send(reply(id=id))
        first, half, second = out.read_text(encoding="utf-8").splitlines()
        assert (json.loads(first)["id"], half, json.loads(second)["id"]) == ("r1", '{"id": "r2", "conversa', "r2")
        out.write_text("")
        await again.send(reply())
        await again.send(reply(id="r3"))
        assert [row["id"] for row in rows(out)] == ["r3"]

    run(work())


def test_a_reply_that_comes_back_by_the_inbox_is_known_as_an_echo(tmp_path: Path) -> None:
    inbox, out = tmp_path / "inbox.jsonl", tmp_path / "replies.jsonl"

    async def work() -> None:
        await Lines(None, out).send(reply())
        add(inbox, line(role="agent", text="I'm so sorry.", id="r1") + line(role="agent", text="Hi", id="other"))
        async with taking(Lines(inbox, out)) as took:
            came = await took.first(2)
            assert [item.echo for item in came if isinstance(item, Arrival)] == ["r1", ""]

    run(work())


def test_a_fifo_that_nobody_reads_is_told_and_does_not_hold_up_the_app(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbox, "PATIENCE", 0.3)
    out = tmp_path / "replies"
    os.mkfifo(out)

    async def work() -> None:
        channel = Lines(None, out)
        sending = asyncio.create_task(channel.send(reply()))
        ticks = 0
        while not sending.done():
            await asyncio.sleep(0.01)
            ticks += 1
        assert ticks > 5
        with pytest.raises(AssistError, match="nobody reads this FIFO; start the script that reads it"):
            await sending

    run(work())


def test_a_fifo_passes_replies_to_its_reader_and_to_the_next_one(tmp_path: Path) -> None:
    out = tmp_path / "replies"
    os.mkfifo(out)
    got: list[str] = []

    def reader(count: int) -> threading.Thread:
        def take() -> None:
            with out.open(encoding="utf-8") as file:
                got.extend(json.loads(next(file))["text"] for _ in range(count))

        thread = threading.Thread(target=take)
        thread.start()
        return thread

    async def work() -> None:
        channel = Lines(None, out)
        first = reader(2)
        await channel.send(reply("One moment.", "r1"))
        await channel.send(reply("One moment.", "r1"))
        await channel.send(reply("Found it.", "r2"))
        await asyncio.to_thread(first.join)
        second = reader(1)
        await channel.send(reply("It is " + "very " * 30_000 + "late.", "r3"))
        await asyncio.to_thread(second.join)
        await channel.close()

    run(work())
    assert [text[:11] for text in got] == ["One moment.", "Found it.", "It is very "]


def test_an_outbox_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    async def work() -> None:
        with pytest.raises(AssistError, match="Is a directory"):
            await Lines(None, tmp_path).send(reply())

    run(work())


@given(
    text=st.text(st.characters(exclude_categories=["Cs"])),
    name=st.none() | st.text(st.characters(exclude_categories=["Cs"])),
    at=st.none() | st.datetimes(datetime(1971, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)),
    role=st.sampled_from(ROLES),
)
def test_a_reply_read_back_as_a_line_is_the_turn_that_was_sent(
    text: str, name: str | None, at: datetime | None, role: Role, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("round") / "both.jsonl"
    turn = Turn(role, text, at, name)

    async def work() -> None:
        channel = Lines(path, path)
        await channel.send(Reply("r1", "chat-7", turn))
        async with taking(channel) as took:
            (came,) = await took.first(1)
        assert isinstance(came, Arrival)
        assert came.turn is not None
        assert (came.conversation, came.key) == ("chat-7", "r1")
        assert (came.turn.role, came.turn.text, came.turn.name) == (role, text, name)
        assert at is None or came.turn.at == at

    run(work())
