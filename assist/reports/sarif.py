"""Reviews as SARIF 2.1.0, which code scanners and editors read."""

import hashlib
from collections.abc import Iterable
from typing import Any, NamedTuple

from assist.findings import Dismissed, Finding, Review, Severity

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.SUGGESTION: "note"}


class Checked(NamedTuple):
    """A review, and the place the draft came from as a relative path or an id."""

    uri: str
    review: Review


def log(checked: Iterable[Checked], version: str) -> dict[str, Any]:
    """One SARIF run over these reviews; `version` is that of the tool."""
    rules: dict[str, dict[str, Any]] = {}
    results = [result for item in checked for result in _results(item, rules)]
    driver = {
        "name": "assist",
        "semanticVersion": version,
        "rules": list(rules.values()),
    }
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _results(item: Checked, rules: dict[str, dict[str, Any]]) -> Iterable[dict[str, Any]]:
    shown: list[tuple[Finding, Dismissed | None]] = [(f, None) for f in item.review.findings]
    shown += [(aside.finding, aside) for aside in item.review.dismissed]
    for finding, aside in shown:
        if finding.rule not in rules:
            rules[finding.rule] = _rule(finding)
        index = list(rules).index(finding.rule)
        result: dict[str, Any] = {
            "ruleId": finding.rule,
            "ruleIndex": index,
            "level": LEVELS[finding.severity],
            "message": {"text": f"{finding.message} {finding.why}".strip()},
            "locations": [_location(item, finding.start, finding.end)],
            "partialFingerprints": {"assist/v1": _fingerprint(item, finding)},
            "properties": {"category": finding.category, "confidence": finding.confidence},
        }
        if finding.timing:
            result["properties"]["timing"] = finding.timing
        if finding.rewrites:
            result["fixes"] = [_fix(item, finding, number) for number in range(len(finding.rewrites))]
        if aside:
            result["suppressions"] = [{"kind": "external", "justification": aside.reason}]
        yield result


def _rule(finding: Finding) -> dict[str, Any]:
    return {
        "id": finding.rule,
        "name": "".join(part.title() for part in finding.rule.split("-")),
        "shortDescription": {"text": finding.message},
        "fullDescription": {"text": finding.why or finding.message},
        "help": {"text": finding.why or finding.message},
        "defaultConfiguration": {"level": LEVELS[finding.severity]},
        "properties": {"tags": [finding.category, *([finding.source] if finding.source else [])]},
    }


def _location(item: Checked, start: int, end: int) -> dict[str, Any]:
    return {
        "physicalLocation": {
            "artifactLocation": {"uri": item.uri},
            "region": _region(item.review.draft, start, end),
        }
    }


def _region(draft: str, start: int, end: int) -> dict[str, Any]:
    return {
        **_point(draft, start, "start"),
        **_point(draft, end, "end"),
        "charOffset": start,
        "charLength": end - start,
        "snippet": {"text": draft[start:end]},
    }


def _point(draft: str, at: int, edge: str) -> dict[str, int]:
    line = draft.count("\n", 0, at) + 1
    column = at - (draft.rfind("\n", 0, at) + 1) + 1
    return {f"{edge}Line": line, f"{edge}Column": column}


def _fix(item: Checked, finding: Finding, number: int) -> dict[str, Any]:
    edit = finding.rewrites[number].edit
    replacement = {
        "deletedRegion": _region(item.review.draft, *edit.span),
        "insertedContent": {"text": edit.text},
    }
    change = {"artifactLocation": {"uri": item.uri}, "replacements": [replacement]}
    return {"description": {"text": finding.rewrites[number].text}, "artifactChanges": [change]}


def _fingerprint(item: Checked, finding: Finding) -> str:
    words = " ".join(item.review.draft[finding.start : finding.end].casefold().split())
    return hashlib.sha256(f"{item.uri}\0{finding.rule}\0{words}".encode()).hexdigest()[:32]
