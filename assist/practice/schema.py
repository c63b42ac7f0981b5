"""The JSON Schema of scenarios and manners, for editors that complete and check as one types."""

from typing import Any

from assist.practice.scenario import Manner, ScenarioSheet


def schema() -> dict[str, Any]:
    """One schema for both kinds of file: a scenario, or a manner."""
    sheet, manner = ScenarioSheet.model_json_schema(), Manner.model_json_schema()
    shared = {**sheet.pop("$defs", {}), **manner.pop("$defs", {})}
    shared["Told"] = {"anyOf": [{"type": "string", "minLength": 1}, shared["Told"]]}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "assist scenario",
        "anyOf": [sheet, manner],
        "$defs": shared,
    }
