"""The messages as they are kept: masked, with the places in them moved along."""

from collections.abc import Iterator, Sequence
from hashlib import blake2b

from assist.redaction import PLACEHOLDERS, Redacted, redact
from assist.spans import Span
from assist.transcripts.transcript import Message


def masked(messages: Sequence[Message]) -> Iterator[Redacted]:
    """Each message without what should not be stored, read as the answer to what the other side said last."""
    customer = other = ""
    for message in messages:
        asked = other if message.role == "customer" else customer
        yield redact(message.text, asked=asked)
        if message.role == "customer":
            customer = message.text
        elif not message.note:
            other = message.text


def moved(span: Span, kept: Redacted) -> Span:
    """Where a place in the message stands once it is masked; one that cuts into a mask takes in the placeholder."""
    return Span(_moved(span.start, kept, at_end=False), _moved(span.end, kept, at_end=True))


def key(customer: str) -> str:
    """A customer's key as it is kept: a digest, the same each time, where it is an address or a number of a person."""
    if "@" not in customer and redact(customer).text == customer:
        return customer
    return digest(customer.strip().lower())


def digest(*words: str) -> str:
    """Sixteen letters and figures that stand for these words."""
    return blake2b("\0".join(words).encode("utf-8", "replace"), digest_size=8).hexdigest()


def _moved(place: int, kept: Redacted, *, at_end: bool) -> int:
    by = 0
    for mask in kept.masks:
        length = len(PLACEHOLDERS[mask.kind])
        if mask.span.end <= place:
            by += length - (mask.span.end - mask.span.start)
        elif mask.span.start < place:
            return mask.span.start + by + (length if at_end else 0)
    return place + by
