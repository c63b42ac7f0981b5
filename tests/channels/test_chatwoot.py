import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from assist.channels import Arrival, Problem, Reply
from assist.channels.chatwoot import Chatwoot, token_from_environment
from assist.channels.chatwoot.rest import Timing
from assist.conversation import Turn
from assist.errors import AssistError
from tests.channels.chatwoot_server import BOT, OTHER, TOKEN, Server, served
from tests.channels.taking import Taking, keys, run, taking

SOON = Timing(answer=1.5, pause=0.1, longest_pause=0.4, presence=0.3, quiet=1.0)


@pytest.fixture
def server() -> Iterator[Server]:
    with served() as kept:
        yield kept


def chatwoot(server: Server, token: str = TOKEN) -> Chatwoot:
    return Chatwoot(server.url, token, timing=SOON)


def reply(text: str = "I'm so sorry, Priya. I'll ring the depot now.", id: str = "r1", ago: float = 0) -> Reply:  # noqa: A002
    return Reply(id, "5", Turn("agent", text, datetime.now(UTC) - timedelta(seconds=ago)))


async def heard(took: Taking, *texts: str) -> None:
    """Wait until these were said, each once, and nothing else."""
    await took.until(lambda _: len(took.said) >= len(texts))
    assert took.said == list(texts)


async def listening(server: Server) -> None:
    async with asyncio.timeout(5):
        while not server.listening:
            await asyncio.sleep(0.01)


def test_open_conversations_of_mine_come_with_all_that_was_said(server: Server) -> None:
    """Page by page; not those of others, or the resolved ones."""
    server.conversation(5, "Priya Nair")
    for number in range(45):
        server.say(5, f"message {number}")
    for number in range(100, 130):
        server.conversation(number, f"Customer {number}")
    server.conversation(6, "Somebody else's", OTHER)
    server.conversation(8, "Done", status="resolved")

    async def work() -> None:
        async with taking(chatwoot(server)) as took:
            await took.until(lambda came: len(came) >= 31 + 45)
            assert took.said == [f"message {number}" for number in range(45)]
            opened = {
                item.conversation: item.title for item in took.came if isinstance(item, Arrival) and not item.turn
            }
            assert opened == {"5": "Priya Nair"} | {str(one): f"Customer {one}" for one in range(100, 130)}

    run(work())


def test_what_was_said_has_its_speaker_and_what_was_not_said_to_the_customer_stays_out(server: Server) -> None:
    agent = {"id": 8, "name": "Tom Achterberg", "available_name": "Tom", "type": "user"}
    server.conversation(5, "Priya Nair")
    server.say(5, "2 * 3 * 4 boxes, _none_ came", created_at=1772443800)
    server.say(5, "Hi! I'm Robin.", 1, sender=BOT)
    server.say(
        5, "We are **sorry**, Priya.\nSee [the page](https://example.com/x).\n\n- first\n- second", 1, sender=agent
    )
    server.say(5, "she called twice already", 1, sender=agent, private=True)
    server.say(5, "Conversation was assigned to Ines by Tom", 2, sender=None)
    server.say(5, "Please rate this conversation", 3, sender=None, content_type="input_csat")
    server.say(5, "We open at nine.", 1, sender=None, content_attributes={"automation_rule_id": 4})
    server.say(5, "This message was deleted", content_attributes={"deleted": True})
    server.say(5, "never got out", 1, sender=agent, status="failed")
    server.say(5, None, attachments=[{"id": 1, "file_type": "image", "data_url": "https://example.com/a.png"}])
    mail = {"text_content": {"full": "x", "reply": "No parcel yet.\nPriya"}, "html_content": {"reply": "<p>x</p>"}}
    server.say(5, "No parcel yet.", content_type="incoming_email", content_attributes={"email": mail})
    html = {
        "text_content": None,
        "html_content": {"reply": "<p>Any <b>news</b>?</p><!-- <p>no</p> --><p>P &amp; co</p>"},
    }
    server.say(5, "<p>Any", content_type="incoming_email", content_attributes={"email": html})
    server.say(5, "integrations do this", content_attributes='{"a": 1}')

    async def work() -> None:
        async with taking(chatwoot(server)) as took:
            await took.until(lambda _: len(took.said) >= 9)
            turns = [item.turn for item in took.came if isinstance(item, Arrival) and item.turn]
            at = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
            assert turns[0] == Turn("customer", "2 * 3 * 4 boxes, _none_ came", at, "Priya Nair")
            assert [(turn.role, turn.name, turn.text) for turn in turns[1:]] == [
                ("bot", "Robin", "Hi! I'm Robin."),
                ("agent", "Tom", "We are sorry, Priya.\nSee the page (https://example.com/x).\n\n- first\n- second"),
                ("bot", None, "Please rate this conversation"),
                ("bot", None, "We open at nine."),
                ("customer", "Priya Nair", "[image]"),
                ("customer", "Priya Nair", "No parcel yet.\nPriya"),
                ("customer", "Priya Nair", "Any news?\nP & co"),
                ("customer", "Priya Nair", "integrations do this"),
            ]

    run(work())


def test_what_happens_comes_live(server: Server) -> None:
    """New messages, a conversation that is assigned, one that is resolved, and opened again by its customer."""
    server.conversation(5, "Priya Nair")
    server.conversation(6, "Aoife Byrne", None)
    server.say(6, "Is anybody there?")

    async def work() -> None:
        async with taking(chatwoot(server)) as took:
            await listening(server)
            server.say(6, "Hello??")
            server.say(5, "Where is my parcel?")
            await heard(took, "Where is my parcel?")
            server.change(6, "assignee.changed", assignee=server.conversations[5]["assignee"])
            await heard(took, "Where is my parcel?", "Is anybody there?", "Hello??")
            server.change(5, "conversation.status_changed", status="resolved")
            await took.until(lambda came: isinstance(came[-1], Arrival) and came[-1].closed)
            assert took.came[-1] == Arrival("5", None, closed=True)
            server.change(5, "conversation.status_changed", status="open")
            server.say(5, "It still is not here")
            await heard(took, "Where is my parcel?", "Is anybody there?", "Hello??", "It still is not here")
            assert took.problems == []
            server.push("message.created", {"id": "x"})
            await took.until(lambda _: bool(took.problems))
            assert "a shape that is not known here (id:" in took.problems[0]
            async with asyncio.timeout(5):
                while not any(told.get("data") == '{"action": "update_presence"}' for told in server.heard):
                    await asyncio.sleep(0.05)

    run(work())


def test_what_is_said_while_the_connection_is_lost_comes_once_it_is_back(server: Server) -> None:
    server.conversation(5, "Priya Nair")
    server.conversation(6, "Aoife Byrne")

    async def work() -> None:
        async with taking(chatwoot(server)) as took:
            await listening(server)
            server.say(5, "one")
            await heard(took, "one")
            server.drop()
            server.say(5, "two")
            server.conversations[6]["status"] = "resolved"
            await took.until(lambda came: isinstance(came[-1], Problem) and came[-1].over)
            await listening(server)
            server.say(5, "three")
            await heard(took, "one", "two", "three")
            assert len(set(keys(took.came))) == 3
            assert Arrival("6", None, closed=True) in took.came
            lost, back = took.problems
            assert lost.startswith("Chatwoot: the live connection is lost:")
            assert back == "Chatwoot is connected again"

    run(work())


@pytest.mark.parametrize("fault", ["deaf", "silent", "reject"])
def test_without_the_live_connection_it_looks_every_so_often(fault: str, server: Server) -> None:
    """It is refused, never says a word, or refuses the subscription: told once, and messages come all the same."""
    setattr(server, fault, True)
    server.conversation(5, "Priya Nair")

    async def work() -> None:
        async with taking(chatwoot(server)) as took:
            server.say(5, "one")
            await heard(took, "one")
            server.say(5, "two")
            await heard(took, "one", "two")
            assert len(took.problems) == 1
            assert took.problems[0].endswith("; trying again")

    run(work())


@pytest.mark.parametrize("echoes", [True, False])
def test_a_reply_goes_out_and_comes_back_as_its_echo(echoes: bool, server: Server) -> None:
    server.echoes = echoes
    server.conversation(5, "Priya Nair")

    async def work() -> None:
        channel = chatwoot(server)
        async with taking(channel) as took:
            await listening(server)
            key = await channel.send(reply())
            assert await channel.send(reply()) == key
            await heard(took, "I'm so sorry, Priya. I'll ring the depot now.")
            (came,) = [item for item in took.came if isinstance(item, Arrival) and item.turn]
            assert (came.key, came.echo, came.conversation) == (key, "r1", "5")
        sent = [row for row in server.messages[5] if row["message_type"] == 1]
        assert [(row["private"], row.get("echo_id")) for row in sent] == [(False, "r1" if echoes else None)]

    run(work())


def test_a_reply_of_which_nothing_is_heard_is_looked_for_and_not_sent_twice(server: Server) -> None:
    server.conversation(5, "Priya Nair")
    server.faults = [("POST", "lost")]

    async def work() -> None:
        channel = chatwoot(server)
        key = await channel.send(reply())  # it went, though the gateway told of a fault
        assert key == str(server.messages[5][0]["id"])
        server.faults = [("POST", 502)]
        with pytest.raises(
            AssistError, match=r"has a fault of its own \(502\); the reply did not arrive: send it again"
        ):
            await channel.send(reply("One moment.", "r2"))
        await channel.send(reply("One moment.", "r2"))
        await channel.send(reply("One moment.", "r3"))
        await channel.close()
        again = chatwoot(server)  # after a crash, which left open whether this one went
        await again.send(reply("One moment.", "r3", ago=20))
        await again.close()
        assert [row["content"] for row in server.messages[5]].count("One moment.") == 2

    run(work())


def test_a_message_that_could_not_be_delivered_is_told(server: Server) -> None:
    server.conversation(5, "Priya Nair")

    async def work() -> None:
        channel = chatwoot(server)
        async with taking(channel) as took:
            await listening(server)
            await channel.send(reply("Done."))
            row = server.messages[5][0] | {
                "status": "failed",
                "content_attributes": {"external_error": "24 h are over"},
            }
            server.push("message.updated", row)
            await took.until(lambda _: bool(took.problems))
            assert took.problems == ["Chatwoot could not deliver to Priya Nair: 24 h are over: 'Done.'"]

    run(work())


def test_what_is_refused_for_now_is_asked_again(server: Server) -> None:
    server.conversation(5, "Priya Nair")
    server.say(5, "Hello?")
    server.faults = [("GET /api/v1/profile", 503), ("GET", 429), ("messages", 500), ("POST", 429)]

    async def work() -> None:
        channel = chatwoot(server)
        async with taking(channel) as took:
            await heard(took, "Hello?")
            await channel.send(reply())
        assert server.faults == []
        assert len(server.messages[5]) == 2

    run(work())


async def _problem(channel: Chatwoot) -> str:
    with pytest.raises(AssistError) as caught:
        async with taking(channel) as took:
            await took.first(1_000)
    return str(caught.value)


def test_what_is_wrong_is_told_with_what_to_do(server: Server) -> None:
    server.conversation(5, "Priya Nair")

    async def work() -> None:
        assert "does not take the access token; copy it again (in Chatwoot under Profile settings" in await _problem(
            chatwoot(server, "another")
        )
        there = f"{server.url}/app/accounts"
        assert "has no part in account 9" in await _problem(Chatwoot(f"{there}/9/dashboard", TOKEN, timing=SOON))
        server.accounts.append({"id": 13, "name": "Harbour", "role": "agent"})
        assert await _problem(chatwoot(server)) == (
            f"say which account, by its address: {there}/12 (Brightwater); {there}/13 (Harbour)"
        )
        wrong = Chatwoot(f"{server.url}/help", TOKEN, timing=SOON)
        assert "no Chatwoot answers at" in await _problem(wrong)
        assert "cannot reach http://127.0.0.1:9: " in await _problem(Chatwoot("http://127.0.0.1:9", TOKEN, timing=SOON))
        server.faults = [("profile", "late")]
        assert "no answer within 1.5 seconds" in await _problem(chatwoot(server))
        named = Chatwoot(f"{there}/12", TOKEN, timing=SOON)
        with pytest.raises(AssistError, match="there is no such conversation"):
            await named.send(Reply("r1", "77", Turn("agent", "Hello")))
        with pytest.raises(AssistError, match="Chatwoot has no conversation 'chat-7'"):
            await named.send(Reply("r1", "chat-7", Turn("agent", "Hello")))
        await named.close()

    run(work())


@pytest.mark.parametrize(
    ("url", "problem"),
    [
        ("app.chatwoot.com", "did you mean 'https://app.chatwoot.com'?"),
        ("https://ines:secret@app.chatwoot.com", "leave the password out of the address"),
        ("http://[::1", "it looks like https://app.chatwoot.com"),
    ],
)
def test_an_address_that_is_none_is_refused(url: str, problem: str) -> None:
    with pytest.raises(AssistError) as caught:
        Chatwoot(url, TOKEN)
    assert problem in str(caught.value)
    assert "secret" not in str(caught.value)


def test_the_token_comes_from_the_environment_and_shows_nowhere(
    server: Server, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(0)
    monkeypatch.delenv("ASSIST_CHATWOOT_TOKEN", raising=False)
    with pytest.raises(AssistError, match="ASSIST_CHATWOOT_TOKEN is not set"):
        token_from_environment()
    monkeypatch.setenv("ASSIST_CHATWOOT_TOKEN", f" {TOKEN}\n")
    assert token_from_environment() == TOKEN
    server.conversation(5, "Priya Nair")

    async def work() -> None:
        async with taking(chatwoot(server)) as took:
            await listening(server)
            server.say(5, "Hello?")
            await heard(took, "Hello?")

    run(work())
    assert TOKEN not in caplog.text
    assert "pubsub-of-ines" not in caplog.text
