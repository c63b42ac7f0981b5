"""Where the service recovery stands, folded turn by turn from what people really type."""

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assist import Turn, Workbench
from assist.filling import values
from assist.recovery import Recovery
from tests.stories import talk


def after(bench: Workbench, *lines: str) -> Recovery:
    """The state of the recovery after these lines."""
    return bench.session(talk(*lines)).recovery


@pytest.mark.parametrize(
    "message",
    [
        "My router is dead again!",
        "the parcel never came",
        "i was charged twice for june",
        "no hot water since sunday",
        "ur app keeps crashing when i open it",
        "The wrong shoes came in the box.",
        "my flight got cancled and nobody told us",
        "still waiting for my refund its been 3 weeks",
        "The engineer did not turn up this morning.",
        "hello i orderd a lamp and its brokn",
    ],
)
def test_a_failure_is_heard(bench: Workbench, message: str) -> None:
    """With and without punctuation, with slips and in chat spelling."""
    recovery = after(bench, f"customer: {message}")
    assert recovery.failure
    assert recovery.stage == "reported"


@pytest.mark.parametrize(
    "message",
    [
        "Hi, do you deliver to Leeds?",
        "what time does the pool open",
        "I'd like to add a bag to my booking please",
        "can i change my seat",
        "My router is the black one.",
        "I want to upgrade my plan",
    ],
)
def test_a_plain_wish_is_no_failure(bench: Workbench, message: str) -> None:
    recovery = after(bench, f"customer: {message}")
    assert not recovery.complaint
    assert recovery.stage == "calm"


@pytest.mark.parametrize(
    "message",
    [
        "Oh, my mistake, I had typed the wrong street. Can you change it?",
        "sorry my fault i put in the wrong date, can i move it?",
        "I accidentally ordered two, could you cancel one?",
    ],
)
def test_an_own_mistake_is_no_failure(bench: Workbench, message: str) -> None:
    """Nobody need apologise for what the customer did; the reply may go out without a sorry."""
    told = f"customer: {message}"
    assert not after(bench, told).failure
    review = bench.check("Hello! Of course, that's done.", talk(told))
    assert "missing-apology" not in {finding.category for finding in review.findings}


@pytest.mark.parametrize(
    "message",
    [
        "This is absolutely unacceptable!",
        "im so fed up with you",
        "I am furious",
        "what a joke of a company, worst service ever",
        "im realy dissapointed tbh",
    ],
)
def test_anger_and_disappointment_are_heard(bench: Workbench, message: str) -> None:
    assert after(bench, f"customer: {message}").upset


@pytest.mark.parametrize(
    ("words", "sincere"),
    [
        ("I'm so sorry about the delay.", True),
        ("im really sorry about that", True),
        ("We apologise for the mix-up with your room.", True),
        ("Please accept my apologies, we let you down.", True),
        ("I'm sorry if that upset you.", False),
        ("I'm sorry you feel that way.", False),
        ("I'm sorry, but you signed the form.", False),
        ("I'd be sorry to see you go.", False),
        ("A new one is on its way.", False),
        ("Sorry.", False),
        ("oh sorry mate", False),
        ("Sorry, what's your booking number?", False),
        ("sorry, didn't catch that", False),
        ("I am sorry, I don't quite understand what you mean.", False),
        ("we can't take it back, sorry", False),
        ("Sorry! I've ordered a new one just now.", True),
        ("sorry, that was our mistake", True),
    ],
)
def test_only_a_sincere_apology_counts(bench: Workbench, words: str, *, sincere: bool) -> None:
    """One that is conditional, or that takes itself back, moves nothing."""
    recovery = after(bench, "customer: my suitcase is broken", f"agent: {words}")
    assert recovery.apologised is sincere
    assert recovery.stage == ("apologised" if sincere else "reported")


@pytest.mark.parametrize(
    ("answer", "taken_up"),
    [
        ("thank you", True),
        ("no worries, it happens", True),
        ("ok thanks for sorting it", True),
        ("What do you need from me? I'm happy to help.", True),
        ("so?", False),
        ("my suitcase is still broken", False),
        ("I WANT A NEW ONE", False),
        ("sorry does not help me", False),
        ("this is a disgrace", False),
        ("ok thanks, but it's still in pieces", False),
        ("I appreciate that, however the handle is missing too", False),
        ("thank you, it's the blue one that's broken", True),
    ],
)
def test_an_apology_is_taken_up_or_not(bench: Workbench, answer: str, *, taken_up: bool) -> None:
    told = ("customer: my suitcase is broken", "agent: I'm so sorry about the suitcase.", f"customer: {answer}")
    assert after(bench, *told).taken_up is taken_up


def test_an_answer_to_a_question_asked_with_the_apology_takes_it_up(bench: Workbench) -> None:
    told = ("customer: the tap drips", "agent: I'm so sorry about that. Which room is it?", "customer: the kitchen")
    assert after(bench, *told).taken_up


def test_thanks_before_any_apology_accept_nothing(bench: Workbench) -> None:
    told = ("customer: the tap drips", "agent: Noted, the kitchen.", "customer: thank you")
    assert not after(bench, *told).taken_up


def test_anger_takes_an_acceptance_back(bench: Workbench) -> None:
    told = ("customer: the tap drips", "agent: I'm so sorry about that.", "customer: thanks", "agent: One moment.")
    assert after(bench, *told).taken_up
    assert not after(bench, *told, "customer: i'm furious, it is dripping on my laptop").taken_up


@pytest.mark.parametrize(
    "message",
    ["it works now, thank you!", "yep all sorted", "thats fixed it cheers", "The refund is here, problem solved."],
)
def test_solved_is_what_the_customer_says(bench: Workbench, message: str) -> None:
    told = ("customer: the app keeps crashing", "agent: I'm so sorry about that. I've reset it.")
    assert not after(bench, *told).solved
    assert after(bench, *told, f"customer: {message}").stage == "solved"


def test_a_solved_problem_can_come_back(bench: Workbench) -> None:
    told = ("customer: the line is dead", "agent: So sorry! I've reset it.", "customer: it works now, thanks")
    assert after(bench, *told).solved
    assert not after(bench, *told, "customer: no wait, it's dead again").solved


@pytest.mark.parametrize(
    "message",
    ["I'm cancelling my account.", "thats it im switching to another provider", "i want to close my account today"],
)
def test_somebody_who_leaves_is_heard(bench: Workbench, message: str) -> None:
    assert after(bench, f"customer: {message}").leaving


@pytest.mark.parametrize(
    "message",
    ["On the 9th of June I will be leaving.", "way to the airport please, leaving right now", "we leave at noon"],
)
def test_somebody_who_travels_is_not_leaving_us(bench: Workbench, message: str) -> None:
    assert not after(bench, f"customer: {message}").leaving


@pytest.mark.parametrize(
    ("message", "at_risk"),
    [
        ("Is that a health inspector rating?", False),
        ("the health inspector will hear of this", True),
        ("what if they had been drinking the night before", False),
    ],
)
def test_a_rating_is_no_threat(bench: Workbench, message: str, *, at_risk: bool) -> None:
    assert after(bench, f"customer: {message}").at_risk is at_risk


@pytest.mark.parametrize(
    "message",
    [
        "I'd like to file a bank fraud report, please.",
        "a hotel that is not on the main road",
        "my wife keeps changing her mind, make it four",
        "I wouldn't book it without asking him first",
    ],
)
def test_what_merely_sounds_like_a_complaint_is_none(bench: Workbench, message: str) -> None:
    assert not after(bench, f"customer: {message}").complaint


def test_hello_asks_nobody_whether_they_are_there(bench: Workbench) -> None:
    assert not bench.analyzer.agent.read("Hello!").act_names & {"checks-presence"}
    assert "checks-presence" in bench.analyzer.agent.read("Hello, are you still there?").act_names


def test_a_plain_request_is_no_offer(bench: Workbench) -> None:
    for asked in ("Could you give me your name, please?", "can u tell me ur account number"):
        assert "offers-alternative" not in bench.analyzer.agent.read(asked).act_names
    assert "offers-alternative" in bench.analyzer.agent.read("What time would suit you?").act_names


@pytest.mark.parametrize(
    ("message", "kind", "value"),
    [
        ("my order 55190 is late", "order-number", "55190"),
        ("Order number: GB-20417", "order-number", "GB-20417"),
        ("order no is 778-1203", "order-number", "778-1203"),
        ("booking ref QX7P2L please", "booking-reference", "QX7P2L"),
        ("my account number is 88213409", "account-number", "88213409"),
        ("write to ines.maro+home@post.example ok", "email", "ines.maro+home@post.example"),
        ("call me on 0161 496 0148", "phone", "0161 496 0148"),
        ("my cell is (415) 736-2671", "phone", "(415) 736-2671"),
        ("it was bought on 3 May", "date", "3 May"),
        ("since last friday nothing works", "date", "last friday"),
        ("the van only comes on mondays", "date", "on monday"),
        ("i paid £45.20 for it", "amount", "£45.20"),
        ("we live at 14 Canal Street", "address", "14 Canal Street"),
        ("postcode LS1 4QT", "postcode", "LS1 4QT"),
        ("room 412, no towels", "room", "412"),
        ("flight TK1823 was cancelled", "flight", "TK1823"),
    ],
)
def test_what_the_customer_has_told_is_kept(bench: Workbench, message: str, kind: str, value: str) -> None:
    fact = after(bench, f"customer: {message}").given(kind)
    assert fact is not None
    assert fact.value == value


@pytest.mark.parametrize(
    ("message", "names"),
    [
        ("Hi, my name is Maria Santos", ("maria", "santos")),
        ("my name is kwame and i cant log in", ("kwame",)),
        ("its Bea here, food still not arrived", ("bea",)),
        ("The bill is wrong again.\n\nRegards,\nHelen Frost", ("helen", "frost")),
        ("This is Mrs Okonkwo about my roof.", ("okonkwo",)),
        ("Hello Tom, my parcel is late", ()),
        ("I am very angry", ()),
        ("this is ridiculous", ()),
    ],
)
def test_a_name_is_kept_when_it_is_their_own(bench: Workbench, message: str, names: tuple[str, ...]) -> None:
    recovery = bench.session([Turn("customer", message)]).recovery
    assert recovery.names == names


def test_the_name_on_the_turn_is_their_name(bench: Workbench) -> None:
    turns = [Turn("customer", "my parcel is late", name="Ilse Brandt"), Turn("agent", "Hi Ilse!", name="Ren")]
    recovery = bench.session(turns).recovery
    assert recovery.names == ("ilse", "brandt")
    assert "ren" in recovery.agent_names


@pytest.mark.parametrize(
    ("words", "by"),
    [
        ("I'll call you back by 5 pm today.", "5 pm"),
        ("I'll look into it and write to you tomorrow morning.", "tomorrow"),
        ("I'll look into it.", ""),
    ],
)
def test_a_promise_is_kept_with_its_time(bench: Workbench, words: str, by: str) -> None:
    """Which words were promised, by when, and when that was said."""
    at = datetime(2027, 5, 3, 10, 0, tzinfo=UTC)
    turns = [Turn("customer", "no signal here"), Turn("agent", f"I'm so sorry. {words}", at=at)]
    (promise,) = bench.session(turns).recovery.promises
    assert promise.words == words
    assert by in promise.by
    assert bool(promise.by) is bool(by)
    assert promise.at == at


def test_nothing_promised_nothing_kept(bench: Workbench) -> None:
    assert after(bench, "customer: no signal", "agent: I'm so sorry. I've reset the mast.").promises == ()


def test_bots_and_systems_move_nothing(bench: Workbench) -> None:
    """What a machine says is neither an apology nor a complaint."""
    told = ("customer: the tap drips", "bot: I'm so sorry about that!", "system: customer is furious")
    assert after(bench, *told) == after(bench, told[0])


SAID = st.sampled_from(
    [
        Turn("customer", "my order 55190 never came"),
        Turn("customer", "im furious"),
        Turn("customer", "thank you"),
        Turn("customer", "it works now"),
        Turn("customer", "nope still broken"),
        Turn("customer", "my name is Kwame, kwame@post.example"),
        Turn("agent", "Hello, who am I speaking with?"),
        Turn("agent", "I'm so sorry about that. Which room is it?"),
        Turn("agent", "I've refunded it. I'll call you by 5 pm."),
        Turn("bot", "Please hold."),
        Turn("system", "transferred"),
    ]
)


@given(st.lists(SAID, max_size=8), st.integers(0, 8))
@settings(max_examples=150)
def test_folding_turn_by_turn_is_folding_at_once(bench: Workbench, turns: Sequence[Turn], cut: int) -> None:
    """A session that grows knows what one that is read at once knows, wherever it is cut."""
    at_once = bench.session(turns)
    growing = bench.session(turns[:cut])
    for turn in turns[cut:]:
        growing.add(turn)
    assert growing.recovery == at_once.recovery


@given(st.lists(st.tuples(st.sampled_from(["customer", "agent", "bot", "system"]), st.text(max_size=120)), max_size=5))
@settings(max_examples=150)
def test_any_text_folds(bench: Workbench, said: list[tuple[str, str]]) -> None:
    """Whatever was typed, there is a state, and it has counted the turns."""
    turns = [Turn(role, text) for role, text in said]  # type: ignore[arg-type]
    recovery = bench.session(turns).recovery
    assert recovery.customer_turns == sum(turn.role == "customer" for turn in turns)
    assert recovery.agent_turns == sum(turn.role == "agent" for turn in turns)
    assert recovery.taken_up <= recovery.apologised
    assert recovery.stage in {"calm", "reported", "apologised", "taken-up", "solved"}


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        ("this is about my EU261 claim", "account-number"),
        ("I have an EU261 claim", "serial-number"),
        ("EU261 says 400 euros, doesn't it", "code"),
        ("it's about my claim from 4pm last year", "account-number"),
        ("can you move my booking to 7pm", "booking-reference"),
        ("the alarm went off at 4.30 this morning", "date"),
        ("He came at 11.15 and left at 11.20.", "date"),
        ("your line is open 24/7, so they said", "date"),
        ("it says 3-4 days on the page", "date"),
    ],
)
def test_a_time_or_a_law_is_no_number_of_theirs(bench: Workbench, message: str, kind: str) -> None:
    assert after(bench, f"customer: {message}").given(kind) is None


@pytest.mark.parametrize(
    "message",
    [
        "Please delete my data under GDPR",
        "This is RIDICULOUS, three weeks without a phone",
        "it's BROKEN again, the third one",
        "I want my money back under Section 75",
        "I need it ASAP, it's DHL that lost it",
    ],
)
def test_a_law_or_a_loud_word_is_no_name(bench: Workbench, message: str) -> None:
    """So the reply may call the customer what it likes."""
    assert after(bench, f"customer: {message}").names == ()


@pytest.mark.parametrize(
    ("message", "item"),
    [
        ("My kettle stopped working", "kettle"),
        ("my medicines are inside and I need them tonight", "medicines"),
        ("I received a claim saying weather was no reason", None),
        ("Filthy. I wouldn't let my dog sleep in there.", None),
    ],
)
def test_the_thing_a_message_is_about(message: str, item: str | None) -> None:
    told = talk(f"customer: {message}")
    assert values(Recovery(), told.turns).get("item") == item
