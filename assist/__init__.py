"""assist: says the right thing to an unhappy customer.

```python
from assist import Workbench, Turn

bench = Workbench.load(packs=["core", "telecom"])
review = bench.check("Did you plug it in?", conversation=[Turn("customer", "My router is dead again!")])
print(review.verdict, [finding.message for finding in review.findings])
```
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from assist.conversation import Conversation, Turn
    from assist.errors import AssistError, DataError
    from assist.findings import Finding, Praise, Review, Rewrite, Severity
    from assist.playbooks import Play
    from assist.rewriting import Rewritten
    from assist.workbench import PlayAnswer, Session, Workbench

__version__ = "0.1.0"

_HOMES = {
    "AssistError": "errors", "Conversation": "conversation", "DataError": "errors", "Finding": "findings",
    "Play": "playbooks", "PlayAnswer": "workbench", "Praise": "findings", "Review": "findings", "Rewrite": "findings",
    "Rewritten": "rewriting", "Session": "workbench", "Severity": "findings", "Turn": "conversation",
    "Workbench": "workbench",
}  # fmt: skip

__all__ = [
    "AssistError",
    "Conversation",
    "DataError",
    "Finding",
    "Play",
    "PlayAnswer",
    "Praise",
    "Review",
    "Rewrite",
    "Rewritten",
    "Session",
    "Severity",
    "Turn",
    "Workbench",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401
    # Resolved when first asked for, so that `import assist` loads neither spaCy nor a lexicon.
    if name not in _HOMES:
        raise AttributeError(f"module 'assist' has no attribute {name!r}")
    return getattr(import_module(f"assist.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOMES})
