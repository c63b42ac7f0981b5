"""What acts and categories are called where people read of them."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import cast

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

_ACTS: Mapping[str, str] = {
    "sincere-apology": "Says sorry, and means it",
    "empathy": "Feels with the customer",
    "ownership": "Owns it",
    "appreciation": "Says thank you",
    "follow-up": "Promises to look in again",
    "something-extra": "Brings something extra",
    "checks-presence": "Asks kindly whether they are still there",
    "collaborative-request": "Asks for a shared check",
    "asks-remedy": "Asks what would put it right",
    "warm-handover": "Hands over warmly, and stays",
    "sets-expectation": "Says what will happen, and when",
    "refers-to-history": "Picks up where it was left",
    "uses-name": "Calls them by their name",
}


@cache
def templates() -> Environment:
    """The templates of the reports; whatever is put into one is escaped."""
    return SandboxedEnvironment(
        loader=FileSystemLoader(Path(__file__).parents[1]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def title(name: str) -> str:
    """What a category, an act or another part of a figure is called."""
    if name in _ACTS:
        return _ACTS[name]
    return _categories()[name]["title"] if name in _categories() else _spoken(name)


def rather(category: str) -> str:
    """What to do instead, in a line; empty where the category is not known."""
    return _categories()[category]["rather"] if category in _categories() else ""


@cache
def _categories() -> Mapping[str, Mapping[str, str]]:
    return cast("Mapping[str, Mapping[str, str]]", vars(templates().get_template("categories.j2").module)["about"])


def _spoken(name: str) -> str:
    words = name.replace("-", " ")
    return words[:1].upper() + words[1:]
