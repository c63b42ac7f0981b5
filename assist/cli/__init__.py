"""The command line: arguments in, exit code out."""

from assist.cli.main import main

__all__ = ["main"]
