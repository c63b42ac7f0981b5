"""One workbench for all tests: the lexicon that ships, compiled once."""

import pytest
from hypothesis import HealthCheck, settings

from assist.workbench import Workbench

settings.register_profile("steady", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("steady")


@pytest.fixture(scope="session")
def bench() -> Workbench:
    """The workbench with everything that ships."""
    return Workbench.load()
