"""A transcript and a check to the records that are kept of it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, tzinfo

from msgspec import structs

from assist.audit import doubts, outcome
from assist.audit.handovers import escalates
from assist.audit.masking import digest, key, masked
from assist.audit.moments import Judge, Moment, walk
from assist.audit.noted import noted
from assist.audit.promises import offered, promises
from assist.audit.records import Audited, Examination, Said
from assist.audit.replies import readable
from assist.redaction import Redacted, redact
from assist.transcripts.transcript import Message, Transcript


def examine(transcript: Transcript, judge: Judge, zone: tzinfo = UTC) -> Examination:
    """Check every agent's reply where it stood, and keep what it shows, masked.

    `judge` opens a session, as `Workbench.session` does. `zone` is where the agents' clocks hang: `by 5pm` is read
    there. Bots, notes and unknown speakers are kept but not judged. What a transcript lacks is said in `doubts`.
    """
    messages = [structs.replace(message, text=readable(message.text)) for message in transcript.messages]
    moments = list(walk(messages, transcript.medium, judge(id=transcript.id)))
    kept = list(masked(messages))
    opened, closed = _ends(transcript)
    audited = _stated(transcript, messages, opened, closed, zone)
    notes = tuple(noted(audited.id, moments, kept))
    audited = replace(
        audited,
        messages=tuple(_said(messages, kept, moments)),
        first_response=_first_response(transcript, moments),
        promises=tuple(promises(moments, closed, zone)),
        remedies=tuple(offered(moments)),
        repeat_requests=sum(one.category == "repeat-request" for one in notes),
        doubts=tuple(doubts.found(transcript, moments)),
    )
    return Examination(_judged(audited, moments) if moments else audited, notes)


def _stated(
    transcript: Transcript, messages: Sequence[Message], opened: datetime | None, closed: datetime | None, zone: tzinfo
) -> Audited:
    """What the export says, before anything is read."""
    roles = Counter("note" if message.note else message.role for message in messages)
    return Audited(
        id=transcript.id or digest(*(f"{one.role} {one.at} {one.text}" for one in messages)),
        source=transcript.source,
        medium=transcript.medium,
        customer=key(transcript.customer),
        team=transcript.team,
        topic=redact(transcript.topic).text,
        opened=opened,
        closed=closed,
        week=f"{opened.astimezone(zone):%G-W%V}" if opened else "",
        customer_messages=roles["customer"],
        agent_messages=roles["agent"],
        bot_messages=roles["bot"],
        system_messages=roles["system"],
        unknown_messages=roles["unknown"],
        notes=roles["note"],
        solved=transcript.solved,
        handed_on=transcript.handed_on,
        rating=transcript.rating,
    )


def _judged(audited: Audited, moments: Sequence[Moment]) -> Audited:
    """With what the words tell of how it went."""
    end = moments[-1].after
    replies = [moment for moment in moments if moment.review is not None]
    due, given = outcome.apology(moments)
    return replace(
        audited,
        agents=tuple(dict.fromkeys(moment.agent for moment in replies if moment.agent)),
        replies=len(replies),
        inferred_solved=outcome.solved(moments),
        inferred_handovers=outcome.handovers(moments),
        escalated=any(escalates(reply.reading) for reply in replies if reply.reading),
        stage=end.stage,
        complaint=any(moment.before.complaint or moment.after.complaint for moment in moments),
        upset_at_start=outcome.upset_at_start(moments),
        upset_at_close=outcome.upset_at_close(moments),
        leaving=end.leaving,
        at_risk=end.at_risk,
        apology_due=due,
        apology_reply=given,
        taken_up=end.taken_up,
        timeline_given=outcome.timeline(moments),
        unanswered=outcome.unanswered(moments),
    )


def _said(messages: Sequence[Message], kept: Sequence[Redacted], moments: Sequence[Moment]) -> Iterator[Said]:
    of = {part.number: (moment, part) for moment in moments for part in moment.exchange.parts}
    for number, (message, redacted) in enumerate(zip(messages, kept, strict=True), start=1):
        moment, part = of.get(number, (None, None))
        yield Said(
            number,
            message.role,
            redacted.text,
            message.at,
            agent=message.by if message.role == "agent" else "",
            note=message.note,
            reply=(moment.number or None) if moment else None,
            waited=moment.waited if moment and part is moment.exchange.parts[0] else None,
            acts=tuple(sorted(moment.acts_in(part))) if moment and part else (),
        )


def _ends(transcript: Transcript) -> tuple[datetime | None, datetime | None]:
    """When it was opened and closed: as the export says, else by the first and last message that is not a note.

    Where notes alone have times, by these.
    """
    times = [one.at for one in transcript.messages if one.at and not one.note]
    times = times or [one.at for one in transcript.messages if one.at]
    first, last = (times[0], times[-1]) if times else (None, None)
    return transcript.opened or first, transcript.closed or last


def _first_response(transcript: Transcript, moments: Sequence[Moment]) -> float | None:
    """From the customer's opening to the first reply of a person; on the phone, to the agent's first words.

    Where an agent began, it is the wait for the first reply after the customer has spoken. A call is timed from when it
    came in, and not at all where the export does not say when that was.
    """
    opened = transcript.opened
    if transcript.medium == "voice":
        first = next((moment for moment in moments if moment.review is not None), None)
        at = first.exchange.turn.at if first else None
        return (at - opened).total_seconds() if at and opened and opened <= at else None
    answer = next((moment for moment in moments if moment.review is not None and moment.before.waiting), None)
    if answer is None or answer.waited is None:
        return None
    at, asked = answer.exchange.turn.at, moments[0].exchange.turn
    if opened and at and asked.role == "customer" and asked.at and opened <= asked.at:
        return (at - opened).total_seconds()
    return answer.waited
