"""Masks what should not be stored of a message: cards, passwords, numbers of persons, ways to reach them."""

from assist.redaction.mask import Kind, Mask
from assist.redaction.redacted import PLACEHOLDERS, Redacted, may_hold, redact

__all__ = ["PLACEHOLDERS", "Kind", "Mask", "Redacted", "may_hold", "redact"]
