"""Blanks that a wording leaves for the agent to fill: `{by when?}`."""

import re

BLANK = re.compile(r"\{[^{}\n]{1,60}\?\}")
_TIME = re.compile(r"\b(?:when|time|day|date|long)\b")


def blanks(draft: str) -> list[str]:
    """The blanks that stand in a draft."""
    return BLANK.findall(draft)


def asks_time(blank: str) -> bool:
    """Whether a blank stands for a time."""
    return bool(_TIME.search(blank))
