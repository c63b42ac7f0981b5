"""Malformed and hostile files: one clear line each, and all the rest read."""

import base64
import gzip
import io
import json
import random
import tarfile
import tracemalloc
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assist.transcripts import Transcript, Unreadable, read
from tests.transcripts.shown import SAMPLES

TURNS = [{"role": "customer", "text": "it leaks"}, {"role": "agent", "text": "I'm sorry"}]
BEFORE, AFTER = ((json.dumps({"id": name, "turns": TURNS}) + "\n").encode() for name in ("before", "after"))
CUT = "it is cut short, or has half a letter in it (a lone surrogate)"
NOISE = random.Random(3).randbytes(4000)


def turn(**given: object) -> bytes:
    """A line with one turn, and these in it."""
    return json.dumps({"id": "odd", "turns": [{"role": "agent", "text": "hello", **given}]}).encode()


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (b'{"id": "odd", "turns": [{"role": "agent"', f"not JSON: {CUT}"),
        (b"a" * 34_000_000, "longer than 32 MB"),
        (
            '{"turns": [{"role": "agent", "text": "café"}]}'.encode("latin-1"),
            "not UTF-8 text (byte 4); save it as UTF-8",
        ),
        (b'{"turns": [{"role": "agent", "text": "\\ud83d"}]}', f"not JSON: {CUT}"),
        (b'{"turns": [{"role": "agent", "text": "a", "at": NaN}]}', "not JSON: invalid character (byte 48)"),
        (b'{"turns": ' + b"[" * 90_000 + b"]" * 90_000 + b"}", "nested too deep"),
        (b'{"turns": {"role": "agent"}}', "a conversation must be a list of turns, or an object with 'turns'"),
        (b"[1, 2]", "turn 1: a turn must be an object with role and text, not 1"),
        (b'{"id": ["x"], "turns": []}', "id: expected a whole number or text or nothing, got a list"),
        (b'{"id": 5, "turns": []}', "no message with words in it"),
        (
            b'{"rating": "Infinity", "turns": [{"role": "agent", "text": "a"}]}',
            "a rating of inf is not between 0 and 1",
        ),
        (turn(role="agnet"), "turn 1: unknown role 'agnet'; did you mean 'agent'?"),
        (turn(role=None), "turn 1: the role of a turn must be a string, not None"),
        (b'{"turns": [{"roel": "agent", "text": "a"}]}', "turn 1: a turn lacks 'role'; did you mean 'roel'?"),
        (turn(text=5), "turn 1: the text of a turn must be a string, not 5"),
        (turn(text="x" * 200_001), "message 1 is longer than 200000 characters"),
        (turn(at="NaN"), "turn 1: cannot read the time 'NaN'; epoch seconds or ISO 8601"),
        (turn(at=1709546400000), "turn 1: cannot read the time 1709546400000; epoch seconds or ISO 8601"),
        (
            turn(at="2999-01-01T00:00:00Z"),
            "turn 1: the time 2999-01-01T00:00:00Z is in the year 2999; is it in another unit?",
        ),
        (turn(at=-5), "turn 1: the time -5 is in the year 1969; is it in another unit?"),
        (turn(at=[1]), "turn 1: cannot read the time [1]; epoch seconds or ISO 8601"),
        (turn(name=7), "turn 1: the name in a turn must be a string, not 7"),
        (BEFORE.strip(), "the id 'before' came before; only the first is read"),
    ],
)
def test_a_line_that_is_wrong_is_set_aside_with_its_reason_and_the_rest_is_read(
    tmp_path: Path, line: bytes, problem: str
) -> None:
    path = tmp_path / "chats.jsonl"
    path.write_bytes(BEFORE + line + b"\n" + AFTER)
    before, wrong, after = read([path])
    assert (wrong, [told.id for told in (before, after) if isinstance(told, Transcript)]) == (
        Unreadable(f"{path}:2", problem),
        ["before", "after"],
    )


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "it is empty"),
        (b"\xef\xbb\xbf \n\n", "it is empty"),
        (b"\x89PNG\r\n\x1a\n" + NOISE, "a picture"),
        (b"%PDF-1.7\n", "a PDF; export the conversations as text, CSV or JSON"),
        (b"x" * 300 + NOISE.replace(NOISE[:1], b"\0"), "not text: a NUL at byte 301"),
        (b"<!DOCTYPE html><p>Agent: hi</p>", "a web page; export the conversations as text, CSV or JSON"),
        (b"a" * 5_000_000, f"in none of the formats that are known; it begins '{'a' * 60}'"),
        (b'{"alpha": 1, "beta": []}', "in none of the formats that are known: JSON with alpha, beta"),
        (b'{"Participants": [], "Transcript": [{"Content"', f"not JSON: {CUT}"),
        (
            b'{"Participants": [], "Transcript": [{"Content": 7}]}',
            "Transcript[0].Content: expected text or nothing, got a whole number",
        ),
        (
            b'{"comments": [{"author_id": 1, "plain_body": "x", "created_at": "soon"}]}',
            "cannot read the time 'soon'; epoch seconds or ISO 8601",
        ),
        (
            b'{"type": "conversation", "source": {"body": "<p>x</p>"}, "conversation_rating": {"rating": 9}}',
            "a rating of 9 is not between 1 and 5",
        ),
        (
            b'{"vcon": "1", "dialog": [{"type": "text", "body": "%%%", "encoding": "json"}]}',
            "a body that is not in json, as it says",
        ),
        (
            b'{"vcon": "1", "analysis": [{"type": "transcript", "vendor": "acme", "body": {"odd": 1}}]}',
            "a transcript in a shape of acme that is not known",
        ),
        (b"[" * 200_000, "in none of the formats that are known"),
        (b"WEBVTT\n\nNOTE nothing was said\n", "no message with words in it"),
        (b"customer: a\0b\nagent: c\n", "not text: a NUL at byte 12"),
    ],
)
def test_a_file_that_is_nothing_to_read_says_what_it_is(tmp_path: Path, data: bytes, problem: str) -> None:
    path = tmp_path / "file"
    path.write_bytes(data)
    (tmp_path / "good.jsonl").write_bytes(AFTER)
    told, good = read([tmp_path])
    assert isinstance(good, Transcript)
    assert isinstance(told, Unreadable)
    assert (told.source.removesuffix(":1"), told.problem) == (str(path), problem)


class TestPacked:
    def test_a_gzip_cut_short_gives_what_came_before(self, tmp_path: Path) -> None:
        lines = "".join(json.dumps({"id": n, "turns": TURNS}) + "\n" for n in range(2000))
        (tmp_path / "cut.gz").write_bytes(gzip.compress(lines.encode())[:-900])
        *before, last = read([tmp_path / "cut.gz"])
        assert len(before) > 500
        assert str(last) == f"{tmp_path / 'cut.gz'}: it is cut short; what came before is read"

    def test_a_gzip_that_is_none(self, tmp_path: Path) -> None:
        (tmp_path / "odd.gz").write_bytes(b"\x1f\x8b\x08" + NOISE)
        (told,) = read([tmp_path / "odd.gz"])
        assert isinstance(told, Unreadable)

    def test_a_bomb_is_stopped_and_what_lies_beside_it_is_read(self, tmp_path: Path) -> None:
        path = tmp_path / "bomb.zip"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("a.jsonl", AFTER)
            archive.writestr("b.txt", b"customer: " + b"a" * 150_000_000)
        good, bad = read([path])
        assert isinstance(good, Transcript)
        assert str(bad) == f"{path}/b.txt: unpacks to more than 200 times its size; unpack it by hand if that is right"

    def test_zips_in_zips_in_zips_are_left_alone(self, tmp_path: Path) -> None:
        data, name = AFTER, "a.jsonl"
        for outer in ("b.zip", "c.zip", "d.zip"):
            packed = io.BytesIO()
            with zipfile.ZipFile(packed, "w") as archive:
                archive.writestr(name, data)
            data, name = packed.getvalue(), outer
        (tmp_path / name).write_bytes(data)
        (told,) = read([tmp_path / name])
        assert str(told).endswith("d.zip/c.zip/b.zip: packed more than 2 times over; unpack it first")

    def test_a_spreadsheet_is_asked_for_as_csv(self, tmp_path: Path) -> None:
        with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as archive:
            archive.writestr("[Content_Types].xml", "<x/>")
        (told,) = read([tmp_path / "a.xlsx"])
        assert str(told).endswith("a.xlsx: a document of an office program; save it as CSV or plain text")

    def test_parquet_that_is_damaged(self, tmp_path: Path) -> None:
        (tmp_path / "a.parquet").write_bytes(b"PAR1" + NOISE)
        (told,) = read([tmp_path / "a.parquet"])
        assert str(told).startswith(f"{tmp_path / 'a.parquet'}: damaged Parquet: ")


class TestText:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
    def test_an_encoding_that_is_sure_is_read(self, tmp_path: Path, encoding: str) -> None:
        (tmp_path / "a.csv").write_bytes("role;text\r\ncustomer;grüezi, it leaks\r\n".encode(encoding))
        (told,) = read([tmp_path / "a.csv"])
        assert isinstance(told, Transcript)
        assert (told.messages[0].text, told.doubts) == ("grüezi, it leaks", ())

    def test_an_encoding_that_is_likely_is_read_and_said(self, tmp_path: Path) -> None:
        (tmp_path / "a.csv").write_bytes("role;text\ncustomer;it’s £5 more\n".encode("cp1252"))
        (told,) = read([tmp_path / "a.csv"])
        assert isinstance(told, Transcript)
        assert told.messages[0].text == "it’s £5 more"
        assert told.doubts == ("not UTF-8; read as Windows-1252 from line 2 on",)

    def test_a_row_that_cannot_be_read_is_set_aside(self, tmp_path: Path) -> None:
        rows = [b"role,text", b"customer,it leaks", b'agent,"so "sorry" for that"', b"bot,a\x81", b"agent,I'm sorry"]
        (tmp_path / "a.csv").write_bytes(b"\n".join(rows))
        told = list(read([tmp_path / "a.csv"]))
        assert [str(one).removeprefix(str(tmp_path)) for one in told if isinstance(one, Unreadable)] == [
            "/a.csv:3: not CSV: ',' expected after '\"'",
            "/a.csv:4: neither UTF-8 nor Windows-1252 (byte 6); save it as UTF-8",
        ]
        assert [[m.text for m in one.messages] for one in told if isinstance(one, Transcript)] == [
            ["it leaks", "I'm sorry"]
        ]

    def test_clocks_that_go_backwards_are_read_and_said_once(self, tmp_path: Path) -> None:
        turns = [{"role": "customer", "text": "where is it?", "at": at} for at in (1709546400, 1709540000, 1709530000)]
        (tmp_path / "a.jsonl").write_text(json.dumps({"turns": turns}))
        (told,) = read([tmp_path / "a.jsonl"])
        assert isinstance(told, Transcript)
        assert told.doubts == ("the clock goes backwards at message 2",)

    def test_why_nobody_speaks_is_not_what_else_is_odd(self, tmp_path: Path) -> None:
        rows = "role,text,internal\nagent,the café rang,yes\n"
        (tmp_path / "notes.csv").write_bytes(rows.encode("latin-1"))
        (told,) = read([tmp_path / "notes.csv"])
        assert isinstance(told, Transcript)
        assert told.doubts == ("not UTF-8; read as Windows-1252 from line 2 on",)
        assert told.silence == "only notes in it"

    def test_nuls_are_taken_out_of_messages(self, tmp_path: Path) -> None:
        (tmp_path / "a.jsonl").write_bytes(turn(text="he\0llo"))
        (told,) = read([tmp_path / "a.jsonl"])
        assert isinstance(told, Transcript)
        assert told.messages[0].text == "hello"

    def test_patterns_take_time_in_proportion(self, tmp_path: Path) -> None:
        hostile = [" " * 2_000_000, "-" * 2_000_000 + "x", "[" * 2_000_000, "<v " * 500_000, "a" * 2_000_000 + ":"]
        (tmp_path / "a.txt").write_text("customer: it leaks\n" + "\n".join(hostile) + "\nagent: sorry\n")
        (tmp_path / "a.vtt").write_text("WEBVTT\n\n00:01.000 --> 00:02.000\n" + "\n".join(hostile).strip())
        told = list(read([tmp_path / "a.txt", tmp_path / "a.vtt"]))
        assert [one.problem for one in told if isinstance(one, Unreadable)] == [
            "message 1 is longer than 200000 characters",
            "message 1 is longer than 200000 characters",
        ]


class TestFolders:
    def test_a_loop_of_links_ends(self, tmp_path: Path) -> None:
        (tmp_path / "in").mkdir()
        (tmp_path / "in" / "a.jsonl").write_bytes(AFTER)
        (tmp_path / "in" / "up").symlink_to(tmp_path)
        (tmp_path / "in" / "gone").symlink_to("nowhere")
        told = list(read([tmp_path]))
        assert [str(one).removeprefix(str(tmp_path)) for one in told if isinstance(one, Unreadable)] == [
            "/in/gone: No such file or directory",
            "/in/up: a link to a folder that is read already; left out",
        ]
        assert len(told) == 3

    def test_users_of_the_wrong_shape_are_named(self, tmp_path: Path) -> None:
        (tmp_path / "comments.json").write_text('{"comments": [{"author_id": 1, "plain_body": "hello"}]}')
        (tmp_path / "users.json").write_text('{"users": [{"id": {}}]}')
        (told,) = read([tmp_path])
        assert str(told).partition("comments.json")[2] == (
            ":1: users.json, which lies beside it: [0].id: expected a whole number or text or nothing, got an object"
        )


def test_memory_stays_flat_over_a_long_file(tmp_path: Path) -> None:
    line = json.dumps({"turns": [{"role": "agent", "text": base64.b64encode(NOISE).decode()}] * 10}).encode() + b"\n"
    path = tmp_path / "long.jsonl"
    path.write_bytes(line * 800)
    tracemalloc.start()
    assert sum(isinstance(told, Transcript) for told in read([path])) == 800
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert path.stat().st_size > 40_000_000
    assert peak < 8_000_000


KEYS = st.sampled_from(
    "id turns role text at name comments author_id plain_body created_at via users messages conversation_sid body "
    "threads events type source conversation_parts author visitor history msg transcripts conversationId phrases "
    "entries vcon parties dialog originator analysis segments words speaker conversation_id timestamp meta "
    "Participants Transcript Content rating conversation_rating startTimeMs participants metadata".split()
)
FLAT = st.none() | st.booleans() | st.integers(-5, 10**13) | st.floats(allow_nan=False) | st.text(max_size=8)
ANY = st.recursive(
    FLAT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(KEYS, ANY, max_size=6))
def test_wrong_types_anywhere_never_stop_the_reading(
    tmp_path_factory: pytest.TempPathFactory, value: dict[str, object]
) -> None:
    path = tmp_path_factory.mktemp("any") / "any.jsonl"
    path.write_bytes(json.dumps(value).encode() + b"\n" + json.dumps(value).encode() + b"\n")
    for told in read([path]):
        assert isinstance(told, Transcript | Unreadable)
        assert "\n" not in str(told.problem if isinstance(told, Unreadable) else "")


ODD = (
    b"\0", b"\xff", b"\\ud800", b"1e999", b"9" * 400, b"-1", b"null", b"[]", b"{}", b'""', b"true", b"\r", b"\n",
    b'"', b",", b"NaN", b'"9999-12-31T23:59:59-14:00"', b"-9223372036854775809", b"x" * 140_000, b"\xc2\x85",
    b"99:99:99", b"<v ", b"-->", b"[1" * 200, b"\xed\xa0\x80", b"Mon, 99 May 99999 99:99:99 +9999", b"\xd9\xa1",
    b"\xc2\xb2",
)  # fmt: skip


def damaged(data: bytes, chance: random.Random) -> bytes:
    """With up to three odd pieces in it, each in place of a few bytes, and now and then cut short."""
    for _ in range(chance.randrange(1, 4)):
        at = chance.randrange(len(data))
        data = data[:at] + chance.choice(ODD) + data[at + chance.randrange(12) :]
    return data[: chance.randrange(len(data))] if chance.random() < 0.2 else data


def packed() -> dict[str, bytes]:
    """A chat in a zip and in a tar."""
    inner, outer = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("é.jsonl", AFTER)
    with tarfile.open(fileobj=outer, mode="w") as tar:
        about = tarfile.TarInfo("é.jsonl")
        about.size = len(AFTER)
        tar.addfile(about, io.BytesIO(AFTER))
    return {"z.zip": inner.getvalue(), "t.tar": outer.getvalue()}


@pytest.mark.parametrize("seed", range(8))
def test_whatever_is_damaged_in_a_file_the_reading_goes_on(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    files = {path.name: path.read_bytes() for path in sorted(SAMPLES.rglob("*")) if path.is_file()}
    for name, data in [*files.items(), *list(packed().items()) * 20]:
        (tmp_path / name).write_bytes(damaged(data, chance))
        for told in read([tmp_path / name]):
            assert isinstance(told, Transcript | Unreadable)
