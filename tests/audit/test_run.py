"""Whole audits: the same from one process and from several, and after any number of kills."""

import os
import random
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from assist.audit import partition
from assist.audit.audit import PARTITIONS, Audit
from assist.audit.engine import Judging
from assist.audit.examine import examine
from assist.audit.run import Source, run
from assist.audit.workers import Local
from assist.errors import AssistError, DataError
from assist.workbench import Workbench
from tests.audit.conftest import NUMBER
from tests.audit.runs import Dying, audited, deadly, opening, without_policy
from tests.audit.talks import ten


def test_transcripts_pass_through_a_batch_unchanged() -> None:
    told = ten()
    assert list(partition.transcripts(partition.batch(told))) == told


def test_a_batch_holds_what_examining_each_one_gives(bench: Workbench) -> None:
    rows = pa.Table.from_batches([partition.examined(partition.batch(ten()), bench.session)])
    assert list(partition.examinations(rows)) == [examine(one, bench.session) for one in ten()]


def test_every_conversation_is_audited_once_and_in_order(whole: Audit) -> None:
    assert [one.id for one in whole.conversations()] == [f"chat-{place}" for place in range(NUMBER)]
    assert (whole.made.conversations, whole.made.messages) == (NUMBER, 3 * NUMBER)
    assert len(whole.made.partitions) == 4
    assert {note.category for note in whole.notes()} >= {"policy-wall", "cold-open"}


def test_what_cannot_be_read_is_kept_with_its_reason(whole: Audit, export: Path) -> None:
    assert whole.made.set_aside == 2
    first, second = whole.set_aside
    assert first.source == f"{export}:{NUMBER + 1}"
    assert "did you mean 'agent'?" in first.problem
    assert second.source == f"{export}:{NUMBER + 2}"


def test_several_processes_make_the_same_files_as_one(whole: Audit, export: Path, tmp_path: Path) -> None:
    several, _ = audited(export, tmp_path, Local(2))
    assert several.made.partitions == whole.made.partitions
    assert list(several.examinations()) == list(whole.examinations())


def test_a_second_run_finds_all_done_and_changes_nothing(whole: Audit, export: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in whole.paths()}
    again, said = audited(export, whole.folder)
    assert all(one.kept for one in said)
    assert {path: path.stat().st_mtime_ns for path in again.paths()} == before


def test_only_what_is_missing_is_done_again(whole: Audit, export: Path) -> None:
    expected = list(whole.examinations())
    list(whole.paths())[1].unlink()
    again, said = audited(export, whole.folder)
    assert [one.kept for one in said].count(False) == 1
    assert list(again.examinations()) == expected


def test_another_lexicon_makes_all_files_anew_and_clears_the_old_away(export: Path, tmp_path: Path) -> None:
    old, _ = audited(export, tmp_path)
    new, said = audited(export, tmp_path, opening=without_policy)
    assert not any(one.kept for one in said)
    assert {path.stem for path in (tmp_path / PARTITIONS).iterdir()} == set(new.made.partitions)
    assert not set(old.made.partitions) & set(new.made.partitions)


def test_an_input_with_nothing_in_it_leaves_an_earlier_audit_alone(whole: Audit, tmp_path: Path) -> None:
    before = Audit.load(whole.folder).made
    with pytest.raises(AssistError, match=r"nothing to audit was found; .*no such file"):
        audited(tmp_path / "missing.jsonl", whole.folder)
    assert Audit.load(whole.folder).made == before


def test_a_path_that_is_no_text_is_audited_and_named(export: Path, tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"\xff.jsonl")
    path.write_bytes(export.read_bytes().splitlines()[0])
    audit, _ = audited(path, tmp_path / "out")
    assert audit.made.inputs == (rf"{tmp_path}/\udcff.jsonl",)
    assert Audit.load(audit.folder).made == audit.made


def test_a_folder_without_an_audit_says_so(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no audit in this folder"):
        Audit.load(tmp_path)
    (tmp_path / PARTITIONS).mkdir()
    with pytest.raises(DataError, match="not finished; run it again"):
        Audit.load(tmp_path)


def test_a_damaged_file_is_named(whole: Audit, export: Path, tmp_path: Path) -> None:
    audit, _ = audited(export, tmp_path)
    path = list(audit.paths())[1]
    path.write_bytes(path.read_bytes()[:500])
    with pytest.raises(DataError, match="no whole Parquet file; delete it and audit again") as raised:
        list(audit.conversations())
    assert raised.value.path == path
    path.unlink()
    assert list(audited(export, tmp_path)[0].examinations()) == list(whole.examinations())


def test_a_folder_of_another_release_says_so(export: Path, tmp_path: Path) -> None:
    """Its records have other columns, so nothing is made of them."""
    audit, _ = audited(export, tmp_path)
    path = next(audit.paths())
    pq.write_table(pq.read_table(path).drop_columns(["fault"]), path)
    for read in (lambda: [*audit.conversations()], lambda: [*audit.ids()], lambda: audit.contacts(7)):
        with pytest.raises(DataError, match="made by another release of assist; audit again"):
            read()


def test_killed_at_any_moment_it_goes_on_and_counts_nothing_twice(whole: Audit, export: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.audit.killed", str(export), str(tmp_path)]
    chance = random.Random(7)
    kills = 0
    for _ in range(4):
        process = subprocess.Popen(command)
        done = len(list(tmp_path.glob("*/*.parquet")))
        while process.poll() is None and len(list(tmp_path.glob("*/*.parquet"))) == done:
            time.sleep(0.02)
        time.sleep(chance.uniform(0, 0.3))
        if process.poll() is None:
            process.send_signal(signal.SIGKILL)
            kills += 1
        process.wait()
    assert kills >= 2
    after, said = audited(export, tmp_path, Local(2))
    assert any(one.kept for one in said)
    assert list(after.examinations()) == list(whole.examinations())
    assert after.made.conversations == NUMBER
    assert not list(tmp_path.rglob("*.part"))


def test_a_killed_worker_is_replaced(whole: Audit, export: Path, tmp_path: Path) -> None:
    audit, _ = audited(export, tmp_path / "out", Local(2), partial(Dying, tmp_path / "deaths"))
    assert (tmp_path / "deaths").exists()
    assert list(audit.examinations()) == list(whole.examinations())


def test_workers_that_always_die_end_the_run_with_one_line(export: Path, tmp_path: Path) -> None:
    judging = Judging(opening=deadly, fingerprint="x")
    with pytest.raises(AssistError, match="killed again and again"):
        run(Source(paths=(str(export),)), judging, tmp_path, engine=Local(2))


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_lexicon_that_changes_meanwhile_ends_the_run_with_one_line(export: Path, tmp_path: Path, jobs: int) -> None:
    judging = Judging(opening=without_policy, fingerprint=opening().fingerprint)
    with pytest.raises(AssistError, match="not those that the audit began with"):
        run(Source(paths=(str(export),)), judging, tmp_path, engine=Local(jobs))
    assert not list(tmp_path.rglob("*.parquet"))
