"""Measurements of speed and memory against the budgets, never run as tests."""
