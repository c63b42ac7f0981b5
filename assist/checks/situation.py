"""What every check is given: the recovery so far, and the draft as read."""

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from functools import cached_property

from assist.checks.trade import Trades
from assist.kinds import Reading
from assist.language.passage import Passage, Sentence
from assist.lexicon import Entry
from assist.recovery import Recovery
from assist.spans import Span

GREETING_WORDS = 7
GREETING_ENDS = {",", "!", "-", "–"}
_LEAD = re.compile(
    r"(?:(?:a+h|a+w+|oh|omg|oops|ouch|ugh|yikes)(?:\s+\w+)?\s*[,!–-]\s*)?(?:(?!no\b)[\w'’]+\s+){0,4}", re.IGNORECASE
)
"""What an apology may begin with before its telling words: `Oh no, I just wanted to` say sorry."""
_BRACKET = re.compile(r"[()\[\]{}<>]")
_PARTING = re.compile(
    r"\b(?:good ?bye|bye|bye-?bye|cya|have an? (?:\w+ )?(?:one|day|night|evening|afternoon|weekend))\b", re.IGNORECASE
)


@dataclass(frozen=True)
class Situation:
    """A draft in its place: `recovery` is the state before it, `reading` the draft, `trades` those of the lexicon."""

    recovery: Recovery
    reading: Reading
    trades: Trades = field(default_factory=Trades)

    @property
    def draft(self) -> str:
        """The draft as typed."""
        return self.reading.passage.text

    @cached_property
    def about(self) -> frozenset[str]:
        """The words of the customer and of the draft: what the conversation is about."""
        return self.recovery.heard.union(self.reading.passage.words)

    @cached_property
    def _likely(self) -> frozenset[str]:
        """The trades that the conversation may be about."""
        return self.trades.likely(self.about)

    def fits(self, entry: Entry) -> bool:
        """Whether an entry is of a trade that the conversation may be about; what is of no trade fits everywhere."""
        trade = self.trades.of.get(entry.id)
        return trade is None or trade in self._likely

    @cached_property
    def apologises(self) -> bool:
        """Whether the draft itself apologises sincerely."""
        return "sincere-apology" in self.reading.act_names

    @cached_property
    def parting(self) -> bool:
        """Whether the customer has said goodbye, so that a goodbye only answers."""
        return any(_PARTING.search(message) for message in self.recovery.waiting)

    @cached_property
    def greeted(self) -> int | None:
        """The word after the comma of a greeting that shares its sentence with what follows."""
        passage = self.reading.passage
        greeting = next(self.reading.acted("greets"), None)
        if greeting is None or greeting.sentence != 0:
            return None
        for word in range(1, min(passage.sentences[0].last, GREETING_WORDS)):
            between = self.draft[passage.ends[word - 1] : passage.starts[word]].rstrip()
            if between[-1:] in GREETING_ENDS and passage.starts[word] >= greeting.span.end:
                return word
        return None

    def apology_end(self, sentence: Sentence) -> int | None:
        """The word before which the sincere apology ends that a sentence begins with, where more follows."""
        passage = self.reading.passage
        start = passage.starts[max(sentence.first, self.greeted or 0)]
        sorry = (act for act in self.reading.worded_acts if act.act == "sincere-apology")
        for act in sorry:
            if act.span.start < sentence.span.end and _LEAD.fullmatch(self.draft, start, act.span.start):
                end = _turn(passage, act.span, sentence.last)
                between = self.draft[passage.ends[end - 1] : passage.starts[end]] if end else ""
                return None if _BRACKET.search(between) else end
        return None

    def does(self, *acts: str) -> bool:
        """Whether the draft does any of these acts."""
        return not self.reading.act_names.isdisjoint(acts)


def _turn(passage: Passage, said: Span, last: int) -> int | None:
    """The first word, before `last`, with which a sentence goes on to something else than what is said here."""
    first, after = (bisect_left(passage.starts, place) for place in said)
    turns = (
        word
        for word in range(first, last)
        if passage.words[word] == "but" or (word >= after and word in passage.breaks)
    )
    return next(turns, None)
