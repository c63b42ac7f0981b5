"""Words without the HTML that they came in."""

import re

# Every run is bounded, since what comes in is not trusted.
_HTML = re.compile(r"<(?:p|br|div|ul|ol|li|a|b|strong|em|h[1-6]|span|table)\b[^<>]{0,500}>", re.IGNORECASE)


def plain(text: str) -> str:
    """A text without HTML; links keep their words and address, items their dash."""
    if not _HTML.search(text):
        return text.replace("\r\n", "\n").strip()
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
