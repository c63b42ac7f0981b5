"""A draft and its findings made into a better draft."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass

from assist.findings import Finding, Review
from assist.language import wording
from assist.language.blanks import blanks
from assist.language.passage import read
from assist.recovery import particulars
from assist.spans import Edit, Span, apart, apply

MANY = 20
"""Past so many findings they are mended together first, since each step checks the whole draft."""

_WORD = re.compile(r"[\w'’]+")
ITSELF = frozenset({"wrong-name", "sensitive-data", "placeholder"})
"""The categories in which it is the particulars themselves that have to go."""

Check = Callable[[str], Review]


@dataclass(frozen=True, slots=True)
class Held:
    """A finding that was left alone, and the particulars that its rewrite would have taken out of the draft."""

    finding: Finding
    lost: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A better draft: its text, the findings mended on the way, the review of what is left.

    `held` are those of what is left that could be mended, were it not for what would be lost.
    """

    text: str
    mended: tuple[Finding, ...]
    review: Review
    held: tuple[Held, ...] = ()


def rewrite(draft: str, check: Check, names: Collection[str] = ()) -> Rewritten:
    """The draft with the best rewrite of each finding applied, heaviest finding first.

    A rewrite is taken only if the finding is gone afterwards and none has come, a blank to fill
    (`{by when?}`) apart; failing all of them, the sentence is taken out on the same terms. So no
    category is found more often than in the draft, and rewriting the result changes nothing.
    None is taken that loses a particular of the draft, such as a figure, a date or somebody's name, or that leaves
    the words of another finding standing where they are no longer found. `names` are the reader's own, in small
    letters, which nobody would miss.
    """
    review = check(draft)
    mended: list[Finding] = []
    if len(review.findings) > MANY:
        mended, review = _all_at_once(review, check, names)
    while (step := _step(review, check, names)) is not None:
        finding, review = step
        mended.append(finding)
    return Rewritten(review.draft, tuple(mended), review, tuple(_held(review, names)))


def lost(draft: str, better: str, mended: Iterable[Finding], names: Collection[str] = ()) -> tuple[str, ...]:
    """The particulars of a draft that a better one has no longer, in the order of the draft, each once.

    Where a finding mended was of particulars themselves, as a wrong name is, these are not counted, nor are `names`,
    the reader's own in small letters.
    """
    plain = " ".join(better.lower().split())
    meant = [finding.span for finding in mended if finding.category in ITSELF]
    gone = (
        particular.span
        for particular in particulars(draft)
        if not (particular.words in names or _says(plain, particular.words))
        and not any(_meet(particular.span, span) for span in meant)
    )
    return tuple(dict.fromkeys(draft[start:end] for start, end in gone))


def _says(text: str, words: str) -> bool:
    """Whether words stand in a text by themselves, so that 5 is not found in 5.20."""
    return re.search(rf"(?<![\w.,]){re.escape(words)}(?!\w|[.,]\d)", text) is not None


def _meet(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _held(review: Review, names: Collection[str]) -> Iterator[Held]:
    for finding in review.findings:
        after = [apply(review.draft, [rewrite.edit]) for rewrite in finding.rewrites]
        losses = [lost(review.draft, better, [finding], names) for better in after]
        if losses and all(losses):
            yield Held(finding, losses[0])


def _all_at_once(review: Review, check: Check, names: Collection[str]) -> tuple[list[Finding], Review]:
    """The first rewrite of every finding made together, if the draft is the better for it."""
    firsts = {finding.rewrites[0].edit: finding for finding in review.findings if finding.rewrites}
    edits = apart(edit for edit, finding in firsts.items() if not _costs(review, edit, finding, names))
    mended = [firsts[edit] for edit in edits]
    better = check(apply(review.draft, edits))
    gains = better.draft.strip() and _no_more(review, better) and _said(better) < _said(review)
    return (mended, better) if gains and not lost(review.draft, better.draft, mended, names) else ([], review)


def _costs(review: Review, edit: Edit, finding: Finding, names: Collection[str]) -> bool:
    return bool(lost(review.draft, apply(review.draft, [edit]), [finding], names))


def _step(review: Review, check: Check, names: Collection[str]) -> tuple[Finding, Review] | None:
    """The first finding that can be mended, and the review of the draft with it mended."""
    for finding in sorted(review.findings, key=_turn):
        for edit in _edits(review.draft, finding):
            if _costs(review, edit, finding, names):
                continue
            better = check(apply(review.draft, [edit]))
            gains = better.draft.strip() and _gains_nothing(finding, review, better)
            if gains and not _hides(finding, edit, review, better):
                return finding, better
    return None


def _hides(mended: Finding, edit: Edit, before: Review, after: Review) -> bool:
    """Whether another finding is gone though its words still stand.

    What is put in beside them may well make them right, as an apology does; what takes the place of others may not.
    """
    if edit.span.start == edit.span.end:
        return False
    had, has = _counts(before), _counts(after)
    had[mended.category] -= 1
    others = (finding for finding in before.findings if finding is not mended and not finding.missing)
    return any(
        has[finding.category] < had[finding.category] and _stands(before.draft, finding.span, edit)
        for finding in others
    )


def _stands(draft: str, flagged: Span, edit: Edit) -> bool:
    """Whether most of the flagged words of a draft are still there after an edit."""
    start, end = (min(max(place, flagged.start), flagged.end) for place in edit.span)
    untouched = _words(draft[flagged.start : start]) + _words(draft[end : flagged.end])
    kept = _words(draft[start:end]) & _words(edit.text)
    return 2 * (untouched + kept).total() > _words(draft[slice(*flagged)]).total()


def _words(text: str) -> Counter[str]:
    return Counter(_WORD.findall(text.lower()))


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
