"""Checks what a YAML file says against a model, and points at the line that is wrong."""

from collections.abc import Iterator, Sequence
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from assist.errors import DataError, did_you_mean
from assist.yamlfile import Place, YamlFile

Model = TypeVar("Model", bound=BaseModel)


PLAINLY = {
    "tuple_type": "must be a list, such as [one, another], or lines that begin with a dash",
    "dict_type": "must be fields with their values",
    "model_type": "must be fields with their values",
    "string_type": "must be words",
    "too_short": "must have at least one",
    "string_too_short": "must not be empty",
}
"""What is wrong in lay words, by the kind of the error."""


def validated(file: YamlFile, model: type[Model], data: object = None, place: Place = ()) -> Model:
    """The `data` of a file, or what stands at `place` of it, as a model.

    Raises DataError with file, line, and the nearest right name, for the first thing that is wrong.
    """
    try:
        return model.model_validate(file.data if data is None else data)
    except ValidationError as error:
        problems = error.errors()
        first = min(problems, key=lambda e: (*_rank(e), file.line(*place, *e["loc"])))
        raise _located(file, model, first, place) from None


def _rank(error: ErrorDetails) -> tuple[bool, bool]:
    """A wrong name comes before what it leaves missing, a wrong item before the list that is too short without it."""
    return error["type"] != "extra_forbidden", error["type"] == "too_short"


def _located(file: YamlFile, model: type[BaseModel], error: ErrorDetails, place: Place) -> DataError:
    loc = error["loc"]
    # pydantic calls it "[key]" where the name of a field is wrong, and not its value
    name = next((part for part in reversed(loc) if isinstance(part, str) and part != "[key]"), "file")
    if error["type"] == "extra_forbidden":
        problem = f"unknown field {name!r}{did_you_mean(str(name), _model_at(model, loc).model_fields)}"
    elif error["type"] == "missing":
        problem = f"{name!r} is missing"
    else:
        detail = PLAINLY.get(error["type"]) or error["msg"].removeprefix("Value error, ")
        problem = f"{name!r}: {detail[:1].lower()}{detail[1:]}{_nearest(error)}"
    return file.error(problem, *place, *loc)


def _model_at(model: type[BaseModel], loc: Sequence[str | int]) -> type[BaseModel]:
    """The model around the last of these places, followed from field to field."""
    for part in loc[:-1]:
        field = model.model_fields.get(str(part))
        model = next(_models_in(field.annotation), model) if field else model
    return model


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:  # noqa: ANN401
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _models_in(part)


def _nearest(error: ErrorDetails) -> str:
    if error["type"] != "literal_error":
        return ""
    options = [part.strip("'") for part in error["ctx"]["expected"].replace(" or ", ", ").split(", ")]
    return did_you_mean(str(error["input"]), options)
