"""Key to screen: how long a letter typed in the app takes to reach the terminal, while the check runs.

`python -m benchmarks.keys [KEYS]` opens the app in a pseudo-terminal of 140x40 with a conversation of 60 turns and a
draft of 300 words, then types at the end of the draft, ten keys a second, and times each from the key's byte going
in to its letter coming out.
"""

import fcntl
import json
import os
import pty
import re
import select
import struct
import sys
import tempfile
import termios
import time
from contextlib import suppress
from pathlib import Path

from benchmarks.clock import times_of

TURNS = 60
WORDS = 300
SIZE = (40, 140)
EACH = 0.1
START = 12.0
"""Seconds that the app is given to open and to read the conversation."""
SENTENCE = "I have looked at the line with our engineers and I will write to you again at four with what they found. "
CUSTOMER = "My router keeps dropping every evening and nobody has rung me back about it, though I was promised a call. "
TYPED = "we will let you know as soon as it is done and thank you for your patience with us today "


def main(keys: int) -> None:
    """Type, and print the times."""
    with tempfile.TemporaryDirectory() as folder:
        talk = Path(folder) / "talk.json"
        turns = [
            {
                "role": "customer" if number % 2 == 0 else "agent",
                "text": f"{CUSTOMER if number % 2 == 0 else SENTENCE}{number}",
            }
            for number in range(TURNS - 1)
        ]
        talk.write_text(json.dumps(turns), encoding="utf-8")
        times = _timed(["app", "--conversation", str(talk), "--desk", folder], keys)
    in_ms = sorted(seconds * 1000 for seconds in times)
    p95 = in_ms[int(len(in_ms) * 0.95)]
    print(f"{keys} keys, {TURNS} turns, a draft of {WORDS} words: key to screen {times_of(in_ms)}, p95 {p95:.1f} ms")


def _timed(arguments: list[str], keys: int) -> list[float]:
    process, terminal = pty.fork()
    if process == 0:
        os.environ["TERM"] = "xterm-256color"
        os.execv(sys.executable, [sys.executable, "-m", "assist", *arguments])
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", *SIZE, 0, 0))
    try:
        _drain(terminal, START)
        os.write(terminal, b"\x1b")  # leaves the welcome of a first run
        _drain(terminal, 1.0)
        draft = (SENTENCE * WORDS)[: len(SENTENCE) * WORDS // len(SENTENCE.split())]
        os.write(terminal, b"\x1b[200~" + draft.encode() + b"\x1b[201~")
        _drain(terminal, 3.0)
        return [_key(terminal, TYPED[number % len(TYPED)]) for number in range(keys)]
    finally:
        with suppress(OSError):  # the terminal is gone with the app
            os.write(terminal, b"\x11")
            _drain(terminal, 1.0)
        os.close(terminal)
        os.waitpid(process, 0)


def _key(terminal: int, letter: str) -> float:
    """Seconds from a key to its letter; what else comes until the next key is read too."""
    begun = time.perf_counter()
    os.write(terminal, letter.encode())
    out = b""
    taken = 0.0
    while time.perf_counter() - begun < EACH or not taken:
        if select.select([terminal], [], [], 0.005)[0]:
            out += os.read(terminal, 65536)
            if not taken and (letter.encode() in _plain(out)):
                taken = time.perf_counter() - begun
        if time.perf_counter() - begun > 2.0:
            raise SystemExit(f"the letter {letter!r} never came")
    return taken


def _plain(out: bytes) -> bytes:
    """What is printed, without the escape sequences."""
    return re.sub(rb"\x1b\[[0-9;?]*[A-Za-z]", b"", out)


def _drain(terminal: int, seconds: float) -> None:
    until = time.perf_counter() + seconds
    while (left := until - time.perf_counter()) > 0:
        if select.select([terminal], [], [], left)[0]:
            os.read(terminal, 65536)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
