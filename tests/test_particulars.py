"""What in a message is a particular: a number, a time, an amount, a name, a reference, an address."""

import pytest

from assist.recovery import particulars


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("your transfer takes 3 days and was sent on 12 march", {"3 days", "12 march"}),
        ("The £45.20 went out on 3 May, ref BX55190.", {"£45.20", "3 may", "bx55190"}),
        ("it'll be two working days, so thursday by noon", {"two working days", "thursday", "noon"}),
        ("Call 0800 111 222 and ask for Zofia", {"0800", "111", "222", "zofia"}),
        ("plz ask for zofia or write to jo@pell.example", {"zofia", "jo@pell.example"}),
        ("Priya's parcel #7712, 2.5 kg, is 100% ours", {"priya", "#7712", "2.5", "100%"}),
        ("Theres nothing. Its our policy. Im sorry, youll have to wait. Unfortunately, no.", set()),
        ("You MUST fill in the Form first, sir. That's OK.", set()),
    ],
)
def test_particulars_are_what_nobody_could_guess_again(text: str, told: set[str]) -> None:
    assert particulars(text) == told
