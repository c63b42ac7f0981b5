"""What README and docs say is so: their code runs, their links lead somewhere, nothing is left undescribed."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, get_args

import pytest

from assist.checks import CHECKS, TIMINGS
from assist.conversation import Turn
from assist.lexicon import CATEGORIES, Example
from assist.lexicon.entry import KINDS, AgentAct, CustomerAct, PackSheet, Sheet
from assist.playbooks import CONDITIONS, SLOTS, Compensation, PlaySheet
from assist.reports.plain import review_data
from assist.workbench import Workbench

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
DOCS = ROOT / "docs"
PAGES = [README, ROOT / "CONTRIBUTING.md", ROOT / "benchmarks" / "README.md", *sorted(DOCS.glob("*.md"))]
FENCED = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)\s]+)\)")
SECTION = re.compile(r"^### (\S+)\n(.*?)(?=^##|\Z)", re.MULTILINE | re.DOTALL)


def _text(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def _blocks(page: Path, *languages: str) -> list[str]:
    return [code for language, code in FENCED.findall(_text(page)) if language in languages]


def _commands() -> list[str]:
    lines = [line.removeprefix("$ ") for block in _blocks(README, "sh", "console") for line in block.splitlines()]
    return [line for line in lines if line.startswith(("assist ", ".venv/bin/assist "))]


def _python(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    path = os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
    environment = {**os.environ, "PYTHONPATH": path, "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, *arguments]
    return subprocess.run(
        command, cwd=cwd, env=environment, input="", capture_output=True, encoding="utf-8", check=False
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the examples that ship, and every file that the README writes out."""
    place = tmp_path_factory.mktemp("readme")
    shutil.copytree(ROOT / "examples", place / "examples")
    for block in _blocks(README, "yaml"):
        if named := re.match(r"# (\S+\.yaml)\n", block):
            path = place / named[1]
            path.parent.mkdir(exist_ok=True)
            path.write_text(block, encoding="utf-8")
    return place


@pytest.mark.parametrize("page", [README, DOCS / "library.md", DOCS / "playbooks.md"], ids=lambda page: page.name)
def test_the_python_of_a_page_runs_as_written(page: Path, tmp_path: Path) -> None:
    """Its blocks, one after the other, as one program."""
    ran = _python("-c", "\n".join(_blocks(page, "python")), cwd=tmp_path)
    assert ran.returncode == 0, ran.stderr


@pytest.mark.parametrize("command", _commands())
def test_a_command_of_the_readme_runs(command: str, folder: Path) -> None:
    """It ends as a check may end, and without a complaint about itself."""
    ran = _python("-m", "assist", *shlex.split(command)[1:], cwd=folder)
    assert ran.returncode in {0, 1}, ran.stderr
    assert "Traceback" not in ran.stderr


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path) -> None:
    """Relative links name a file that is there, and a heading that it has."""
    for link in LINK.findall(FENCED.sub("", _text(page))):
        if link.startswith(("https:", "mailto:")):
            continue
        name, _, heading = link.partition("#")
        target = (page.parent / name) if name else page
        assert target.exists(), link
        assert not heading or heading in _headings(target), link


def _headings(page: Path) -> set[str]:
    titles = re.findall(r"^#+ (.*)$", FENCED.sub("", _text(page)), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("category", CATEGORIES)
def test_a_category_is_described_with_an_example_that_earns_it(category: str, bench: Workbench) -> None:
    """The example of its section is flagged so, with the severity that the section begins with."""
    sections = dict(SECTION.findall(_text(DOCS / "categories.md")))
    lines = re.findall(r"^(customer|agent|draft): (.*)$", sections[category], re.MULTILINE)
    *before, (_, draft) = lines
    review = bench.check(draft, [Turn(role, text) for role, text in before])
    found = [finding.severity.value for finding in review.findings if finding.category == category]
    said = re.match(r"\s*(Error|Warning|Suggestion)\.", sections[category])
    assert found
    assert said is None or said[1].lower() in found


def test_every_field_act_and_check_of_the_lexicon_is_named() -> None:
    """docs/lexicon.md leaves out nothing that an author may write."""
    page = _text(DOCS / "lexicon.md")
    models = [*KINDS.values(), Example, PackSheet, Sheet]
    names = {name for model in models for name in model.model_fields}
    names |= {*get_args(AgentAct), *get_args(CustomerAct), *CHECKS, *TIMINGS}
    assert sorted(name for name in names if f"`{name}`" not in page) == []
    assert [kind for kind in KINDS if f"kind: {kind}" not in page] == []


def test_every_field_slot_and_condition_of_a_play_is_named() -> None:
    """docs/playbooks.md leaves out nothing that an author may write."""
    page = _text(DOCS / "playbooks.md")
    names = {*PlaySheet.model_fields, *Compensation.model_fields, *SLOTS, *CONDITIONS}
    assert sorted(name for name in names if f"`{name}`" not in page) == []


def test_every_field_of_a_review_is_named(bench: Workbench) -> None:
    """docs/output.md leaves out nothing that a program will find."""
    talk = [Turn("customer", "It's Priya Nair. My router is dead again!")]
    data = review_data(bench.check("Hi Priya, did you plug it in?", talk), "draft.txt")
    page = _text(DOCS / "output.md")
    assert sorted(name for name in _names(data) if f"`{name}`" not in page) == []


def _names(data: Any) -> set[str]:  # noqa: ANN401
    if isinstance(data, list):
        return {name for item in data for name in _names(item)}
    if isinstance(data, dict):
        return {*data, *(name for item in data.values() for name in _names(item))}
    return set()
