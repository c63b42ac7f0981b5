"""Every figure as JSON, with its definition, what was counted, and the evidence."""

import json
from typing import Any

from assist.audit.figures import DEFINITIONS, Definition, Figure
from assist.audit.triggers import Worry
from assist.reports.audit.sheet import Sheet


def data(sheet: Sheet) -> str:
    """One object: `definitions` by id, `figures` of the whole and of every group, `read_first`, `set_aside`."""
    made = sheet.audit.made
    whole = [_figure("", one) for one in sheet.tables.whole]
    groups = [_figure(split, one) for split, figures in sheet.tables.by.items() for one in figures]
    return json.dumps(
        {
            "made": {
                "finished": made.finished.isoformat(),
                "inputs": list(made.inputs),
                "lexicon": made.lexicon,
                "zone": made.zone,
            },
            "conversations": sheet.conversations,
            "first": sheet.first.isoformat() if sheet.first else None,
            "last": sheet.last.isoformat() if sheet.last else None,
            "definitions": {one.id: _definition(one) for one in DEFINITIONS},
            "figures": whole + groups,
            "read_first": [_worry(one) for one in sheet.read_first],
            "doubts": {one.problem: one.number for one in sheet.doubts},
            "set_aside": [{"source": one.source, "problem": one.problem} for one in sheet.audit.set_aside],
        },
        ensure_ascii=False,
        indent=1,
    )


def _definition(one: Definition) -> dict[str, Any]:
    target = one.target
    return {
        "title": one.title,
        "meaning": one.meaning,
        "unit": one.unit,
        "better": one.better or None,
        "principle": one.principle or None,
        "target": {"at": target.at, "value": target.value} if target else None,
        "inferred_from": one.inferred or None,
        "parts": one.parts or None,
    }


def _figure(split: str, one: Figure) -> dict[str, Any]:
    return {
        "figure": one.definition.id,
        "split": split or None,
        "group": one.group[0] if one.group else None,
        "part": one.label or None,
        "value": one.value,
        "numerator": one.numerator,
        "denominator": one.denominator,
        "conversations": one.conversations,
        "left_out": one.left_out,
        "inferred": one.inferred,
        "on_target": one.on_target,
        "not_told_because": one.unsupported or None,
        "clock": one.clock or None,
        "evidence": list(one.evidence),
    }


def _worry(one: Worry) -> dict[str, Any]:
    signs = [
        {"sign": sign.name, "weight": sign.weight, "message": sign.message.number if sign.message else None}
        for sign in one.signs
    ]
    return {"conversation": one.audited.id, "source": one.audited.source, "weight": one.weight, "signs": signs}
