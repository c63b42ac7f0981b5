"""What somebody should read first, and the message that shows why."""

from dataclasses import replace

from assist.audit.examine import examine
from assist.audit.figures import Contacts, Terms
from assist.audit.records import Examination
from assist.audit.triggers import Worry, worries
from assist.workbench import Workbench
from tests.audit.talks import talk


def first_read(examined: list[Examination], most: int = 50) -> list[Worry]:
    audited = [one.audited for one in examined]
    return worries(audited, Terms(), Contacts.of(audited, 7), most)


def test_the_customer_who_goes_is_read_first(examined: list[Examination]) -> None:
    worst = first_read(examined)[0]
    assert worst.audited.id == "parcel"
    assert {sign.name: sign.message.text for sign in worst.signs if sign.message} == {
        "intent to leave": "Forget it, I'm taking my business elsewhere.",
        "upset at close": "Forget it, I'm taking my business elsewhere.",
        "low rating": "Forget it, I'm taking my business elsewhere.",
        "unresolved without a timeline": "It's our policy to wait ten days.",
    }
    assert worst.weight == 4 + 3 + 3 + 2


def test_the_rest_follow_by_weight_the_latest_first_and_the_contented_are_left_out(examined: list[Examination]) -> None:
    assert [(worry.audited.id, worry.weight) for worry in first_read(examined)[1:]] == [
        ("refund again", 2),  # a repeat contact
        ("alone", 2),  # unresolved, and nobody said by when; a day earlier
    ]
    assert len(first_read(examined, most=2)) == 2


def test_danger_and_broken_promises_are_shown_by_their_words(bench: Workbench) -> None:
    one = examine(
        talk(
            "09:00:00 customer: The charger caught fire and I will be speaking to my lawyer.",
            "09:05:00 agent (Tom): I'm so sorry. I'll call you back by 5pm.",
            "20:00:00 customer: Nobody has called.",
        ),
        bench.session,
    )
    (worry,) = first_read([one])
    shown = {sign.name: sign.message.number for sign in worry.signs if sign.message}
    assert shown == {"legal or safety words": 1, "promise overdue": 2, "unresolved without a timeline": 2}


def test_a_low_rating_is_a_sign_and_a_middling_one_is_not(examined: list[Examination]) -> None:
    hours = next(one for one in examined if one.audited.id == "hours")
    assert first_read([Examination(replace(hours.audited, rating=0.25))])[0].signs[0].name == "low rating"
    assert first_read([Examination(replace(hours.audited, rating=0.5))]) == []


def test_somebody_who_only_said_hello_missed_no_timeline(bench: Workbench) -> None:
    """And somebody who asked for something did, however briefly."""
    greetings = ("Hello!", "hellooo? anybody there", "Hi, good morning", "ok thanks")
    assert first_read([examine(talk(f"customer: {words}"), bench.session) for words in greetings]) == []
    (worry,) = first_read([examine(talk("customer: hi, an invoice please"), bench.session)])
    assert [sign.name for sign in worry.signs] == ["unresolved without a timeline"]
