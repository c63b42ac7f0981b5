"""Findings that somebody has set aside, with a reason, in one file that anybody can read.

```yaml
- rule: gives-policy
  words: our parking policy
  scope: team
  reason: the car park belongs to the council
```
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assist.errors import AssistError, DataError, did_you_mean
from assist.findings import Dismissed, Finding, Review
from assist.yamlfile import YamlFile

SHORTEST = 3
"""Letters that a reason has at least."""

Scope = Literal["draft", "conversation", "me", "team"]


class Dismissal(BaseModel):
    """One rule set aside: for a draft, a conversation, for me, or for the team.

    `words` are the flagged words it holds for, in any case and spacing; left out, it holds for
    whatever the rule finds. `draft` and `conversation` say which one, where the scope is theirs.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    rule: str = Field(min_length=1)
    scope: Scope
    reason: Annotated[str, Field(min_length=SHORTEST)]
    words: str = ""
    draft: str = ""
    conversation: str = ""
    by: str = ""
    at: str = ""

    @property
    def lacks(self) -> str:
        """What is wrong with it: that it does not say which draft or conversation it is for."""
        if self.scope == "draft" and not self.draft.strip():
            return "a dismissal for a draft must say which: its text"
        if self.scope == "conversation" and not self.conversation:
            return "a dismissal for a conversation must say which: its id"
        return ""

    def covers(self, finding: Finding, draft: str, conversation: str) -> bool:
        """Whether this finding, in this draft of this conversation, is set aside."""
        if self.lacks or self.rule not in {finding.rule, finding.category}:
            return False
        if self.scope == "draft" and _plain(self.draft) != _plain(draft):
            return False
        if self.scope == "conversation" and self.conversation != conversation:
            return False
        flagged = draft[finding.start : finding.end]
        return not self.words or _plain(self.words) == _plain(flagged)


@dataclass
class Dismissals:
    """What is set aside, as a list and as the file it is kept in (if any)."""

    items: list[Dismissal] = field(default_factory=list)
    path: Path | None = None

    @classmethod
    def load(cls, path: Path) -> "Dismissals":
        """Read the file; one that is not there yet is empty. Raises DataError for one that is wrong."""
        if not path.exists():
            return cls(path=path)
        file = YamlFile(path)
        rows = file.data or []
        if not isinstance(rows, list):
            raise file.error("must be a list of dismissals")
        return cls([_dismissal(file, index, row) for index, row in enumerate(rows)], path)

    def add(self, dismissal: Dismissal) -> None:
        """Set something aside from now on, and write the file anew; it is never left half written."""
        if dismissal.lacks:
            raise AssistError(dismissal.lacks)
        items = [*self.items, dismissal]
        if self.path is not None:
            _write(self.path.resolve(), items)
        self.items = items

    def applied(self, review: Review, conversation: str) -> Review:
        """The review without what is set aside, which it keeps apart with the reason."""
        if not self.items:
            return review
        kept: list[Finding] = []
        aside: list[Dismissed] = []
        for finding in review.findings:
            by = self._covering(finding, review.draft, conversation)
            if by is None:
                kept.append(finding)
            else:
                aside.append(Dismissed(finding, by.scope, by.reason))
        return replace(review, findings=tuple(kept), dismissed=tuple(aside))

    def _covering(self, finding: Finding, draft: str, conversation: str) -> Dismissal | None:
        found = (item for item in self.items if item.covers(finding, draft, conversation))
        return next(found, None)


def _write(path: Path, items: Iterable[Dismissal]) -> None:
    rows = [{key: value for key, value in item.model_dump().items() if value} for item in items]
    aside = path.with_name(f"{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        aside.write_text(yaml.safe_dump(rows, allow_unicode=True, sort_keys=False), encoding="utf-8")
        aside.replace(path)
    except OSError as error:
        raise DataError(path, None, error.strerror or "cannot be written") from None


def _dismissal(file: YamlFile, index: int, row: object) -> Dismissal:
    try:
        item = Dismissal.model_validate(row)
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0]) if first["loc"] else "dismissal"
        if first["type"] == "extra_forbidden":
            problem = f"unknown field {name!r}{did_you_mean(name, Dismissal.model_fields)}"
        elif first["type"] == "missing":
            problem = f"{name!r} is missing"
        else:
            problem = f"{name!r}: {first['msg']}"
        raise file.error(problem, index, *first["loc"]) from None
    if item.lacks:
        raise file.error(item.lacks, index)
    return item


def _plain(words: str) -> str:
    return " ".join(words.casefold().replace("\u2019", "'").split())
