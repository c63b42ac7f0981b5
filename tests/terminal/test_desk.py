"""An agent at the desk: what is typed, what is seen, what is sent."""

from pathlib import Path

import pytest

from assist import Turn, Workbench
from assist.channels import Arrival
from assist.desk import Journal
from assist.errors import AssistError
from assist.terminal.widgets.composer import Composer
from assist.terminal.widgets.findings import Findings
from tests.terminal.stage import ANGRY, Stage, play, said


def test_a_dypii_question_to_an_angry_customer_is_flagged_mended_with_one_key_and_sent(
    bench: Workbench, tmp_path: Path
) -> None:
    async def story(stage: Stage) -> None:
        await stage.type("did u try turning it off and on")
        assert stage.found[:2] == ["missing-apology", "dypii"]
        assert "Apologise first" in stage.text
        assert "✗ stop" in stage.text
        await stage.press("ctrl+t")
        assert stage.draft.startswith("I'm so sorry")
        assert "Could you do me a favour" in stage.draft
        assert "✗ stop" not in stage.text
        reply = stage.draft
        await stage.press("enter")
        assert stage.draft == ""
        assert stage.app.clipboard == reply
        assert stage.chat.turns[-1].text == reply
        assert "✓ apologised" in stage.text

    play(story, bench, tmp_path, ANGRY)


def test_a_reply_with_an_error_asks_once_and_goes_out_with_a_reason(bench: Workbench, tmp_path: Path) -> None:
    async def story(stage: Stage) -> None:
        await stage.type("Did you plug it in?")
        await stage.press("enter")
        assert "Not like this?" in stage.text
        assert "Nobody has said sorry yet." in stage.text
        await stage.press("escape")
        assert stage.draft == "Did you plug it in?"
        await stage.press("enter")
        await stage.type("she asked me to")
        await stage.press("enter")
        assert stage.draft == ""
        assert stage.chat.turns[-1].text == "Did you plug it in?"

    play(story, bench, tmp_path, ANGRY)
    journal = Journal(tmp_path / "desk.sqlite")
    (sent,) = journal.replies()
    assert (sent.verdict, sent.reason) == ("stop", "she asked me to")
    assert {note.name for note in sent.notes if note.kind == "left"} >= {"missing-apology", "dypii"}


def test_one_key_takes_the_marked_rewrite_and_undo_brings_the_words_back(bench: Workbench, tmp_path: Path) -> None:
    async def story(stage: Stage) -> None:
        await stage.type("Its our policy.")
        before = stage.draft
        await stage.press("ctrl+r")
        assert stage.draft != before
        assert stage.draft.endswith("Its our policy.")
        await stage.press("ctrl+z")
        assert stage.draft == before
        await stage.press("ctrl+r")
        first = stage.draft
        await stage.press("ctrl+z")
        await stage.press("ctrl+o", "ctrl+r")
        assert stage.draft not in {before, first}

    play(story, bench, tmp_path, ANGRY)


def test_mending_all_takes_no_fact_away_and_says_what_it_left(bench: Workbench, tmp_path: Path) -> None:
    draft = "theres nothing i can do its our policy and a refund of 45 pounds takes 3 days"

    async def story(stage: Stage) -> None:
        await stage.type(draft)
        await stage.press("ctrl+t")
        assert stage.draft.startswith("I'm so sorry")
        assert "45 pounds takes 3 days" in stage.draft
        assert "left to you: a rewrite" in stage.text
        assert "out 45 pounds, 3 days." in stage.text

    play(story, bench, tmp_path, ANGRY, size=(80, 24))


def test_one_rewrite_that_was_asked_for_is_taken_and_says_what_it_took_out(bench: Workbench, tmp_path: Path) -> None:
    draft = "I am so sorry Priya its our policy that a refund of 45 pounds takes 3 days"

    async def story(stage: Stage) -> None:
        await stage.type(draft)
        await stage.press("ctrl+r")
        assert "45 pounds" not in stage.draft
        assert "That took out 45 pounds, 3 days." in stage.text
        await stage.press("ctrl+z")
        assert stage.draft == draft

    play(story, bench, tmp_path, ANGRY, size=(140, 40))


def test_the_reply_grows_with_its_text_to_six_lines_in_a_small_terminal(bench: Workbench, tmp_path: Path) -> None:
    async def story(stage: Stage) -> None:
        composer = stage.desk.query_one(Composer)
        assert composer.content_size.height == 3
        composer.put("\n".join(f"line {number}" for number in range(1, 6)))
        await stage.rest()
        assert composer.content_size.height == 5
        composer.put("word " * 200)
        await stage.rest()
        assert composer.content_size.height == 6
        assert "My router is dead AGAIN" in stage.text
        composer.put("Hello")
        await stage.rest()
        assert composer.content_size.height == 3

    play(story, bench, tmp_path, ANGRY, size=(80, 24))


def test_a_finding_is_set_aside_with_a_reason(bench: Workbench, tmp_path: Path) -> None:
    async def story(stage: Stage) -> None:
        await stage.type("It's our policy.")
        await stage.until(lambda: "policy-wall" in stage.found)
        await stage.press("ctrl+g")
        await stage.type("they asked for the policy")
        await stage.press("enter")
        await stage.until(lambda: "policy-wall" not in stage.found)

    play(story, bench, tmp_path, Turn("customer", "What is your returns policy?"))


def test_a_new_message_has_the_draft_checked_anew(bench: Workbench, tmp_path: Path) -> None:
    async def story(stage: Stage) -> None:
        await stage.type("Could you check the plug for me?")
        assert "dypii" not in stage.found
        await stage.desk.take(Arrival("talk", Turn("customer", "It's broken again and I am furious!"), "late"))
        await stage.until(lambda: "missing-apology" in stage.found)
        assert stage.draft == "Could you check the plug for me?"

    play(story, bench, tmp_path, Turn("customer", "Hello"))


def test_what_a_customer_says_is_put_in_by_hand_where_no_chat_tool_brings_it(bench: Workbench, tmp_path: Path) -> None:
    async def story(stage: Stage) -> None:
        assert "Nobody has written yet" in stage.text
        assert "f5 Heard" in stage.text
        await stage.press("f5")
        await stage.type("my kettle is broken")
        await stage.press("enter")
        await stage.until(lambda: "reports a failure" in stage.text)
        assert stage.chat.turns[-1].text == "my kettle is broken"
        assert "Nobody has written yet" not in stage.text
        await stage.type("We ar")
        await stage.press("f5")
        await stage.type("hello")
        await stage.press("ctrl+j")
        await stage.type("are you there")
        await stage.press("enter")
        await stage.until(lambda: stage.chat.turns[-1].text == "hello\nare you there")
        assert stage.draft == "We ar"

    play(story, bench, tmp_path)


def test_undo_brings_back_what_was_there_before_an_answer_of_many_lines(bench: Workbench, tmp_path: Path) -> None:
    async def story(stage: Stage) -> None:
        await stage.type("hi p")
        await stage.press("ctrl+l")
        assert "{by when?}" in stage.draft
        await stage.press("ctrl+z")
        assert stage.draft == "hi p"
        await stage.press("ctrl+y")
        assert "{by when?}" in stage.draft

    play(story, bench, tmp_path, ANGRY, size=(80, 24))


def test_the_first_answer_found_by_words_is_the_one_that_goes_in(bench: Workbench, tmp_path: Path) -> None:
    async def story(stage: Stage) -> None:
        await stage.press("ctrl+f")
        await stage.type("refund has not arrived")
        await stage.press("enter")
        assert "refund" in stage.draft

    play(story, bench, tmp_path, ANGRY)


def test_nothing_is_put_in_by_hand_that_is_not_there(bench: Workbench, tmp_path: Path) -> None:
    async def story(stage: Stage) -> None:
        await stage.press("f5")
        await stage.press("enter")
        assert "Nobody has written yet" in stage.text

    play(story, bench, tmp_path)


def test_a_draft_and_its_cursor_are_there_again_after_the_app_was_closed(bench: Workbench, tmp_path: Path) -> None:
    async def first(stage: Stage) -> None:
        await stage.type("I am so sor")
        await stage.press("left", "left")

    async def second(stage: Stage) -> None:
        assert stage.draft == "I am so sor"
        await stage.type("x")
        assert stage.draft == "I am so sxor"

    play(first, bench, tmp_path, ANGRY)
    play(second, bench, tmp_path, ANGRY)


def test_the_desk_reads_well_without_colour_in_eighty_columns(bench: Workbench, tmp_path: Path) -> None:
    async def story(stage: Stage) -> None:
        text = stage.text
        steps = text.splitlines()[0]
        assert steps.split("  ") == [
            " ✓ heard",
            "✓ apologised",
            "✓ taken up",
            "▸ working together",
            "○ solved",
            "○ followed up",
        ]
        assert "owed" in text

    play(
        story,
        bench,
        tmp_path,
        *said(
            "My router is dead again.",
            "I'm so sorry about that. I'll ring you back by 5pm. Would that suit you?",
            "yes that would be great, thank you",
        ),
        size=(80, 24),
    )


@pytest.mark.parametrize("name", ["[/red]", "[@click=app.quit]hi[/]", "\x1b]0;owned\x07", "N" * 5_000])
def test_a_name_is_shown_as_it_is_whatever_it_holds(name: str, bench: Workbench, tmp_path: Path) -> None:
    async def story(stage: Stage) -> None:
        arrival = Arrival("odd", Turn("customer", "My kettle is broken [/b]", name=name), "1", name)
        await stage.desk.take(arrival)
        await stage.rest()
        assert "My kettle is broken [/b]" in stage.text
        assert name[:3].replace("\x1b", "·") in stage.text
        await stage.type("Thank you for telling us.")
        await stage.press("enter")
        assert "\x1b" not in stage.text

    play(story, bench, tmp_path)


def test_a_desk_that_is_open_elsewhere_says_so(bench: Workbench, tmp_path: Path) -> None:
    async def story(stage: Stage) -> None:
        with pytest.raises(AssistError, match="open in another terminal"):
            Journal(stage.app.desk.journal.path)

    play(story, bench, tmp_path)


def test_a_click_chooses_and_a_click_on_what_is_chosen_takes_it(bench: Workbench, tmp_path: Path) -> None:
    async def story(stage: Stage) -> None:
        await stage.type("Did you plug it in?")
        findings = stage.desk.query_one(Findings)
        await stage.pilot.click(findings, offset=(4, stage.line("Apologise first") - findings.region.y))
        await stage.rest()
        assert findings.chosen is not None
        assert findings.chosen.category == "dypii"
        assert stage.draft == "Did you plug it in?"
        await stage.pilot.click(findings, offset=(4, stage.line("Apologise first") - findings.region.y))
        await stage.rest()
        assert "Did you plug it in?" not in stage.draft

    play(story, bench, tmp_path, ANGRY, size=(140, 40))


def test_the_mirror_says_what_was_done_well_in_words(bench: Workbench, tmp_path: Path) -> None:
    async def story(stage: Stage) -> None:
        await stage.type("Hi Priya, I am so sorry. Your new one comes today.")
        await stage.press("enter")
        await stage.press("f3")
        assert "Calls the customer by name" in stage.text
        assert "Says sorry, and means it" in stage.text
        assert "uses name" not in stage.text

    play(story, bench, tmp_path, ANGRY, size=(140, 40))


def test_a_play_that_is_not_for_every_channel_says_what_it_is_for(bench: Workbench, tmp_path: Path) -> None:
    assert bench.plays
    sheet = next(one.sheet for one in bench.plays.plays if 0 < len(one.sheet.channel) < 3)

    async def story(stage: Stage) -> None:
        await stage.press("ctrl+f")
        await stage.type(sheet.title)
        assert f"for {', '.join(sheet.channel)}" in stage.text

    play(story, bench, tmp_path, ANGRY, size=(140, 40))
