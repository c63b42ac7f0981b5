"""A draft and its findings made into a better draft."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from assist.findings import Finding, Review
from assist.language import wording
from assist.language.passage import read
from assist.spans import Edit, apply

ROUNDS = 40
_SORRY = re.compile(r"\b(?:sorry|apolog\w+)\b", re.IGNORECASE)

Check = Callable[[str], Review]


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A better draft: its text, the findings mended on the way, and the review of what is left."""

    text: str
    mended: tuple[Finding, ...]
    review: Review


def rewrite(draft: str, check: Check) -> Rewritten:
    """The draft with the best rewrite of each finding applied, heaviest finding first.

    A rewrite is taken only if the finding is gone afterwards and none has come, a blank to fill
    (`{by when?}`) apart; failing all of them, the sentence is taken out on the same terms. So
    the result never has a finding that the draft had not, and rewriting it again changes nothing.
    """
    review = check(draft)
    mended: list[Finding] = []
    for _ in range(ROUNDS):
        step = _step(review, check)
        if step is None:
            break
        finding, review = step
        mended.append(finding)
    return Rewritten(review.draft, tuple(mended), review)


def _step(review: Review, check: Check) -> tuple[Finding, Review] | None:
    """The first finding that can be mended, and the review of the draft with it mended."""
    for finding in sorted(review.findings, key=_turn):
        for edit in _edits(review.draft, finding):
            better = check(apply(review.draft, [edit]))
            if better.draft.strip() and _gains_nothing(finding, review, better):
                return finding, better
    return None


def _turn(finding: Finding) -> tuple[int, int, int]:
    """The order of mending: apologies first, since a question after one is another question."""
    apology = ("non-apology", "missing-apology")
    first = apology.index(finding.category) if finding.category in apology else len(apology)
    return first, finding.severity.rank, finding.start


def _edits(draft: str, finding: Finding) -> Iterator[Edit]:
    offered = [rewrite.edit for rewrite in finding.rewrites]
    if _SORRY.search(draft):  # said once it is sincere, said three times it is a tic
        offered.sort(key=lambda edit: bool(_SORRY.search(edit.text)))
    yield from offered
    if finding.missing or finding.category == "placeholder":
        return
    sentence = read(draft).sentence_at(finding.start)
    if sentence is not None:
        yield wording.without_sentence(draft, sentence.span)


def _gains_nothing(finding: Finding, before: Review, after: Review) -> bool:
    had, has = _counts(before), _counts(after)
    blanks = after.draft.count("?}") - before.draft.count("?}")
    if finding.category != "placeholder":
        had["placeholder"] += max(blanks, 0)
    if has[finding.category] >= had[finding.category]:
        return False
    return all(count <= had[category] for category, count in has.items())


def _counts(review: Review) -> Counter[str]:
    return Counter(finding.category for finding in review.findings)
