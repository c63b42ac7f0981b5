"""A draft in its conversation: what should not be sent, what is missing, and what is good."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from assist import checks
from assist.checks import Situation
from assist.conversation import Turn
from assist.findings import Finding, Praise, Review, Rewrite, Severity
from assist.kinds import Reading, Recognizer, Sighting, phrase
from assist.language import wording
from assist.lexicon import CATEGORIES, CheckEntry, Lexicon
from assist.recovery import Recovery, fold
from assist.spans import Edit, Span

TITLES: Mapping[str, str] = {
    "policy-wall": "A policy is given as the reason.",
    "customer-wrong": "This tells the customer that they are wrong.",
    "excuse": "This explains the failure by something that is not the customer's concern.",
    "deflection": "This hands the problem away.",
    "refusal": "A flat no, with no way forward.",
    "non-apology": "This apology takes itself back.",
    "dismissive": "This makes the problem or the feeling small.",
    "overpromise": "This promises what cannot be assured.",
    "fairness": "This argues about fairness.",
    "grudging": "This makes putting it right sound like a favour.",
    "command": "This orders the customer about.",
    "ignorance": "This stops at not knowing.",
    "dypii": "This asks whether they missed the obvious.",
    "assumed-remedy": "This decides for the customer what would put it right.",
    "missing-apology": "Nobody has said sorry yet.",
    "missing-timeline": "Something is promised, but not by when.",
    "repeat-request": "They have told us this already.",
    "premature-close": "This closes while the problem is still open.",
    "cold-close": "This closes without a word of thanks.",
    "cold-open": "This begins without a greeting.",
    "wrong-name": "This is not the customer's name.",
    "placeholder": "A blank is not filled in.",
    "sensitive-data": "This does not belong in a chat.",
    "unanswered": "The customer's question is not touched.",
}
"""What an agent sees first, where the entry does not say it better."""


@dataclass(frozen=True)
class Analyzer:
    """A lexicon made ready to judge drafts; make one with `Analyzer.of(lexicon)` and keep it."""

    lexicon: Lexicon
    agent: Recognizer
    customer: Recognizer

    @classmethod
    def of(cls, lexicon: Lexicon) -> "Analyzer":
        """Compile a lexicon; raises DataError, with file and line, for a phrase that is wrong."""
        return cls(lexicon, Recognizer(lexicon, "agent"), Recognizer(lexicon, "customer"))

    def read(self, turn: Turn) -> Reading | None:
        """What a turn does; None for turns that are neither the customer's nor an agent's."""
        if turn.role == "customer":
            return self.customer.read(turn.text)
        return self.agent.read(turn.text) if turn.role == "agent" else None

    def recovery(self, turns: Iterable[Turn], start: Recovery | None = None) -> Recovery:
        """Where the recovery stands after these turns."""
        return fold(turns, self.read, start)

    def check(self, draft: str, recovery: Recovery) -> Review:
        """Everything found in a draft that would follow on this state of the recovery."""
        situation = Situation(recovery, self.agent.read(draft))
        findings = [
            finding
            for sighting in self._sightings(situation)
            if (finding := self._finding(situation, sighting)) is not None
        ]
        return Review(draft, tuple(_settled(findings)), tuple(_praise(situation)))

    def _sightings(self, situation: Situation) -> Iterator[Sighting]:
        complaint = situation.recovery.complaint
        yield from phrase.find(situation.reading, self.lexicon, complaint=complaint)
        yield from checks.find(situation, self.lexicon)

    def _finding(self, situation: Situation, sighting: Sighting) -> Finding | None:
        entry = sighting.entry
        severity = self.lexicon.severity(entry)
        if severity is None:
            return None
        if not isinstance(entry, CheckEntry) and entry.bona_fide:
            severity = Severity.SUGGESTION
        span = sighting.span or Span(0, 0)
        return Finding(
            category=entry.category,
            rule=entry.id,
            severity=severity,
            start=span.start,
            end=span.end,
            message=entry.message or TITLES[entry.category],
            why=entry.why,
            source=entry.source,
            rewrites=tuple(_rewrites(situation, sighting)),
            timing=sighting.timing,
            confidence=sighting.confidence,
            evidence=sighting.evidence,
        )


def _rewrites(situation: Situation, sighting: Sighting) -> Iterator[Rewrite]:
    fills = {**_known(situation.recovery), **sighting.fills}
    for template in (*sighting.instead, *sighting.entry.instead):
        words = wording.fill(template, fills)
        if words is not None:
            yield Rewrite(_edit(situation, sighting, words))


def _known(recovery: Recovery) -> dict[str, str]:
    """The slots that the conversation fills."""
    known = {}
    if len(recovery.names) == 1:
        known["name"] = next(iter(recovery.names)).capitalize()
    if order := recovery.given("order-number", "booking-reference", "code"):
        known["order"] = order.value
    if email := recovery.given("email"):
        known["email"] = email.value
    return known


def _edit(situation: Situation, sighting: Sighting, words: str) -> Edit:
    draft, passage = situation.draft, situation.reading.passage
    span = sighting.span or Span(0, 0)
    sentence = passage.sentence_at(span.start) if sighting.span else None
    place = sentence.span if sentence else span
    if sighting.put == "opening":
        return wording.inserted(draft, len(draft) - len(draft.lstrip()), words)
    if sighting.put == "first":
        return wording.inserted(draft, _after_greeting(situation), words)
    if sighting.put == "after":
        return wording.inserted(draft, place.end, words)
    if sighting.put == "last":
        last = passage.sentences[-1].span.end if passage.sentences else len(draft.rstrip())
        return wording.inserted(draft, last, words)
    if sighting.put == "words":
        return wording.in_place_of_words(draft, span, words)
    if sighting.put == "clause" and sentence and span.end > place.start:
        return wording.in_place_of_words(draft, span, words)
    return wording.in_place_of_sentence(draft, place, words)


def _after_greeting(situation: Situation) -> int:
    """Where the first sentence after a greeting begins; the start of a draft that has none."""
    passage = situation.reading.passage
    if not passage.sentences:
        return 0
    greeting = next(situation.reading.acted("greets"), None)
    first = passage.sentences[0]
    if greeting is None or greeting.sentence != 0 or len(passage.sentences) == 1:
        return first.span.start
    short = first.last - first.first <= 6  # noqa: PLR2004
    return passage.sentences[1].span.start if short else first.span.start


def _settled(findings: Iterable[Finding]) -> list[Finding]:
    """The findings in the order of the text, one for each category and place."""
    kept: list[Finding] = []
    for finding in sorted(findings, key=_weight):
        if not any(_same(finding, other) for other in kept):
            kept.append(finding)
    return sorted(kept, key=lambda finding: (finding.start, finding.end))


def _weight(finding: Finding) -> tuple[int, int, int, int]:
    length = finding.end - finding.start
    return finding.severity.rank, CATEGORIES.index(finding.category), -length, finding.start  # type: ignore[arg-type]


def _same(finding: Finding, other: Finding) -> bool:
    """Whether two findings say one thing: a category in one place, or a question put twice."""
    if finding.category == other.category:
        return finding.span.overlaps(other.span) or (finding.missing and other.missing)
    told_off = {finding.category, other.category} == {"dypii", "customer-wrong"}
    return told_off and finding.span.overlaps(other.span)


def _praise(situation: Situation) -> Iterator[Praise]:
    seen: set[str] = set()
    for act in situation.reading.acts:
        if act.entry.praise and act.act not in seen:
            seen.add(act.act)
            yield Praise(act.act, *act.span, act.entry.praise, act.entry.source)
    for name in sorted(situation.recovery.names):
        at = situation.draft.lower().find(name)
        if at >= 0 and len(name) > 2:  # noqa: PLR2004
            yield Praise("uses-name", at, at + len(name), "Calls the customer by name.", "personal")
            return
