"""The customer is called by somebody else's name."""

from collections.abc import Iterator

from assist.checks.situation import Situation
from assist.kinds import Sighting
from assist.lexicon import CheckEntry
from assist.recovery import addressed, own_names, same_person


def find(situation: Situation, entry: CheckEntry) -> Iterator[Sighting]:
    """Every name that the draft calls the customer by and that is not theirs."""
    names = situation.recovery.names
    if not names:
        return
    colleagues = situation.recovery.agent_names | own_names(situation.draft)
    for name, span in addressed(situation.draft):
        if same_person(name, names) or name.lower() in colleagues:
            continue
        fills = {"name": min(names, key=len).capitalize()} if len(names) == 1 else {}
        evidence = f"the customer is {', '.join(sorted(names)).title()}"
        yield Sighting(entry, span, "words", fills, evidence=evidence)
