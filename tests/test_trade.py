"""Wordings of a trade are offered where the conversation may be of that trade."""

import pytest

from assist import Workbench
from assist.checks.trade import Trades
from assist.language.passage import read
from assist.lexicon import OperationEntry
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
    words = read(CARD).words
    foreign = next(one for one in bench.lexicon.of(OperationEntry) if trades.of.get(one.id) == "utilities")
    assert not trades.fits(foreign, words)
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
    trades = Trades(bench.lexicon.packs)
    own = next(one for one in bench.lexicon.of(OperationEntry) if trades.of.get(one.id) == trade)
    assert trades.fits(own, read(message).words)


def test_an_agent_of_one_trade_is_offered_all_of_its_wordings() -> None:
    bench = Workbench.load(["core", "telecom"])
    trades = Trades(bench.lexicon.packs)
    assert all(trades.fits(one, read(CARD).words) for one in bench.lexicon.of(OperationEntry))
