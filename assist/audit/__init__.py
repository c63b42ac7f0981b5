"""Conversations that are over, judged: records, figures with their definitions, and what to read first."""
