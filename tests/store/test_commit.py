"""Several files change together or not at all. What breaks is in test_faults.py."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.store.plain_desk import (
    SECOND,
    START,
    Changes,
    State,
    after,
    as_nobody,
    change,
    generation_of,
    interrupt,
    look,
    memory_folder,
    on_disk,
    root,
)
from tix.errors import DeskDamaged, IOFailed, PermissionRefused
from tix.store.commit import commit, recover, remove_strays
from tix.store.folder import Folder, temp_name
from tix.store.layout import ROOT
from tix.store.lock import hold
from tix.store.pending import COMMIT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def desk() -> Iterator[Path]:
    """A desk at generation 1, with two files."""
    with memory_folder() as above:
        path = above / "desk"
        Folder.create(path).close()
        change(path, {"a": b"a1", "history/12.json": b"h1"}, 0)
        yield path


def present(path: Path) -> dict[str, bytes]:
    """Return the files of the desk itself."""
    found = on_disk(path)
    return {name: found[name] for name in found if not name.startswith("backups/")}


def mend(path: Path) -> None:
    with Folder.open(path) as folder, hold(folder, 1):
        recover(folder, generation_of)


SHAPES: dict[str, Changes] = {
    "only the root": {},
    "a file replaced": {"a": b"a2"},
    "two files replaced": {"a": b"a2", "history/12.json": b"h2"},
    "a file made": {"b": b"b2"},
    "files made in new folders": {"settled/00/0.json": b"s", "keys/3f.json": b"k"},
    "a file removed": {"history/12.json": None},
    "moved": {"history/12.json": None, "settled/00/0.json": b"s", "a": b"a2"},
    "an empty file": {"a": b""},
    "what is not there removed": {"settled/00/9.json": None},
    "more files than may be open": {f"ops/{n}.json": b"%d" % n for n in range(450)},
}


@pytest.mark.parametrize("changes", SHAPES.values(), ids=SHAPES)
def test_a_commit_changes_all_it_says_and_nothing_else(desk: Path, changes: Changes):
    expected = after(present(desk), {**changes, ROOT: root(2)})

    assert change(desk, changes, 1) == ()

    assert present(desk) == expected
    modes = {stat.S_IMODE(file.stat().st_mode) for file in desk.rglob("*") if file.is_file()}
    assert modes == {0o600}


@pytest.mark.parametrize("changes", SHAPES.values(), ids=SHAPES)
def test_an_interrupted_commit_is_finished_by_the_next_writer(desk: Path, changes: Changes):
    expected = after(present(desk), {**changes, ROOT: root(2)})
    interrupt(desk, changes, 1, renamed=len(changes) // 2)

    mend(desk)

    assert present(desk) == expected


def test_nothing_is_written_in_place(desk: Path):
    before = (desk / "a").open("rb")
    (desk / "a").chmod(0o400)

    change(desk, {"a": b"a2"}, 1)

    with before:
        assert before.read() == b"a1"
    assert (desk / "a").read_bytes() == b"a2"


@pytest.mark.parametrize("target", ["a", "history/12.json", "new", ROOT])
@pytest.mark.parametrize("kind", ["link", "folder", "fifo"])
def test_a_planted_target_is_refused_and_nothing_changes(
    desk: Path, tmp_path: Path, target: str, kind: str
):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_bytes(b"precious")
    (desk / target).unlink(missing_ok=True)
    if kind == "link":
        (desk / target).symlink_to(elsewhere)
    elif kind == "folder":
        (desk / target).mkdir()
    else:
        os.mkfifo(desk / target)
    before = {file.name for file in desk.iterdir()}

    with Folder.open(desk) as folder, pytest.raises(PermissionRefused, match=target):
        commit(folder, {ROOT: root(2), target: b"2"}, base_generation=1, now=START)

    assert {file.name for file in desk.iterdir()} == before
    assert elsewhere.read_bytes() == b"precious"


def test_a_planted_folder_is_refused_and_nothing_changes(desk: Path, tmp_path: Path):
    (tmp_path / "elsewhere").mkdir()
    (desk / "settled").symlink_to(tmp_path / "elsewhere")
    before = present(desk)

    with pytest.raises(PermissionRefused, match="/settled is not a folder"):
        change(desk, {"a": b"a2", "settled/0.json": b"s"}, 1)

    assert present(desk) == before
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_commit_without_its_root_is_a_mistake_of_ours(desk: Path):
    with Folder.open(desk) as folder, pytest.raises(AssertionError):
        commit(folder, {"a": b"a2"}, base_generation=1, now=START)


def test_a_commit_over_an_unfinished_one_is_a_mistake_of_ours(desk: Path):
    interrupt(desk, {"a": b"a2"}, 1)
    before = present(desk)

    with Folder.open(desk) as folder, pytest.raises(AssertionError):
        commit(folder, {ROOT: root(2)}, base_generation=1, now=START)

    assert present(desk) == before


def test_an_interrupt_before_the_moment_of_truth_leaves_nothing(desk: Path):
    class Interrupted(dict):
        def __getitem__(self, name: str) -> Any:
            if name == "b":
                raise KeyboardInterrupt
            return super().__getitem__(name)

    before = present(desk)
    changes = {ROOT: root(2), "a": b"a2", "b": b"b2"}

    with Folder.open(desk) as folder, pytest.raises(KeyboardInterrupt):
        commit(folder, Interrupted(changes), base_generation=1, now=START)

    assert present(desk) == before


def test_where_there_is_nothing_to_recover_nothing_is_touched(desk: Path):
    before = on_disk(desk), desk.stat().st_mtime_ns

    with Folder.open(desk) as folder:
        recover(folder, generation_of)

    assert (on_disk(desk), desk.stat().st_mtime_ns) == before


def test_what_a_killed_commit_left_is_swept_up(desk: Path):
    before = present(desk)
    for name in (ROOT, "a", "history/12.json", COMMIT, "backups/copies/ab"):
        (desk / name).parent.mkdir(exist_ok=True, parents=True)
        (desk / temp_name(name)).write_bytes(b"half")

    mend(desk)

    assert present(desk) == before
    assert list(desk.rglob(".tmp-*")) == []


def test_attachments_in_the_making_are_left_alone(desk: Path):
    (desk / "files" / "ab").mkdir(parents=True)
    half = desk / temp_name("files/ab/abcd")
    half.write_bytes(b"half")
    (desk / temp_name(ROOT)).write_bytes(b"half")

    with Folder.open(desk) as folder:
        remove_strays(folder)

    assert list(desk.rglob(".tmp-*")) == [half]


@pytest.fixture
def interrupted(desk: Path) -> Path:
    interrupt(desk, {"a": b"a2", "history/12.json": None, "b": b"b2"}, 1)
    return desk


def refused(path: Path) -> str:
    """Return why neither a writer nor a reader goes on, and that nothing changed."""
    before = on_disk(path)
    with pytest.raises(DeskDamaged) as by_writer:
        mend(path)
    with pytest.raises(DeskDamaged) as by_reader:
        look(path)
    assert on_disk(path) == before
    assert by_writer.value.exit_code == 65
    assert by_writer.value.message == by_reader.value.message
    return by_writer.value.message


def test_a_torn_commit_is_damage(interrupted: Path):
    content = (interrupted / COMMIT).read_bytes()
    for length in range(0, len(content), 9):
        (interrupted / COMMIT).write_bytes(content[:length])

        assert refused(interrupted) == "commit.json is damaged: its checksum does not fit"


def test_a_changed_commit_is_damage(interrupted: Path):
    content = bytearray((interrupted / COMMIT).read_bytes())
    for at in range(12, len(content), 9):
        changed = content.copy()
        changed[at] ^= 1
        (interrupted / COMMIT).write_bytes(changed)

        assert refused(interrupted) == "commit.json is damaged: its checksum does not fit"


@pytest.mark.parametrize("damage", ["missing", "empty", "changed"])
@pytest.mark.parametrize("target", ["a", "b", ROOT])
def test_a_new_file_that_is_not_what_was_written_is_damage(
    interrupted: Path, target: str, damage: str
):
    (new,) = interrupted.glob(f".tmp-*-{target}")
    if damage == "missing":
        new.unlink()
    else:
        new.write_bytes(b"" if damage == "empty" else b"root 3")

    assert refused(interrupted).startswith("commit.json does not fit the desk: ")


def test_a_commit_beside_a_root_of_another_generation_is_refused(interrupted: Path):
    (interrupted / ROOT).write_bytes(root(7))

    message = "commit.json does not fit the desk: it follows generation 1, tickets.json is of 7"
    assert refused(interrupted) == message


def test_a_commit_beside_no_root_is_refused(interrupted: Path):
    (interrupted / ROOT).unlink()

    message = "commit.json does not fit the desk: it follows generation 1, tickets.json is of 0"
    assert refused(interrupted) == message


def test_a_commit_that_follows_any_root_is_finished_over_a_damaged_one(desk: Path):
    with Folder.open(desk) as folder, hold(folder, 1):
        (desk / ROOT).write_bytes(b"\0" * 6)
        commit(folder, {ROOT: root(9), "a": b"a9"}, base_generation=None, now=START)

    assert look(desk) == {ROOT: root(9), "history/12.json": b"h1"}


def test_a_name_that_leads_out_of_the_desk_is_refused_even_in_a_commit(desk: Path):
    with Folder.open(desk) as folder, pytest.raises(PermissionRefused):
        commit(folder, {ROOT: root(2), "../evil": b"x"}, base_generation=1, now=START)

    assert not (desk.parent / "evil").exists()


def test_a_folder_that_may_not_be_written_is_refused(desk: Path):
    desk.parent.chmod(0o711)
    for file in [desk, *desk.rglob("*")]:
        file.chmod(0o555 if file.is_dir() else 0o444)
    before = on_disk(desk)

    with as_nobody(), Folder.open(desk) as folder, pytest.raises(PermissionRefused) as refused:
        commit(folder, {ROOT: root(2)}, base_generation=1, now=START)

    assert refused.value.message == "nothing was saved: Permission denied"
    assert on_disk(desk) == before


def test_a_file_too_large_for_the_system_is_refused(desk: Path):
    import resource
    import signal

    before = present(desk)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, limits[1]))
    try:
        with pytest.raises(IOFailed, match=r"^nothing was saved: File too large$"):
            change(desk, {"a": b"a2", "b": b"b" * 5000}, 1)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, handler)

    assert present(desk) == before


names = st.sampled_from(["a", "b", "history/1.json", "history/2.json", "settled/00/0.json"])
contents = st.none() | st.binary(max_size=20)


@settings(max_examples=50)
@given(st.lists(st.dictionaries(names, contents, max_size=3), max_size=6), st.data())
def test_a_desk_is_what_its_commits_made_of_it(many: list[Changes], data: st.DataObject):
    with memory_folder() as above:
        path = above / "desk"
        Folder.create(path).close()
        state: State = {}
        for base, changes in enumerate(many):
            if base and data.draw(st.booleans()):
                mend(path)
                interrupt(path, changes, base, renamed=data.draw(st.integers(0, len(changes))))
            else:
                change(path, changes, base, START + base * SECOND)
            state = after(state, {**changes, ROOT: root(base + 1)})

        mend(path)
        assert present(path) == state
