"""The signs and words that the app uses for weight, mood and verdict, each readable without colour."""

from collections.abc import Mapping

from assist.desk import Mood
from assist.findings import Severity
from assist.reports import terminal
from assist.reports.terminal import MARKS

__all__ = ["MARKS", "MOODS", "STYLES", "VERDICTS"]

STYLES: Mapping[Severity, str] = {
    Severity.ERROR: "$error",
    Severity.WARNING: "$warning",
    Severity.SUGGESTION: "$primary",
}
VERDICTS: Mapping[str, str] = {verdict: words for verdict, (words, _) in terminal.VERDICTS.items()}
MOODS: Mapping[Mood, str] = {
    "calm": "○",
    "troubled": "△",
    "upset": "▲",
    "leaving": "◆",
    "at risk": "‼",
    "content": "✓",
}
