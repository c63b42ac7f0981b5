"""Whatever comes in from outside makes findings, or one clear line of error; never anything else, and never slowly."""

import json
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from assist import AssistError, Conversation, DataError, Turn, Workbench
from assist.cli import inputs
from assist.conversation import conversation_of, conversation_of_text
from assist.data import shipped
from assist.lexicon import load, load_pack, packs_under
from tests.packs import ENTRY, SMALL, pack

HOSTILE = st.one_of(
    st.characters(codec="utf-8"),  # half a letter is refused, which has a test of its own
    st.sampled_from(
        "{}[]<>%$#@*_^|…“”‘’'\"\u200b\u200d\u202e\ufe0f\u0301\x00\x1b\r\n\t -–—.,!?:;()/\\&=~`😀👩🏽‍💻İßﬁǅ"
    ),
    st.sampled_from(
        ["it's our policy ", "did you ", "plug it in", "{{name}}", "I'm sorry ", "you need to ", "\n\n> ", "4111 1111 "]
    ),
)
DRAFTS = st.lists(HOSTILE, max_size=80).map("".join)
ROLES = st.sampled_from(["customer", "agent", "bot", "system"])
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["role", "text", "at", "name", "turns", "id", "conversation", "x"]), inner)
    ),
    max_leaves=12,
)
TURN = st.fixed_dictionaries(
    {"role": ROLES | JSON, "text": st.text(max_size=30) | JSON}, optional={"at": JSON, "name": JSON, "more": JSON}
)


def one_line(error: AssistError) -> bool:
    """Whether an error is what a person can be shown: some words, in one line of bearable length."""
    told = str(error)
    return bool(told.strip()) and len(told.splitlines()) == 1 and len(told) < 600


@given(DRAFTS, st.lists(st.tuples(ROLES, DRAFTS), max_size=3))
@settings(max_examples=200)
def test_any_draft_in_any_conversation_has_a_review(bench: Workbench, draft: str, said: list[tuple[Any, str]]) -> None:
    """And every place in it lies in the draft."""
    review = bench.check(draft, [Turn(role, text) for role, text in said])
    assert review.verdict in {"send", "mend", "stop"}
    for start, end in [(f.start, f.end) for f in review.findings] + [(p.start, p.end) for p in review.praise]:
        assert 0 <= start <= end <= len(draft)
    for finding in review.findings:
        for rewrite in finding.rewrites:
            assert 0 <= rewrite.edit.span.start <= rewrite.edit.span.end <= len(draft)


@given(st.text(max_size=60), st.text(max_size=60))
@example("İstanbul", "İ am dana. İİİ")
@example("DANA", "my name is İpek")
@settings(max_examples=200)
def test_a_name_in_any_script_is_looked_for_without_error(bench: Workbench, name: str, draft: str) -> None:
    """A letter that grows when it is written small moves no place out of the draft."""
    review = bench.check(draft + name, [Turn("customer", "my kettle is broken", name=name)])
    for praise in review.praise:
        assert 0 <= praise.start < praise.end <= len(review.draft)


def test_praise_for_a_name_points_at_the_name(bench: Workbench) -> None:
    """Before it stands a letter that becomes two when written small."""
    draft = "İİİİ, hello Dana!"
    (praise,) = [p for p in bench.check(draft, [Turn("customer", "hi", name="Dana")]).praise if p.act == "uses-name"]
    assert draft[praise.start : praise.end] == "Dana"


@given(JSON | st.lists(TURN | JSON, max_size=4))
@example([{"role": "customer", "text": "x", "name": 3}])
@example([{"role": "customer", "text": "x", "name": ["Jo"]}])
@example([{"role": ["customer"], "text": "x"}])
@example([{"role": "customer", "text": "x", "at": float("nan")}])
@example([{"role": "customer", "text": "x", "at": True}])
@example([{"role": "customer", "text": "x", "at": 10**30}])
@example([b"x"])
@example(b"xx")
@settings(max_examples=300)
def test_any_data_is_a_conversation_or_one_clear_error(bench: Workbench, rows: Any) -> None:  # noqa: ANN401
    """And one that was accepted can be checked: nothing unreadable hides in it."""
    try:
        conversation = conversation_of(rows)
    except AssistError as error:
        assert one_line(error), error
    else:
        bench.check("Hello.", conversation)


LINES = st.sampled_from(
    [
        "customer: hi",
        "agent:",
        "Agent : hello",
        "  bot: x",
        "custmer: y",
        "",
        "more words",
        "[",
        "{",
        '[{"role":',
        "\ufeff[]",
        "a: b",
    ]
)


@given(st.lists(LINES | st.text(max_size=15), max_size=6).map("\n".join))
@example('{"turns": []}')
@example("[" * 100_000)
@example('[{"role": "customer", "text": "\\ud800"}]')
@example("1" * 5000)
@example("[" + "1" * 5000 + "]")
@settings(max_examples=300)
def test_any_text_is_a_conversation_or_one_clear_error(bench: Workbench, text: str) -> None:
    try:
        conversation = conversation_of_text(text)
    except AssistError as error:
        assert one_line(error), error
    else:
        bench.check("Hello.", conversation)


@given(
    st.binary(max_size=60)
    | (JSON | st.fixed_dictionaries({"draft": JSON, "conversation": JSON})).map(json.dumps).map(str.encode)
)
@example(b'{"draft": "x", "conversation": [{"role": "customer", "text": "x", "name": 3}]}')
@example(b'{"draft": "x", "conversation": "customer: hi"}')
@example(b'{"draft": "\\ud800", "id": "\\ud800"}')
@example(b'{"draft": "x", "n": ' + b"1" * 5000 + b"}")
@example(b"\xff\xfe{}")
@settings(max_examples=300)
def test_any_line_is_a_case_or_is_named(bench: Workbench, line: bytes) -> None:
    """A file of cases goes on past whatever stands in it."""
    for case in inputs.cases(BytesIO(line + b'\n{"id": "last", "draft": "Hello."}\n'), "cases.jsonl"):
        if isinstance(case, inputs.Unreadable):
            assert case.problem.startswith("cases.jsonl:")
            assert len(case.problem.splitlines()) == 1
            assert len(case.problem) < 600
        else:
            json.dumps(bench.session(case.conversation, id=case.id).check(case.draft).verdict)
            last = case.id
    assert last == "last"


@st.composite
def mutated(draw: st.DrawFn, text: str) -> str:
    """A file with a few of its pieces lost, doubled, swapped, or replaced by something hostile."""
    pieces = text.splitlines(keepends=True) if draw(st.booleans()) else list(text)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(pieces) - 1))
        match draw(st.sampled_from(["lose", "double", "swap", "replace", "indent"])):
            case "lose":
                pieces[at] = ""
            case "double":
                pieces[at] *= 2
            case "swap":
                other = draw(st.integers(0, len(pieces) - 1))
                pieces[at], pieces[other] = pieces[other], pieces[at]
            case "indent":
                pieces[at] = "  " + pieces[at]
            case _:
                pieces[at] = draw(
                    st.sampled_from(
                        ["{", "}", "[", "]", "- ", ": ", "&a ", "*a", "!!x ", "|", "…", "~", "@no", "\t", "null", "\n"]
                    )
                    | st.text(max_size=3)
                )
    return "".join(pieces)


def _loads_or_says_why(folder: Path) -> None:
    try:
        load([folder])
    except AssistError as error:
        assert isinstance(error, DataError)
        assert one_line(error), error
        assert str(folder) in str(error)


@pytest.mark.parametrize(
    "text", [ENTRY, SMALL, "words:\n  a: [b, '@c']\n  c: [d]\n" + ENTRY], ids=["one", "all", "words"]
)
def test_any_lexicon_file_is_a_pack_or_one_clear_error(tmp_path: Path, text: str) -> None:
    """An author's slip, or somebody's malice: the file is named, and nothing of it runs."""

    @given(mutated(text))
    @settings(max_examples=250)
    def holds(changed: str) -> None:
        _loads_or_says_why(
            pack(tmp_path, {"tone.yaml": changed.replace("\x00", "").encode("utf-8", "replace").decode()})
        )

    holds()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\x00",
        "- a\n- b\n",
        "entries: {}\n",
        "entries: x\n",
        "entries: [[]]\n",
        "entries: [{id: }]\n",
        "words: []\n",
        "words: {a: {b: c}}\n",
        "words: {a: [b]}\nwords: {a: [b]}\n",
        "a: &x [b]\nc: *x\n",
        "entries: !!python/object/apply:os.system ['true']\n",
        "[" * 2000,
        "{a: " * 2000,
        "entries:\n  - kind: [phrase]\n",
        "entries:\n  - kind: {a: b}\n",
        "? a\n",
        "--- a\n--- b\n",
        "%YAML 9.9\n---\na: b\n",
        "a: \ud83d".encode("utf-8", "replace").decode(),
    ],
)
def test_a_file_that_is_no_pack(tmp_path: Path, text: str) -> None:
    _loads_or_says_why(pack(tmp_path, {"tone.yaml": text}))
    _loads_or_says_why(pack(tmp_path, {}, sheet=text))


@pytest.mark.parametrize("words", [{"a": ["@b"], "b": ["@a"]}, {"a": ["x @a y"]}])
def test_word_sets_that_go_round_are_refused(tmp_path: Path, words: dict[str, list[str]]) -> None:
    _loads_or_says_why(pack(tmp_path, {"tone.yaml": json.dumps({"words": words}) + "\n"}))


def test_word_sets_that_multiply_are_bounded(tmp_path: Path) -> None:
    """Twenty sets, each of ten of the one before: refused, or read, but at once."""
    sets = {"w0": ["a"]} | {f"w{n}": [f"@w{n - 1} " * 10] for n in range(1, 20)}
    text = json.dumps({"words": sets}).replace('" ', '"') + "\n"
    phrase = ENTRY.replace("{hey|hi} guys", "@w19 guys")
    with within(20):
        _loads_or_says_why(pack(tmp_path, {"tone.yaml": text}))
        _loads_or_says_why(pack(tmp_path, {"tone.yaml": text, "zz.yaml": phrase}))


def test_a_pack_may_not_be_without_end(tmp_path: Path) -> None:
    """A file past its limit is refused before it is read."""
    pack(tmp_path, {"tone.yaml": "# " + "x" * 8_100_000})
    with pytest.raises(DataError, match="larger than 8 MB"):
        load_pack(tmp_path)


def test_what_ships_survives_losing_any_line_of_a_small_file(tmp_path: Path) -> None:
    """Take one line out of a shipped file, whichever: it loads, or says where it is wrong."""
    text = (packs_under(shipped("lexicon"))["core"] / "dypii-timing.yaml").read_text(encoding="utf-8")
    lines = text.splitlines(keepends=True)
    for at in range(len(lines)):
        _loads_or_says_why(pack(tmp_path, {"tone.yaml": "".join(lines[:at] + lines[at + 1 :])}))


HUGE = 20_000
PIECES = [
    "a", "a ", "sorry if it's our policy ", "did you ", "{{", "[a ", "<name ", "'", "“", "4111 1111 ", "1", "_", "A_",
    "> \n", "\n", ".", "?", "On a, b wrote:\n", "Kind regards,\n", "my name is Jo, ", "a@", "order 1", "\u0301", "😀",
]  # fmt: skip


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Fail what takes longer, without waiting for it to end."""

    def stop(*_: object) -> None:
        raise AssertionError(f"not done within {seconds} s")

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@pytest.mark.parametrize("piece", PIECES, ids=ascii)
def test_a_huge_hostile_draft_is_read_in_seconds(bench: Workbench, piece: str) -> None:
    """200,000 characters of one thing over and over: time grows with the text, and no faster."""
    session = bench.session([Turn("customer", "my name is Dana and my kettle (order 55190) is broken")])
    for length, seconds in ((2_000, 30), (HUGE, 60)):
        with within(seconds):
            session.check((piece * length)[:length])


@pytest.mark.parametrize("piece", PIECES, ids=ascii)
def test_a_huge_hostile_message_is_folded_in_seconds(bench: Workbench, piece: str) -> None:
    """The same, said by the customer: names and facts are looked for too."""
    for length, seconds in ((2_000, 30), (HUGE, 60)):
        with within(seconds):
            bench.session([Turn("customer", (piece * length)[:length])])


@pytest.mark.parametrize("piece", ["It's our policy. ", "You need to wait. ", "{{name}} ", "I'll look into it. "])
def test_a_draft_with_a_finding_in_every_line_is_rewritten_in_seconds(bench: Workbench, piece: str) -> None:
    """Each mending is checked again, so the length here is that of a long letter."""
    with within(60):
        bench.rewrite((piece * 2_000)[:2_000], [Turn("customer", "my kettle is broken")])


def test_a_long_conversation_is_folded_in_seconds(bench: Workbench) -> None:
    turns = [Turn("customer", "my kettle is broken"), Turn("agent", "I'm so sorry about that.")] * 1500
    with within(15):
        bench.check("You need to wait.", Conversation(tuple(turns)))


@pytest.mark.parametrize("draft", [None, 3, b"hello", ["hello"]])
def test_a_draft_that_is_no_text_is_refused(bench: Workbench, draft: Any) -> None:  # noqa: ANN401
    with pytest.raises(AssistError, match="the draft must be a string"):
        bench.check(draft)
