"""Where the recovery stands, and what is known and promised, at a glance."""

from datetime import datetime

from textual.content import Content
from textual.widgets import Static

from assist.desk import Chat
from assist.recovery import Fact, Recovery, as_written, steps

SOON = 60
"""Seconds before a promise is due at which it is shown as pressing."""


class Steps(Static):
    """The six steps of the recovery, those reached ticked."""

    def show(self, recovery: Recovery) -> None:
        """Show where a conversation stands."""
        if not recovery.complaint and not recovery.solved:
            said = "Nothing to put right so far" if recovery.customer_turns else "No one has said anything yet"
            self.update(Content.styled(said, "$quiet"))
            return
        done = steps(recovery)
        upto = next((number for number, step in enumerate(done) if not step.reached), len(done))
        parts = [_step(step.name, reached=step.reached, next_=number == upto) for number, step in enumerate(done)]
        self.update(Content("  ").join(parts))


def _step(name: str, *, reached: bool, next_: bool) -> Content:
    if reached:
        return Content.styled(f"✓ {name}", "$success")
    return Content.styled(f"▸ {name}", "bold") if next_ else Content.styled(f"○ {name}", "$quiet")


class Known(Static):
    """Facts that the customer has given, and promises that are open."""

    def show(self, chat: Chat, now: datetime) -> None:
        """Show what a conversation has told, and what is owed to the customer by when."""
        recovery = chat.recovery
        told = [as_written(name) for name in recovery.names[:1]]
        told += [_fact(fact) for fact in dict.fromkeys(recovery.facts)]
        lines = [Content.assemble(("told  ", "$quiet"), "  ·  ".join(told))] if told else []
        lines += [
            Content.assemble(("owed  ", "$quiet"), promise.words.strip(), "  ", _until(due, now, promise.by))
            for promise, due in chat.promises
        ]
        self.update(Content("\n").join(lines))
        self.display = bool(lines)


def _fact(fact: Fact) -> str:
    """A fact as an agent would note it: numbers by what they are, the rest as it was said."""
    if fact.kind == "code":
        return f"number {fact.value}"
    return f"{fact.kind.replace('-', ' ')} {fact.value}" if fact.kind.endswith(("number", "reference")) else fact.value


def _until(due: datetime | None, now: datetime, by: str) -> Content:
    if due is None:
        return Content.styled("" if by else "no time given", "$warning")
    left = (due - now).total_seconds()
    if left < 0:
        return Content.styled(f"! overdue by {_span(-left)}", "bold $error")
    style = "bold $warning" if left < SOON else "$success"
    return Content.styled(f"{_span(left)} left", style)


def _span(seconds: float) -> str:
    minutes = round(seconds / 60)
    if minutes < 1:
        return f"{seconds:.0f} s"
    if minutes < 120:
        return f"{minutes} min"
    hours = round(minutes / 60)
    return f"{hours} h" if hours < 48 else f"{round(hours / 24)} days"
