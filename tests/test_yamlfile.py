"""Strict YAML: what is written is what is read, and what is wrong is pointed at."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assist.errors import DataError
from assist.yamlfile import YamlFile


def test_every_value_stays_as_written() -> None:
    file = YamlFile(Path("x.yaml"), "list: [no, yes, 12:30, 1_000, ~]")
    assert file.data == {"list": ["no", "yes", "12:30", "1_000", "~"]}


def test_every_part_knows_its_line() -> None:
    file = YamlFile(Path("x.yaml"), "a: 1\nb:\n  - c\n  - d: e\n")
    assert file.line("b", 1, "d") == 4
    assert file.line("b", 1, "absent") == 4


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a: 1\na: 2", "x.yaml:2: 'a' stands here twice"),
        ("- &x a\n- *x", "x.yaml:1: YAML anchors and aliases are refused"),
        ("a: !!python/object:os.system x", "x.yaml:1: the YAML tag"),
        ("a: [1", "x.yaml:2: not YAML"),
        ("? [a]\n: b", "x.yaml:1: a key must be a plain word"),
        ("a: 1\n---\nb: 2", "x.yaml:2: a second document"),
        ("[" * 50 + "]" * 50, "x.yaml:1: nested more than 20 deep"),
        ("\0", "x.yaml: not YAML"),
    ],
)
def test_what_is_wrong_is_pointed_at(text: str, problem: str) -> None:
    with pytest.raises(DataError) as raised:
        YamlFile(Path("x.yaml"), text)
    assert str(raised.value).startswith(problem)


@given(st.text("ab:-[]{}&*!|>'\"#,\n ?%@", max_size=60))
def test_no_file_does_anything_but_load_or_say_where(text: str) -> None:
    try:
        YamlFile(Path("x.yaml"), text)
    except DataError as error:
        assert str(error).startswith("x.yaml")


def test_a_file_that_is_not_there_or_not_text(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="No such file"):
        YamlFile(tmp_path / "none.yaml")
    (tmp_path / "latin.yaml").write_bytes(b"a: caf\xe9")
    with pytest.raises(DataError, match="not UTF-8"):
        YamlFile(tmp_path / "latin.yaml")
