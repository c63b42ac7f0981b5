"""Puts the parts together: the one thing that every front, and every program, talks to."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assist import filling, playbooks, rewriting
from assist import lexicon as lexicons
from assist.analyzer import Analyzer
from assist.conversation import Conversation, Turn, as_turns, refuse_unreadable
from assist.data import shipped
from assist.dismissals import Dismissals
from assist.errors import AssistError, did_you_mean
from assist.findings import Review
from assist.kinds import Index
from assist.language.blanks import BLANK
from assist.lexicon import Level, Lexicon, store
from assist.meaning import files_in
from assist.playbooks import Play
from assist.rewriting import Rewritten
from assist.spans import Span

if TYPE_CHECKING:
    from assist.recovery import Recovery
    from assist.retrieval import Match, PlayIndex, Said, Usage

Talk = Conversation | Iterable[Turn | Mapping[str, Any]] | None


BESIDE_TYPED = 0.3
"""How much the conversation counts in a search beside what was typed."""
EARLIER = 0.5
"""How much less counts what was said before a reply."""
LATEST_SAID = 5
"""How many of the customer's messages are searched by."""
GENERAL = "general"
"""The folder of plays that hold in every trade."""


@dataclass(frozen=True, slots=True)
class PlayAnswer:
    """A play that fits: `score` is from 0 to 1, `met` are the words it was found by, most telling first.

    `told` is what the conversation has told for its slots, `conditions` are those that hold.
    """

    play: Play
    score: float
    met: tuple[str, ...]
    told: Mapping[str, str]
    conditions: frozenset[str]

    @property
    def text(self) -> str:
        """The answer, filled as far as the conversation tells; the rest stands as blanks such as `{by when?}`."""
        return self.play.answer.fill(self.told, self.conditions)

    @property
    def blanks(self) -> tuple[Span, ...]:
        """Where the blanks stand in the text, in order."""
        return tuple(Span(*match.span()) for match in BLANK.finditer(self.text))


class Workbench:
    """Checks and rewrites drafts by one lexicon, and finds plays; make it with `Workbench.load` and keep it.

    A workbench may be shared by threads that check and search: nothing of a conversation stays in it.
    """

    def __init__(  # noqa: PLR0913
        self,
        lexicon: Lexicon,
        dismissals: Dismissals | None = None,
        *,
        models: Sequence[Path] = (),
        fast: bool = False,
        kept: store.Kept | None = None,
        plays: Sequence[Path] = (),
        usage: "Usage | None" = None,
    ) -> None:
        self.lexicon = lexicon
        self.dismissals = dismissals or Dismissals()
        self.usage = usage
        self._plays = plays
        self._models = models
        self._fast = fast
        self._kept = kept

    @classmethod
    def load(  # noqa: PLR0913
        cls,
        packs: Sequence[str] | None = None,
        *,
        lexicon: str | Path | None = None,
        dismissals: str | Path | None = None,
        rules: Mapping[str, Level] | None = None,
        playbooks: str | Path | None = None,
        usage: str | Path | None = None,
        fast: bool = False,
    ) -> "Workbench":
        """A workbench with the packs named, in that order; with all that ship where none is.

        `lexicon` is a folder with packs of your own; all of them are loaded, come last and so decide. Where it has
        a folder `models` (see `assist lexicon fit`), that is used.
        `dismissals` is the file of what was set aside.
        `rules` are changes to single rules or categories, by name, that come after every pack.
        `playbooks` is a folder of plays of your own, which takes the place of those that ship; of these, the general
        ones and those of the packs named are used. `usage` is the file in which it is kept which play was used after
        what, and which the search learns from; nothing is kept without.
        `fast` does without the transformers, for checking and for searching: less reach, in less time.
        Raises DataError, with file and line, for a lexicon that is not right; `analyzer` raises it, when first
        needed, for a file of `models` that cannot be used.
        """
        own = [Path(lexicon)] if lexicon is not None else []
        folders = lexicons.choose([shipped("lexicon"), *own], packs)
        aside = Dismissals.load(Path(dismissals)) if dismissals else None
        models = [folder / "models" for folder in own if (folder / "models").is_dir()] + [shipped("models")]
        key = store.key(folders, rules or {})
        stored = store.read(key)
        loaded, kept = stored or (lexicons.load(folders, rules), store.Kept(key))
        plays = [Path(playbooks)] if playbooks is not None else _shipped_plays(packs)
        return cls(loaded, aside, models=models, fast=fast, kept=kept, plays=plays, usage=_usage(usage))

    @cached_property
    def analyzer(self) -> Analyzer:
        """The lexicon, compiled when it is first needed; what that took is kept for the next run."""
        kept = self._kept.indexes if self._kept else {}
        known = {name: Index(index.firsts, index.vocabulary) for name, index in kept.items()}
        analyzer = Analyzer.of(self.lexicon, known, self._models, fast=self._fast)
        if self._kept and not kept:
            made = {"agent": analyzer.agent.phrases.index, "customer": analyzer.customer.phrases.index}
            store.write(self._kept.key, self.lexicon, made)
        return analyzer

    @cached_property
    def fingerprint(self) -> str:
        """Stands for all that its verdicts depend on: lexicon, rules, what is set aside, models and code.

        It is the same on every machine, wherever these lie. Raises AssistError for a workbench that was not made by
        `load`.
        """
        if self._kept is None:
            raise AssistError("only a workbench that was loaded from files has a fingerprint")
        digest = blake2b(f"{self._kept.key.content} {self._fast} {self.dismissals.items}".encode(), digest_size=16)
        for name, path in sorted(files_in(self._models).items()):
            digest.update(f"{name} ".encode())
            digest.update(path.read_bytes())
        return digest.hexdigest()

    @cached_property
    def plays(self) -> "PlayIndex | None":
        """The index of the plays, made or loaded when first needed; None where there are none.

        Raises DataError, with file and line, for a play that is not right.
        """
        index = self.index(file for folder in self._plays for file in playbooks.files_under(folder))
        if index and self.usage:
            index.learn(self.usage.uses)
        return index

    def index(self, files: Iterable[Path]) -> "PlayIndex | None":
        """The index of the plays in these files; None where there are none."""
        from assist.retrieval import Sentences, load  # deferred: checking does without

        return load(files, Sentences(files_in(self._models), fast=self._fast))

    def find(self, text: str, k: int = 3, conversation: Talk = None) -> list[PlayAnswer]:
        """The plays that answer a customer's message, best first, at most `k`; none where nothing fits.

        With the conversation before it, the answers are filled from that.
        """
        refuse_unreadable(text, "the text")
        if conversation is not None:
            return self.session([*as_turns(conversation), Turn("customer", text)]).find(k=k)
        from assist.retrieval import Said  # deferred: checking does without

        return [
            PlayAnswer(match.play, match.score, match.met, {}, frozenset()) for match in self.matches([Said(text)], k)
        ]

    def play(self, name: str) -> Play:
        """A play by its id; raises AssistError, with the nearest right one, for an unknown id."""
        plays = {play.id: play for play in self.plays.plays} if self.plays else {}
        if name not in plays:
            raise AssistError(f"no play {name!r}{did_you_mean(name, plays)}")
        return plays[name]

    def matches(self, said: "Sequence[Said]", k: int, *, even_unfit: bool = False) -> "list[Match]":
        """The plays that fit what was said, before they are filled; the nearest where nothing does, if asked for."""
        if self.plays is None:
            return []
        return self.plays.search(said, k, least=0.0) if even_unfit else self.plays.search(said, k)

    def session(self, conversation: Talk = None, *, id: str = "") -> "Session":  # noqa: A002
        """A session on a conversation, which is read once; for checking as somebody types."""
        own = conversation.id if isinstance(conversation, Conversation) else ""
        return Session(self, as_turns(conversation), id or own)

    def check(self, draft: str, conversation: Talk = None) -> Review:
        """What should be looked at in a draft that would follow on this conversation."""
        return self.session(conversation).check(draft)

    def rewrite(self, draft: str, conversation: Talk = None) -> Rewritten:
        """The draft with the best rewrite of each finding applied."""
        return self.session(conversation).rewrite(draft)


class Session:
    """One conversation and the drafts written in it; `recovery` is where it stands."""

    def __init__(self, bench: Workbench, turns: Sequence[Turn], conversation: str = "") -> None:
        self._bench = bench
        self._conversation = conversation
        self._turns = list(turns)
        self.recovery: Recovery = bench.analyzer.recovery(turns)

    def add(self, turn: Turn) -> None:
        """A new turn has come in; only it is read."""
        (read,) = as_turns([turn])
        self._turns.append(read)
        self.recovery = self._bench.analyzer.recovery([read], self.recovery)

    @property
    def conditions(self) -> frozenset[str]:
        """Where the conversation stands, as the answers of plays may ask for it in `{% if … %}`."""
        return filling.conditions(self.recovery)

    def check(self, draft: str) -> Review:
        """What should be looked at in a draft of the next reply."""
        refuse_unreadable(draft, "the draft")
        review = self._bench.analyzer.check(draft, self.recovery)
        return self._bench.dismissals.applied(review, self._conversation)

    def rewrite(self, draft: str) -> Rewritten:
        """The draft with the best rewrite of each finding applied."""
        return rewriting.rewrite(draft, self.check, self.recovery.names)

    def find(self, typed: str = "", k: int = 3) -> list[PlayAnswer]:
        """The plays that fit what the customer says, best first, at most `k`; none where nothing fits.

        `typed` is what an agent looks for: it counts most, and its last word may be unfinished.
        """
        refuse_unreadable(typed, "the search")
        matches = self._bench.matches(self._said(typed), k)
        told, conditions = filling.values(self.recovery, self._turns), self.conditions
        return [PlayAnswer(match.play, match.score, match.met, told, conditions) for match in matches]

    def fill(self, play: Play) -> str:
        """The answer of a play, filled as far as this conversation tells."""
        return play.answer.fill(filling.values(self.recovery, self._turns), self.conditions)

    def use(self, play: Play) -> None:
        """Keep it that this play was used here, where the workbench keeps usage; the search learns from it."""
        said = next((turn.text for turn in reversed(self._turns) if turn.role == "customer"), "")
        if said.strip() and self._bench.usage and self._bench.plays:
            self._bench.plays.learn([self._bench.usage.add(said, play.id)])

    def _said(self, typed: str) -> "list[Said]":
        """What the search goes by: the agent's words, then the customer's, the latest counting most."""
        from assist.retrieval import Said  # deferred: checking does without

        share = BESIDE_TYPED if typed.strip() else 1.0
        said = [Said(typed, typed=True)] if typed.strip() else []
        for turn in reversed(self._turns):
            if turn.role == "customer":
                said.append(Said(turn.text, share))
                if sum(not part.typed for part in said) == LATEST_SAID:
                    break
            elif turn.role == "agent":
                share *= EARLIER
        return said


def _shipped_plays(packs: Sequence[str] | None) -> list[Path]:
    """The folders of plays that ship for these packs; all where none is named."""
    root = shipped("playbooks")
    if packs is None:
        return [root]
    return [folder for folder in sorted(root.iterdir()) if folder.is_dir() and folder.name in {GENERAL, *packs}]


def _usage(path: str | Path | None) -> "Usage | None":
    if path is None:
        return None
    from assist.retrieval import Usage  # deferred: checking does without

    return Usage(Path(path))
