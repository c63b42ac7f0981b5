"""The customer is called by somebody else's name."""

from collections.abc import Iterator

from assist.checks.situation import Situation
from assist.kinds import Sighting
from assist.lexicon import CheckEntry
from assist.recovery import addressed, as_written, own_names, same_person


def find(situation: Situation, entry: CheckEntry) -> Iterator[Sighting]:
    """Every name that the draft calls the customer by and that is not theirs."""
    names = situation.recovery.names
    if not names:
        return
    colleagues = situation.recovery.agent_names | own_names(situation.draft)
    for address in addressed(situation.draft):
        if same_person(address, names) or address.name.lower() in colleagues:
            continue
        right = as_written(names[-1] if address.titled else names[0])
        evidence = f"the customer is {as_written(' '.join(names))}"
        yield Sighting(entry, address.span, "words", instead=(right,), evidence=evidence)
