"""What the acts of a customer tell, as the lexicon names them."""

UPSET = frozenset({"upset", "rejects-apology"})
OPEN = frozenset({"reports-failure", "unsolved", "leaving", *UPSET})
"""What a customer does whose matter is not settled."""
