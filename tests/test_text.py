"""A text, its plain form, and the way back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assist.language.passage import read
from assist.text import LONG_REMEMBERED, SHORT, Text, remembered

LETTERS = st.sampled_from("aeiou dpt.,!?’‘“”'\"\n\r\t-–—…>:\u0301\u200b\u200d\ufe0f😀👩💻ﬁé\u00ad")
TYPED = st.lists(st.one_of(LETTERS, st.characters(codec="utf-8")), max_size=120).map("".join)


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("it’s “our” policy", 'it\'s "our" policy'),
        ("zero\u200bwidth", "zerowidth"),
        ("cafe\u0301", "café"),
        ("non\u00a0breaking", "non breaking"),
    ],
)
def test_the_plain_form_is_what_one_would_type(typed: str, plain: str) -> None:
    assert Text(typed).plain == plain


@given(TYPED)
def test_every_place_of_the_plain_form_leads_back_into_the_original(typed: str) -> None:
    """Places rise together, stay inside, and meet at both ends."""
    text = Text(typed)
    starts = [text.start(at) for at in range(len(text.plain) + 1)]
    assert starts == sorted(starts)
    assert all(0 <= start <= len(typed) for start in starts)
    for at in range(len(text.plain)):
        assert text.start(at) < text.end(at + 1) <= len(typed)


@given(TYPED)
def test_words_cut_the_original_where_they_say(typed: str) -> None:
    """Whatever the Unicode, a word's span holds its letters, in order."""
    passage = read(typed)
    assert len(passage.words) == len(passage.starts) == len(passage.ends) == len(passage.sentence_of)
    for start, end in zip(passage.starts, passage.ends, strict=True):
        assert 0 <= start < end <= len(typed)
    assert list(passage.starts) == sorted(passage.starts)


@given(TYPED)
def test_sentences_cover_every_word_once(typed: str) -> None:
    passage = read(typed)
    covered = [word for sentence in passage.sentences for word in range(sentence.first, sentence.last)]
    assert covered == list(range(len(passage.words)))
    for one, next_one in zip(passage.sentences, passage.sentences[1:], strict=False):
        assert one.span.start < one.span.end
        assert one.span.start <= next_one.span.start


def test_a_long_hostile_text_is_read_in_time_that_grows_with_it() -> None:
    """Nothing in a message can make reading it blow up."""
    for piece in (
        "> a\n",
        "'a ",
        '"a ',
        "a,",
        "Kind regards,\n",
        "aaaa",
        "4111 1111 ",
        "[x] {",
        "On a wrote: ",
    ):
        assert read(piece * 4000).text.startswith(piece)


def test_of_long_messages_only_the_latest_are_remembered() -> None:
    """A folder of long mails would fill the memory, and none of them comes twice."""
    read: list[str] = []

    def shouted(message: str) -> str:
        read.append(message)
        return message.upper()

    recall = remembered(shouted)
    mails = [f"{number} {'dear sir ' * SHORT}" for number in range(LONG_REMEMBERED + 1)]
    for message in ("thanks", *mails, "thanks", mails[-1], mails[0]):
        assert recall(message) == message.upper()
    assert read == ["thanks", *mails, mails[0]]
