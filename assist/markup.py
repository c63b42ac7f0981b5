"""HTML as help desks write it, made plain text."""

import html
import re

TAGS = 2_000
"""How many tags are read as a tree; nested ones by the ten thousand, which no help desk writes, would take minutes."""

# Every run is bounded, since what is read is not trusted.
_HTML = re.compile(r"<(?:p|br|div|ul|ol|li|a|b|strong|em|h[1-6]|span|table)\b[^<>]{0,500}>", re.IGNORECASE)
_TAG = re.compile(r"<(?:[^<>]{0,2000})>")
_BLOCK = re.compile(r"</?(?:br|p|div|li|h[1-4]|tr|ul|ol|table)\b", re.IGNORECASE)
_HIDDEN = re.compile(r"<(/?)(?:script|style|head)\b", re.IGNORECASE)
_PARAGRAPH = re.compile(r"\s*<p>([^<]*)</p>\s*")


def plain(text: str) -> str:
    """A text that may be HTML, without it; links keep their words and address, items their dash."""
    return of_html(text) if "<" in text and _HTML.search(text) else text.replace("\r\n", "\n").strip()


def of_html(text: str) -> str:
    """A text that is HTML, whatever it looks like, made plain in the same way."""
    if "<" not in text:
        return html.unescape(text).replace("\xa0", " ").strip()
    if paragraph := _PARAGRAPH.fullmatch(text):  # most messages, and a parser is slow
        return " ".join(html.unescape(paragraph[1]).split())
    if text.count("<") > TAGS:
        return _stripped(text)
    from bs4 import BeautifulSoup  # deferred: only this needs it

    soup = BeautifulSoup(text, "html.parser")
    for gone in soup(["script", "style", "head", "header", "nav", "footer"]):
        gone.decompose()
    for line in soup.find_all(["br", "p", "div", "li", "h1", "h2", "h3", "h4", "tr"]):
        line.insert_before("\n- " if line.name == "li" else "\n")
    for cell in soup.select("td + td, th + th, td + th, th + td"):
        cell.insert_before(" | ")
    for block in soup.find_all(["ul", "ol", "table"]):
        block.insert_after("\n")
    for link in soup.find_all("a", href=re.compile("^https?:")):
        if str(link["href"]) not in link.get_text():
            link.append(f" ({link['href']})")
    lines = [" ".join(line.split()) for line in soup.get_text().replace("\xa0", " ").splitlines()]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _stripped(text: str) -> str:
    """The words between the tags, a block a line, with no look at how the tags are nested."""
    pieces: list[str] = []
    at, hidden = 0, False
    for tag in _TAG.finditer(text):
        if not hidden:
            pieces += [text[at : tag.start()], "\n" if _BLOCK.match(tag[0]) else ""]
        if told := _HIDDEN.match(tag[0]):
            hidden = not told[1]
        at = tag.end()
    pieces.append("" if hidden else text[at:])
    lines = (" ".join(line.split()) for line in html.unescape("".join(pieces)).splitlines())
    return "\n".join(filter(None, lines))
