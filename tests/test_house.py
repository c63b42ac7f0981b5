"""The house keeps its shape: layers, cheap imports, small modules."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
RUN = """
from assist.cli.main import app
from typer.testing import CliRunner
assert CliRunner().invoke(app, {}).exit_code == 0
"""
HEAVY = ("spacy", "numpy", "onnxruntime", "tokenizers", "textual")


def _loaded_by(code: str) -> list[str]:
    ask = f"import sys\n{code}\nprint(*(name for name in {HEAVY!r} if name in sys.modules))"
    ran = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True)
    return ran.stdout.splitlines()[-1].split()


def test_imports_point_down_only() -> None:
    """The layers written in pyproject.toml hold."""
    script = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    command = [sys.executable, "-c", script]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout


@pytest.mark.parametrize(
    "code",
    [
        "import assist",
        "from assist import Turn, Finding",
        "import assist.audit.figures, assist.audit.triggers",
        RUN.format(["--help"]),
        RUN.format(["lexicon", "lint"]),
    ],
    ids=["import assist", "its values", "figures of an audit", "assist --help", "assist lexicon lint"],
)
def test_nothing_heavy_is_loaded_for(code: str) -> None:
    """What needs no language model loads none."""
    assert _loaded_by(code) == []


@pytest.mark.parametrize("path", sorted((ROOT / "assist").rglob("*.py")), ids=lambda path: path.name)
def test_no_module_swells(path: Path) -> None:
    """A module past 400 lines has a noun in it that wants its own file."""
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400
