"""How fast transcripts are read: `python -m benchmarks.reading FILE …`, in any format."""

import resource
import sys
import time
from pathlib import Path

from assist.transcripts import Transcript, read


def main(paths: list[str]) -> None:
    """Print messages, microseconds of processor time for each, and the most memory so far, a line a file."""
    for path in paths:
        start = time.process_time()
        sizes = [len(told.messages) if isinstance(told, Transcript) else 0 for told in read([path])]
        spent = time.process_time() - start
        messages, aside = sum(sizes), sizes.count(0)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
        each = spent / max(messages, 1) * 1e6
        print(f"{Path(path).name:32}{messages:9} messages  {each:6.2f} µs each  {aside} set aside  {memory} MB")


if __name__ == "__main__":
    main(sys.argv[1:])
