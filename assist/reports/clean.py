"""Words from outside made safe to print: no draft, id or lexicon can drive the terminal."""


def clean(words: str, keep: str = "") -> str:
    """The words with a dot for each control character, but for those in `keep`."""
    return "".join(letter if letter.isprintable() or letter in keep else "·" for letter in words)
