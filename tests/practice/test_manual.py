"""docs/practice.md is so: its example passes its own walk-throughs, its Python runs, it leaves nothing out."""

import re
import subprocess
import sys
from pathlib import Path
from typing import get_args

from assist import Workbench
from assist.data import shipped
from assist.findings import Timing
from assist.practice import OUTCOMES, STEPS, Manner, ScenarioSheet, differences, manners
from assist.practice.load import FOLDER
from assist.practice.scenario import Apology, Endings, Parting, Person, Rule, Run, Told, Want, When
from tests.practice.parcels import PAGE, parcel, read

MODELS = (ScenarioSheet, Manner, Apology, Endings, Parting, Person, Rule, Run, Told, Want, When)


def test_the_example_passes_its_walk_throughs(bench: Workbench, tmp_path: Path) -> None:
    assert list(differences(bench, read(parcel(tmp_path)))) == []


def test_every_field_and_name_is_in_it() -> None:
    """Each field stands in the example or in the text."""
    page = PAGE.read_text(encoding="utf-8")
    fields = {name for model in MODELS for name in model.model_fields}
    assert sorted(name for name in fields if not re.search(rf"\b{name}(?:`|:)", page)) == []
    named = {*STEPS, *OUTCOMES, *get_args(Timing), *manners(shipped(FOLDER))}
    assert sorted(name for name in named if f"`{name}`" not in page) == []


def test_its_python_runs_as_written() -> None:
    code = "\n".join(re.findall(r"^```python\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL))
    ran = subprocess.run([sys.executable, "-c", code], cwd=PAGE.parent.parent, capture_output=True, check=False)
    assert ran.returncode == 0, ran.stderr.decode()
    assert ran.stdout
