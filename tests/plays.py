"""Plays written for a test, as a team would write them."""

from pathlib import Path

PLAY = """\
---
title: The parcel is late
asks:
  - where is my parcel
  - My delivery hasn't come.
slots:
  by: by when?
---
Hi {{ name or "there" }}, {% if complaint and not apologised %}I'm so sorry that it's late. {% endif %}\
I'm tracing {{ order_number }} right now.

You'll hear from me by {{ by }}.
"""
"""One play with something of everything, in seven lines of front matter."""


def play(folder: Path, name: str, text: str = PLAY) -> Path:
    """A play in this folder, from the text of its file."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.md"
    path.write_text(text, encoding="utf-8")
    return path


def said(title: str, *asks: str, answer: str = "I'm on it.", more: str = "") -> str:
    """The text of a play: its title, what customers say, the answer; `more` are further lines of front matter."""
    lines = "".join(f"  - {ask}\n" for ask in asks)
    return f"---\ntitle: {title}\nasks:\n{lines}{more}---\n{answer}\n"


SHOP = {
    "late-parcel": said(
        "The parcel is late", "where is my parcel", "my delivery still hasn't come", "it was due on Monday",
        answer='Hi {{ name or "there" }}, I\'m so sorry. I\'m tracing order {{ order_number }} right now.',
    ),
    "refund-wanted": said(
        "A refund is wanted", "i want my money back", "please refund my order", "how do I return this for a refund"
    ),
    "broken-kettle": said(
        "The kettle is broken", "my kettle doesn't heat any more", "the kettle leaks", "kettle switches off by itself"
    ),
    "charged-twice": said(
        "Charged twice", "you charged my card twice", "there are two payments on my statement", "I paid double"
    ),
    "forgotten-password": said(
        "The password is forgotten", "i can't log in", "how do i reset my password", "my login doesn't work"
    ),
    "change-address": said(
        "The address must change", "i have moved house", "send it to my new address", "I typed the wrong street"
    ),
}  # fmt: skip
"""A small shop's plays: few enough to know by heart what should be found."""


def shop(folder: Path) -> Path:
    """The shop's plays in files: `FOLDER/shop/ID.md`."""
    for name, text in SHOP.items():
        play(folder / "shop", name, text)
    return folder
