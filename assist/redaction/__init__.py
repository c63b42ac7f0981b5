"""Masks what should not be stored of a message: cards, passwords, numbers of persons, ways to reach them."""

from assist.redaction.redacted import PLACEHOLDERS, Redacted, redact
from assist.redaction.mask import Kind, Mask

__all__ = ["PLACEHOLDERS", "Kind", "Mask", "Redacted", "redact"]
