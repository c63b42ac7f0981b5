"""The JSON Schema of a play's front matter, for editors that complete and check as one types."""

from typing import Any

from assist.playbooks.play import PlaySheet


def schema() -> dict[str, Any]:
    """The schema of what stands between the two lines of dashes."""
    made = PlaySheet.model_json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **made, "title": "assist play, front matter"}
