"""What an agent has on the desk: live conversations, drafts, and what was sent."""
