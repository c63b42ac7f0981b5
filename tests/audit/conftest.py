"""What the tests of the audit share: the ten conversations, examined once, and an export, audited once."""

from pathlib import Path

import pytest

from assist.audit import partition
from assist.audit.audit import Audit
from assist.audit.examine import examine
from assist.audit.records import Examination
from assist.workbench import Workbench
from tests.audit.exports import written
from tests.audit.house import House, house_of
from tests.audit.runs import audited
from tests.audit.talks import ten

NUMBER = 3 * partition.CONVERSATIONS + 10
BROKEN = '{"id": "b1", "turns": [{"role": "agnet", "text": "Hello"}]}'


@pytest.fixture(scope="session")
def examined(bench: Workbench) -> list[Examination]:
    """The ten conversations."""
    return [examine(transcript, bench.session) for transcript in ten()]


@pytest.fixture(scope="session")
def house(bench: Workbench) -> House:
    """A made-up house with teams, people and weeks."""
    return house_of(bench.session)


@pytest.fixture(scope="session")
def export(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of four partitions, and of two lines that cannot be read."""
    return written(tmp_path_factory.mktemp("export") / "chats.jsonl", NUMBER, BROKEN, "not JSON")


@pytest.fixture(scope="session")
def whole(export: Path, tmp_path_factory: pytest.TempPathFactory) -> Audit:
    """Its audit, made in this process; a test that changes its folder puts it right again."""
    return audited(export, tmp_path_factory.mktemp("whole"))[0]
