"""A transcript to its records: every reply where it stood, masked, and what the transcript lacks."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from assist.audit.examine import examine
from assist.audit.records import Audited, Examination, Noted
from assist.audit.schemas import records, table
from assist.transcripts.transcript import Medium, Message, Transcript
from assist.workbench import Workbench
from tests.audit.talks import talk

OUTAGE = "09:00:00 customer: My router is dead again and I am stuck."


def rules(one: Examination) -> list[tuple[int, str]]:
    """Message and category of each finding."""
    return [(noted.number, noted.category) for noted in one.noted if noted.kind == "finding"]


def test_what_is_sent_in_one_go_is_one_reply(bench: Workbench) -> None:
    """The apology comes a breath after the greeting: nobody is told that it is missing."""
    one = examine(
        talk(OUTAGE, "09:00:20 agent (Priya): Hi Ann!", "09:00:28 agent (Priya): I'm so sorry about that."),
        bench.session,
    )
    assert rules(one) == []
    assert (one.audited.replies, one.audited.apology_reply) == (1, 1)
    assert [(said.reply, said.waited) for said in one.audited.messages] == [(None, None), (1, 20), (1, None)]
    assert one.audited.messages[2].acts == ("acknowledges", "sincere-apology")


@pytest.mark.parametrize(("second", "medium"), [("09:10:00", "chat"), ("09:00:28", "mail")])
def test_what_comes_later_or_by_mail_is_a_reply_of_its_own(bench: Workbench, second: str, medium: Medium) -> None:
    one = examine(
        talk(OUTAGE, "09:00:20 agent (Priya): Hi Ann!", f"{second} agent (Priya): I'm so sorry.", medium=medium),
        bench.session,
    )
    assert (1, "missing-apology") not in rules(one)
    assert (2, "missing-apology") in rules(one)
    assert (one.audited.replies, one.audited.apology_reply) == (2, 2)


def test_a_finding_names_the_message_that_it_stands_in(bench: Workbench) -> None:
    one = examine(
        talk(
            OUTAGE,
            "09:00:20 agent (Priya): Hi Ann, I'm so sorry about that.",
            "09:00:30 agent (Priya): But it's our policy to wait a day.",
        ),
        bench.session,
    )
    found = next(noted for noted in one.noted if noted.category == "policy-wall")
    assert (found.number, found.words) == (3, "it's our policy")
    assert one.audited.messages[2].text[found.start : found.end] == found.words


def test_a_question_is_judged_by_what_had_been_said_when_it_was_asked(bench: Workbench) -> None:
    asked = "Did you plug it in?"
    one = examine(
        talk(
            OUTAGE,
            f"09:00:20 agent (Tom): {asked}",
            "09:01:00 customer: Yes!",
            "09:01:10 agent (Tom): I'm so sorry for the trouble.",
            "09:01:20 customer: So now what?",
            f"09:02:00 agent (Tom): {asked}",
        ),
        bench.session,
    )
    timings = [(noted.number, noted.timing) for noted in one.noted if noted.category == "dypii"]
    assert timings == [(2, "before-apology"), (6, "before-acceptance")]


def test_bots_and_notes_are_kept_and_not_judged(bench: Workbench) -> None:
    one = examine(
        talk(OUTAGE, "09:00:01 bot: It's our policy to ask.", "09:00:05 note (Tom): Did he plug it in?"), bench.session
    )
    assert one.noted == ()
    assert (one.audited.bot_messages, one.audited.notes, one.audited.replies) == (1, 1, 0)
    assert len(one.audited.messages) == 3


def test_a_bot_between_does_not_end_the_wait(bench: Workbench) -> None:
    one = examine(
        talk(OUTAGE, "09:00:01 bot: Somebody will be with you.", "09:00:40 agent (Tom): Hi, I'm so sorry."),
        bench.session,
    )
    assert one.audited.first_response == 40


def test_who_waits_in_a_queue_waits_from_when_they_came(bench: Workbench) -> None:
    opened = datetime(2025, 3, 3, 8, 59, 30, tzinfo=UTC)
    one = examine(talk(OUTAGE, "09:00:10 agent (Tom): Hi, I'm so sorry.", opened=opened), bench.session)
    assert one.audited.first_response == 40


def test_where_the_agent_began_the_wait_is_for_the_next_reply(bench: Workbench) -> None:
    one = examine(
        talk(
            "09:00:00 agent (Tom): Hi, this is Tom. I'm calling about your order.",
            "09:00:10 customer: Oh good, where is it?",
            "09:00:25 agent (Tom): It arrives today by noon.",
        ),
        bench.session,
    )
    assert one.audited.first_response == 15


def test_a_call_without_its_arrival_has_no_first_response(bench: Workbench) -> None:
    one = examine(talk("09:00:00 agent: Good morning!", "09:00:02 customer: Hello.", medium="voice"), bench.session)
    assert one.audited.first_response is None


@pytest.mark.parametrize(
    ("lines", "doubts"),
    [
        ([], ("empty",)),
        (["customer: Hello there", "agent (Tom): Hi!"], ("no times",)),
        (["09:00:00 customer: Hello there", "agent (Tom): Hi!"], ("some times missing",)),
        (["09:00:00 customer: Hello there", "08:00:00 agent (Tom): Hi!"], ("the clock goes backwards",)),
        (["09:00:00 bot: Welcome!"], ("only bots",)),
        (["09:00:00 customer: Hello there", "09:00:01 bot: Hi!"], ("bots alone replied",)),
        (["09:00:00 customer: Hello there"], ("no agent",)),
        (["09:00:00 agent (Tom): Hello there"], ("no customer",)),
        (["09:00:00 system: Chat opened"], ("only notes and system lines",)),
        (["09:00:00 unknown: Hello", "09:00:05 unknown: Hi"], ("nobody's role known",)),
        (["09:00:00 customer: Hello there", "09:00:05 agent: Hi!"], ("agents not named",)),
        (["09:00:00 agent (Tom): Hi!", "09:00:05 customer: Hi", "09:00:09 agent (Al): Hi!"], ("several agents",)),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else "",
)
def test_what_a_transcript_lacks_is_said(bench: Workbench, lines: list[str], doubts: tuple[str, ...]) -> None:
    assert examine(talk(*lines), bench.session).audited.doubts == doubts


def test_what_should_not_be_stored_is_masked_wherever_it_stands(bench: Workbench) -> None:
    """In the words of a finding, too, whose place moves along with the text."""
    one = examine(
        talk(
            "customer: I was charged twice on 4111 1111 1111 1111, write to ann@example.com",
            "agent (Tom): We have 4111 1111 1111 1111 and ann@example.com here, but it's our policy to wait.",
            customer="ann@example.com",
            topic="Charged twice, ann@example.com",
        ),
        bench.session,
    )
    assert "4111" not in repr(one)
    assert "ann@" not in repr(one)
    found = next(noted for noted in one.noted if noted.category == "policy-wall")
    text = one.audited.messages[1].text
    assert text == "We have [card] and [e-mail] here, but it's our policy to wait."
    assert text[found.start : found.end] == found.words == "it's our policy"


def test_a_customer_keeps_one_key_whatever_stands_for_it(bench: Workbench) -> None:
    """An address is digested, the same each time; a number of the help desk stays."""
    keys = [examine(talk(customer=key), bench.session).audited.customer for key in ("ann@x.org", "Ann@x.org", "c-17")]
    assert keys[0] == keys[1]
    assert "@" not in keys[0]
    assert keys[2] == "c-17"


def test_ids_stay_the_same_from_one_audit_to_the_next(bench: Workbench) -> None:
    transcript = talk(OUTAGE, "09:00:20 agent (Tom): It's our policy to wait.", id="")
    first, second = (examine(transcript, bench.session) for _ in range(2))
    assert first == second
    assert first.audited.id
    assert len({noted.id for noted in first.noted}) == len(first.noted)


def test_a_promise_whose_time_went_by_is_overdue(bench: Workbench) -> None:
    """Hours of the clock are those of the agents' zone: five in New York is nine in the evening in UTC."""
    lines = [
        OUTAGE,
        "09:05:00 agent (Tom): I'm so sorry, I'll call you back by 5pm.",
        "22:30:00 customer: Nobody called!",
    ]
    (promise,) = examine(talk(*lines), bench.session, ZoneInfo("America/New_York")).audited.promises
    assert (promise.words, promise.by) == ("I'm so sorry, I'll call you back by 5pm.", "by 5pm")
    assert promise.due == datetime(2025, 3, 3, 22, tzinfo=UTC)
    assert promise.overdue


def test_what_a_visitor_is_called_by_the_export_is_no_name(bench: Workbench) -> None:
    lines = ["customer (Visitor 12): My router is dead again.", "agent (Tom): Hi Ann, I'm so sorry about that."]
    assert rules(examine(talk(*lines), bench.session)) == []
    lines[0] = "customer (Mary Quill): My router is dead again."
    assert rules(examine(talk(*lines), bench.session)) == [(2, "wrong-name")]


@pytest.mark.parametrize(
    ("reply", "kinds"),
    [
        ("I've refunded the £12 just now.", ["refund"]),
        ("Would you prefer a refund or a replacement?", ["refund", "replacement"]),
        ("I've added a £10 credit to your account.", ["credit"]),
        ("I can't refund this, I'm afraid.", []),
        ("I found a ride for 7 credits, shall I book it for you?", []),
        ("I’ve sent you a voucher and waived the delivery fee.", ["free of charge", "voucher"]),
    ],
)
def test_a_remedy_is_what_is_offered_and_not_what_is_refused(bench: Workbench, reply: str, kinds: list[str]) -> None:
    one = examine(talk(OUTAGE, f"09:00:30 agent (Tom): {reply}"), bench.session)
    assert [remedy.kind for remedy in one.audited.remedies] == kinds


@pytest.mark.parametrize(
    ("reply", "handovers", "escalated"),
    [
        ("I'll put you through to billing now.", 1, False),
        ("Let me transfer you to my colleague.", 1, False),
        ("I won't pass you on to anybody, I'll see to it myself.", 0, False),
        ("I'm escalating this to our second line right away.", 0, True),
        ("I'll ask my supervisor and call you back by noon.", 0, True),
        ("There is no need for a manager, I can do that for you now.", 0, False),
    ],
)
def test_handing_on_is_read_from_what_the_agent_says_they_do(
    bench: Workbench, reply: str, handovers: int, escalated: bool
) -> None:
    audited = examine(talk(OUTAGE, f"09:00:30 agent (Tom): {reply}"), bench.session).audited
    assert (audited.handovers, audited.escalated) == (handovers, escalated)


@pytest.mark.parametrize(
    ("ending", "solved"),
    [
        (["agent (Tom): I've reset it just now. Is it back?", "customer: it works again, thanks!"], True),
        (["agent (Tom): I'll look into it and call you by noon.", "customer: ok thanks"], False),
        (["agent (Tom): Have you tried another socket?", "customer: This is useless!"], False),
        (["agent (Tom): I'm so sorry. Is it back now?", "customer: hm"], False),
    ],
)
def test_whether_it_ended_solved_is_read_from_the_last_words(
    bench: Workbench, ending: list[str], solved: bool | None
) -> None:
    assert examine(talk("customer: My router is dead again.", *ending), bench.session).audited.resolved is solved


def test_a_plain_question_that_is_thanked_for_is_solved_and_one_that_trails_off_is_not_known(bench: Workbench) -> None:
    asked = ["customer: Do you open on Sunday?", "agent (Tom): Hi, we do, at ten."]
    assert examine(talk(*asked, "customer: great, thanks"), bench.session).audited.resolved is True
    assert examine(talk(*asked), bench.session).audited.resolved is None


@pytest.mark.parametrize(
    ("lines", "medium", "unanswered"),
    [
        (["customer: Hello?"], "chat", (1,)),
        (["customer: Do you open on Sunday?", "bot: Yes, at ten."], "chat", ()),
        (["customer: Do you open on Sunday?", "bot: We have your mail."], "mail", (1,)),
        (
            ["customer: hi, are you open on Sunday?", "agent: Thanks for writing!", "customer: and on Monday?"],
            "chat",
            (1, 3),
        ),
        (["customer: Are you open on Sunday?", "agent: We are, at ten.", "customer: thanks"], "chat", ()),
        (["customer: It broke again.", "agent: I'm so sorry.", "customer: It still doesn't work."], "chat", (3,)),
    ],
)
def test_a_request_is_left_when_nobody_takes_it_up(
    bench: Workbench, lines: list[str], medium: Medium, unanswered: tuple[int, ...]
) -> None:
    assert examine(talk(*lines, medium=medium), bench.session).audited.unanswered == unanswered


def test_half_letters_and_endless_messages_are_read_as_far_as_they_go(bench: Workbench) -> None:
    messages = (Message("customer", "Hello \ud83d there"), Message("agent", "Hi! " * 100_000))
    one = examine(Transcript("t", messages), bench.session)
    assert one.audited.messages[0].text == "Hello ? there"
    assert len(one.audited.messages[1].text) == 200_000


def test_records_are_the_same_after_a_table(examined: list[Examination]) -> None:
    audited = [one.audited for one in examined]
    noted = [note for one in examined for note in one.noted]
    assert list(records(table(audited, Audited), Audited)) == audited
    assert list(records(table(noted, Noted), Noted)) == noted
