"""What is meant, though no phrase says it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assist import Turn, Workbench
from assist.analyzer import Analyzer
from assist.checks import Situation
from assist.data import shipped
from assist.errors import DataError
from assist.findings import Severity
from assist.fitting import groups, linear
from assist.fitting.refit import refit
from assist.kinds import Sighting
from assist.meaning import FIRM, LABELS, OF, Meaning, Screen, files_in
from assist.meaning.examples import digest
from assist.meaning.files import NAMES, SEARCH, Files
from assist.meaning.vectors import Floats
from assist.retrieval import Sentences
from tests.packs import pack

IDEA = """\
entries:
  - id: fog-horn
    category: deflection
    phrases: []
    why: It sends them off.
    instead: ["I'll ask for you.", "Let me take that on."]
    examples:
      flags:
        - "Any grumbles about the beacon belong with the coastguard and its crew."
        - "you want the harbour people for horns and whistles"
        - "The lighthouse desk is where fog complaints live."
      passes:
        - "{draft}"
        - "The harbour crew has mended the horn, and I've checked it."
"""

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


READ = [name for name in NAMES if name not in SEARCH]
"""The files that reading a draft needs."""


class TestFiles:
    """Files that cannot be used are refused in one line that says what to do."""

    DRAFT = "You'd be better off raising that with whoever you bought the jug from."

    @pytest.mark.parametrize("damage", [b"", b"[]", b"PK\x03\x04"], ids=["empty", "a list", "no archive"])
    @pytest.mark.parametrize("name", READ)
    def test_a_damaged_one(self, bench: Workbench, tmp_path: Path, name: str, damage: bytes) -> None:
        (tmp_path / name).write_bytes(damage)
        own = Workbench(bench.lexicon, models=[tmp_path, shipped("models")])
        with pytest.raises(DataError, match=r"delete the folder .* and run `assist lexicon fit` again") as refused:
            own.check(self.DRAFT)
        assert refused.value.path == tmp_path / name
        assert "\n" not in str(refused.value)

    @pytest.mark.parametrize("name", ["vectors.npz", "screen.npz", "judge-head.npz"])
    def test_weights_of_another_shape_or_kind(self, bench: Workbench, tmp_path: Path, name: str) -> None:
        with np.load(shipped("models") / name) as stored:
            parts = dict(stored)
        for made in ({key: part[:-1] for key, part in parts.items()}, dict.fromkeys(parts, np.array([{}]))):
            np.savez(tmp_path / name, **made)
            with pytest.raises(DataError, match=name):
                Workbench(bench.lexicon, models=[tmp_path, shipped("models")]).check(self.DRAFT)

    def test_scales_of_other_labels(self, bench: Workbench, tmp_path: Path) -> None:
        text = (shipped("models") / "meaning.json").read_text(encoding="utf-8")
        (tmp_path / "meaning.json").write_text(text.replace('"refusal"', '"denial"'), encoding="utf-8")
        with pytest.raises(DataError, match="of another version"):
            Workbench(bench.lexicon, models=[tmp_path, shipped("models")]).check(self.DRAFT)

    @pytest.mark.parametrize("name", READ)
    def test_one_that_is_missing(self, bench: Workbench, tmp_path: Path, name: str) -> None:
        """Without its transformer the screen decides alone."""
        for path in files_in([shipped("models")]).values():
            if path.name != name:
                (tmp_path / path.name).symlink_to(path)
        own = Workbench(bench.lexicon, models=[tmp_path])
        if name == "judge.onnx":
            assert own.check(self.DRAFT)
        else:
            with pytest.raises(DataError, match=f"{name}: this file is missing"):
                own.check(self.DRAFT)


class TestSearching:
    """The file that only the search for plays needs."""

    def files(self, place: Path) -> Files:
        return files_in([place, shipped("models")])

    def test_a_damaged_one_is_named(self, tmp_path: Path) -> None:
        (tmp_path / "sentences.onnx").write_bytes(b"[]")
        with pytest.raises(DataError, match=r"sentences\.onnx: damaged"):
            Sentences(self.files(tmp_path))

    def test_without_it_static_vectors_do(self) -> None:
        files = {name: path for name, path in files_in([shipped("models")]).items() if name not in SEARCH}
        assert not Sentences(files).careful
        assert Sentences(files).vectors(["where is my order"]).any()


def test_another_thread_may_read_meanwhile(bench: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was known when a reading began is not lost to it when others fill the memory."""
    monkeypatch.setattr("assist.meaning.meaning.REMEMBERED", 3)
    layers = Meaning(files_in([shipped("models")]), bench.lexicon, bench.analyzer.wordings, fast=True)

    class Meanwhile(Screen):
        def scores(self, sentences: Sequence[str]) -> Floats:
            if "we will see" in sentences:
                layers.read(["one", "two", "three"], "customer")
            return super().scores(sentences)

    plain = layers.screen
    layers.screen = Meanwhile(plain.vectors, plain.dense, plain.hashed, plain.bias)
    known = layers.read(["your call is important to us"], "agent")
    assert layers.read(["your call is important to us", "we will see"], "agent")[:1] == known


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


def found(bench: Workbench, draft: str, talk: list[Turn] = COMPLAINT) -> dict[str, str]:
    """The rule by which each category was found."""
    return {finding.category: finding.rule for finding in bench.check(draft, talk).findings if not finding.missing}


class TestFindings:
    """What a draft earns by what it means."""

    @pytest.mark.parametrize(
        ("draft", "category"),
        [
            ("You'd be better off raising that with whoever you bought the jug from.", "deflection"),
            ("Was the lid perhaps not clicked all the way home?", "dypii"),
            ("Kindly ensure the item is boxed by Friday.", "command"),
        ],
    )
    def test_no_phrase_has_to_say_it(self, bench: Workbench, draft: str, category: str) -> None:
        """It is found in the sentence that means it, and says which example that reads like."""
        review = bench.check(f"Hello Dana. {draft}", COMPLAINT)
        finding = next(finding for finding in review.findings if finding.category == category)
        assert review.draft[finding.start : finding.end] == draft
        assert finding.evidence.startswith("reads like: ")
        assert finding.rewrites
        assert category not in found(Workbench(bench.lexicon), draft)

    @pytest.mark.parametrize(
        "draft",
        [
            "So sorry about the mess it made. I've sent you a new jug, and it reaches you on Tuesday before noon.",
            "Thanks for telling us. May I ask which model it is?",
            "The driver will ring you when he's ten minutes away.",
            "I'll stay with this until the new one stands in your kitchen.",
        ],
    )
    def test_a_good_reply_is_let_be(self, bench: Workbench, draft: str) -> None:
        assert found(bench, draft) == {}

    def test_a_phrase_speaks_where_both_see_it(self, bench: Workbench) -> None:
        """The phrase knows the very words."""
        finding = next(f for f in bench.check("Hi Dana. It's our policy, sorry.", COMPLAINT).findings if f.start)
        assert finding.category == "policy-wall"
        assert not finding.evidence.startswith("reads like")

    @pytest.mark.parametrize(("confidence", "severity"), [(FIRM, Severity.ERROR), (FIRM - 0.01, Severity.WARNING)])
    def test_what_is_less_sure_weighs_less(self, bench: Workbench, confidence: float, severity: Severity) -> None:
        """A model that is unsure never stops a draft by itself."""

        class Unsure(Analyzer):
            def sightings(self, situation: Situation) -> Iterator[Sighting]:
                return (replace(sighting, confidence=confidence) for sighting in super().sightings(situation))

        sure = bench.analyzer
        analyzer = Unsure(sure.lexicon, sure.agent, sure.customer, sure.spoken)
        review = analyzer.check("It's our policy, sorry.", analyzer.recovery(COMPLAINT))
        assert severity in {finding.severity for finding in review.findings if finding.category == "policy-wall"}


class TestExamplesByHeart:
    """What an example says is obeyed at once, without fitting anything."""

    DRAFT = "You'd be better off raising that with whoever you bought the jug from."

    def test_a_passing_example_silences_a_false_alarm(self, bench: Workbench, tmp_path: Path) -> None:
        rule = found(bench, self.DRAFT)["deflection"]
        sheet = IDEA.format(draft=self.DRAFT)
        house = pack(tmp_path / "house", {"ideas.yaml": sheet})
        assert "deflection" not in found(Workbench.load(lexicon=house.parent), self.DRAFT)
        assert rule in bench.lexicon.entries

    def test_slips_and_contractions_do_not_matter(self, bench: Workbench) -> None:
        examples = bench.lexicon["agent-not-allowed"].examples.flags
        assert "policy-wall" in found(bench, examples[0].draft.upper())


class TestFit:
    """`assist lexicon fit`: the examples of one's own."""

    def test_it_learns_what_is_new_and_keeps_the_rest(self, tmp_path: Path) -> None:
        sheet = IDEA.format(draft="The lighthouse keeper has the horn going again.")
        pack(tmp_path / "house", {"ideas.yaml": sheet})
        bench = Workbench.load(["core", "house"], lexicon=tmp_path)
        layers = bench.analyzer.meaning
        assert layers is not None
        changes = refit(bench.analyzer.phrases_only, layers, tmp_path / "models")
        assert {change.entry for change in changes} == {"fog-horn"}
        mistaken = [change for change in changes if (change.before > 0.5) != change.meant]
        moves = [(change.after - change.before) * (1 if change.meant else -1) for change in mistaken]
        assert sum(moves) > 0  # taken together: a single sentence may lose a little to another
        again = Workbench.load(["core", "house"], lexicon=tmp_path)
        assert again.analyzer.meaning is not None
        assert again.analyzer.meaning.files["screen.npz"].parent == tmp_path / "models"
        assert "policy-wall" in found(again, "It's our policy, sorry.")


class TestLinear:
    """The linear model that both layers end in."""

    def test_it_tells_apart_what_can_be_told(self) -> None:
        features = np.eye(4, dtype=np.float32)
        meant = np.array([[1, 0], [1, 1], [0, 1], [0, 0]], dtype=np.float32)
        weights = np.ones_like(meant)
        matrix, bias = linear.fit(features, meant, weights, looseness=100.0)
        assert ((features @ matrix + bias > 0) == meant).all()

    def test_it_stays_where_it_was_when_nothing_pulls(self) -> None:
        start = linear.Weights(np.full((3, 2), 0.5, dtype=np.float32), np.zeros(2, dtype=np.float32))
        nothing = np.zeros((2, 2), dtype=np.float32)
        moved = linear.fit(np.ones((2, 3), dtype=np.float32), nothing, nothing, near=start)
        assert moved.matrix == pytest.approx(start.matrix)


def test_variants_of_a_sentence_stay_together() -> None:
    """None is tested on what its twin has taught."""
    vectors = np.array([[1, 0], [0.99, 0.14], [0, 1]], dtype=np.float32)
    of = groups.groups(vectors)
    assert of[0] == of[1] != of[2]
    fold = groups.folds(of, 2)
    assert fold[0] == fold[1]
