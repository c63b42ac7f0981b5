"""The app in a real terminal, as its own process: driven through tmux, and killed in the middle of a word."""

import json
import os
import pty
import select
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assist.desk import Journal
from assist.terminal.clipboard import Clipboard

PATIENCE = 40.0
BLINK = 0.05
"""Seconds from when a word is seen until it is kept, in which nobody pulls a plug on purpose."""
"""Seconds that a slow machine is given to show something."""
TALK = "customer: My router is dead AGAIN, third time this month. This is ridiculous!\n"


def _command(folder: Path, *more: str) -> list[str]:
    command = [
        sys.executable,
        "-m",
        "assist",
        "app",
        "--desk",
        str(folder),
        "--name",
        "Alex",
        "--packs",
        "core,telecom",
    ]
    return [*command, "--packs", "core,telecom", "--dismissals", str(folder / "dismissals.yaml"), *more]


def _until(true: Callable[[], bool], seen: Callable[[], object]) -> None:
    until = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < until, seen()
        time.sleep(0.05)


class Tmux:
    """One window of a tmux server of our own."""

    def __init__(self, name: str, folder: Path, command: list[str]) -> None:
        self._server = ["tmux", "-L", name]
        self._run("-f", os.devnull, "new-session", "-d", "-x", "100", "-y", "30", "-c", str(folder), *command)

    def _run(self, *arguments: str) -> str:
        return subprocess.run([*self._server, *arguments], capture_output=True, text=True, check=True).stdout

    def type(self, words: str) -> None:
        """Type as a keyboard does."""
        self._run("send-keys", "-l", words)

    def press(self, *keys: str) -> None:
        """Press keys by their names."""
        self._run("send-keys", *keys)

    @property
    def screen(self) -> str:
        """What stands on the screen."""
        return self._run("capture-pane", "-p")

    def until(self, words: str) -> None:
        """Until the screen shows these words."""
        _until(lambda: words in self.screen, lambda: self.screen)

    def close(self) -> None:
        """End it with everything in it."""
        subprocess.run([*self._server, "kill-server"], capture_output=True, check=False)


@pytest.fixture
def tmux(tmp_path: Path) -> Iterator[Callable[..., Tmux]]:
    """Opens commands in tmux, and ends them after the test."""
    opened: list[Tmux] = []

    def open_(*command: str) -> Tmux:
        opened.append(Tmux(f"assist-{os.getpid()}-{len(opened)}", tmp_path, list(command)))
        return opened[-1]

    yield open_
    for one in opened:
        one.close()


@pytest.mark.skipif(shutil.which("tmux") is None, reason="needs tmux")
def test_from_the_dypii_question_to_the_outbox_in_a_real_terminal(
    tmux: Callable[..., Tmux], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    inbox, outbox = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    said = {"conversation": "t1", "role": "customer", "text": TALK.partition(": ")[2].strip(), "name": "Priya Nair"}
    inbox.write_text(json.dumps(said) + "\n", encoding="utf-8")
    terminal = tmux(*_command(tmp_path, "--inbox", str(inbox), "--outbox", str(outbox)))
    terminal.until("Take the tour")
    terminal.press("Escape")
    terminal.until("reports a failure")
    terminal.type("did u try turning it off and on")
    terminal.until("Apologise first")
    terminal.until("✗ stop")
    terminal.press("C-t")
    terminal.until("Could you do me a favour")
    terminal.press("C-l")
    terminal.until("{by when?}")
    terminal.type("noon")
    terminal.until("by noon")
    terminal.press("Enter")
    _until(outbox.exists, lambda: terminal.screen)
    terminal.until("✓ apologised")
    (line,) = outbox.read_text(encoding="utf-8").splitlines()
    sent = json.loads(line)
    assert sent["conversation"] == "t1"
    assert sent["text"].startswith("I'm so sorry")
    assert "by noon" in sent["text"]
    assert sent["verdict"] != "stop"


def test_killed_in_the_middle_of_a_word_the_restart_has_that_word(tmp_path: Path) -> None:
    talk = tmp_path / "talk.txt"
    talk.write_text(TALK, encoding="utf-8")
    process, terminal = pty.fork()
    if process == 0:
        os.environ |= {"TERM": "xterm-256color", "XDG_CACHE_HOME": str(tmp_path)}
        os.execv(sys.executable, _command(tmp_path, "-c", str(talk)))
    shown = bytearray()

    def seen(words: bytes) -> bool:
        while select.select([terminal], [], [], 0)[0]:
            shown.extend(os.read(terminal, 65536))
        return words in shown

    try:
        _until(lambda: seen(b"Take the tour"), lambda: bytes(shown))
        os.write(terminal, b"\x1b")
        _until(lambda: seen(b"reports a failure"), lambda: bytes(shown))
        shown.clear()
        os.write(terminal, b"I am so sorry, we will look into it immedia")
        _until(lambda: seen(b"immedia") or b"edia" in shown, lambda: bytes(shown))
        time.sleep(BLINK)
    finally:
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        os.close(terminal)
    journal = Journal(tmp_path / "desk.sqlite")
    (chat,) = journal.chats(Clipboard.address)
    journal.close()
    assert chat.draft == "I am so sorry, we will look into it immedia"
    assert chat.place == len(chat.draft)


def test_without_a_terminal_one_line_says_what_to_use() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "assist", "app"], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr == "assist: the app needs a terminal; for scripts there are `assist check` and `assist rewrite`\n"
