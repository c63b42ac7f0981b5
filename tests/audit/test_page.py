"""The page of figures says what the code counts."""

import re
from pathlib import Path

from assist.audit.figures import DEFINITIONS
from assist.audit.page import page

DOCS = Path(__file__).parents[2] / "docs"


def test_the_page_is_what_the_definitions_make() -> None:
    """Write it anew with `python -m assist.audit > docs/figures.md`."""
    assert (DOCS / "figures.md").read_text(encoding="utf-8") == page()


def test_every_definition_is_a_sentence_under_a_name_of_its_own() -> None:
    assert len({one.id for one in DEFINITIONS}) == len({one.title for one in DEFINITIONS}) == len(DEFINITIONS)
    for one in DEFINITIONS:
        assert re.fullmatch(r"[A-Z].*\.", one.meaning), one.id
