"""What a sentence may mean: the categories that are said, and the acts of agents and customers."""

from typing import Literal, get_args

from assist.lexicon import (
    ActEntry,
    AgentAct,
    CustomerAct,
    Entry,
    FactEntry,
    FrameEntry,
    OperationEntry,
    PhraseEntry,
)

Speaker = Literal["agent", "customer"]

SAID: tuple[str, ...] = (
    "policy-wall", "customer-wrong", "excuse", "deflection", "refusal", "non-apology", "dismissive", "overpromise",
    "fairness", "grudging", "command", "ignorance", "dypii", "assumed-remedy",
)  # fmt: skip
"""The categories that a single sentence can earn by what it means."""

AGENT_ACTS: tuple[str, ...] = tuple(act for act in get_args(AgentAct) if act not in {"uses-name", "names-time"})
CUSTOMER_ACTS: tuple[str, ...] = get_args(CustomerAct)
LABELS: tuple[str, ...] = (*SAID, *AGENT_ACTS, *CUSTOMER_ACTS)

OF: dict[Speaker, tuple[str, ...]] = {"agent": (*SAID, *AGENT_ACTS), "customer": CUSTOMER_ACTS}
"""The labels that a sentence of each speaker may carry."""


WORDS_DECIDE = frozenset({"sincere-apology", "takes-it-up", "reports-failure", "upset"})
"""The acts that a recovery turns on: one that an `unless` takes back is not found by meaning either."""
CONTRARY = {"sincere-apology": "non-apology"}
"""The acts that a sentence cannot do while it earns the category beside them."""


def label_of(entry: Entry) -> str | None:
    """The label that an entry's examples stand for; None where they stand for none.

    What may have to be said in plain words (`bona_fide`) is left to the phrases that know it.
    """
    if isinstance(entry, PhraseEntry):
        return entry.category if entry.category in SAID and not entry.bona_fide else None
    if isinstance(entry, FrameEntry | OperationEntry):
        return "dypii"
    if isinstance(entry, FactEntry):
        return "requests-information"
    if isinstance(entry, ActEntry):
        return entry.act if entry.act in LABELS else None
    return None


def speaker_of(entry: Entry) -> Speaker:
    """Whose words an entry's examples are."""
    return entry.by if isinstance(entry, ActEntry) else "agent"
