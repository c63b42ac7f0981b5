"""Transcripts as other tools export them, one reader a format."""

from assist.transcripts.transcript import Message, Transcript

__all__ = ["Message", "Transcript"]
