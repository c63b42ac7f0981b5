"""The keys of the desk, each with what it does; footer, palette and help are made of them."""

from collections.abc import Mapping

from textual.binding import Binding

DESK = (
    Binding("ctrl+s", "send", "Send", key_display="⏎", tooltip="Send the reply; Enter does the same"),
    Binding("ctrl+r", "mend", "Mend", tooltip="Take the marked rewrite of the chosen finding"),
    Binding("ctrl+t", "mend_all", "All", tooltip="Take the best rewrite of every finding"),
    Binding("ctrl+n", "next_finding", "Next", show=False, tooltip="Choose the next finding"),
    Binding("ctrl+o", "other_wording", "Other", show=False, tooltip="Mark another rewrite of the chosen finding"),
    Binding("ctrl+g", "set_aside", "Dismiss", tooltip="Set the chosen finding aside, with a reason"),
    Binding("ctrl+l", "insert_answer", "Answer", tooltip="Insert the chosen playbook answer"),
    Binding("ctrl+b", "next_answer", "Other answer", show=False, tooltip="Choose the next playbook answer"),
    Binding("ctrl+f", "find", "Find", priority=True, tooltip="Look for a playbook answer by words"),
    Binding("f5", "heard", "Heard", tooltip="Put in what the customer says, typed or pasted"),
    Binding(
        "ctrl+down,ctrl+pagedown,f8",
        "chat(1)",
        "Next chat",
        show=False,
        key_display="^↓ f8",
        tooltip="Go to the next conversation",
    ),
    Binding(
        "ctrl+up,ctrl+pageup",
        "chat(-1)",
        "Last chat",
        show=False,
        key_display="^↑",
        tooltip="Go to the conversation before",
    ),
    Binding(
        "f6",
        "app.focus_next",
        "Lists",
        show=False,
        priority=True,
        tooltip="To the lists, and back; what you type goes to the reply",
    ),
    Binding("f9", "put_away", "Put away", show=False, tooltip="Close this conversation; it comes back if they write"),
    Binding("escape", "composer", "To the reply", show=False, tooltip="Go back to the reply"),
)
CHANGING = ("send", "mend", "mend_all", "set_aside", "insert_answer", "heard")
"""Actions that are possible at times only."""
ACTIONS: Mapping[str, str] = {
    key: binding.action.partition("(")[0] for binding in DESK for key in binding.key.split(",")
}
"""What each key does, by the name of its action."""
ON_FINDINGS: Mapping[str, str] = {
    "mend": "Nothing was found to mend.",
    "mend_all": "Nothing was found to mend.",
    "other_wording": "Nothing was found to mend.",
    "next_finding": "Nothing was found to mend.",
    "set_aside": "Nothing was found to set aside.",
}
"""Actions on what was found, and what is said where that is nothing."""
NO_WORDING = "No wording is offered for this one; put it in words of your own."
NO_REWRITE = "No rewrite fits as it stands; these are left to you."
NO_ANSWER = "No agreed answer fits so far; Ctrl+F looks for one by words."
NO_CHAT = "No conversation is open."
