"""The signs and words that the app uses for weight, mood and verdict, each readable without colour."""

from collections.abc import Mapping

from assist.desk import Mood
from assist.findings import Severity, Verdict

MARKS: Mapping[Severity, str] = {Severity.ERROR: "✗", Severity.WARNING: "!", Severity.SUGGESTION: "·"}
STYLES: Mapping[Severity, str] = {
    Severity.ERROR: "$error",
    Severity.WARNING: "$warning",
    Severity.SUGGESTION: "$primary",
}
VERDICTS: Mapping[Verdict, str] = {"send": "✓ send", "mend": "! mend it first", "stop": "✗ stop"}
MOODS: Mapping[Mood, str] = {
    "calm": "○",
    "troubled": "△",
    "upset": "▲",
    "leaving": "◆",
    "at risk": "‼",
    "content": "✓",
}
