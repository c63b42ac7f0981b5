"""The desk: the conversation, the reply under way, and what there is to say about it."""

import asyncio
import gc
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import TypeVar

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.screen import Screen
from textual.widgets import Footer, OptionList, Tab, Tabs

from assist.channels import Arrival, Problem
from assist.desk import Chat, Desk
from assist.errors import AssistError
from assist.findings import Review, Severity
from assist.reports.clean import clean
from assist.spans import apply
from assist.terminal.clipboard import Clipboard
from assist.terminal.keys import CHANGING, DESK
from assist.terminal.marks import MOODS, VERDICTS
from assist.terminal.screens.dismiss import Dismiss
from assist.terminal.screens.find import Find
from assist.terminal.screens.heard import Heard
from assist.terminal.screens.send_anyway import SendAnyway
from assist.terminal.widgets.answers import Answers
from assist.terminal.widgets.composer import Composer
from assist.terminal.widgets.findings import Findings
from assist.terminal.widgets.steps import Known, Steps
from assist.terminal.widgets.talk import Talk

PAUSE = 0.06
"""Seconds without a key after which a draft is checked: short enough to come before the hand reaches Enter."""
CLOCK = 5.0
"""Seconds between two looks at what is owed by when."""

T = TypeVar("T")


class DeskScreen(Screen[None]):
    """One desk. What takes long runs on one thread beside it, one thing after the other."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]
    BINDINGS = [*DESK]

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.chat: Chat | None = None
        self._offered: list[bool] = []
        self._beside = ThreadPoolExecutor(1, thread_name_prefix="checking")

    def compose(self) -> ComposeResult:
        """The conversation on the left, what there is to say on the right; below each other where it is narrow."""
        yield Tabs(id="chats")
        with Horizontal(id="desk"):
            with Vertical(id="said"):
                yield Steps(id="steps")
                yield Known(id="known")
                yield Talk()
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

    async def _run(self, job: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._beside, job)

    # What comes in

    @work(group="listening")
    async def _listen(self) -> None:
        """Bring back what was on the desk, then take in what comes."""
        await self._run(self.desk.restore)
        for chat in self.desk.open:
            self._tab(chat)
        if self.desk.chats:
            await self._open(next((chat for chat in self.desk.open if chat.draft), next(iter(self.desk.open))))
        self._settle()
        try:
            async for arrival in self.desk.channel.arrivals():
                if isinstance(arrival, Problem):
                    self.notify(clean(arrival.text), severity="information" if arrival.over else "warning", timeout=10)
                else:
                    await self.take(arrival)
        except AssistError as error:
            self.notify(clean(str(error)), title=self.desk.channel.name, severity="error", timeout=30)
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
        self._tab(chat)
        if self.chat is None:
            await self._open(chat)
        elif chat is self.chat:
            await self._show_chat()

    # What is on screen

    async def _open(self, chat: Chat) -> None:
        """Put a conversation on the screen, with its draft; what was typed before there was any goes to it."""
        early, self.chat = self.chat is None, chat
        composer = self.query_one(Composer)
        if composer.text and early:
            self.desk.type(chat, chat.draft + composer.text, len(chat.draft) + composer.place)
        composer.load(chat.draft, chat.place)
        composer.border_title = f"To {clean(chat.name)}"
        await self._show_chat()
        if chat.problem:
            self.notify(chat.problem, title=clean(chat.name), severity="warning", timeout=20)
            chat.problem = ""

    async def _show_chat(self) -> None:
        """Show the open conversation as it now stands, and check the draft against it."""
        chat = self.chat
        if chat is None:
            return
        self.desk.read(chat)
        self._tab(chat)
        await self.query_one(Talk).show(chat.key, chat.said)
        self.query_one(Steps).show(chat.recovery)
        self._show_known()
        self._check(0)
        self._find()

    def _show_known(self) -> None:
        if self.chat:
            self.query_one(Known).show(self.chat, datetime.now().astimezone())

    def _tab(self, chat: Chat) -> None:
        """The tab of a conversation, with mood and unread."""
        tabs = self.query_one("#chats", Tabs)
        unread = f" ({chat.unread})" if chat.unread and chat is not self.chat else ""
        over = " · closed" if chat.closed else ""
        label = clean(f"{MOODS[chat.mood]} {chat.name}{unread}{over}").replace("[", "\\[")
        name = f"chat-{chat.id}"
        tab = next((tab for tab in tabs.query(Tab) if tab.id == name), None)
        if tab is None:
            tabs.add_tab(Tab(label, id=name))
        elif tab.label_text != label:
            tab.label = label
        tabs.set_class(len(self.desk.chats) < 2, "-alone")

    @on(Tabs.TabActivated, "#chats")
    async def _tab_chosen(self, event: Tabs.TabActivated) -> None:
        chosen = next((chat for chat in self.desk.open if f"chat-{chat.id}" == event.tab.id), None)
        if chosen and chosen is not self.chat:
            before = self.chat
            await self._open(chosen)
            if before:
                self._tab(before)
            self.query_one(Composer).focus()

    # What is typed

    @on(Composer.Typed)
    def _typed(self, event: Composer.Typed) -> None:
        if self.chat:
            self.desk.type(self.chat, event.text, event.place)
            self._check(PAUSE)

    @work(group="checking", exclusive=True)
    async def _check(self, pause: float) -> None:
        """Check the draft once the hands rest."""
        await asyncio.sleep(pause)
        chat = self.chat
        if chat:
            draft = chat.draft
            review = await self._run(lambda: chat.session.check(draft))
            if chat is self.chat and draft == chat.draft:
                self._show_review(chat, review)

    def _show_review(self, chat: Chat, review: Review) -> None:
        chat.look(review)
        composer = self.query_one(Composer)
        composer.show(review)
        self.query_one(Findings).show(review)
        composer.border_subtitle = VERDICTS[review.verdict] if review.draft.strip() else ""
        for verdict in VERDICTS:
            composer.set_class(bool(review.draft.strip()) and review.verdict == verdict, f"-{verdict}")
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
            answers = await self._run(chat.find)
            if chat is self.chat:
                self.query_one(Answers).show(answers)
                self._offer()

    # What the keys do

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What is possible now; the footer shows no more."""
        chat = self.chat
        if action in {"send", "mend_all"}:
            return bool(chat and chat.draft.strip()) and (action == "send" or bool(chat and chat.review.findings))
        if action in {"mend", "other_wording", "set_aside", "next_finding"}:
            chosen = self.query_one(Findings).chosen if self.is_mounted else None
            return bool(chosen and (action in {"set_aside", "next_finding"} or chosen.rewrites))
        if action == "heard":
            return isinstance(self.desk.channel, Clipboard) and not (chat and chat.draft)
        if action in {"insert_answer", "next_answer"}:
            return bool(self.is_mounted and self.query_one(Answers).chosen)
        return bool(chat) or action not in {"find", "put_away", "chat"}

    def action_composer(self) -> None:
        """Go back to the reply."""
        self.query_one(Composer).focus()

    def action_scroll_talk(self, pages: int) -> None:
        """Scroll the conversation."""
        talk = self.query_one(Talk)
        talk.scroll_page_down() if pages > 0 else talk.scroll_page_up()

    def action_next_finding(self) -> None:
        """Choose the next finding."""
        self.query_one(Findings).choose_next()
        self._offer()

    def action_other_wording(self) -> None:
        """Mark another rewrite."""
        self.query_one(Findings).next_wording()

    def action_next_answer(self) -> None:
        """Choose the next answer."""
        self.query_one(Answers).move(1)

    def action_mend(self) -> None:
        """Take the marked rewrite of the chosen finding."""
        chat, findings = self.chat, self.query_one(Findings)
        if chat is None:
            return
        if chat.review.draft != chat.draft:
            self._show_review(chat, chat.session.check(chat.draft))
        finding = findings.chosen
        if finding and finding.rewrites:
            chat.flagged.setdefault((finding.rule, ""), finding)
            edit = finding.rewrites[min(findings.wording, len(finding.rewrites) - 1)].edit
            self.query_one(Composer).put(apply(chat.draft, [edit]))

    @work(group="mending", exclusive=True)
    async def action_mend_all(self) -> None:
        """Take the best rewrite of every finding."""
        chat = self.chat
        if chat:
            draft = chat.draft
            rewritten = await self._run(lambda: chat.session.rewrite(draft))
            if chat is self.chat and draft == chat.draft and rewritten.text != draft:
                for finding in rewritten.mended:
                    chat.flagged.setdefault((finding.rule, ""), finding)
                self.query_one(Composer).put(rewritten.text)

    @on(OptionList.OptionSelected, "#findings")
    def _finding_taken(self) -> None:
        self.action_mend()
        self.action_composer()

    @on(OptionList.OptionSelected, "#answers")
    def _answer_taken(self) -> None:
        self.action_insert_answer()

    def action_insert_answer(self) -> None:
        """Insert the chosen answer; its first blank is selected."""
        answer = self.query_one(Answers).chosen
        if self.chat and answer:
            self._insert(answer.text)
            self.chat.session.use(answer.play)

    def _insert(self, text: str) -> None:
        composer = self.query_one(Composer)
        composer.insert_answer(text)
        composer.focus()

    @work
    async def action_find(self) -> None:
        """Look for an answer by words, and insert it."""
        chat = self.chat
        if chat:
            answer = await self.app.push_screen_wait(Find(lambda typed: self._run(lambda: chat.find(typed, 8))))
            if answer and chat is self.chat:
                self._insert(answer.text)
                chat.session.use(answer.play)

    @work
    async def action_set_aside(self) -> None:
        """Set the chosen finding aside, with a reason that others can read."""
        chat, finding = self.chat, self.query_one(Findings).chosen
        if chat is None or finding is None:
            return
        words = chat.review.draft[finding.start : finding.end]
        asked = await self.app.push_screen_wait(Dismiss(finding, words))
        if asked is None:
            return
        try:
            self.desk.set_aside(chat, finding, *asked)
        except AssistError as error:
            self.notify(clean(str(error)), severity="error")
        self._check(0)

    @work(exclusive=True, group="sending")
    async def action_send(self) -> None:
        """Send the reply; one with an error is asked about once."""
        chat = self.chat
        if chat is None or not chat.draft.strip():
            return
        draft = chat.draft
        review = await self._run(lambda: chat.session.check(draft))
        if chat is not self.chat or draft != chat.draft:
            return
        self._show_review(chat, review)
        reason = ""
        if review.verdict == "stop":
            errors = [finding for finding in review.findings if finding.severity is Severity.ERROR]
            asked = await self.app.push_screen_wait(SendAnyway(errors, draft))
            if asked is None or chat is not self.chat or chat.draft != draft:
                return
            reason = asked
        await self._send(chat, reason)

    async def _send(self, chat: Chat, reason: str) -> None:
        try:
            await self.desk.send(chat, reason)
        except AssistError as error:
            self.notify(clean(str(error)), title="Not sent; your reply is kept", severity="error", timeout=20)
            return
        self.notify(f"Sent to {self.desk.channel.name}.", timeout=3)
        if chat is self.chat:
            self.query_one(Composer).load(chat.draft, chat.place)
            await self._show_chat()

    @work
    async def action_heard(self) -> None:
        """Put in what the customer says, where no chat tool brings it."""
        turn = await self.app.push_screen_wait(Heard())
        if turn is not None:
            chat = self.chat
            key = chat.key if chat else f"heard-{turn.at:%Y%m%d-%H%M%S}"
            await self.take(Arrival(key, turn, f"heard-{datetime.now().timestamp()}"))

    def action_chat(self, step: int) -> None:
        """Go to the next conversation, or the one before."""
        tabs = self.query_one("#chats", Tabs)
        tabs.action_next_tab() if step > 0 else tabs.action_previous_tab()

    async def action_put_away(self) -> None:
        """Close this conversation at this end."""
        chat = self.chat
        if chat is None:
            return
        self.desk.put_away(chat)
        self.chat = None
        await self.query_one("#chats", Tabs).remove_tab(f"chat-{chat.id}")
        if self.chat is None:
            self.query_one(Composer).load("")
            await self.query_one(Talk).show("", [])
