"""English words that are right as they stand."""

import gzip
from functools import cache
from importlib.resources import files


@cache
def english_words() -> frozenset[str]:
    """Common English words in lower case, American and British, proper names left out (SCOWL 35)."""
    packed = (files("assist.language") / "words.txt.gz").read_bytes()
    return frozenset(gzip.decompress(packed).decode("utf-8").split())
