"""What is meant, though no phrase says it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assist import Turn, Workbench
from assist.data import shipped
from assist.meaning import LABELS, OF, Meaning, files_in
from assist.meaning.examples import digest

COMPLAINT = [Turn("customer", "The blender you sent me leaks all over the counter.")]


@pytest.fixture(scope="module")
def meaning(bench: Workbench) -> Meaning:
    layers = bench.analyzer.meaning
    assert layers is not None
    return layers


def test_the_files_are_those_of_the_lexicon(bench: Workbench, meaning: Meaning) -> None:
    """Whoever changes an example runs `assist lexicon fit`, so that the layers have learnt it."""
    assert meaning.calibration.lexicon == digest(bench.lexicon.entries.values())
    assert meaning.calibration.labels == LABELS


def test_the_files_are_small() -> None:
    sizes = {name: path.stat().st_size / 1e6 for name, path in files_in([shipped("models")]).items()}
    assert sizes["vectors.npz"] + sizes["screen.npz"] + sizes["tokenizer.json"] < 8
    assert sizes["judge.onnx"] < 25


def test_a_sentence_of_no_words_means_nothing(meaning: Meaning) -> None:
    assert meaning.read(["", "…", "12"], "agent") == ((), (), ())


@given(st.lists(st.text(max_size=60), max_size=4))
def test_any_text_can_be_read(meaning: Meaning, sentences: list[str]) -> None:
    for speaker in OF:
        found = meaning.read(sentences, speaker)
        assert len(found) == len(sentences)
        assert {meant.label for meanings in found for meant in meanings} <= set(OF[speaker])


def test_reading_together_or_apart_is_the_same(bench: Workbench) -> None:
    """What is remembered, or read in one batch, is what would be found alone."""
    said = ["your call is important to us", "the plug may want a wiggle", "have you a minute", "i sent it at noon"]
    files = files_in([shipped("models")])
    together, apart = (Meaning(files, bench.lexicon, bench.analyzer.wordings) for _ in range(2))
    for words, meant in zip(said, together.read(said, "agent"), strict=True):
        alone = apart.read([words], "agent")[0]
        assert [one.label for one in meant] == [one.label for one in alone]
        assert [one.confidence for one in meant] == pytest.approx([one.confidence for one in alone], abs=0.05)


class TestFindings:
    """What a draft earns by what it means."""

    def test_says_what_it_reads_like(self, bench: Workbench) -> None:
        entry = (
            next(e for e in bench.lexicon.entries.values() if e.id == "plain-outside-my-authority") if False else None
        )
        assert entry is None
