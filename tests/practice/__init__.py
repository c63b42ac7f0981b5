"""Practice: customers who answer by rules."""
