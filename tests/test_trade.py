"""Wordings of a trade are offered where the conversation may be of that trade."""

from pathlib import Path

import pytest

from assist import Workbench
from assist.checks.trade import Trades
from assist.language.passage import read
from assist.lexicon import Pack
from tests.stories import review

CARD = "customer: My card payment was taken twice and I want my money back, this is a disgrace"


def _offered(bench: Workbench, draft: str, *lines: str) -> set[str]:
    """The wordings offered for the rudimentary question of a draft."""
    (question,) = (finding for finding in review(bench, draft, *lines).findings if finding.category == "dypii")
    return {rewrite.text for rewrite in question.rewrites}


@pytest.mark.parametrize(
    ("message", "draft"),
    [
        (CARD, "Have you checked if someone else in your house used the card?"),
        (CARD, "Did you check your statement?"),
        ("customer: the booking site charged me for two nights", "Have you restarted the app?"),
    ],
)
def test_nothing_of_another_trade_is_offered(bench: Workbench, message: str, draft: str) -> None:
    """No rider for a card, no basket for a hotel."""
    offered = " ".join(_offered(bench, draft, message)).lower()
    assert offered
    for word in ("rider", "driver", "basket", "parcel", "hub", "payment page"):
        assert word not in offered


def test_where_no_trade_fits_the_general_wording_is_offered(bench: Workbench) -> None:
    trades = Trades(bench.lexicon.packs)
    assert "utilities" not in trades.likely(read(CARD).words)
    assert "May I look into this together with you?" in _offered(bench, "Have you tried everything?", CARD)


@pytest.mark.parametrize(
    ("message", "trade"),
    [
        ("My router is dead AGAIN, no internet since tuesday", "telecom"),
        ("My parcel never came and the driver left no card", "retail"),
        ("you lost my bag and my flight was 5 hours late", "airline"),
        ("my pizza came cold and half the order is missing", "food"),
        ("my electricity bill doubled and nobody read the meter", "utilities"),
        ("the app crashes each time i export and i lose my work", "software"),
        ("our room was filthy and the shower cold", "hotel"),
    ],
)
def test_what_a_customer_complains_of_tells_the_trade(bench: Workbench, message: str, trade: str) -> None:
    assert trade in Trades(bench.lexicon.packs).likely(read(message).words)


def test_an_agent_of_one_trade_is_offered_all_of_its_wordings() -> None:
    bench = Workbench.load(["core", "telecom"])
    assert Trades(bench.lexicon.packs).likely(read(CARD).words) == {"telecom"}


def test_an_entry_that_a_house_has_made_its_own_is_of_no_trade(bench: Workbench, tmp_path: Path) -> None:
    (retail,) = (pack for pack in bench.lexicon.packs if pack.name == "retail")
    name, (entry, source) = next(iter(retail.entries.items()))
    house = Pack("house", tmp_path, entries={name: (entry, source)})
    assert Trades(bench.lexicon.packs).of[name] == "retail"
    assert name not in Trades([*bench.lexicon.packs, house]).of
