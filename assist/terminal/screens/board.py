"""The desk as it is seen: the conversation, the reply under way, and what there is to say about it."""

import asyncio
import gc
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import TypeVar

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.notifications import SeverityLevel
from textual.screen import Screen
from textual.widgets import Footer, Tabs

from assist.channels import Arrival, Problem
from assist.desk import Chat, Desk
from assist.errors import AssistError
from assist.findings import Review
from assist.terminal.keys import CHANGING
from assist.terminal.widgets.answers import Answers
from assist.terminal.widgets.chats import Chats
from assist.terminal.widgets.composer import Composer
from assist.terminal.widgets.findings import Findings
from assist.terminal.widgets.steps import Known, Steps
from assist.terminal.widgets.talk import Talk
from assist.terminal.words import shown

PAUSE = 0.06
"""Seconds without a key after which a draft is checked: short enough to come before the hand reaches Enter."""
CLOCK = 5.0
"""Seconds between two looks at what is owed by when."""

ANSWERS = 4
"""How many answers are offered beside the reply."""
T = TypeVar("T")


class Board(Screen[None]):
    """One desk as it is seen. What takes long runs on one thread beside it, one thing after the other."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.chat: Chat | None = None
        self._offered: list[bool] = []
        self._beside = ThreadPoolExecutor(1, thread_name_prefix="checking")

    def compose(self) -> ComposeResult:
        """The conversation on the left, what there is to say on the right; below each other where it is narrow."""
        yield Chats()
        with Horizontal(id="desk"):
            with Vertical(id="main"):
                yield Steps(id="steps")
                yield Known(id="known")
                yield Talk(self.desk.channel.source)
                yield Composer()
            with Vertical(id="beside"):
                yield Findings()
                yield Answers()
        yield Footer(compact=True, show_command_palette=False)

    def on_mount(self) -> None:
        """Begin to listen."""
        self.query_one(Composer).focus()
        self.set_interval(CLOCK, self._show_known)
        self._listen()

    def on_unmount(self) -> None:
        """Let the thread go."""
        self._beside.shutdown(wait=False, cancel_futures=True)

    async def _run(self, job: Callable[[], T]) -> T | None:
        """Do something beside the screen; None, and the agent told, where it cannot be done."""
        try:
            return await asyncio.get_running_loop().run_in_executor(self._beside, job)
        except AssistError as error:
            self.tell(str(error), severity="error", timeout=20)
            return None

    def tell(self, words: str, *, title: str = "", severity: SeverityLevel = "information", timeout: float = 5) -> None:
        """Tell the agent something, whatever it holds."""
        self.notify(shown(words), title=shown(title), severity=severity, timeout=timeout)

    @work(group="listening")
    async def _listen(self) -> None:
        """Bring back what was on the desk, then take in what comes."""
        await self._run(self.desk.restore)
        for chat in self.desk.chats.values():
            await self._tab(chat)
        if last := self.desk.opened_last:
            await self._open(last)
        self._settle()
        try:
            async for arrival in self.desk.channel.arrivals():
                if isinstance(arrival, Problem):
                    self.tell(arrival.text, severity="information" if arrival.over else "warning", timeout=10)
                else:
                    await self.take(arrival)
        except AssistError as error:
            self.tell(str(error), title=self.desk.channel.name, severity="error", timeout=30)
        self.listened()

    def listened(self) -> None:
        """Nothing more can come."""

    @work(group="settling")
    async def _settle(self) -> None:
        """Load what searches need, then take it all out of the collector's hands: it is there to stay.

        Gone through again and again, it would hold up keys for half a second each time.
        """
        await self._run(lambda: self.desk.bench.plays)
        await self._run(gc.collect)
        gc.freeze()

    async def take(self, arrival: Arrival) -> None:
        """Take in what came, and show it."""
        chat = await self._run(lambda: self.desk.take(arrival))
        if chat is None:
            return
        await self._tab(chat)
        if self.chat is None:
            await self._open(chat)
        elif chat is self.chat:
            await self._show_chat()

    async def _open(self, chat: Chat) -> None:
        """Put a conversation on the screen, with its draft; what was typed before there was any goes to it."""
        self.keep_typed()
        before, self.chat = self.chat, chat
        self.desk.opened(chat)
        composer = self.query_one(Composer)
        if before is None and composer.text:
            self.desk.type(chat, chat.draft + composer.text, len(chat.draft) + composer.place)
        composer.disabled = False
        composer.load(chat.draft, chat.place)
        composer.focus()
        self.query_one(Chats).choose(chat)
        self._show_review(chat, chat.review if chat.review.draft == chat.draft else Review(""))
        self.query_one(Answers).show(chat.answers)
        await self._show_chat()
        if before:
            await self._tab(before)
        if chat.problem:
            self.tell(chat.problem, title=chat.name, severity="warning", timeout=20)
            self.desk.told(chat)

    async def _show_chat(self) -> None:
        """Show the open conversation as it now stands, and check the draft against it."""
        chat = self.chat
        if chat is None:
            return
        self.desk.read(chat)
        await self._tab(chat)
        over = " · closed" if chat.closed else ""
        self.query_one(Composer).border_title = shown(f"To {chat.name}{over}")
        await self.query_one(Talk).show(chat.key, chat.messages)
        self.query_one(Steps).show(chat.recovery)
        self._show_known()
        self._check(0)
        self._find()

    def _show_known(self) -> None:
        if self.chat:
            self.query_one(Known).show(self.chat, datetime.now().astimezone())

    async def _tab(self, chat: Chat) -> None:
        await self.query_one(Chats).show_chat(chat, is_open=chat is self.chat)

    @on(Tabs.TabActivated, "#chats")
    async def _tab_chosen(self, event: Tabs.TabActivated) -> None:
        chosen = next((chat for chat in self.desk.chats.values() if chat.id == Chats.of(event.tab)), None)
        if event.tab.id != event.tabs.active:  # another has been chosen since, as while they are brought back
            return
        if chosen and self.chat and chosen is not self.chat:
            await self._open(chosen)

    @on(Composer.Typed)
    def _typed(self) -> None:
        if self.keep_typed():
            self._check(PAUSE)

    def keep_typed(self) -> bool:
        """Keep the draft as it now stands in the composer, before word of it has come; whether it has changed."""
        chat, composer = self.chat, self.query_one(Composer)
        draft, place = composer.text, composer.place
        if chat is None or (chat.draft, chat.place) == (draft, place):
            return False
        changed = chat.draft != draft
        try:
            self.desk.type(chat, draft, place)
        except AssistError as error:
            chat.draft, chat.place = draft, place
            self.tell(str(error), severity="error", timeout=30)
        return changed

    @work(group="checking", exclusive=True)
    async def _check(self, pause: float) -> None:
        """Check the draft once the hands rest."""
        await asyncio.sleep(pause)
        if self.chat:
            await self._review(self.chat)

    async def _review(self, chat: Chat) -> Review | None:
        """Check the draft and show what was found; None where it has moved on meanwhile, or cannot be checked."""
        draft = chat.draft
        review = await self._run(lambda: chat.session.check(draft))
        self.keep_typed()
        if review is None or chat is not self.chat or draft != chat.draft:
            return None
        self._show_review(chat, review)
        return review

    def _show_review(self, chat: Chat, review: Review) -> None:
        chat.look(review)
        self.query_one(Composer).show(review)
        self.query_one(Findings).show(review)
        self._offer()

    def _offer(self) -> None:
        """Have the footer offer what is possible now; it is drawn anew only where that has changed."""
        possible = [bool(self.check_action(action, ())) for action in CHANGING]
        if possible != self._offered:
            self._offered = possible
            self.refresh_bindings()

    @work(group="finding", exclusive=True)
    async def _find(self) -> None:
        """Look for the answers that fit the conversation now."""
        chat = self.chat
        if chat:
            chat.answers = await self._run(lambda: chat.session.find(k=ANSWERS)) or []
            if chat is self.chat:
                self.query_one(Answers).show(chat.answers)
                self._offer()
