"""Words without the HTML that they came in."""

import re
from html import unescape

# Every run is bounded, since what comes in is not trusted.
_HTML = re.compile(r"<(?:p|br|div|ul|ol|li|a|b|strong|em|h[1-6]|span|table)\b[^<>]{0,500}>", re.IGNORECASE)
# From one "<" to the next at most, so that the time is in proportion to the text: parsers of HTML can take minutes.
_MARK = re.compile(r"<!--|-->|<(/?)([a-z][a-z0-9]{0,19})\b([^<>]*)>|<![^<>]*>", re.IGNORECASE)
_LINK = re.compile(r"\bhref\s{0,5}=\s{0,5}[\"']?(https?:[^\"'\s]+)", re.IGNORECASE)
_GONE = frozenset({"script", "style", "head", "header", "nav", "footer"})
_LINES = frozenset({"br", "p", "div", "h1", "h2", "h3", "h4", "tr"})
_BLOCKS = frozenset({"ul", "ol", "table"})
_CELLS = frozenset({"td", "th"})


def plain(text: str) -> str:
    """A text that may be HTML, without it; links keep their words and address, items their dash."""
    return of_html(text) if "<" in text and _HTML.search(text) else text.replace("\r\n", "\n").strip()


def of_html(text: str) -> str:
    """A text that is HTML, whatever it looks like, made plain in the same way."""
    if "<" not in text:
        return unescape(text).replace("\xa0", " ").strip()
    words = _Words()
    at = 0
    for mark in _MARK.finditer(text):
        words.say(text[at : mark.start()])
        words.mark(mark)
        at = mark.end()
    words.say(text[at:])
    lines = [" ".join(line.split()) for line in "".join(words.parts).replace("\xa0", " ").splitlines()]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


class _Words:
    """Gathers the words between the marks."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self._comment = False
        self._gone: list[str] = []
        self._cells = False
        self._link: tuple[str, int] | None = None

    def say(self, text: str) -> None:
        """What stands between two marks."""
        self._add(unescape(text))

    def mark(self, found: re.Match[str]) -> None:
        """What a mark does to the words around it."""
        tag = (found[2] or "").lower()
        if found[0] == "<!--":
            self._comment = True
        elif self._comment:
            self._comment = not found[0].endswith("-->")  # also of one like "<![endif]-->"
        elif tag:
            if found[1]:
                self._end(tag)
            else:
                self._start(tag, found[3])

    def _start(self, tag: str, more: str) -> None:
        if tag in _GONE:
            self._gone.append(tag)
        elif tag == "body":
            self._gone.clear()
        elif tag == "li":
            self._add("\n- ")
        elif tag in _LINES:
            self._add("\n")
            self._cells = self._cells and tag != "tr"
        elif tag in _CELLS:
            self._add(" | " if self._cells else "")
            self._cells = True
        elif tag == "a":
            link = _LINK.search(more)
            self._link = (unescape(link[1]), len(self.parts)) if link else None

    def _end(self, tag: str) -> None:
        if tag in self._gone:
            del self._gone[self._gone.index(tag) :]
        elif tag in _BLOCKS:
            self._add("\n")
        elif tag == "a" and self._link:
            href, start = self._link
            if href not in "".join(self.parts[start:]):
                self._add(f" ({href})")
            self._link = None

    def _add(self, words: str) -> None:
        if not self._gone and not self._comment:
            self.parts.append(words)
