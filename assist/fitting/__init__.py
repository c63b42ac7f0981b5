"""Fits the meaning layers on a lexicon's examples."""
