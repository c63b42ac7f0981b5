"""What every check is given: the recovery so far, and the draft as read."""

import re
from dataclasses import dataclass
from functools import cached_property

from assist.kinds import Reading
from assist.recovery import Recovery

GREETING_WORDS = 7
GREETING_ENDS = {",", "!", "-", "–"}
_PARTING = re.compile(
    r"\b(?:good ?bye|bye|bye-?bye|cya|have an? (?:\w+ )?(?:one|day|night|evening|afternoon|weekend))\b", re.IGNORECASE
)


@dataclass(frozen=True)
class Situation:
    """A draft in its place: `recovery` is the state before it, `reading` the draft itself."""

    recovery: Recovery
    reading: Reading

    @property
    def draft(self) -> str:
        """The draft as typed."""
        return self.reading.passage.text

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

    def does(self, *acts: str) -> bool:
        """Whether the draft does any of these acts."""
        return not self.reading.act_names.isdisjoint(acts)
