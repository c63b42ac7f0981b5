import asyncio
import re
import subprocess
import sys
from pathlib import Path

from assist.channels import Arrival, Reply
from assist.channels.lines import Lines
from assist.conversation import Turn
from tests.channels.taking import run, taking

WIRE = Path(__file__).parent.parent.parent / "examples" / "wire.py"


def test_the_example_carries_messages_in_and_replies_out(tmp_path: Path) -> None:
    inbox, outbox = tmp_path / "inbox.jsonl", tmp_path / "replies.jsonl"
    command = [sys.executable, str(WIRE), str(inbox), str(outbox)]

    async def work(tool: "subprocess.Popen[str]") -> None:
        assert tool.stdin
        assert tool.stdout
        channel = Lines(inbox, outbox)
        async with taking(channel) as took:
            tool.stdin.write("chat-7\tThe parcel never came — again!\n")
            tool.stdin.flush()
            await took.until(lambda _: bool(took.said))
            assert took.said == ["The parcel never came — again!"]
            (came,) = [item for item in took.came if isinstance(item, Arrival)]
            assert came.turn
            assert came.turn.at
            await channel.send(Reply("r1", "chat-7", Turn("agent", "I'm so sorry. Which door was it left at?")))
            line = await asyncio.to_thread(tool.stdout.readline)
            assert line == "chat-7\tI'm so sorry. Which door was it left at?\n"

    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8", env={"PYTHONUTF8": "1"}
    ) as tool:
        run(work(tool))
        assert tool.stdin
        tool.stdin.close()
        assert tool.wait(10) == 0


def test_the_lines_of_the_page_on_channels_are_right(tmp_path: Path) -> None:
    """Those that come in, and the one that goes out, which may come back."""
    page = (WIRE.parent.parent / "docs" / "channels.md").read_text(encoding="utf-8")
    inbox = tmp_path / "inbox.jsonl"
    inbox.write_text("".join(re.findall(r"^```json\n(.*?)^```", page, re.MULTILINE | re.DOTALL)), encoding="utf-8")

    async def work() -> None:
        async with taking(Lines(inbox, None)) as took:
            await took.first(3)
            assert took.problems == []
            assert took.said == ["The parcel never came", "I'm so sorry, Priya."]

    run(work())
