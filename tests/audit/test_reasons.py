"""Why inputs are set aside, and what is odd in them, gathered into a few lines."""

import json
from pathlib import Path

from assist.audit.reasons import Reasons
from assist.transcripts import Transcript, read


def gathered(path: Path) -> list[tuple[str, int]]:
    """What is said of the inputs in a file, and of how many."""
    reasons = Reasons()
    for one in read([path]):
        for said in one.doubts if isinstance(one, Transcript) else [one.problem]:
            reasons.add(said, one.source)
    return [(reason.problem, reason.number) for reason in reasons.commonest()]


def test_what_differs_in_a_name_only_is_one_reason(tmp_path: Path) -> None:
    """An export that names its customers and does not say that they are any would make one for each."""
    talks = [[("agent", "Bo"), ("unknown", name)] for name in ("Ann Lee", "Dr. O'Hara", "Zoë")]
    rows = [
        json.dumps({"turns": [{"role": role, "name": name, "text": "Hello"} for role, name in talk]}) for talk in talks
    ]
    (tmp_path / "chats.jsonl").write_text("\n".join(rows), encoding="utf-8")
    said = "taken for the customer, who is the one left over: 'Ann Lee'"
    assert gathered(tmp_path / "chats.jsonl") == [(said, 3)]


def test_what_differs_in_a_quotation_that_is_cut_short_is_one_reason(tmp_path: Path) -> None:
    turns = [{"role": "customer", "text": "Hello"}]
    rows = [json.dumps({"id": letter * 200, "turns": turns}) for letter in "abab"]
    (tmp_path / "twice.jsonl").write_text("\n".join(rows), encoding="utf-8")
    assert gathered(tmp_path / "twice.jsonl") == [
        (f"the id '{'a' * 79} came before; only the first is read", 2),
    ]
