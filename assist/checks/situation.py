"""What every check is given: the recovery so far, and the draft as read."""

from dataclasses import dataclass
from functools import cached_property

from assist.kinds import Reading
from assist.recovery import Recovery

GOODBYES = frozenset("bye goodbye byebye cya".split())


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
        said = {word.strip(".,!") for message in self.recovery.waiting for word in message.lower().split()}
        return not GOODBYES.isdisjoint(said)

    def does(self, *acts: str) -> bool:
        """Whether the draft does any of these acts."""
        return not self.reading.act_names.isdisjoint(acts)
