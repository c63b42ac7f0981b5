"""All figures, in the order in which they are shown, and the page that defines them."""

from assist.audit.figures import care, promises, quality, resolution, speed
from assist.audit.figures.definition import Definition
from assist.errors import AssistError, did_you_mean

CHAPTERS: dict[str, tuple[Definition, ...]] = {
    "How it ended": resolution.DEFINITIONS,
    "How long it took": speed.DEFINITIONS,
    "How customers in trouble were met": care.DEFINITIONS,
    "What was promised and offered": promises.DEFINITIONS,
    "The replies, and the customer's own word": quality.DEFINITIONS,
}
DEFINITIONS = tuple(definition for chapter in CHAPTERS.values() for definition in chapter)
_BY_ID = {definition.id: definition for definition in DEFINITIONS}


def definition(name: str) -> Definition:
    """A definition by its id; raises AssistError, with the nearest right one, for an unknown id."""
    if name not in _BY_ID:
        raise AssistError(f"no figure {name!r}{did_you_mean(name, _BY_ID)}")
    return _BY_ID[name]
