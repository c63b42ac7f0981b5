"""Paragraphs with a hanging indent, as lists of several lines need them."""

from textual.content import Content

INDENT = 2


def hang(sign: Content | str, words: Content | str, width: int) -> Content:
    """Words after a sign of at most one cell, wrapped to a width, every line under the first."""
    lines = Content.assemble(words).wrap(max(width - INDENT, 12))
    first, *rest = lines or [Content("")]
    head = Content.assemble(sign or " ", " ", first)
    return Content("\n").join([head, *(Content.assemble(" " * INDENT, line) for line in rest)])
