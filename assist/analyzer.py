"""A draft in its conversation: what should not be sent, what is missing, and what is good."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import get_args

from assist import checks
from assist.checks import Situation
from assist.checks.trade import Trades
from assist.conversation import Turn
from assist.findings import Finding, Praise, Review, Rewrite
from assist.kinds import Index, Reader, Reading, Recognizer, Sighting, meaning, phrase
from assist.language import wording
from assist.language.passage import Passage, Sentence
from assist.lexicon import CATEGORIES, ActEntry, CheckEntry, Lexicon, PhraseEntry
from assist.meaning import FIRM, Meaning, Speaker, files_in
from assist.recovery import Recovery, addressed, as_written, fold, same_person
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

USES_NAME = "Calls the customer by name."

BY_WORDS = frozenset({"placeholder", "wrong-name"})
"""The categories of which a sentence may hold several, each with its own mending."""


@dataclass(frozen=True)
class Analyzer:
    """A lexicon made ready to judge drafts; make one with `Analyzer.of(lexicon)` and keep it."""

    lexicon: Lexicon
    agent: Reader
    customer: Reader
    spoken: Mapping[str, CheckEntry]

    @classmethod
    def of(
        cls,
        lexicon: Lexicon,
        known: Mapping[str, Index] | None = None,
        models: Sequence[Path] = (),
        *,
        fast: bool = False,
    ) -> "Analyzer":
        """Compile a lexicon.

        `known` are the indexes by speaker, where an earlier run has made them. `models` are the folders in which
        the files of the meaning layers are looked for; without any, phrases are all there is. `fast` does without
        the judge. Raises DataError for a file of theirs that is missing beside others or cannot be used.
        """
        known = known or {}
        spoken = {entry.id: entry for entry in lexicon.of(CheckEntry)}
        phrases: dict[Speaker, Recognizer] = {
            speaker: Recognizer(lexicon, speaker, known.get(speaker)) for speaker in get_args(Speaker)
        }

        def wordings(message: str, speaker: Speaker) -> list[str]:
            return phrases[speaker].wordings(message)

        files = files_in(models)
        layers = Meaning(files, lexicon, wordings, fast=fast) if files else None
        agent, customer = (Reader(lexicon, speaker, phrases[speaker], layers) for speaker in phrases)
        return cls(lexicon, agent, customer, spoken)

    def read(self, turn: Turn) -> Reading | None:
        """What a turn does; None for turns that are neither the customer's nor an agent's."""
        if turn.role == "customer":
            return self.customer.read(turn.text)
        return self.agent.read(turn.text) if turn.role == "agent" else None

    @property
    def phrases_only(self) -> "Analyzer":
        """The same without the meaning layers: what they are fitted on."""
        agent = Reader(self.lexicon, "agent", self.agent.phrases, None)
        customer = Reader(self.lexicon, "customer", self.customer.phrases, None)
        return replace(self, agent=agent, customer=customer)

    @property
    def meaning(self) -> Meaning | None:
        """The meaning layers, where there are any."""
        return self.agent.meaning

    def wordings(self, message: str, speaker: Speaker) -> list[str]:
        """The sentences of a message in plain words, as phrases and meaning read them."""
        return (self.agent if speaker == "agent" else self.customer).phrases.wordings(message)

    def recovery(self, turns: Iterable[Turn], start: Recovery | None = None) -> Recovery:
        """Where the recovery stands after these turns."""
        return fold(turns, self.read, start)

    def check(self, draft: str, recovery: Recovery) -> Review:
        """Everything found in a draft that would follow on this state; nothing in an empty one."""
        if not draft.strip():
            return Review(draft)
        situation = Situation(recovery, self.agent.read(draft), self._trades)
        findings = [
            finding
            for sighting in self.sightings(situation)
            if (finding := self._finding(situation, sighting)) is not None
        ]
        settled = _settled(findings, situation.reading.passage, self._duties)
        return Review(draft, tuple(settled), tuple(_praise(situation)))

    @cached_property
    def _trades(self) -> Trades:
        """What tells the trades of the lexicon apart."""
        return Trades(self.lexicon.packs)

    @cached_property
    def _duties(self) -> frozenset[str]:
        """The rules that speak of what may have to be said in plain words."""
        return frozenset(entry.id for entry in self.lexicon.of(PhraseEntry) if entry.bona_fide)

    def sightings(self, situation: Situation) -> Iterator[Sighting]:
        """Whatever entries and checks see, switched off or not."""
        complaint = situation.recovery.complaint or situation.apologises
        said = tuple(phrase.find(situation.reading, self.lexicon, complaint=complaint))
        yield from said
        if self.meaning:
            calm = situation.recovery.customer_turns > 0 and not complaint
            meant = meaning.find(situation.reading, self.meaning, complaint=complaint, calm=calm)
            yield from _besides(said, meant, situation.reading.passage)
        yield from checks.find(situation, self.spoken, self.meaning)

    def _finding(self, situation: Situation, sighting: Sighting) -> Finding | None:
        entry = sighting.entry
        severity = self.lexicon.severity(entry)
        if severity is None:
            return None
        if sighting.confidence < FIRM:
            severity = severity.lighter
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
            meant=sighting.meant,
        )


def _besides(said: Iterable[Sighting], meant: Iterable[Sighting], passage: Passage) -> Iterator[Sighting]:
    """What is meant and not said: a phrase, which knows the very words, speaks for its category in a sentence."""
    known = {(s.entry.category, passage.sentence_number(s.span.start)) for s in said if s.span}
    for sighting in meant:
        if sighting.span and (sighting.entry.category, passage.sentence_number(sighting.span.start)) not in known:
            yield sighting


def _rewrites(situation: Situation, sighting: Sighting) -> Iterator[Rewrite]:
    fills = {**_known(situation.recovery), **sighting.fills}
    templates = sighting.entry.instead if sighting.instead is None else sighting.instead
    for template in templates:
        words = wording.fill(template, fills)
        if words is not None:
            yield Rewrite(_edit(situation, sighting, words), words)


def _known(recovery: Recovery) -> dict[str, str]:
    """The slots that the conversation fills."""
    known = {}
    if recovery.names:
        known["name"] = as_written(recovery.names[0])
    if order := recovery.given("order-number", "booking-reference", "code"):
        known["order"] = order.value
    if email := recovery.given("email"):
        known["email"] = email.value
    return known


def _edit(situation: Situation, sighting: Sighting, words: str) -> Edit:
    draft, passage = situation.draft, situation.reading.passage
    span = sighting.span or Span(0, 0)
    sentence = passage.sentence_at(span.start) if sighting.span else None
    place = _without_greeting(situation, sentence, span) if sentence else span
    if sighting.put == "opening":
        return wording.inserted(draft, len(draft) - len(draft.lstrip()), words)
    if sighting.put == "first":
        return _after_greeting(situation, words)
    if sighting.put == "after":
        return wording.inserted(draft, place.end, words)
    if sighting.put == "last":
        last = passage.sentences[-1].span.end if passage.sentences else len(draft.rstrip())
        return wording.inserted(draft, last, words)
    if sighting.put == "words":
        return wording.in_place_of_words(draft, span, words)
    if sighting.put == "clause" and sentence and span.end > place.start:
        return wording.in_place_of_words(draft, span, words)
    if sentence and (rest := _without_apology(situation, sighting, sentence)) and not wording.says_sorry(words):
        return wording.in_place_of_rest(draft, rest, words)
    return wording.in_place_of_sentence(draft, place, words)


def _without_greeting(situation: Situation, sentence: Sentence, flagged: Span) -> Span:
    """The place of a sentence, less the greeting that it begins with."""
    pause = situation.greeted if sentence.first == 0 else None
    starts = situation.reading.passage.starts
    if pause is not None and starts[pause] <= flagged.start:
        return Span(starts[pause], sentence.span.end)
    return sentence.span


def _without_apology(situation: Situation, sighting: Sighting, sentence: Sentence) -> Span | None:
    """What follows the apology that a sentence begins with; None where it has none, or is flagged for it."""
    passage = situation.reading.passage
    end = situation.apology_end(sentence)
    if end is None or sighting.span is None or sighting.entry.category == "non-apology":
        return None
    if not sighting.meant and sighting.span.start < passage.starts[end]:
        return None
    return Span(passage.ends[end - 1], sentence.span.end)


def _after_greeting(situation: Situation, words: str) -> Edit:
    """A sentence put in where the greeting ends; at the start of a draft that has none."""
    draft, passage = situation.draft, situation.reading.passage
    start = len(draft) - len(draft.lstrip())
    greeting = next(situation.reading.acted("greets"), None)
    if greeting is None or greeting.sentence != 0:
        return wording.inserted(draft, start, words)
    pause = situation.greeted
    if pause is not None:
        return wording.inserted_mid(draft, passage.starts[pause], words)
    end = passage.sentences[0].span.end
    if draft[end:].startswith(("\n", "\r\n")):
        return wording.own_paragraph(draft, end, words)
    return wording.inserted(draft, end, words)


def _settled(findings: Iterable[Finding], passage: Passage, duties: frozenset[str]) -> list[Finding]:
    """The findings in the order of the text: one for a category in a sentence, one for a blank.

    The heaviest speaks for the others, unless one of `duties` is among them: what has to be said is let off.
    """
    kept: dict[tuple[str, int], Finding] = {}
    for finding in sorted(findings, key=lambda finding: (finding.rule not in duties, *_weight(finding))):
        key = finding.category, _place(finding, passage)
        same = kept.get(key)
        if same is None:
            kept[key] = finding
        elif not finding.missing:
            kept[key] = replace(same, start=min(same.start, finding.start), end=max(same.end, finding.end))
    asked = {sentence for category, sentence in kept if category == "dypii"}
    told = {("customer-wrong", sentence) for sentence in asked}  # a question that doubts them says it once
    return sorted((f for key, f in kept.items() if key not in told), key=lambda f: (f.start, f.end))


def _weight(finding: Finding) -> tuple[int, int, int, int]:
    length = finding.end - finding.start
    return finding.severity.rank, CATEGORIES.index(finding.category), -length, finding.start


def _place(finding: Finding, passage: Passage) -> int:
    """What keeps two findings of a category apart: the sentence, or the very words."""
    if finding.missing:
        return -1
    sentence = passage.sentence_number(finding.start)
    return sentence if sentence is not None and finding.category not in BY_WORDS else finding.start


def praises(lexicon: Lexicon) -> dict[str, str]:
    """What is said in praise of each act that earns it, by the act."""
    lines: dict[str, str] = {entry.act: entry.praise for entry in reversed(tuple(lexicon.of(ActEntry))) if entry.praise}
    return {**lines, "uses-name": USES_NAME}


def _praise(situation: Situation) -> Iterator[Praise]:
    seen: set[str] = set()
    for act in situation.reading.acts:
        if act.entry.praise and act.act not in seen:
            seen.add(act.act)
            yield Praise(act.act, *act.span, act.entry.praise, act.entry.source)
    for address in addressed(situation.draft):
        if same_person(address, situation.recovery.names):
            yield Praise("uses-name", *address.span, USES_NAME, "personal")
            return
