"""Load scenarios and manners from folders, and point at the line that is wrong."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from assist.data import shipped
from assist.errors import AssistError, DataError, did_you_mean
from assist.practice.scenario import APOLOGY, Manner, Rule, Scenario, ScenarioSheet, When
from assist.validation import validated
from assist.yamlfile import Place, YamlFile

FOLDER = "practice"
MANNERS = "manners"
"""The folder, beside the scenarios, of how kinds of customers speak."""
FIRST = "router-again"
"""The scenario that a first run offers."""
FILE_LIMIT = 2_000


def load(folder: Path | None = None) -> dict[str, Scenario]:
    """The scenarios of a folder by their ids, the easiest first; those that ship where none is named.

    A folder may have `manners` of its own, over those that ship. Raises DataError, with file and line, for the
    first thing that is wrong.
    """
    folder = folder or shipped(FOLDER)
    known = manners(folder)
    found = [load_scenario(path, known) for path in _files(folder)]
    if not found:
        raise AssistError(f"{folder}: no scenarios here; a scenario is a YAML file")
    return {one.id: one for one in sorted(found, key=lambda one: (one.sheet.hard, one.id != FIRST, one.id))}


def scenario(name: str, folder: Path | None = None) -> Scenario:
    """One scenario by its id; raises AssistError, with the nearest right one, for an unknown id."""
    folder = folder or shipped(FOLDER)
    files = {path.stem: path for path in _files(folder)}
    if name not in files:
        raise AssistError(f"no scenario {name!r:.80}{did_you_mean(name, files)}")
    return load_scenario(files[name], manners(folder))


def manners(folder: Path) -> dict[str, Manner]:
    """The manners that ship, and those under this folder over them, by the names of their files."""
    found = {}
    for place in dict.fromkeys((shipped(FOLDER) / MANNERS, folder / MANNERS)):
        for path in _files(place) if place.is_dir() else ():
            found[path.stem] = _manner(path)
    return found


def load_scenario(path: Path, known: Mapping[str, Manner]) -> Scenario:
    """One scenario from its file, with these manners to choose from; raises DataError for what is wrong in it."""
    file = YamlFile(path)
    sheet = validated(file, ScenarioSheet)
    if sheet.customer.manner not in known:
        hint = did_you_mean(sheet.customer.manner, known) or f"; one of {', '.join(known)}"
        raise file.error(f"no manner {sheet.customer.manner!r}{hint}", "customer", "manner")
    if not sheet.opening[-1].startswith("customer: "):
        raise file.error("the customer has the last word before the agent", "opening", len(sheet.opening) - 1)
    _refuse_twins(file, [want.id for want in sheet.wants])
    _refuse_later(file, sheet)
    _refuse_unknown(file, [want.id for want in sheet.wants], sheet.replies, [one.when for one in sheet.leaves])
    ends = {run.ends for run in sheet.runs}
    for needed, kind in (("won-back", "good"), ("left", "bad")):
        if needed not in ends:
            raise file.error(f"no {kind} walk-through: 'runs' needs one that ends: {needed}", "runs")
    return Scenario(path.stem, path, sheet, known[sheet.customer.manner])


def _manner(path: Path) -> Manner:
    file = YamlFile(path)
    manner = validated(file, Manner)
    _refuse_unknown(file, [], manner.replies, [one.when for one in manner.leaves])
    return manner


def _files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        raise AssistError(f"{folder}: no such folder of scenarios")
    if odd := next(folder.glob("*.yml"), None):
        raise DataError(odd, None, "is passed over; name it .yaml")
    files = sorted(folder.glob("*.yaml"))
    if len(files) > FILE_LIMIT:
        raise DataError(folder, None, f"more than {FILE_LIMIT} files")
    return files


def _refuse_twins(file: YamlFile, wants: Sequence[str]) -> None:
    for at, name in enumerate(wants):
        if name == APOLOGY:
            raise file.error("every customer wants an apology; change its lines under 'apology'", "wants", at, "id")
        if name in wants[:at]:
            raise file.error(f"the want {name!r} stands here twice", "wants", at, "id")


def _refuse_later(file: YamlFile, sheet: ScenarioSheet) -> None:
    """Raise DataError for a want that comes after one which does not stand above it."""
    above = [APOLOGY]
    for at, want in enumerate(sheet.wants):
        for nth, name in enumerate(want.after):
            if name not in above:
                hint = did_you_mean(name, above) or "; write that one first"
                raise file.error(f"no want {name!r} above this one{hint}", "wants", at, "after", nth)
        above.append(want.id)


def _refuse_unknown(file: YamlFile, wants: Sequence[str], rules: Sequence[Rule], partings: Sequence[When]) -> None:
    """Raise DataError for a condition that asks after a want that there is not."""
    known = (APOLOGY, *wants)
    for place, when in _conditions(rules, partings):
        for field, named in (("heard", when.heard), ("lacks", when.lacks)):
            for at, name in enumerate(named):
                if name not in known:
                    raise file.error(f"no want {name!r}{did_you_mean(name, known)}", *place, field, at)


def _conditions(rules: Sequence[Rule], partings: Sequence[When]) -> Iterator[tuple[Place, When]]:
    for at, rule in enumerate(rules):
        yield ("replies", at, "when"), rule.when
        if rule.unless:
            yield ("replies", at, "unless"), rule.unless
    for at, when in enumerate(partings):
        yield ("leaves", at, "when"), when
