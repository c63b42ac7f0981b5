"""Reviews written out: for a terminal, for programs, and for code scanners."""
