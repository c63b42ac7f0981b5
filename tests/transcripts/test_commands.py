"""What the commands read: a conversation, or many, in any format."""

import json
import shutil
from pathlib import Path

import pytest

from assist.cli import inputs, options
from assist.conversation import Conversation
from assist.errors import AssistError
from tests.transcripts.shown import SAMPLES

NOT_KNOWN = "not known who is who: 'SPEAKER_00', 'SPEAKER_01'"


class TestOneConversation:
    def test_an_export_is_read_as_lines_are(self, tmp_path: Path) -> None:
        (tmp_path / "talk.txt").write_text("customer: The blender I got from you leaks all over the counter.\n")
        (plain,) = inputs.conversation(tmp_path / "talk.txt").turns
        exported = inputs.conversation(SAMPLES / "contact-lens-chat.json")
        assert (exported.id, exported.turns[0].text) == ("chat-77", plain.text)
        assert [turn.role for turn in exported.turns] == ["customer", "system", "agent"]

    def test_a_packed_one_and_one_in_utf_16_are_read(self, tmp_path: Path) -> None:
        (tmp_path / "talk.txt").write_text("customer: it leaks\n", encoding="utf-16")
        shutil.make_archive(str(tmp_path / "talk"), "gztar", tmp_path, "talk.txt")
        for name in ("talk.txt", "talk.tar.gz"):
            assert [turn.text for turn in inputs.conversation(tmp_path / name).turns] == ["it leaks"]

    def test_a_guess_is_said(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        shutil.copy(SAMPLES / "twilio" / "messages.json", tmp_path)
        inputs.conversation(tmp_path / "messages.json")
        assert "taken for the agent, who is the one left over: 'rhona@desk'" in capsys.readouterr().err

    @pytest.mark.parametrize(
        ("name", "problem"),
        [
            ("zendesk-chat.json", "several conversations, '2402.1' and more; give one of them"),
            ("whisperx.json", f"{NOT_KNOWN}; write 'customer:' and 'agent:' for the names"),
            ("convokit/speakers.json", "only what goes with a conversation, and none itself"),
        ],
    )  # fmt: skip
    def test_what_is_not_one_conversation_is_refused(self, name: str, problem: str) -> None:
        with pytest.raises(AssistError) as raised:
            inputs.conversation(SAMPLES / name)
        assert str(raised.value) == f"{SAMPLES / name}: {problem}"

    def test_a_word_mistyped_is_still_named_with_its_line(self, tmp_path: Path) -> None:
        (tmp_path / "talk.txt").write_text("custmer: it leaks\nagent: I'm sorry\n")
        with pytest.raises(AssistError, match=r"talk\.txt:1: nobody speaks yet; begin with 'customer:' or 'agent:'"):
            inputs.conversation(tmp_path / "talk.txt")


class TestMany:
    def test_a_folder_of_exports_is_read_and_what_cannot_be_is_named(self, tmp_path: Path) -> None:
        shutil.copytree(SAMPLES / "zendesk", tmp_path / "zendesk")
        shutil.copy(SAMPLES / "whisperx.json", tmp_path)
        (tmp_path / "own.jsonl").write_text(
            json.dumps({"id": "o", "turns": [{"role": "agent", "text": "hi"}]}) + "\n{\n"
        )
        told = list(inputs.transcripts(tmp_path))
        assert [talk.id for talk in told if isinstance(talk, Conversation)] == ["o", "41"]
        assert [str(one.problem).removeprefix(str(tmp_path)) for one in told if isinstance(one, inputs.Unreadable)] == [
            "/own.jsonl:2: not JSON: it is cut short, or has half a letter in it (a lone surrogate)",
            f"/whisperx.json: {NOT_KNOWN}; say so with roles, such as 'SPEAKER_00=agent'",
        ]

    def test_roles_are_told_on_the_command_line(self) -> None:
        roles = options.roles(["SPEAKER_00=agent", "x=y=customer"])
        (talk,) = inputs.transcripts(SAMPLES / "whisperx.json", roles=roles)
        assert isinstance(talk, Conversation)
        assert [turn.role for turn in talk.turns] == ["agent", "customer", "agent"]
        with pytest.raises(AssistError, match="--roles agent: write NAME=customer"):
            options.roles(["agent"])
