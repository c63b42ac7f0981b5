"""What a transcript lacks or gets wrong, in short words, so that no figure hides it."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from assist.audit.moments import Moment
from assist.redaction import redact
from assist.transcripts.transcript import BACKWARDS, Transcript


def found(transcript: Transcript, moments: Sequence[Moment]) -> Iterator[str]:
    """Each doubt once: what its reader guessed or found odd, then `no times`, `only bots` and the like."""
    yield from (redact(doubt).text for doubt in transcript.doubts)
    if not transcript.messages:
        yield "empty"
        return
    yield from _of_speakers(transcript)
    yield from _of_times(transcript)
    agents = {moment.agent for moment in moments if moment.review is not None}
    if "" in agents:
        yield "agents not named" if agents == {""} else "some agents not named"
    if len(agents) > 1:
        yield "several agents"


def _of_speakers(transcript: Transcript) -> Iterator[str]:
    roles = {message.role for message in transcript.messages if not message.note}
    if "unknown" in roles:
        yield "nobody's role known" if roles == {"unknown"} else "some roles unknown"
    elif not roles & {"customer", "agent"}:
        yield "only bots" if "bot" in roles else "only notes and system lines"
    elif "agent" not in roles:
        yield "bots alone replied" if "bot" in roles else "no agent"
    elif "customer" not in roles:
        yield "no customer"


def _of_times(transcript: Transcript) -> Iterator[str]:
    times = [message.at for message in transcript.messages if message.at]
    if not times:
        yield "no times"
        return
    if len(times) < len(transcript.messages):
        yield "some times missing"
    told = any(doubt.startswith(BACKWARDS) for doubt in transcript.doubts)
    if not told and any(later < earlier for earlier, later in pairwise(times)):
        yield BACKWARDS
    if transcript.opened and transcript.closed and transcript.closed < transcript.opened:
        yield "closed before it was opened"
