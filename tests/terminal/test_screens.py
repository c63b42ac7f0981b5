"""How the screens look, as text: what is read aloud, and what is seen without colour.

`python -m tests.terminal.test_screens` writes them anew; read the difference before you keep it.
"""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from assist import Turn, Workbench
from tests.terminal.stage import ANGRY, Stage, opened

SCREENS = Path(__file__).parent / "screens"
SIZES = ((80, 24), (140, 40))
AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


async def desk(stage: Stage) -> None:
    """A rudimentary question to an angry customer."""
    await stage.type("did u try turning it off and on")


async def ask(stage: Stage) -> None:
    """Asked once before an error goes out."""
    await stage.type("It's our policy.")
    await stage.press("enter")


async def set_aside(stage: Stage) -> None:
    """A finding set aside."""
    await stage.type("It's our policy.")
    await stage.press("ctrl+g")


async def find(stage: Stage) -> None:
    """An answer looked for."""
    await stage.press("ctrl+f")
    await stage.type("refund")


async def help_(stage: Stage) -> None:
    """What the keys do."""
    await stage.press("f1")


async def mirror(stage: Stage) -> None:
    """The agent's own week, before anything was sent."""
    await stage.press("f3")


async def scenarios(stage: Stage) -> None:
    """Whom to practise with."""
    await stage.press("f2")


STORIES: dict[str, Callable[[Stage], object]] = {
    story.__name__.strip("_"): story for story in (desk, ask, set_aside, find, help_, mirror, scenarios)
}


def _screen(name: str, bench: Workbench, size: tuple[int, int]) -> str:
    async def shown() -> str:
        with TemporaryDirectory() as folder:
            async with opened(bench, Path(folder), Turn(ANGRY.role, ANGRY.text, None, ANGRY.name), size=size) as stage:
                await STORIES[name](stage)  # type: ignore[misc]
                await stage.rest()
                return stage.text + "\n"

    return asyncio.run(shown())


def _file(name: str, size: tuple[int, int]) -> Path:
    return SCREENS / f"{name}-{size[0]}x{size[1]}.txt"


@pytest.mark.parametrize("size", SIZES, ids=["80x24", "140x40"])
@pytest.mark.parametrize("name", STORIES)
def test_a_screen_reads_as_it_is_kept(name: str, size: tuple[int, int], bench: Workbench) -> None:
    assert _screen(name, bench, size) == _file(name, size).read_text(encoding="utf-8")


if __name__ == "__main__":
    SCREENS.mkdir(exist_ok=True)
    loaded = Workbench.load()
    for story in STORIES:
        for each in SIZES:
            _file(story, each).write_text(_screen(story, loaded, each), encoding="utf-8")
