"""A review as plain data, the same for JSON, JSON lines and the service."""

from typing import Any

from assist.findings import Dismissed, Finding, Praise, Review
from assist.spans import apply


def review_data(review: Review, id: object = None) -> dict[str, Any]:  # noqa: A002
    """A review as a dictionary ready for JSON; `id` is the caller's name for the draft."""
    named = {} if id is None else {"id": id}
    return {
        **named,
        "verdict": review.verdict,
        "findings": [finding_data(finding, review.draft) for finding in review.findings],
        "praise": [_praise(praise) for praise in review.praise],
        "dismissed": [_dismissed(item, review.draft) for item in review.dismissed],
    }


def finding_data(finding: Finding, draft: str) -> dict[str, Any]:
    """A finding as a dictionary; `start` and `end` are null where something is missing."""
    return {
        "category": finding.category,
        "rule": finding.rule,
        "severity": finding.severity.value,
        "start": None if finding.missing else finding.start,
        "end": None if finding.missing else finding.end,
        "words": draft[finding.start : finding.end],
        "message": finding.message,
        "why": finding.why,
        "source": finding.source,
        "timing": finding.timing,
        "confidence": round(finding.confidence, 3),
        "evidence": finding.evidence,
        "rewrites": [
            {
                "text": rewrite.text,
                "start": rewrite.edit.span.start,
                "end": rewrite.edit.span.end,
                "draft": apply(draft, [rewrite.edit]),
            }
            for rewrite in finding.rewrites
        ],
    }


def _praise(praise: Praise) -> dict[str, Any]:
    return {
        "act": praise.act,
        "start": praise.start,
        "end": praise.end,
        "message": praise.message,
        "source": praise.source,
    }


def _dismissed(item: Dismissed, draft: str) -> dict[str, Any]:
    data = finding_data(item.finding, draft)
    return {**data, "scope": item.scope, "reason": item.reason}
