"""An audit in a process of its own, for a test to kill: `python -m tests.audit.killed EXPORT FOLDER`."""

import sys
from pathlib import Path

from assist.audit.workers import Local
from tests.audit.runs import audited

if __name__ == "__main__":
    audited(Path(sys.argv[1]), Path(sys.argv[2]), Local(2))
