"""What the tests of the audit share: the ten conversations, examined once."""

import pytest

from assist.audit.examine import examine
from assist.audit.records import Examination
from assist.workbench import Workbench
from tests.audit.house import House, house_of
from tests.audit.talks import ten


@pytest.fixture(scope="session")
def examined(bench: Workbench) -> list[Examination]:
    """The ten conversations."""
    return [examine(transcript, bench.session) for transcript in ten()]


@pytest.fixture(scope="session")
def house(bench: Workbench) -> House:
    """A made-up house with teams, people and weeks."""
    return house_of(bench.session)
