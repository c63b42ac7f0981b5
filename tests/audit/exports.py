"""Exports as files: made conversations, few words in many, as contact centres have them."""

import json
from collections.abc import Iterable
from itertools import cycle, islice
from pathlib import Path

SAID = (
    ("My parcel never turned up and nobody answers!", "You should have read the terms. It's our policy."),
    ("Hi, what time do you close today?", "We close at six. Anything else?"),
    ("The app logs me out every two minutes", "I'm so sorry about that, I'll fix it by noon and call you."),
    ("hiya, can I swap the shoes for a 7?", "Of course you can! I've put a pair aside for you."),
    ("I am waiting since three weeks for my refund", "Calm down. Did you check your account?"),
)


def rows(number: int, start: int = 0) -> Iterable[dict[str, object]]:
    """So many conversations of three messages, no two the same."""
    for place, (asked, replied) in enumerate(islice(cycle(SAID), number), start=start):
        turns = [
            {"role": "customer", "text": asked, "at": 1_740_000_000 + place * 600},
            {"role": "agent", "text": replied, "at": 1_740_000_040 + place * 600, "name": f"Agent {place % 3}"},
            {"role": "customer", "text": f"ok, it was order {place}", "at": 1_740_000_090 + place * 600},
        ]
        yield {"id": f"chat-{place}", "turns": turns}


def written(path: Path, number: int, *more: str) -> Path:
    """A file of so many conversations, and of these lines after them."""
    path.write_text("\n".join([*map(json.dumps, rows(number)), *more]) + "\n", encoding="utf-8")
    return path
