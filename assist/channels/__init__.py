"""Where live conversations come from and replies go: one module for each way of connecting a chat tool."""

from assist.channels.channel import Arrival, Channel, Problem, Reply

__all__ = ["Arrival", "Channel", "Problem", "Reply"]
