"""A message read: plain words, sentences, and what is not the writer's own."""

import pytest

from assist.language import tokens
from assist.language.passage import read
from assist.language.tokens import QUOTE


@pytest.mark.parametrize(
    "typed",
    [
        "it is our policy",
        "It's our policy",
        "it’s our policy",
        "its our policy",
        "IT IS  OUR\nPOLICY",
        "it is our, policy",
        "it's ourrrr policy",
    ],
)
def test_one_wording_however_it_is_typed(typed: str) -> None:
    assert " ".join(read(typed).words) == "it is our policy"


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("I can't, cant, cannot", "i can not can not can not"),
        ("did u plug it in", "did you plug it in"),
        ("we're gonna fix it", "we are going to fix it"),
        ("were short staffed today", "we are short staffed today"),
        ("they were late", "they were late"),
        ("ill call you", "i will call you"),
        ("she is ill today", "she is ill today"),
        ("the order id please", "the order id please"),
        ("id like a refund", "i would like a refund"),
        ("it's been ages", "it has been ages"),
        ("sooo sorry, pls wait", "so sorry please wait"),
        ("I apologised in colour", "i apologized in color"),
        ("lets see, let's see", "let us see let us see"),
        ("in?im here", "in i am here"),
        ("u should of said, it shouldn't of gone", "you should have said it should not have gone"),
        ("you could of course call", "you could of course call"),
    ],
)
def test_chat_spellings_and_contractions_are_written_out(typed: str, plain: str) -> None:
    assert " ".join(read(typed).words) == plain


def _sentences(typed: str) -> list[str]:
    passage = read(typed)
    return [typed[slice(*sentence.span)] for sentence in passage.sentences]


def test_sentences_end_at_their_marks() -> None:
    assert _sentences("Sorry about that. Did it work? Yes!") == [
        "Sorry about that.",
        "Did it work?",
        "Yes!",
    ]


def test_new_words_without_end_are_not_remembered_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokens, "WORDS_REMEMBERED", 900)
    for number in range(2_000):
        assert read(f"Order QX{number} is late.").words == ("order", f"qx{number}", "is", "late")
    assert len(tokens.english().vocab) < 1_000


def test_of_what_runs_on_without_end_only_the_beginning_is_read() -> None:
    typed = f"See {'ab' * 50_000} please."
    passage = read(typed)
    assert passage.words == ("see", "ab" * 60, "please")
    assert passage.text[slice(*passage.span(1, 2))] == "ab" * 50_000


def test_a_line_break_inside_a_sentence_does_not_end_it() -> None:
    assert _sentences("it is our\npolicy to wait") == ["it is our\npolicy to wait"]


def test_speech_without_marks_is_cut_where_a_thought_begins() -> None:
    typed = "hello I am so sorry about that did you plug it in because it is not showing here and i cannot see it"
    assert _sentences(typed)[0] == "hello I am so sorry about that"
    assert _sentences(typed)[1].startswith("did you plug it in")


@pytest.mark.parametrize(
    ("typed", "asks"),
    [
        ("did you plug it in", True),
        ("ok so is the router on", True),
        ("What is your name", True),
        ("You plugged it in?", True),
        ("I plugged it in.", False),
        ("is", False),
    ],
)
def test_a_question_is_known_with_and_without_its_mark(typed: str, *, asks: bool) -> None:
    assert read(typed).sentences[0].question is asks


@pytest.mark.parametrize(
    "message",
    [
        "> it is our policy\nSorry about that.",
        "Sorry about that.\n\nOn Mon, 3 May 2027 at 10:00, Jo Bell wrote:\nit is our policy",
        "Sorry about that.\n\n-----Original Message-----\nit is our policy",
        "You were told “it is our policy”, and I am sorry.",
        "You were told 'it is our policy', and I'm sorry.",
        "Sorry about that.\n\nKind regards,\nJo Bell\nPolicy Team",
    ],
)
def test_what_somebody_else_wrote_is_left_out(message: str) -> None:
    assert "policy" not in read(message).words


def test_an_apostrophe_is_no_quotation() -> None:
    words = read("The customer's router isn't the shop's fault, it's 'dead'").words
    assert QUOTE not in words


def test_thanks_on_a_line_of_its_own_is_no_signature() -> None:
    assert "refund" in read("Thanks,\nI have sent the refund for the two broken lamps today, as you asked.").words
