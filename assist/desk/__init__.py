"""What an agent has on the desk: live conversations, drafts, and what was sent."""

from assist.desk.chat import NAME_LENGTH, Chat, Message
from assist.desk.desk import Desk
from assist.desk.journal import Journal, Note, SentReply
from assist.desk.mirror import Mirror, Week, mirror
from assist.desk.signals import SIGNALS, Mood

__all__ = [
    "NAME_LENGTH",
    "SIGNALS",
    "Chat",
    "Desk",
    "Journal",
    "Message",
    "Mirror",
    "Mood",
    "Note",
    "SentReply",
    "Week",
    "mirror",
]
