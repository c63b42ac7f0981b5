"""Where live conversations come from and replies go: one module for each way of connecting a chat tool."""

from assist.channels.channel import Arrival, Channel, Reply

__all__ = ["Arrival", "Channel", "Reply"]
