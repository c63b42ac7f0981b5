"""A draft and its findings made into a better draft."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from assist.findings import Finding, Review
from assist.language import wording
from assist.language.blanks import blanks
from assist.language.passage import read
from assist.spans import Edit, apart, apply

MANY = 20
"""Past so many findings they are mended together first, since each step checks the whole draft."""

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
    (`{by when?}`) apart; failing all of them, the sentence is taken out on the same terms. So no
    category is found more often than in the draft, and rewriting the result changes nothing.
    """
    review = check(draft)
    mended: list[Finding] = []
    if len(review.findings) > MANY:
        mended, review = _all_at_once(review, check)
    while (step := _step(review, check)) is not None:
        finding, review = step
        mended.append(finding)
    return Rewritten(review.draft, tuple(mended), review)


def _all_at_once(review: Review, check: Check) -> tuple[list[Finding], Review]:
    """The first rewrite of every finding made together, if the draft is the better for it."""
    firsts = {finding.rewrites[0].edit: finding for finding in review.findings if finding.rewrites}
    edits = apart(firsts)
    better = check(apply(review.draft, edits))
    if better.draft.strip() and _no_more(review, better) and _said(better) < _said(review):
        return [firsts[edit] for edit in edits], better
    return [], review


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
    if wording.says_sorry(draft):  # said once it is sincere, said three times it is a tic
        offered.sort(key=lambda edit: wording.says_sorry(edit.text))
    yield from offered
    if finding.missing or finding.category == "placeholder":
        return
    sentence = read(draft).sentence_at(finding.start)
    if sentence is not None:
        yield wording.without_sentence(draft, sentence.span)


def _gains_nothing(finding: Finding, before: Review, after: Review) -> bool:
    had, has = _counts(before), _counts(after)
    return has[finding.category] < had[finding.category] and _no_more(before, after)


def _no_more(before: Review, after: Review) -> bool:
    """Whether no category is found more often, blanks that came with a wording apart."""
    had, has = _counts(before), _counts(after)
    had["placeholder"] += max(len(blanks(after.draft)) - len(blanks(before.draft)), 0)
    return all(count <= had[category] for category, count in has.items())


def _said(review: Review) -> int:
    """How many findings there are, blanks apart."""
    return sum(finding.category != "placeholder" for finding in review.findings)


def _counts(review: Review) -> Counter[str]:
    return Counter(finding.category for finding in review.findings)
