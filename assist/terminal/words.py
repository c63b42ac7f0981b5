"""Words from outside made safe for the parts of the screen that read markup."""

from textual.markup import escape

from assist.reports.clean import clean


def shown(words: str) -> str:
    """The words as they are to be read, whatever they hold."""
    return escape(clean(words))
