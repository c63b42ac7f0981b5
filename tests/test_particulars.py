"""What in a message is a particular: a figure, a time, an amount, a name, a reference, an address."""

import pytest

from assist.recovery import particulars


def _told(text: str) -> set[str]:
    return {particular.words for particular in particulars(text)}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("your transfer takes 3 days and was sent on 12 march", {"3 days", "12 march"}),
        ("The £45.20 went out on 3 May, ref BX55190.", {"£45.20", "3 may", "bx55190"}),
        ("it'll be two working days, so thursday by noon", {"two working days", "thursday", "noon"}),
        ("They open at nine and it comes by half past, or by five tomorrow", {"five", "tomorrow"}),
        ("Call 0800 111 222 and ask for Zofia", {"0800", "111", "222", "zofia"}),
        ("plz ask for zofia or write to jo@pell.example", {"zofia", "jo@pell.example"}),
        ("Priya's parcel #7712, 2.5 kg, went to Zofia's shop", {"#7712", "2.5", "zofia"}),
        ("Zofia will ring you, or ask for Mark.", {"zofia", "mark"}),
        ("It was promised for 12 June, or may be in May.", {"12 june", "may"}),
    ],
)
def test_particulars_are_what_nobody_could_guess_again(text: str, told: set[str]) -> None:
    assert _told(text) == told


@pytest.mark.parametrize(
    "text",
    [
        "Theres nothing. Its our policy. Im sorry, youll have to wait. Unfortunately, no.",
        "You MUST fill in the Form first, sir. That's OK.",
        "Have you tried all four steps? There are two of them.",
        "Are you 100% sure?",
        "Unfortunatly we cant. Ofcourse you have to pay, and Ive told you so.",
        "Nope. Online orders only, ASAP. It is Ok, Hm.",
        "Ask for teh manager",
    ],
)
def test_ways_of_speaking_and_slips_are_none(text: str) -> None:
    assert _told(text) == set()


def test_each_says_where_it_stands_and_none_is_part_of_another() -> None:
    text = "It  comes on 12  June, says Zofia."
    assert [(one.words, text[slice(*one.span)]) for one in particulars(text)] == [
        ("12 june", "12  June"),
        ("zofia", "Zofia"),
    ]
