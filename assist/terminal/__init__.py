"""The terminal app for agents."""
