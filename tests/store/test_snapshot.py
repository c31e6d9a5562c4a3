"""A reader sees one state of the desk, whatever writers do meanwhile."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.store.plain_desk import (
    after,
    as_nobody,
    change,
    everything,
    generation_of,
    interrupt,
    look,
    memory_folder,
    on_disk,
    root,
)
from tix.errors import CannotCreate, DeskDamaged, Locked
from tix.store.commit import recover
from tix.store.folder import Folder
from tix.store.layout import ROOT
from tix.store.lock import hold
from tix.store.pending import COMMIT
from tix.store.snapshot import Snapshot, reading

if TYPE_CHECKING:
    from collections.abc import Iterator

FILES = {"a.json": b"a1", "history/12.json": b"h1"}
STATE = {ROOT: root(1), **FILES}
CHANGES = {"a.json": b"a2", "history/12.json": None, "settled/00/0.json": b"s2"}
NEXT = after(STATE, {ROOT: root(2), **CHANGES})


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    path = tmp_path / "desk"
    Folder.create(path).close()
    change(path, FILES, 0)
    return path


@pytest.fixture
def folder(desk: Path) -> Iterator[Folder]:
    with Folder.open(desk) as folder:
        yield folder


def test_a_reader_sees_the_desk(desk: Path):
    assert look(desk) == STATE


@pytest.mark.parametrize("renamed", range(4))
def test_a_reader_sees_an_unfinished_commit_as_done(desk: Path, renamed: int):
    interrupt(desk, CHANGES, 1, renamed=renamed)
    before = on_disk(desk)

    assert look(desk) == NEXT
    assert on_disk(desk) == before


def test_reading_writes_nothing(desk: Path):
    before = on_disk(desk), desk.stat().st_mtime_ns

    look(desk)

    assert (on_disk(desk), desk.stat().st_mtime_ns) == before


def test_a_snapshot_is_true_until_the_next_commit(folder: Folder, desk: Path):
    with Snapshot.take(folder) as snapshot:
        assert everything(snapshot) == STATE
        assert snapshot.still_true()

        change(desk, CHANGES, 1)

        assert snapshot.read(ROOT) == root(1)
        assert not snapshot.still_true()


def test_a_snapshot_is_not_true_while_a_commit_is_on_its_way(folder: Folder, desk: Path):
    with Snapshot.take(folder) as snapshot:
        interrupt(desk, CHANGES, 1)

        assert not snapshot.still_true()


def test_finishing_an_unfinished_commit_changes_nothing_for_a_reader(folder: Folder, desk: Path):
    interrupt(desk, CHANGES, 1)
    with Snapshot.take(folder) as snapshot:
        assert snapshot.still_true()

        recover(folder, generation_of)

        assert everything(snapshot) == NEXT
        assert snapshot.still_true()

        change(desk, {}, 2)
        assert not snapshot.still_true()


def test_another_unfinished_commit_is_another_state(folder: Folder, desk: Path):
    interrupt(desk, CHANGES, 1)
    with Snapshot.take(folder) as snapshot:
        recover(folder, generation_of)
        interrupt(desk, {}, 2)

        assert not snapshot.still_true()


def test_a_commit_taken_back_is_another_state(folder: Folder, desk: Path):
    interrupt(desk, CHANGES, 1)
    with Snapshot.take(folder) as snapshot:
        for half in desk.rglob(".tmp-*"):
            half.unlink()
        (desk / COMMIT).unlink()

        assert not snapshot.still_true()


def test_work_is_done_again_when_the_desk_changed_under_it(folder: Folder, desk: Path):
    seen = []

    def work(snapshot: Snapshot) -> dict[str, bytes]:
        seen.append(snapshot.read("a.json"))
        if len(seen) == 1:
            change(desk, CHANGES, 1)
        return everything(snapshot)

    assert reading(folder, work, 1) == NEXT
    assert seen == [b"a1", b"a2"]


def test_what_work_raises_counts_only_if_it_saw_one_state(folder: Folder, desk: Path):
    tries = []

    def work(snapshot: Snapshot) -> bytes:
        tries.append(1)
        if len(tries) == 1:
            change(desk, CHANGES, 1)
        return snapshot.read("history/12.json")

    with pytest.raises(DeskDamaged, match=r"^history/12\.json is missing$"):
        reading(folder, work, 1)
    assert len(tries) == 2


def test_an_error_of_the_work_itself_is_passed_on_at_once(folder: Folder):
    tries = []

    def work(_: Snapshot) -> None:
        tries.append(1)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        reading(folder, work, 1)
    assert len(tries) == 1


def test_after_three_tries_a_reader_keeps_the_writers_out(folder: Folder, desk: Path):
    tries = []

    def work(snapshot: Snapshot) -> dict[str, bytes]:
        tries.append(1)
        if len(tries) < 4:
            change(desk, {"a.json": b"try %d" % len(tries)}, len(tries))
        else:
            with pytest.raises(Locked), hold(folder, 0):
                pass
        return everything(snapshot)

    assert reading(folder, work, 1) == {**STATE, ROOT: root(4), "a.json": b"try 3"}
    assert len(tries) == 4


def test_a_reader_who_has_to_wait_does_not_wait_for_ever(folder: Folder, desk: Path):
    tries = []

    def work(_: Snapshot) -> None:
        tries.append(1)
        change(desk, {}, len(tries))
        if len(tries) == 3:
            lock.__enter__()

    lock = hold(folder, 0)
    try:
        with pytest.raises(Locked):
            reading(folder, work, 0.05)
    finally:
        lock.__exit__(None, None, None)


def test_reading_goes_on_while_somebody_holds_the_lock(folder: Folder, desk: Path):
    with hold(folder, 0):
        assert look(desk) == STATE


def test_an_empty_folder_is_no_desk(tmp_path: Path):
    Folder.create(tmp_path / "empty").close()

    with pytest.raises(CannotCreate, match=r"there is no desk in .*/empty") as none:
        look(tmp_path / "empty")
    assert none.value.exit_code == 73


def test_a_desk_without_its_root_is_damaged(desk: Path):
    change(desk, {}, 1)
    (desk / ROOT).unlink()

    with pytest.raises(DeskDamaged, match=r"^tickets\.json is gone from ") as damaged:
        look(desk)
    assert damaged.value.hint == "see 'tix backup list'"


def test_locks_backups_and_strange_files_are_no_part_of_a_state(folder: Folder, desk: Path):
    change(desk, {}, 1)
    for name in ("sla.lock", "letter.txt", ".tmp-12-a.json", "damaged/a.json", "files/ab/abcd"):
        (desk / name).parent.mkdir(parents=True, exist_ok=True)
        (desk / name).write_bytes(b"")

    with Snapshot.take(folder) as snapshot:
        assert snapshot.names() == ["a.json", "files/ab/abcd", "history/12.json", ROOT]


def test_no_descriptor_is_left_open(folder: Folder, desk: Path):
    before = set(Path("/dev/fd").iterdir())

    look(desk)
    interrupt(desk, CHANGES, 1)
    look(desk)
    (desk / COMMIT).write_bytes(b"torn")
    with pytest.raises(DeskDamaged):
        look(desk)

    assert set(Path("/dev/fd").iterdir()) == before


@pytest.mark.parametrize("is_unfinished", [False, True])
def test_reading_works_in_a_folder_that_may_not_be_written(desk: Path, is_unfinished: bool):
    if is_unfinished:
        interrupt(desk, CHANGES, 1, renamed=1)
    with memory_folder() as above:
        above.chmod(0o711)
        copy = shutil.copytree(desk, above / "desk")
        for file in [copy, *copy.rglob("*")]:
            file.chmod(0o555 if file.is_dir() else 0o444)

        with as_nobody():
            assert look(copy) == (NEXT if is_unfinished else STATE)
            with Folder.open(copy) as folder, hold(folder, 0, shared=True):
                pass
