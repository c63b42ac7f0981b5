"""Chatwoot as a channel: the open conversations of one agent, live, and replies to them."""

from assist.channels.chatwoot.chatwoot import TOKEN, Chatwoot, token_from_environment

__all__ = ["TOKEN", "Chatwoot", "token_from_environment"]
