"""Answers as templates: slots that are filled from the conversation, and conditions on where it stands.

The templates are Jinja2 in its sandbox, cut down to what an answer needs: `{{ slot }}`, `{{ slot or "words" }}` and
`{% if … %}`. Files of plays are not trusted, and nothing that is left can loop, call, or reach an attribute.
"""

import re
from collections.abc import Collection, Mapping
from functools import cached_property
from typing import NamedTuple

from jinja2 import Template, TemplateSyntaxError, nodes
from jinja2.sandbox import SandboxedEnvironment

from assist.errors import did_you_mean

SLOTS = (
    "name", "item", "order_number", "booking_reference", "account_number", "serial_number", "flight", "room",
    "date", "amount", "email", "phone", "postcode", "address",
)  # fmt: skip
"""What the conversation may have told; any play may use these."""
CONDITIONS = ("complaint", "upset", "apologised", "greeted")
"""Where the conversation stands; any play may ask for these in `{% if … %}`."""

ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const, nodes.If, nodes.CondExpr,
    nodes.And, nodes.Or, nodes.Not,
)  # fmt: skip

DEPTH = 20
"""How deep conditions may stand in one another."""


def _words(value: object) -> object:
    """What a value says: a condition, which is no words, says nothing."""
    return "" if isinstance(value, bool) else value


# Every name is checked before; only `{{ "words" if upset }}` without an else is undefined, and that says nothing.
_ENVIRONMENT = SandboxedEnvironment(autoescape=False, finalize=_words)
_GAPS = re.compile(r"(?<=\S)[ \t]{2,}(?=\S)")
_LINE_ENDS = re.compile(r"(?<![ \t])[ \t]+(?=\n|$)")
_BLANK_LINES = re.compile(r"\n{3,}")


class Blank(str):
    """A slot that only the agent can fill, as it stands in the answer: `{by when?}`. It is false in conditions."""

    __slots__ = ()

    def __bool__(self) -> bool:
        return False


class Problem(NamedTuple):
    """What is wrong with a template, and in which of its lines, counted from 1."""

    line: int
    text: str


def prompt(slot: str) -> str:
    """What a blank asks for where a play does not say it better: `order_number` asks "order number?"."""
    return f"{slot.replace('_', ' ')}?"


def _is_words(value: object) -> bool:
    """Whether it is a text that can be written: no number, no half a letter."""
    return isinstance(value, str) and not any("\ud800" <= letter <= "\udfff" for letter in value)


class Answer:
    """The answer of a play: a template, and what its own `slots` ask for."""

    def __init__(self, body: str, slots: Mapping[str, str]) -> None:
        self.body = body
        self.slots = slots

    @cached_property
    def problem(self) -> Problem | None:
        """The first thing that is wrong with the template; None where it is right."""
        try:
            return self._first_refused(self._tree, 0)
        except TemplateSyntaxError as error:
            return Problem(error.lineno, f"not a template: {(error.message or 'unreadable').rstrip('.')}")
        except RecursionError:
            return Problem(1, "not a template: nested too deep")
        except ValueError:
            return Problem(1, "not a template: a number of too many digits")

    def _first_refused(self, around: nodes.Node, depth: int) -> Problem | None:
        for node in around.iter_child_nodes():
            if depth > DEPTH:
                return Problem(node.lineno or 1, f"nested more than {DEPTH} deep")
            if problem := self._refused(node) or self._first_refused(node, depth + 1):
                return problem
        return None

    def _refused(self, node: nodes.Node) -> Problem | None:
        if isinstance(node, nodes.Name):
            if node.name == "self":  # Jinja's own
                return Problem(node.lineno, "a slot may not be called 'self'")
            known = (*SLOTS, *CONDITIONS, *self.slots)
            if node.name not in known:
                nearest = did_you_mean(node.name, known) or "; name it under 'slots'"
                return Problem(node.lineno, f"unknown slot {node.name!r}{nearest}")
        elif not isinstance(node, ALLOWED) or (isinstance(node, nodes.Const) and not _is_words(node.value)):
            what = type(node).__name__.lower()
            return Problem(node.lineno or 1, f"{what!r} has no place in an answer; use {{{{ slot }}}} and {{% if … %}}")
        return None

    @cached_property
    def used(self) -> frozenset[str]:
        """The slots and conditions that the template names."""
        return frozenset(node.name for node in self._tree.find_all(nodes.Name))

    @cached_property
    def _tree(self) -> nodes.Template:
        return _ENVIRONMENT.parse(self.body)

    @cached_property
    def _template(self) -> Template:
        return _ENVIRONMENT.from_string(self.body)

    def fill(self, values: Mapping[str, str], conditions: Collection[str] = ()) -> str:
        """The words of the answer: slots filled from `values`, the rest left as blanks such as `{by when?}`.

        `conditions` are those that hold. What customers wrote is put in as it stands, never read as a template.
        """
        blanks = {slot: Blank(f"{{{self.slots.get(slot) or prompt(slot)}}}") for slot in (*SLOTS, *self.slots)}
        state = {condition: condition in conditions for condition in CONDITIONS}
        words = self._template.render({**blanks, **values, **state})
        return _BLANK_LINES.sub("\n\n", _LINE_ENDS.sub("", _GAPS.sub(" ", words))).strip()
