"""Transcripts as other tools export them, one reader a format."""

from assist.transcripts.origin import Unreadable
from assist.transcripts.reading import read
from assist.transcripts.transcript import Message, Transcript

__all__ = ["Message", "Transcript", "Unreadable", "read"]
