"""Reads what one speaker says, by phrases and by meaning."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from assist.kinds.reading import Act, Reading
from assist.kinds.recognizer import Recognizer
from assist.lexicon import ActEntry, Lexicon
from assist.meaning import CONTRARY, WORDS_DECIDE, Meaning, Speaker
from assist.text import remembered


class Reader:
    """What the phrases and, where there are any, the meaning layers find; remembered by message."""

    def __init__(self, lexicon: Lexicon, speaker: Speaker, phrases: Recognizer, meaning: Meaning | None) -> None:
        self.phrases = phrases
        self.meaning = meaning
        self._speaker = speaker
        self._acts = _acts(lexicon, speaker)
        self._remembered = remembered(self._reading)

    def read(self, message: str) -> Reading:
        """Everything found in a message."""
        return self._remembered(message)

    def _reading(self, message: str) -> Reading:
        reading = self.phrases.read(message)
        if self.meaning is None or not reading.wordings:
            return reading
        meant = self.meaning.read(reading.wordings, self._speaker)
        reading = replace(reading, meant=meant)
        inferred = tuple(self._inferred(reading))
        return replace(reading, inferred=inferred) if inferred else reading

    def _inferred(self, reading: Reading) -> Iterator[Act]:
        worded = {(match.entry.act, match.sentence) for match in reading.matches if isinstance(match.entry, ActEntry)}
        settled = worded | {taken for taken in reading.taken_back if taken[0] in WORDS_DECIDE}
        for number, meanings in enumerate(reading.meant):
            for meant in meanings:
                entry = self._acts.get(meant.label)
                if entry is None or (meant.label, number) in settled or reading.says(CONTRARY.get(meant.label), number):
                    continue
                yield Act(meant.label, reading.passage.sentences[number].span, entry, number)


def _acts(lexicon: Lexicon, speaker: Speaker) -> Mapping[str, ActEntry]:
    """The entry that speaks of each act: the first that praises it, or else the first."""
    made: dict[str, ActEntry] = {}
    for entry in lexicon.of(ActEntry):
        if entry.by == speaker and (entry.act not in made or (entry.praise and not made[entry.act].praise)):
            made[entry.act] = entry
    return made
