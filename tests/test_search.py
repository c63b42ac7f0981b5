"""What was said in, the plays that answer it out: found, ranked, refused, learnt from, and kept between runs."""

import json
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assist import AssistError, DataError, Turn, Workbench
from assist.data import shipped
from assist.meaning import files_in
from assist.retrieval import Said, Sentences, Usage, load
from assist.retrieval.words import request
from assist.workbench import PlayAnswer
from tests.plays import SHOP, play, said, shop


@pytest.fixture(scope="module")
def plays(cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The plays of a small shop."""
    assert cache.is_dir()
    return shop(tmp_path_factory.mktemp("plays"))


@pytest.fixture(scope="module")
def small(plays: Path) -> Workbench:
    """A workbench with these plays."""
    return Workbench.load(playbooks=plays)


@pytest.fixture(scope="module")
def quick(plays: Path) -> Workbench:
    """The same without the transformer."""
    return Workbench.load(playbooks=plays, fast=True)


@pytest.fixture(scope="module")
def static() -> Sentences:
    """The static vectors, read once."""
    return Sentences(files_in([shipped("models")]), fast=True)


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of plays, and a cache, that belong to one test."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return shop(tmp_path / "plays")


def names(found: list[PlayAnswer]) -> list[str]:
    """The ids of what was found, best first."""
    return [answer.play.id for answer in found]


PARAPHRASES = [
    ("My package was supposed to arrive days ago", "late-parcel"),
    ("give me back what I paid", "refund-wanted"),
    ("it no longer gets hot", "broken-kettle"),
    ("the same amount was taken from my bank account two times", "charged-twice"),
    ("I don't remember my passcode", "forgotten-password"),
    ("we live at another place now, deliver it there", "change-address"),
]


class TestFinding:
    """What is found for what was said."""

    @pytest.mark.parametrize(("text", "first"), PARAPHRASES)
    def test_other_words_of_the_same_are_found(self, small: Workbench, text: str, first: str) -> None:
        """None of these stands in the asks of its play."""
        assert names(small.find(text))[0] == first

    @pytest.mark.parametrize(
        ("text", "first"),
        [
            ("wheres my parcle", "late-parcel"),
            ("My delivrey hasnt come!!", "late-parcel"),
            ("Pasword reset", "forgotten-password"),
            ("REFUND", "refund-wanted"),
            ("kettel", "broken-kettle"),
        ],
    )
    @pytest.mark.parametrize("fast", [False, True])
    def test_slips_cost_nothing(
        self, small: Workbench, quick: Workbench, text: str, first: str, fast: bool
    ) -> None:  # fmt: skip
        assert names((quick if fast else small).find(text))[0] == first

    @pytest.mark.parametrize("ask", [ask for text in SHOP.values() for ask in text.split("\n  - ")[1:-1]])
    def test_each_ask_finds_its_own_play_without_the_transformer(self, quick: Workbench, ask: str) -> None:
        (first,) = quick.find(ask, 1)
        assert ask in first.play.asks
        assert first.score > 0.5

    @pytest.mark.parametrize(("typed", "first"), [("passw", "forgotten-password"), ("ket", "broken-kettle")])
    def test_a_word_may_be_unfinished_while_it_is_typed(self, small: Workbench, typed: str, first: str) -> None:
        """Only while an agent types: a customer's message is over."""
        assert names(small.session().find(typed))[0] == first

    def test_what_is_typed_counts_more_than_what_was_said(self, small: Workbench) -> None:
        session = small.session([Turn("customer", "where is my parcel")])
        assert names(session.find())[0] == "late-parcel"
        assert names(session.find("kettle leaks"))[0] == "broken-kettle"

    def test_the_last_message_counts_most(self, small: Workbench) -> None:
        """What was answered before counts less; thanks on the way take nothing away."""
        talk = [
            Turn("customer", "Where is my parcel? My delivery hasn't come."),
            Turn("agent", "I'm so sorry. It's with the driver now."),
            Turn("customer", "Good. And you charged my card twice!"),
        ]
        assert names(small.session(talk).find())[0] == "charged-twice"
        assert names(small.session([*talk, Turn("agent", "I see it."), Turn("customer", "Thanks")]).find())[0] == (
            "charged-twice"
        )

    @pytest.mark.parametrize(
        "text",
        ["Who won the football last night?", "Can you recommend a good pasta recipe", "What is the capital of Peru?"],
    )
    def test_nothing_fits_is_an_answer(self, small: Workbench, text: str) -> None:
        assert small.find(text) == []
        assert small.matches([Said(text)], 1, even_unfit=True)

    @pytest.mark.parametrize("text", ["", "  \n", "???", "😀", "\x00", "zqxj"])
    @pytest.mark.parametrize("fast", [False, True])
    def test_what_says_nothing_finds_nothing(self, small: Workbench, quick: Workbench, text: str, fast: bool) -> None:
        assert (quick if fast else small).find(text) == []

    @pytest.mark.parametrize(
        "told",
        [
            "Hi, it's Mia. Where is my parcel?",
            "Good morning, this is Tom Baker, order number 55127. Where is my parcel?",
            "where is my pracel? mia@example.com",
            "Where is my parcel? My order number is 5512788.",
        ],
    )
    def test_names_numbers_and_greetings_change_nothing(self, small: Workbench, told: str) -> None:
        plainly, politely = small.find("where is my parcel", k=1), small.find(told, k=1)
        assert politely[0].play.id == "late-parcel"
        assert politely[0].score > 0.9 * plainly[0].score

    @pytest.mark.parametrize("asked", ["I only get 100Mbps instead of 900Mbps", "My 30-day trial", "a 15-inch laptop"])
    def test_sizes_and_times_are_part_of_what_is_asked(self, asked: str) -> None:
        assert request(asked) == asked

    def test_thanks_on_the_way_do_not_hide_what_is_asked_last(self, cache: Path) -> None:
        assert cache.is_dir()
        talk = [
            Turn("customer", "Hi it's Mia. my order 48213 never came"),
            Turn("agent", "I'm so sorry, Mia. I'm looking now."),
            Turn("customer", "thanks"),
            Turn("customer", "where is my order now?"),
        ]
        found = Workbench.load(packs=["core", "retail"], fast=True).session(talk).find()
        assert found[0].play.id in {"late-parcel", "marked-delivered-not-here"}

    def test_one_word_is_surer_when_an_agent_types_it(self, small: Workbench) -> None:
        """An agent means the play that has it; a customer may mean anything."""
        (typed,) = small.session().find("kettle", k=1)
        (told,) = small.find("kettle", k=1)
        assert typed.play == told.play
        assert typed.score > told.score

    def test_it_tells_by_which_words_it_was_found(self, small: Workbench) -> None:
        """Rare words first; none where the meaning alone found it."""
        (first,) = small.find("the kettle of mine leaks", 1)
        assert set(first.met) >= {"kettle", "leaks"}
        assert "mine" not in first.met

    def test_at_most_k_come_best_first(self, small: Workbench) -> None:
        found = small.find("my parcel is late and I want my money back", 50)
        assert len(found) == len(SHOP)
        assert [answer.score for answer in found] == sorted((answer.score for answer in found), reverse=True)
        assert all(0 <= answer.score <= 1 for answer in found)
        assert names(small.find("my parcel is late and I want my money back", 2)) == names(found)[:2]

    def test_the_answer_comes_filled(self, small: Workbench) -> None:
        """From the conversation with `find(…, conversation=…)`; with its blanks where none is given."""
        text = "My name is Dana. Where is my parcel? Order number 55190."
        (first,) = small.find(text, 1, conversation=[])
        assert first.text == "Hi Dana, I'm so sorry. I'm tracing order 55190 right now."
        assert first.blanks == ()
        (bare,) = small.find("where is my parcel", 1)
        assert [bare.text[blank.start : blank.end] for blank in bare.blanks] == ["{order number?}"]

    @given(st.lists(st.text(max_size=40), max_size=3), st.text(max_size=30), st.integers(1, 9))
    @settings(max_examples=40)
    def test_anything_may_be_asked(self, quick: Workbench, told: list[str], typed: str, k: int) -> None:
        """Any words in any conversation have plays with scores from 0 to 1, best first, or none."""
        found = quick.session([Turn("customer", text) for text in told]).find(typed, k)
        scores = [answer.score for answer in found]
        assert len(found) <= k
        assert scores == sorted(scores, reverse=True)
        assert all(0 <= score <= 1 for score in scores)

    def test_what_is_no_text_is_refused(self, small: Workbench) -> None:
        with pytest.raises(AssistError):
            small.find("\ud800")


class TestChoice:
    """Which plays are searched."""

    def test_packs_narrow_the_plays_that_ship(self, cache: Path) -> None:
        """To their own and the general ones, whatever else is named and how often."""
        assert cache.is_dir()
        bench = Workbench.load(["core", "telecom", "telecom"], fast=True)
        assert bench.plays
        assert {one.industry for one in bench.plays.plays} == {"general", "telecom"}

    def test_all_that_ship_are_searched_where_no_pack_is_named(self, cache: Path) -> None:
        assert cache.is_dir()
        index = Workbench.load(fast=True).plays
        assert index
        assert {"general", "telecom", "airline"} <= {one.industry for one in index.plays}

    def test_a_folder_of_plays_takes_their_place(self, small: Workbench) -> None:
        assert small.plays
        assert {one.id for one in small.plays.plays} == set(SHOP)

    def test_one_play_alone_is_found_or_not(self, own: Path, static: Sentences) -> None:
        index = load([own / "shop" / "broken-kettle.md"], static)
        assert index
        assert [match.play.id for match in index.search([Said("my kettle leaks")])] == ["broken-kettle"]
        assert index.search([Said("who won the match")]) == []

    def test_a_folder_without_plays_finds_nothing(self, tmp_path: Path) -> None:
        bench = Workbench.load(playbooks=tmp_path, fast=True)
        assert bench.plays is None
        assert bench.find("where is my parcel") == []

    def test_plays_of_no_words_are_passed_over(self, own: Path, static: Sentences) -> None:
        """A library may hold nothing but signs; nothing is found in it."""
        index = load([play(own / "signs", "angry", said("😡", "'…'"))], static)
        assert index
        assert index.search([Said("where is my parcel")]) == []

    def test_two_plays_of_one_id_are_refused(self, own: Path) -> None:
        play(own / "food", "late-parcel", SHOP["late-parcel"])
        with pytest.raises(DataError, match="there is a play 'late-parcel' already"):
            Workbench.load(playbooks=own, fast=True).find("where is my parcel")

    def test_hundreds_of_plays_are_searched_closely_where_it_is_near(self, own: Path, static: Sentences) -> None:
        """Past 200 plays only the likely ones are looked at; the right one is among them."""
        things = [f"{colour} {thing}" for colour in COLOURS for thing in THINGS]
        for thing in things:
            play(own / "shop", thing.replace(" ", "-"), said(f"About the {thing}", f"my {thing} is torn"))
        index = load(sorted((own / "shop").glob("*.md")), static)
        assert index
        assert len(index.plays) > 200
        assert [index.search([Said(f"the {thing} has torn")], 1)[0].play.id for thing in things[::9]] == [
            thing.replace(" ", "-") for thing in things[::9]
        ]


COLOURS = "red blue green yellow black white brown pink purple orange silver golden striped dotted".split()
THINGS = "shirt jacket glove scarf blanket tent curtain pillow sofa carpet towel apron kite sail flag".split()


class TestLearning:
    """What was used is remembered."""

    TALK = (Turn("customer", "this is about order 55190, write to dana@example.com please"),)

    def test_what_was_used_comes_first_the_next_time(self, plays: Path, tmp_path: Path) -> None:
        """In the session that goes on, and in every later run that reads the same file."""
        talk = [Turn("customer", "I want my money back, you took it twice")]
        bench = Workbench.load(playbooks=plays, usage=tmp_path / "usage.jsonl", fast=True)
        session = bench.session(talk)
        before = names(session.find())
        assert bench.plays
        (second,) = [one for one in bench.plays.plays if one.id == before[1]]
        session.use(second)
        later = Workbench.load(playbooks=plays, usage=tmp_path / "usage.jsonl", fast=True)
        for one in (session, later.session(talk)):
            assert names(one.find())[0] == second.id
        (tmp_path / "usage.jsonl").unlink()
        forgotten = Workbench.load(playbooks=plays, usage=tmp_path / "usage.jsonl", fast=True)
        assert names(forgotten.session(talk).find()) == before

    def test_what_fits_nothing_still_does_not_fit(self, plays: Path, tmp_path: Path) -> None:
        """What was used puts in order what fits; it neither finds nor hides anything."""
        bench = Workbench.load(playbooks=plays, usage=tmp_path / "usage.jsonl", fast=True)
        for text in ("who won the cup final last night", "where is my parcel", "I want a new bank account"):
            before = bool(bench.find(text))
            bench.session([Turn("customer", text)]).use(bench.play("charged-twice"))
            assert bool(bench.find(text)) == before, text

    def test_only_the_latest_uses_are_read(self, tmp_path: Path) -> None:
        path = tmp_path / "usage.jsonl"
        lines = [
            json.dumps({"said": f"{'where is my parcel ' * 20}{number}", "play": "late"}) for number in range(4_000)
        ]
        path.write_text("no use at all\n" + "\n".join(lines) + "\n", encoding="utf-8")
        uses = Usage(path).uses
        assert len(uses) == 500
        assert uses[-1].said.endswith("3999")

    def test_what_is_kept_holds_no_digits_and_no_addresses(self, plays: Path, tmp_path: Path) -> None:
        bench = Workbench.load(playbooks=plays, usage=tmp_path / "u" / "usage.jsonl", fast=True)
        assert bench.plays
        bench.session(self.TALK).use(bench.plays.plays[0])
        (line,) = (tmp_path / "u" / "usage.jsonl").read_text(encoding="utf-8").splitlines()
        kept = json.loads(line)
        assert kept["said"] == "this is about order 00000, write to …@… please"
        assert set(kept) == {"said", "play", "at"}

    def test_nothing_is_kept_where_nothing_should_be(self, quick: Workbench, tmp_path: Path) -> None:
        assert quick.plays
        quick.session(self.TALK).use(quick.plays.plays[0])
        assert list(tmp_path.iterdir()) == []

    @given(st.lists(st.text(max_size=60), min_size=1, max_size=4))
    @settings(max_examples=40)
    def test_whatever_was_said_is_read_again(self, tmp_path_factory: pytest.TempPathFactory, told: list[str]) -> None:
        """Line separators, quotes and all: one use a line, and never an address or a digit but 0."""
        path = tmp_path_factory.mktemp("usage") / "usage.jsonl"
        usage = Usage(path)
        for text in told:
            usage.add(f"{text} ab@cd.ef 12", "late-parcel")
        assert Usage(path).uses == usage.uses
        assert not any("ab@cd" in use.said or set(use.said) & set("123456789") for use in usage.uses)

    def test_a_message_without_end_is_kept_short_and_at_once(self, tmp_path: Path) -> None:
        assert len(Usage(tmp_path / "usage.jsonl").add("a" * 400_000, "late-parcel").said) == 500

    def test_plays_that_are_gone_are_passed_over(self, plays: Path, tmp_path: Path) -> None:
        Usage(tmp_path / "usage.jsonl").add("where is my parcel", "no-such-play")
        bench = Workbench.load(playbooks=plays, usage=tmp_path / "usage.jsonl", fast=True)
        assert names(bench.find("where is my parcel"))[0] == "late-parcel"

    @pytest.mark.parametrize(
        ("line", "problem"),
        [
            ("{", "usage.jsonl:2: line: invalid json"),
            ('{"said": "a"}', "usage.jsonl:2: play: "),
            ('{"said": "a", "play": "b", "more": 1}', "usage.jsonl:2: more: "),
        ],
    )
    def test_a_line_that_is_wrong_is_named(self, tmp_path: Path, line: str, problem: str) -> None:
        (tmp_path / "usage.jsonl").write_text('{"said": "a", "play": "b"}\n' + line + "\n")
        with pytest.raises(DataError) as raised:
            Usage(tmp_path / "usage.jsonl")
        assert str(raised.value).startswith(f"{tmp_path}/{problem}")


class TestCache:
    """What is kept between runs is used where it holds, and nowhere else."""

    def found(self, own: Path, sentences: Sentences, text: str) -> list[tuple[str, float, tuple[str, ...]]]:
        """What an index loaded anew finds."""
        index = load(sorted(own.rglob("*.md")), sentences)
        assert index
        return [(match.play.id, round(match.score, 2), match.met) for match in index.search([Said(text)])]

    def kept(self, own: Path) -> Path:
        """Where the index is kept."""
        (folder,) = (own.parent / "cache" / "assist").glob("plays-*")
        return folder

    def test_an_untouched_library_gives_the_same_answers(self, own: Path, static: Sentences) -> None:
        """And nothing is written again."""
        first = self.found(own, static, "parcel refund")
        written = self.kept(own).stat().st_mtime_ns
        assert self.found(own, static, "parcel refund") == first
        assert self.kept(own).stat().st_mtime_ns == written

    def test_a_file_that_has_changed_is_read_again(self, own: Path, static: Sentences) -> None:
        assert self.found(own, static, "the lawnmower smokes") == []
        play(own / "shop", "broken-kettle", said("The lawnmower", "my lawnmower smokes"))
        assert self.found(own, static, "the lawnmower smokes")[0][0] == "broken-kettle"
        play(own / "shop", "broken-drill", said("The drill", "my drill is dead"))
        assert self.found(own, static, "the drill is dead")[0][0] == "broken-drill"
        (own / "shop" / "broken-drill.md").unlink()
        assert "broken-drill" not in [one[0] for one in self.found(own, static, "the drill is dead")]

    def test_a_file_that_has_become_wrong_is_told(self, own: Path, static: Sentences) -> None:
        self.found(own, static, "parcel")
        play(own / "shop", "broken-kettle", "no play any more")
        with pytest.raises(DataError, match=r"broken-kettle\.md:1: a play begins"):
            self.found(own, static, "parcel")

    @pytest.mark.parametrize("damage", [b"", b"{}", b"null", b"\x93NUMPY", None])
    def test_a_damaged_cache_is_passed_over(self, own: Path, static: Sentences, damage: bytes | None) -> None:
        """Whichever file of it is emptied, cut short, replaced or gone; whether or not a play has changed too."""
        first = self.found(own, static, "where is my parcel")
        for name in sorted(path.name for path in self.kept(own).iterdir()):
            if name.startswith("vocab") and damage == b"{}":
                continue  # nothing wrong can be seen in it
            for touched in (False, True):
                path = self.kept(own) / name
                whole = path.read_bytes() if path.exists() else b""
                path.unlink(missing_ok=True)
                if damage is not None:
                    path.write_bytes(damage or whole[: len(whole) // 2 * (not touched)])
                if touched:
                    os.utime(own / "shop" / "late-parcel.md")
                assert self.found(own, static, "where is my parcel") == first, name

    def test_parts_of_another_library_are_not_mixed_in(self, own: Path, static: Sentences, tmp_path: Path) -> None:
        other = shop(tmp_path / "other")
        (other / "shop" / "charged-twice.md").unlink()
        for folder in (own, other):
            assert load(sorted(folder.rglob("*.md")), static)
        first, second = sorted((tmp_path / "cache" / "assist").glob("plays-*"), key=lambda kept: kept.stat().st_mtime)
        (second / "space.npz").replace(first / "space.npz")
        index = load(sorted(own.rglob("*.md")), static)
        assert index is not None
        assert index.search([Said("you charged my card twice")])[0].play.id == "charged-twice"

    def test_a_place_that_cannot_be_written_does_no_harm(
        self, own: Path, static: Sentences, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (own.parent / "file").write_text("in the way")
        monkeypatch.setenv("XDG_CACHE_HOME", str(own.parent / "file"))
        assert self.found(own, static, "where is my parcel")[0][0] == "late-parcel"

    def test_a_name_that_is_no_utf_8_is_no_obstacle(self, own: Path, static: Sentences) -> None:
        (own / "shop" / os.fsdecode(b"caf\xe9.md")).write_text(said("Coffee", "my coffee is cold"))
        assert self.found(own, static, "the coffee is cold")[0][0].startswith("caf")
        assert self.found(own, static, "where is my parcel")[0][0] == "late-parcel"

    def test_old_ones_are_thrown_away(self, own: Path, static: Sentences) -> None:
        for number in range(12):
            load([play(own / f"n{number}", f"late-{number}")], static)
        assert len(list((own.parent / "cache" / "assist").glob("plays-*"))) == 8
