# What must hold before a change goes in.
check:
    ruff format --check .
    ruff check .
    mypy
    lint-imports
    pytest

# The form of every pack, and every example in it.
lexicon:
    python -m assist lexicon lint
    python -m assist lexicon test

# The budgets of speed and memory; `just bench --quick` for a first look.
bench *options:
    python -m benchmarks.budgets {{options}}
