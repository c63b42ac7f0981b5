"""Names, ids and places as they are kept: a line of bounded length that can be printed."""

LONGEST = 1_000
"""How many characters of a name are kept."""


def is_plain(words: str) -> bool:
    """Whether a name is kept as it is."""
    return words.isprintable() and len(words) <= LONGEST


def plain(words: str) -> str:
    """A name in one line, without letters that drive a terminal, and cut where it is longer than any name."""
    if is_plain(words):
        return words
    # names of files may hold bytes that are no letters
    whole = words.encode("utf-8", "backslashreplace").decode()
    line = "".join(filter(str.isprintable, " ".join(whole.split())))
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"
