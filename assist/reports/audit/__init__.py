"""An audit to hand on: a page to look at, a mail, a table and data."""

from assist.reports.audit.writing import write

__all__ = ["write"]
