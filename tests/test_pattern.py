"""The phrase language, as docs/lexicon.md describes it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assist.errors import AssistError
from assist.kinds.automaton import Automaton
from assist.language.passage import read
from assist.language.slips import Spelling
from assist.lexicon.pattern import parse, word_sets

SETS = word_sets({"our": ("our", "the company's"), "no": ("can not", "{am|are} not able to")})


def found(phrase: str, message: str) -> list[str]:
    """The words of `message` that `phrase` finds."""
    automaton = Automaton([phrase], SETS)
    passage = read(message)
    return [
        " ".join(passage.words[sentence.first :][hit.first : hit.last])
        for sentence in passage.sentences
        for hit in automaton.find(passage.words[sentence.first : sentence.last])
    ]


@pytest.mark.parametrize(
    ("phrase", "message", "words"),
    [
        ("it is our policy", "Sorry, it's our policy.", "it is our policy"),
        ("{it|that} is our {policy|rule}", "That's our rule", "that is our rule"),
        ("{it|that {really|truly}} is", "that truly is", "that truly is"),
        ("i am [so|very] sorry", "I'm sorry", "i am sorry"),
        ("i am [so|very] sorry", "I'm so sorry", "i am so sorry"),
        ("you … wrong", "you have got it wrong", "you have got it wrong"),
        ("within …2 days", "within three working days", "within three working days"),
        ("send~ it", "we sent it", "sent it"),
        ("send~ it", "sending it", "sending it"),
        ("within # {day~|hour~}", "within 3 days", "within 3 days"),
        ("within # {day~|hour~}", "within a couple of hours", "within a couple of hours"),
        ("within # {day~|hour~}", "within two hours", "within two hours"),
        ("@our policy", "the company's policy", "the company is policy"),
        ("i @no help", "I can't help", "i can not help"),
        ("i @no help", "i am not able to help", "i am not able to help"),
        ("^ relax", "ok relax", "relax"),
        ("goodbye $", "thanks and goodbye", "goodbye"),
        ("{by|^} the way", "The way it is", "the way"),
    ],
)
def test_a_phrase_finds(phrase: str, message: str, words: str) -> None:
    assert found(phrase, message) == [words]


@pytest.mark.parametrize(
    ("phrase", "message"),
    [
        ("it is our policy", "Is it? Our policy is kind."),
        ("you … wrong", "you and I and he and she and they are all wrong"),
        ("within …2 days", "within three long working days"),
        ("send~ it", "the sender it"),
        ("^ relax", "please relax"),
        ("goodbye $", "goodbye is hard to say"),
        ("{by|^} the way", "on the way"),
    ],
)
def test_a_phrase_leaves_alone(phrase: str, message: str) -> None:
    assert found(phrase, message) == []


def test_slots_hold_their_words() -> None:
    automaton = Automaton(["you {need|have} to <thing> by <when: {today|tomorrow}>"], SETS)
    words = "you need to call the nice desk by tomorrow".split()
    (hit,) = automaton.find(words)
    assert automaton.slots(hit, words) == {"thing": (3, 7), "when": (8, 9)}


@pytest.mark.parametrize(
    ("phrase", "problem"),
    [
        ("{it is|that is our", "never closed"),
        ("it is} our", "has no place here"),
        ("… wrong", "must begin with a word"),
        ("<thing> is wrong", "must begin with a word"),
        ("you …40 wrong", "a gap holds 1 to 12 words, not 40"),
        ("<> it", "a slot needs a name"),
        ("   ", "it has no words"),
        ("{" * 20 + "a" + "}" * 20, "nested more than 8 deep"),
    ],
)
def test_a_phrase_that_cannot_be_read_says_why(phrase: str, problem: str) -> None:
    with pytest.raises(AssistError, match=problem):
        parse(phrase)


@given(st.text("ab{}[]|<>:…@#~^$ '.", max_size=40))
def test_no_phrase_does_anything_but_parse_or_say_why(phrase: str) -> None:
    try:
        parse(phrase)
    except AssistError as error:
        assert "phrase" in str(error)


@given(
    st.lists(
        st.lists(st.sampled_from("red green blue".split()), min_size=1, max_size=4),
        min_size=1,
        max_size=8,
    ),
    st.lists(st.sampled_from("red green blue pink".split()), max_size=15),
)
def test_the_automaton_finds_what_a_plain_search_finds(phrases: list[list[str]], words: list[str]) -> None:
    """Literal phrases sought together give the same as each sought by itself."""
    automaton = Automaton([" ".join(phrase) for phrase in phrases], SETS)
    plain = {
        (number, first)
        for number, phrase in enumerate(phrases)
        for first in range(len(words))
        if words[first : first + len(phrase)] == phrase
    }
    assert {(hit.phrase, hit.first) for hit in automaton.find(words)} == plain


def test_a_phrase_made_to_blow_up_does_not() -> None:
    """Gaps upon gaps over the same word: bounded by the phrase, linear in the text."""
    nasty = "a " + "…12 [a] " * 8 + "b"
    automaton = Automaton([nasty] * 20, SETS)
    assert automaton.find(["a"] * 3000) == []


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("polciy", "policy"),
        ("polcy", "policy"),
        ("pollicy", "policy"),
        ("apologze", "apologize"),
        ("guarentee", "guarantee"),
        ("police", "police"),
        ("polite", "polite"),
        ("wong", "wong"),
        ("form", "form"),
        ("plicy7", "plicy7"),
    ],
)
def test_a_slip_is_mended_and_a_real_word_never(typed: str, meant: str) -> None:
    assert Spelling(["policy", "apologize", "guarantee", "wrong", "from"]).mend(typed) == meant
