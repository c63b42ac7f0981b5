"""Every format: what its sample says, who is who in it, and what is told of the whole."""

import gzip
import io
import json
import shutil
import tarfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from assist.errors import AssistError
from assist.transcripts import Transcript, Unreadable, read
from assist.transcripts.formats import FORMATS
from tests.transcripts.shown import GOLDENS, SAMPLES, shown

NAMES = sorted(path.name for path in SAMPLES.iterdir())


def only(path: Path, **given: Mapping[str, str]) -> Transcript:
    """The one conversation of a file."""
    (told,) = read([path], "auto", **given)
    assert isinstance(told, Transcript)
    return told


def said(transcript: Transcript) -> list[tuple[str, str]]:
    """Who said what."""
    return [(message.role, message.text) for message in transcript.messages]


@pytest.fixture
def at_samples(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(SAMPLES)


@pytest.mark.usefixtures("at_samples")
@pytest.mark.parametrize("name", NAMES)
def test_a_sample_reads_as_its_golden_says(name: str) -> None:
    assert shown(read([name])) == (GOLDENS / f"{Path(name).stem}.txt").read_text(encoding="utf-8")


@pytest.mark.usefixtures("at_samples")
def test_every_format_has_a_sample() -> None:
    stems = {Path(name).stem for name in NAMES}
    assert {form for form in FORMATS if not any(stem.startswith(form) for stem in stems)} == set()


@pytest.mark.usefixtures("at_samples")
def test_a_second_run_gives_the_same_ids_and_no_two_conversations_share_one() -> None:
    first, second = ([told.id for told in read(["."]) if isinstance(told, Transcript)] for _ in range(2))
    assert first == second
    assert len(set(first)) == len(first) > 20


class TestWhoIsWho:
    def test_zendesk_users_are_looked_up_beside_it_and_without_them_it_is_guessed_and_said(
        self, tmp_path: Path
    ) -> None:
        shutil.copy(SAMPLES / "zendesk" / "comments.json", tmp_path)
        told = only(tmp_path / "comments.json")
        assert [message.role for message in told.messages] == ["customer", "agent", "agent", "system"]
        assert told.doubts == ("no users beside it: the first to write is taken for the customer, the rest for agents",)

    def test_twilio_without_participants_knows_a_number_and_guesses_the_other_side(self, tmp_path: Path) -> None:
        shutil.copy(SAMPLES / "twilio" / "messages.json", tmp_path)
        told = only(tmp_path / "messages.json")
        assert [message.role for message in told.messages] == ["customer", "agent", "system"]
        assert told.doubts == (
            "no participants beside it: who writes from a number is taken for the customer",
            "taken for the agent, who is the one left over: 'rhona@desk'",
        )

    def test_a_caller_says_who_a_speaker_is_and_the_other_follows(self) -> None:
        told = only(SAMPLES / "whisperx.json", roles={"speaker_00": "agent"})
        assert [message.role for message in told.messages] == ["agent", "customer", "agent"]
        assert told.doubts == ("taken for the customer, who is the one left over: 'SPEAKER_01'",)

    def test_without_a_word_from_anybody_nobody_is_taken_for_anything(self) -> None:
        told = only(SAMPLES / "whisperx.json")
        assert {message.role for message in told.messages} == {"unknown"}
        assert told.conversation.turns == ()

    def test_what_a_caller_says_goes_over_what_the_export_says(self) -> None:
        told = only(SAMPLES / "contact-lens-chat.json", roles={"SYSTEM_MESSAGE": "bot"})
        assert said(told)[1] == ("bot", "You are number 2 in the queue.")

    def test_machines_are_no_agents(self) -> None:
        roles = {message.role for name in ("genesys", "google-insights", "contact-lens-voice")
                 for message in only(SAMPLES / f"{name}.json").messages[:1]}  # fmt: skip
        assert roles == {"bot"}

    def test_notes_are_kept_and_no_part_of_the_conversation(self) -> None:
        told = only(SAMPLES / "intercom.json")
        assert [message.text for message in told.messages if message.note] == ["she's on the old plan & furious"]
        assert all("furious" not in turn.text for turn in told.conversation.turns)

    def test_a_role_that_there_is_not_is_refused_at_once(self) -> None:
        with pytest.raises(AssistError, match="unknown role 'agnt' for 'Jane'; did you mean 'agent'"):
            read(["."], roles={"Jane": "agnt"})

    def test_a_column_or_format_that_there_is_not_is_refused_at_once(self) -> None:
        with pytest.raises(AssistError, match="unknown column 'txt'; did you mean 'text'"):
            read(["."], columns={"txt": "Message"})
        with pytest.raises(AssistError, match="unknown format 'zendsk'; did you mean 'zendesk'"):
            read(["."], "zendsk")


class TestText:
    def read(self, folder: Path, text: str, **given: Mapping[str, str]) -> list[Transcript | Unreadable]:
        (folder / "talk.txt").write_text(text, encoding="utf-8")
        return list(read([folder / "talk.txt"], "auto", **given))

    @pytest.mark.parametrize(
        "text",
        [
            "Customer: my tent leaks\nAgent: oh no, I'm sorry\n",
            "customer:  my tent leaks\nAGENT: oh no, I'm sorry\n",
            "[12:03] Visitor: my tent leaks\n[12:04] Support: oh no, I'm sorry\n",
            "12:03:10 PM - Client: my tent leaks\n12:04:00 PM - Advisor: oh no, I'm sorry\n",
            "04/03/2024, 12:03 - Customer: my tent leaks\n04/03/2024, 12:04 - Agent: oh no, I'm sorry\n",
            "**Customer:** my tent leaks\n\n**Agent:** oh no, I'm sorry\n",
            "[Customer]: my tent leaks\n[Agent]: oh no, I'm sorry\n",
            "Jo (Customer): my tent leaks\nSupport (Ash): oh no, I'm sorry\n",
        ],
    )
    def test_people_write_chats_down_in_many_ways(self, tmp_path: Path, text: str) -> None:
        (told,) = self.read(tmp_path, text)
        assert isinstance(told, Transcript)
        assert said(told) == [("customer", "my tent leaks"), ("agent", "oh no, I'm sorry")]

    def test_names_alone_are_read_and_wait_to_be_told(self, tmp_path: Path) -> None:
        text = "Tom: hello\nJane: hi, what can I do?\nNote: she was quick\nOrder: 12"
        (told,) = self.read(tmp_path, text, roles={"Jane": "agent"})
        assert isinstance(told, Transcript)
        assert said(told) == [("customer", "hello"), ("agent", "hi, what can I do?\nNote: she was quick\nOrder: 12")]

    def test_a_signature_ends_no_conversation(self, tmp_path: Path) -> None:
        (told,) = self.read(tmp_path, "Customer: it broke\n---\nSent from my phone\nAgent: I'm sorry\n")
        assert isinstance(told, Transcript)
        assert [role for role, _ in said(told)] == ["customer", "agent"]

    def test_prose_and_code_are_no_conversation(self, tmp_path: Path) -> None:
        (told,) = self.read(tmp_path, "# Notes\n\nTo do: ring the shop.\nSee https://example.com for more.\n")
        assert isinstance(told, Unreadable)
        assert told.problem == "in none of the formats that are known; it begins '# Notes'"

    def test_subrip_is_read_as_webvtt_is(self, tmp_path: Path) -> None:
        (told,) = self.read(tmp_path, "1\n00:00:01,000 --> 00:00:02,500\nAgent: Tern Airlines, good morning.\n")
        assert isinstance(told, Transcript)
        assert [(message.offset, message.text) for message in told.messages] == [(1.0, "Tern Airlines, good morning.")]


class TestTables:
    def read(self, folder: Path, text: str, **given: Mapping[str, str]) -> list[Transcript | Unreadable]:
        (folder / "rows.csv").write_text(text, encoding="utf-8")
        return list(read([folder / "rows.csv"], "auto", **given))

    def test_columns_of_other_names_are_told_by_the_caller(self, tmp_path: Path) -> None:
        columns = {"text": "Nachricht", "role": "Wer", "id": "Vorgang"}
        table = "Vorgang\tWer\tNachricht\n8\tKunde\tkaputt\n8\tagent\tI'm sorry\n"
        (told,) = self.read(tmp_path, table, columns=columns, roles={"Kunde": "customer"})
        assert isinstance(told, Transcript)
        assert (told.id, said(told)) == ("8", [("customer", "kaputt"), ("agent", "I'm sorry")])

    def test_a_column_that_is_not_there_is_named(self, tmp_path: Path) -> None:
        (told,) = self.read(tmp_path, "role,text\nagent,hi\n", columns={"text": "txt"})
        assert str(told).endswith("rows.csv: no column 'txt'; did you mean 'text'?")

    def test_a_table_without_speakers_is_read_and_said_to_be(self, tmp_path: Path) -> None:
        (told,) = self.read(tmp_path, "chat id,message\n1,hello\n1,hi there\n")
        assert isinstance(told, Transcript)
        assert told.doubts[0] == "no column says who speaks"

    def test_a_direction_says_who_speaks(self, tmp_path: Path) -> None:
        (told,) = self.read(tmp_path, "case,direction,body\n1,Inbound,where is it\n1,Outbound,on its way\n")
        assert isinstance(told, Transcript)
        assert [role for role, _ in said(told)] == ["customer", "agent"]

    @pytest.mark.parametrize(
        ("cell", "at"),
        [
            ("2024-03-04 10:05:00", "2024-03-04 10:05"),
            ("2024-03-04T11:05:00+01:00", "2024-03-04 10:05"),
            ("4 Mar 2024 10:05", "2024-03-04 10:05"),
            ("Mon, 04 Mar 2024 10:05:00 +0000", "2024-03-04 10:05"),
            ("1709546700", "2024-03-04 10:05"),
            ("1709546700000", "2024-03-04 10:05"),
            ("1709546700000000", "2024-03-04 10:05"),
            ("", ""),
            ("04.03.2024", ""),
            ("04/03/2024 10:05", ""),
            ("nan", ""),
            ("-5", ""),
            ("yesterday", ""),
        ],
    )
    def test_times_are_read_as_people_write_them_where_they_are_sure(self, tmp_path: Path, cell: str, at: str) -> None:
        (told,) = self.read(tmp_path, f'role,text,time\nagent,hello,"{cell}"\n')
        assert isinstance(told, Transcript)
        moment = told.messages[0].at
        assert (f"{moment:%Y-%m-%d %H:%M}" if moment else "") == at
        assert bool(told.doubts) == bool(cell and not at)

    def test_a_formula_in_a_name_and_a_tag_in_a_text_stay_words(self, tmp_path: Path) -> None:
        (told,) = self.read(tmp_path, 'name,role,text\n=cmd|calc,customer,"if (a < b) <script>x</script>"\n')
        assert isinstance(told, Transcript)
        assert (told.messages[0].by, told.messages[0].text) == ("=cmd|calc", "if (a < b) <script>x</script>")


class TestWherever:
    LINE = json.dumps({"id": "%s", "turns": [{"role": "customer", "text": "it leaks"}]}) + "\n"

    def ids(self, *paths: Path | str) -> list[str]:
        return [told.id if isinstance(told, Transcript) else f"! {told.problem}" for told in read(paths)]

    def test_a_folder_and_what_is_packed_in_it(self, tmp_path: Path) -> None:
        (tmp_path / "deep" / "er").mkdir(parents=True)
        (tmp_path / "deep" / "er" / "plain").write_text(self.LINE % "plain")
        (tmp_path / "deep" / "packed").write_bytes(gzip.compress((self.LINE % "packed").encode()))
        (tmp_path / ".hidden").write_text("no transcript")
        inner = io.BytesIO()
        with zipfile.ZipFile(inner, "w") as archive:
            archive.writestr("x.jsonl", self.LINE % "zip in zip")
        with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
            archive.writestr("a/one.jsonl", self.LINE % "zipped")
            archive.writestr("__MACOSX/._one.jsonl", "litter")
            archive.writestr("b.zip", inner.getvalue())
            archive.writestr("c.gz", gzip.compress((self.LINE % "gzip in zip").encode()))
        with tarfile.open(tmp_path / "tar.tgz", "w:gz") as tar:
            tar.add(tmp_path / "deep" / "er" / "plain", "plain")
        assert self.ids(tmp_path) == [
            "zipped", "zip in zip", "gzip in zip", "plain", "packed",
            "! the id 'plain' came before; only the first is read",
        ]  # fmt: skip

    def test_users_are_found_beside_a_ticket_within_a_zip(self, tmp_path: Path) -> None:
        with zipfile.ZipFile(tmp_path / "export.zip", "w", zipfile.ZIP_DEFLATED) as archive:
            for path in sorted((SAMPLES / "zendesk").iterdir()):
                archive.write(path, f"export/{path.name}")
        told = only(tmp_path / "export.zip")
        assert [message.by for message in told.messages] == ["Ines Calder", "Priya", "Bo", ""]

    def test_patterns_and_what_is_not_there(self, tmp_path: Path) -> None:
        for name in ("a.jsonl", "b.jsonl"):
            (tmp_path / name).write_text(self.LINE % name)
        assert self.ids(f"{tmp_path}/*.jsonl", tmp_path / "c.jsonl", f"{tmp_path}/*.csv") == [
            "a.jsonl", "b.jsonl", "! no such file or folder; did you mean 'b.jsonl'?", "! no file fits this pattern",
        ]  # fmt: skip

    def test_standard_input(self, monkeypatch: pytest.MonkeyPatch) -> None:
        class Piped:
            buffer = io.BytesIO(gzip.compress((self.LINE % "piped").encode()))

        monkeypatch.setattr("sys.stdin", Piped())
        assert self.ids("-") == ["piped"]

    @pytest.mark.parametrize("indent", [None, 1])
    def test_a_list_of_conversations_is_read_item_by_item(self, tmp_path: Path, indent: int | None) -> None:
        talks = [{"id": n, "turns": [{"role": "agent", "text": 'brackets ]}" and "quotes'}]} for n in range(20_000)]
        for name, whole in (
            ("bare.json", talks),
            ("envelope.json", {"count": 3, "conversations": talks, "next": None}),
        ):
            (tmp_path / name).write_text(json.dumps(whole, indent=indent))
            assert self.ids(tmp_path / name) == [str(n) for n in range(20_000)]

    def test_rows_of_conversations_may_stand_mixed(self, tmp_path: Path) -> None:
        rows = "".join(f"{n % 7},customer,line {n}\n" for n in range(70))
        (tmp_path / "mixed.csv").write_text("chat,role,text\n" + rows)
        told = list(read([tmp_path / "mixed.csv"]))
        assert [len(one.messages) for one in told if isinstance(one, Transcript)] == [10] * 7

    def test_reading_is_as_wanted(self, tmp_path: Path) -> None:
        (tmp_path / "a.jsonl").write_text(self.LINE % "a" + self.LINE % "b")
        reading = read([tmp_path / "a.jsonl", tmp_path / "none.jsonl"])
        assert isinstance(next(reading), Transcript)
