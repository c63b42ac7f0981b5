"""What an agent does at the desk: each key, and what follows."""

from datetime import datetime
from functools import partial

from textual import on, work
from textual.events import Key, Paste
from textual.widgets import OptionList

from assist.channels import Arrival
from assist.desk import Chat
from assist.errors import AssistError
from assist.findings import Review, Severity
from assist.rewriting import Rewritten, lost
from assist.spans import apply
from assist.terminal.keys import ACTIONS, DESK, NO_ANSWER, NO_CHAT, NO_REWRITE, NO_WORDING, ON_FINDINGS
from assist.terminal.screens.board import Board
from assist.terminal.screens.dismiss import Dismiss
from assist.terminal.screens.find import Find
from assist.terminal.screens.heard import Heard
from assist.terminal.screens.send_anyway import SendAnyway
from assist.terminal.widgets.answers import Answers
from assist.terminal.widgets.chats import Chats
from assist.terminal.widgets.composer import Composer
from assist.terminal.widgets.findings import Findings
from assist.terminal.widgets.steps import Known, Steps
from assist.terminal.widgets.talk import Talk
from assist.workbench import PlayAnswer

FOUND = 8
"""How many answers are offered to one who looks for them."""


class DeskScreen(Board):
    """The desk with its keys."""

    BINDINGS = [*DESK]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What is possible now; the footer shows no more."""
        return not self._lacks(action)

    def _lacks(self, action: str) -> str:
        """Why an action is not possible now, in one line; "" where it is."""
        if action in ON_FINDINGS:
            return self._lacks_finding(action)
        if action in {"insert_answer", "next_answer"}:
            return "" if self.is_mounted and self.query_one(Answers).chosen else NO_ANSWER
        if action == "send":
            written = self.is_mounted and self.query_one(Composer).text.strip()
            return "" if self.chat and written else "Nothing is written yet."
        if action == "heard":
            source = self.desk.channel.source
            return f"What customers write comes in from {source}." if source else ""
        return "" if self.chat or action not in {"find", "put_away", "chat"} else NO_CHAT

    def _lacks_finding(self, action: str) -> str:
        chosen = self.query_one(Findings).chosen if self.is_mounted else None
        if chosen is None:
            return ON_FINDINGS[action]
        return "" if chosen.rewrites or action not in {"mend", "other_wording"} else NO_WORDING

    def on_key(self, event: Key) -> None:
        """What is typed goes to the reply, wherever the focus is; a key that can do nothing now says why.

        The reply keeps the letters that it takes, so one that comes here was typed elsewhere.
        """
        if (action := ACTIONS.get(event.key)) and self._lacks(action):
            self._tell_why(action)
        elif event.is_printable and event.character:
            self._type(event.character)

    def on_paste(self, event: Paste) -> None:
        """What is pasted goes to the reply as well."""
        self._type(event.text)

    def _type(self, words: str) -> None:
        composer = self.query_one(Composer)
        if not composer.disabled:
            self.set_focus(composer)  # at once, so that the next letter goes there by itself
            composer.type(words)

    @work(group="asking", exclusive=True)
    async def _tell_why(self, action: str) -> None:
        """Say why a key does nothing; one that came before its draft was checked does its work after all."""
        self.keep_typed()
        chat = self.chat
        if chat and chat.review.draft != chat.draft:
            await self._review(chat)
        if lacks := self._lacks(action):
            self.tell(lacks, timeout=3)
        else:
            await self.run_action(action)

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

    @work(group="mending", exclusive=True)
    async def action_mend(self) -> None:
        """Take the marked rewrite of the chosen finding."""
        self.keep_typed()
        chat, findings = self.chat, self.query_one(Findings)
        if chat is None or (chat.review.draft != chat.draft and await self._review(chat) is None):
            return
        finding, rewrite = findings.chosen, findings.rewrite
        if finding and rewrite:
            chat.flagged.add(finding.category)
            better = apply(chat.draft, [rewrite.edit])
            if gone := lost(chat.draft, better, [finding], chat.recovery.names):
                self.tell(f"That took out {', '.join(gone)}. Ctrl+Z brings it back.", severity="warning", timeout=8)
            self.query_one(Composer).put(better)

    @work(group="mending", exclusive=True)
    async def action_mend_all(self) -> None:
        """Take the best rewrite of every finding."""
        self.keep_typed()
        chat = self.chat
        if chat:
            draft = chat.draft
            rewritten = await self._run(lambda: chat.session.rewrite(draft))
            self.keep_typed()
            if rewritten is None or chat is not self.chat or draft != chat.draft:
                return
            if rewritten.text != draft:
                chat.flagged |= {finding.category for finding in rewritten.mended}
                self.query_one(Composer).put(rewritten.text)
            self._tell_left(rewritten)

    def _tell_left(self, rewritten: Rewritten) -> None:
        """Say what was not mended, where a rewrite would have taken something out, or where none would do."""
        gone = dict.fromkeys(particular for held in rewritten.held for particular in held.lost)
        if gone:
            left = f"{len(rewritten.held)} left to you: a rewrite would take out {', '.join(gone)}."
            self.tell(left, severity="warning", timeout=8)
        elif not rewritten.mended:
            self.tell(NO_REWRITE if rewritten.review.findings else ON_FINDINGS["mend_all"], timeout=3)

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
            answer = await self.app.push_screen_wait(Find(partial(self._found, chat)))
            if answer and chat is self.chat:
                self._insert(answer.text)
                chat.session.use(answer.play)

    async def _found(self, chat: Chat, typed: str) -> list[PlayAnswer]:
        return await self._run(lambda: chat.session.find(typed, FOUND)) or []

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
            self.tell(str(error), severity="error")
        self._check(0)

    def action_send(self) -> None:
        """Send the reply as it now stands; what is typed from here on is for the next."""
        self.keep_typed()
        if self.chat:
            self._send(self.chat, self.chat.draft)

    @work(group="sending")
    async def _send(self, chat: Chat, draft: str) -> None:
        """Check what is to be sent; where it has an error, ask once."""
        review = await self._run(lambda: chat.session.check(draft))
        if review is None or chat is not self.chat or not self.is_current:
            return
        self._show_review(chat, review)
        reason = ""
        if review.verdict == "stop":
            errors = [finding for finding in review.findings if finding.severity is Severity.ERROR]
            asked = await self.app.push_screen_wait(SendAnyway(errors, draft))
            if asked is None or chat is not self.chat:
                return
            reason = asked
        self.keep_typed()
        if chat.draft.startswith(draft):
            await self._deliver(chat, draft, reason)
        else:
            self.tell("The reply was changed meanwhile. Send it once more.", severity="warning")

    async def _deliver(self, chat: Chat, draft: str, reason: str) -> None:
        """Send the beginning of the draft. The rest is the next one; what did not go out comes back before it."""
        rest = chat.draft.removeprefix(draft)
        chat.draft = draft
        reply = self.desk.begin(chat, reason)
        self.desk.type(chat, rest, len(rest))
        self.query_one(Composer).load(rest)
        try:
            await self.desk.deliver(chat, reply)
        except AssistError as error:
            self.tell(str(error), title=f"Not sent to {chat.name}; your reply is kept", severity="error", timeout=20)
            if chat is self.chat:
                self.query_one(Composer).load(chat.draft, chat.place)
        else:
            self.tell(f"Sent to {self.desk.channel.name}.", timeout=3)
        if chat is self.chat:
            await self._show_chat()

    @work
    async def action_heard(self) -> None:
        """Put in what the customer says, where no chat tool brings it."""
        turn = await self.app.push_screen_wait(Heard())
        if turn is not None:
            chat = self.chat
            key = chat.key if chat else f"heard-{turn.at:%Y%m%d-%H%M%S}"
            await self.take(Arrival(key, turn, f"heard-{datetime.now().timestamp()}"))

    async def action_chat(self, step: int) -> None:
        """Go to the next conversation, or the one before; what is typed from here on is for that one."""
        chats = list(self.desk.chats.values())
        if self.chat and len(chats) > 1:
            await self._open(chats[(chats.index(self.chat) + step) % len(chats)])

    async def action_put_away(self) -> None:
        """Close this conversation at this end."""
        chat, composer = self.chat, self.query_one(Composer)
        if chat is None:
            return
        self.keep_typed()
        composer.load("")
        self.desk.put_away(chat)
        self.query_one(Chats).put_away(chat)
        self.chat = None
        if left := list(self.desk.chats.values()):
            await self._open(left[0])
            return
        composer.border_title = ""
        composer.disabled = True
        self._show_review(chat, Review(""))
        self.query_one(Answers).show(())
        self.query_one(Steps).update("")
        self.query_one(Known).display = False
        await self.query_one(Talk).show("", [])
