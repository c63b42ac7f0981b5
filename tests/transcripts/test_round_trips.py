"""What is written in our own JSON or in CSV is read back as it was."""

import csv
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assist.transcripts import Message, Transcript, read

WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=40)
SPOKEN = WORDS.map(lambda text: text.replace("\r", " ").replace("<", "(")).map(str.strip).filter(bool)
NAMES = WORDS.map(str.strip).filter(str.isprintable)
TIMES = st.datetimes(datetime(1990, 1, 2), datetime(2099, 12, 30), timezones=st.just(UTC))
ROLES = st.sampled_from(["customer", "agent", "bot", "system"])


def messages(words: st.SearchStrategy[str]) -> st.SearchStrategy[list[Message]]:
    """Messages of anybody, at any time."""
    one = st.builds(Message, role=ROLES, text=words, at=st.none() | TIMES, by=NAMES, note=st.booleans())
    return st.lists(one, min_size=1, max_size=6)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("trips")


@given(st.lists(messages(WORDS), min_size=1, max_size=4))
def test_json_lines(folder: Path, talks: list[list[Message]]) -> None:
    path = folder / "talks.jsonl"
    rows = [
        {"id": number, "turns": [
            {"role": one.role, "text": one.text, "at": one.at and one.at.isoformat(), "name": one.by, "note": one.note}
            for one in talk
        ]}
        for number, talk in enumerate(talks)
    ]  # fmt: skip
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    assert [list(told.messages) for told in read([path]) if isinstance(told, Transcript)] == talks


@given(messages(SPOKEN), st.sampled_from(",;\t"), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_csv(folder: Path, talk: list[Message], between: str, encoding: str) -> None:
    path = folder / "talk.csv"
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file, delimiter=between)
        writer.writerow(["Conversation ID", "Sender type", "Sender", "Message", "Sent at", "Internal"])
        for one in talk:
            writer.writerow([7, one.role, one.by, one.text, one.at or "", one.note])
    (told,) = read([path])
    assert isinstance(told, Transcript)
    ordered = sorted(talk, key=lambda one: one.at or datetime.min) if all(one.at for one in talk) else talk
    assert list(told.messages) == ordered
