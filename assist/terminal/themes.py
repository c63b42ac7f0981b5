"""The looks of the app: a dark one, a light one, and one of high contrast."""

from textual.theme import Theme

DARK = Theme(
    name="dusk",
    dark=True,
    primary="#7aa7d0",
    secondary="#86b7a5",
    accent="#c8a2c8",
    warning="#e5b567",
    error="#ef7f89",
    success="#8ccf9a",
    foreground="#d9dee7",
    background="#12161d",
    surface="#181d26",
    panel="#222935",
    variables={"quiet": "#8c97a8"},
)
LIGHT = Theme(
    name="paper",
    dark=False,
    primary="#2b5f8f",
    secondary="#2f6f5c",
    accent="#7a3f7a",
    warning="#8a5200",
    error="#b3202c",
    success="#22663a",
    foreground="#20242a",
    background="#f6f3ec",
    surface="#fffdf8",
    panel="#e9e4d8",
    variables={"quiet": "#6a6f78"},
)
CONTRAST = Theme(
    name="contrast",
    dark=True,
    primary="#66d9ff",
    secondary="#66ffcc",
    accent="#ff99ff",
    warning="#ffd75f",
    error="#ff8080",
    success="#7dff9b",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#1c1c1c",
    text_alpha=1.0,
    variables={"quiet": "#d0d0d0"},
)
THEMES = (DARK, LIGHT, CONTRAST)
