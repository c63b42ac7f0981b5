"""Puts the parts together: the one thing that every front, and every program, talks to."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assist import filling, rewriting
from assist import lexicon as lexicons
from assist.analyzer import Analyzer
from assist.conversation import Conversation, Turn, as_turns, refuse_unreadable
from assist.data import shipped
from assist.dismissals import Dismissals
from assist.findings import Review
from assist.kinds import Index
from assist.lexicon import Level, Lexicon, store
from assist.rewriting import Rewritten

if TYPE_CHECKING:
    from assist.recovery import Recovery

Talk = Conversation | Iterable[Turn | Mapping[str, Any]] | None


class Workbench:
    """Checks and rewrites drafts by one lexicon; make it with `Workbench.load` and keep it.

    A workbench may be shared by threads that only check: nothing of a conversation stays in it.
    """

    def __init__(
        self,
        lexicon: Lexicon,
        dismissals: Dismissals | None = None,
        *,
        models: Sequence[Path] = (),
        fast: bool = False,
        kept: store.Kept | None = None,
    ) -> None:
        self.lexicon = lexicon
        self.dismissals = dismissals or Dismissals()
        self._models = models
        self._fast = fast
        self._kept = kept

    @classmethod
    def load(
        cls,
        packs: Sequence[str] | None = None,
        *,
        lexicon: str | Path | None = None,
        dismissals: str | Path | None = None,
        rules: Mapping[str, Level] | None = None,
        fast: bool = False,
    ) -> "Workbench":
        """A workbench with the packs named, in that order; with all that ship where none is.

        `lexicon` is a folder with packs of your own; all of them are loaded, come last and so decide. Where it has
        a folder `models` (see `assist lexicon fit`), that is used.
        `dismissals` is the file of what was set aside.
        `rules` are changes to single rules or categories, by name, that come after every pack.
        `fast` does without the judge: less reach, in less time.
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
        return cls(loaded, aside, models=models, fast=fast, kept=kept)

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
        return rewriting.rewrite(draft, self.check)
