"""The JSON Schema of lexicon files, for editors that complete and check as one types."""

from typing import Any

from assist.lexicon.entry import PackSheet, Sheet


def schema() -> dict[str, Any]:
    """One schema for both kinds of file: a `pack.yaml`, or a file of words and entries."""
    sheet, pack = Sheet.model_json_schema(), PackSheet.model_json_schema()
    shared = {**sheet.pop("$defs", {}), **pack.pop("$defs", {})}
    example = shared["Example"]
    shared["Example"] = {"anyOf": [{"type": "string", "minLength": 1}, example]}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "assist lexicon file",
        "anyOf": [sheet, pack],
        "$defs": shared,
    }
