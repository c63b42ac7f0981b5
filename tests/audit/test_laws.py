"""What holds of any conversations: figures add up, order does not matter, and nothing sensitive is kept."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from assist.audit.examine import examine
from assist.audit.figures import figures
from assist.audit.records import Examination
from assist.transcripts.transcript import Message, Transcript
from assist.workbench import Workbench

Drawn = Sequence[tuple[list[tuple[tuple[Any, str, str], int | None]], Any, float | None, bool | None]]
START = datetime(2025, 3, 3, 9, tzinfo=UTC)
CUSTOMERS = (
    "My router is dead again!", "hi", "thanks", "ok", "where is it?", "it works again, thank you", "This is useless!",
    "I'm cancelling.", "Do you open on Sunday?",
)  # fmt: skip
AGENTS = (
    "Hi! How can I help?", "I'm so sorry about that.", "Did you plug it in?", "It's our policy to wait.",
    "I'll call you by noon.", "I've refunded it just now.", "Thanks for waiting!", "I'll transfer you to billing now.",
)  # fmt: skip
SECRETS = (
    "4111 1111 1111 1111",
    "ann.lee@example.com",
    "536-22-8726",
    "GB82 WEST 1234 5698 7654 32",
    "+44 20 7946 0958",
)

said = st.one_of(
    st.tuples(st.just("customer"), st.sampled_from(CUSTOMERS), st.just("")),
    st.tuples(st.just("agent"), st.sampled_from(AGENTS), st.sampled_from(["Tom", "Priya", ""])),
    st.tuples(st.sampled_from(["bot", "system", "unknown"]), st.just("One moment."), st.just("")),
)
gap = st.one_of(st.none(), st.integers(-60, 4000))
talks = st.lists(
    st.tuples(
        st.lists(st.tuples(said, gap), max_size=6),
        st.sampled_from(["chat", "mail", "voice", ""]),
        st.sampled_from([None, 0.0, 0.5, 1.0]),
        st.sampled_from([None, True, False]),
    ),
    max_size=6,
)


def examined(bench: Workbench, drawn: Drawn, prefix: str = "") -> list[Examination]:
    """Conversations as drawn, two for each customer."""
    made = []
    for number, (lines, medium, rating, solved) in enumerate(drawn):
        at, messages = START + timedelta(days=number), []
        for (role, text, by), wait in lines:
            at += timedelta(seconds=wait or 0)
            messages.append(Message(role, text, None if wait is None else at, by))
        transcript = Transcript(
            f"{prefix}{number}", tuple(messages), medium, f"{prefix}{number // 2}", rating=rating, solved=solved
        )
        made.append(examine(transcript, bench.session))
    return made


def counted(examinations: list[Examination]) -> Counter[tuple[str, ...]]:
    """What figures are made of, by figure, part and name."""
    counts: Counter[tuple[str, ...]] = Counter()
    for figure in figures(examinations):
        key = figure.definition.id, figure.label
        counts[*key, "numerator"] = figure.numerator  # type: ignore[assignment]
        counts[*key, "conversations"] = figure.conversations
        counts[*key, "inferred"] = figure.inferred
        if not figure.label:
            counts[*key, "denominator"] = figure.denominator  # type: ignore[assignment]
            counts[*key, "left out"] = figure.left_out
    return counts


@settings(max_examples=60)
@given(talks, talks)
def test_figures_of_two_sets_add_up(bench: Workbench, ones: Drawn, others: Drawn) -> None:
    """Of sets that share no customer, so that nobody comes back from one to the other."""
    some, more = examined(bench, ones, "a"), examined(bench, others, "b")
    apart: Counter[tuple[str, ...]] = Counter()
    for part in (some, more):
        apart.update(counted(part))
    assert apart == counted([*some, *more])


@settings(max_examples=60)
@given(talks, st.randoms(use_true_random=False))
def test_the_order_of_conversations_does_not_matter(bench: Workbench, drawn: Drawn, random: Random) -> None:
    made = examined(bench, drawn)
    shuffled = list(made)
    random.shuffle(shuffled)
    assert figures(shuffled, by=("agent", "medium")) == figures(made, by=("agent", "medium"))


@settings(max_examples=60)
@given(talks)
def test_a_share_lies_between_none_and_all(bench: Workbench, drawn: Drawn) -> None:
    for figure in figures(examined(bench, drawn), by=("agent",)):
        if figure.definition.unit == "share" and figure.value is not None:
            assert 0 <= figure.value <= 1
        assert (figure.value is None) == bool(figure.unsupported)


@given(st.sampled_from(SECRETS), st.sampled_from(CUSTOMERS), st.sampled_from(AGENTS), st.booleans())
def test_nothing_sensitive_is_kept(bench: Workbench, secret: str, asked: str, answered: str, twice: bool) -> None:
    """Whoever writes it, and whether a finding, a promise or a remedy stands beside it."""
    messages = [Message("customer", f"{asked} It is {secret}."), Message("agent", f"{answered} I have {secret} here.")]
    told = Transcript("t", tuple(messages * (1 + twice)), customer=secret, topic=f"About {secret}")
    assert secret not in repr(examine(told, bench.session))
