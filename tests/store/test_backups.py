"""Earlier states of a desk can be had back, whole."""

from __future__ import annotations

import json
import os
import stat
import zipfile
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.store.plain_desk import (
    START,
    Changes,
    State,
    after,
    change,
    generation_of,
    interrupt,
    look,
    memory_folder,
    root,
)
from tix.errors import BadData, CannotCreate, DeskDamaged, IOFailed, NotFound
from tix.store import backups
from tix.store.blobs import put_blob
from tix.store.folder import Folder
from tix.store.layout import ROOT
from tix.store.lock import hold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


@pytest.fixture
def desk() -> Iterator[Path]:
    with memory_folder() as above:
        path = above / "desk"
        Folder.create(path).close()
        yield path


def lives(path: Path, many: Sequence[tuple[timedelta, Changes]]) -> list[State]:
    """Make commits, each so long after the start; return the state at each generation."""
    states: list[State] = [{}]
    for base, (at, changes) in enumerate(many):
        change(path, changes, base, START + at)
        states.append(after(states[-1], {ROOT: root(base + 1), **changes}))
    return states


def kept(path: Path) -> list[tuple[str, timedelta, int, bool]]:
    """Return kind, time since the start, generation and wholeness of what is kept."""
    with Folder.open(path) as folder:
        return [
            (one.which.partition("/")[0], one.at - START, one.generation, one.is_complete)
            for one in backups.generations(folder)
        ]


def names(path: Path, kind: str = "") -> list[str]:
    with Folder.open(path) as folder:
        found = [one.which for one in backups.generations(folder)]
    return [which for which in found if which.startswith(kind)]


def restore(path: Path, which: str, base: int | None, at: datetime = START) -> tuple[str, ...]:
    """Bring a generation back; its root gets the next number, as it must not fall."""
    with Folder.open(path) as folder, hold(folder, 1):
        return backups.restore(
            folder, which, at, base_generation=base, renew=lambda _: root((base or 90) + 1)
        )


def numbered(state: State, generation: int) -> State:
    return {**state, ROOT: root(generation)}


def test_a_new_desk_has_no_backups(desk: Path):
    change(desk, {"a.json": b"1"}, 0)

    assert kept(desk) == []


def test_the_state_before_a_commit_is_kept_once_a_minute_and_once_a_day(desk: Path):
    lives(desk, [(n * 0.4 * MINUTE, {}) for n in range(5)])

    assert kept(desk) == [
        ("recent", 1.6 * MINUTE, 4, True),
        ("recent", 0.4 * MINUTE, 1, True),
        ("daily", 0.4 * MINUTE, 1, True),
    ]


def test_ten_recent_and_seven_daily_generations_are_kept(desk: Path):
    many = [(n * DAY, {"a.json": b"%d" % n}) for n in range(9)]
    many += [(8 * DAY + n * MINUTE, {"b.json": b"%d" % n}) for n in range(1, 6)]
    states = lives(desk, many)

    found = kept(desk)
    assert [generation for kind, _, generation, _ in found if kind == "recent"] == [
        *range(13, 3, -1)
    ]
    assert [generation for kind, _, generation, _ in found if kind == "daily"] == [*range(8, 1, -1)]
    with Folder.open(desk) as folder:
        for one in backups.generations(folder):
            brought = after(states[-1], backups.changes_back(folder, one.which))
            assert brought == states[one.generation]


def test_copies_that_no_day_needs_are_removed(desk: Path):
    lives(desk, [(n * DAY, {"a.json": b"%d" % n, "b.json": b"b"}) for n in range(20)])

    # Of seven days: seven roots, seven a.json, and one b.json.
    assert len(list((desk / "backups" / "copies").iterdir())) == 15


def test_copying_much_takes_several_commits(desk: Path):
    much = {f"{letter}.json": letter.encode() * (40 << 20) for letter in "abc"}
    change(desk, much, 0)

    found = []
    for base in (1, 2, 3):
        change(desk, {"d.json": b"%d" % base}, base, START + DAY)
        found.append([one[2:] for one in kept(desk) if one[0] == "daily"])

    assert found == [[], [], [(3, True)]]
    with Folder.open(desk) as folder:
        brought = backups.changes_back(folder, names(desk, "daily")[0])
    assert brought == {ROOT: root(3), **much, "d.json": b"2"}
    assert [one.name for one in desk.rglob("begun*")] == []


def test_a_lost_copy_is_made_again_the_next_day(desk: Path):
    lives(desk, [(n * DAY, {"a.json": b"a"} if n == 0 else {}) for n in range(3)])
    for copy in (desk / "backups" / "copies").iterdir():
        copy.unlink()

    change(desk, {}, 3, START + 3 * DAY)

    assert [one[2:] for one in kept(desk) if one[0] == "daily"] == [
        (3, True),
        (2, False),
        (1, False),
    ]


def test_a_clock_set_back_confuses_nothing(desk: Path):
    many: list[tuple[timedelta, Changes]]
    many = [(10 * DAY, {"a.json": b"1"}), (10 * DAY + 2 * MINUTE, {"a.json": b"2"})]
    many += [(0 * DAY, {"a.json": b"3"}), (3 * MINUTE, {"a.json": None})]
    states = lives(desk, many)

    assert [one[1:] for one in kept(desk)] == [
        (10 * DAY + 2 * MINUTE, 1, True),
        (10 * DAY + 2 * MINUTE, 1, True),
        (3 * MINUTE, 3, True),
        (0 * DAY, 2, True),
        (0 * DAY, 2, True),
    ]
    with Folder.open(desk) as folder:
        for one in backups.generations(folder):
            brought = after(states[-1], backups.changes_back(folder, one.which))
            assert brought == states[one.generation]


def test_a_generation_comes_back_whole(desk: Path):
    states = lives(
        desk,
        [
            (0 * MINUTE, {"a.json": b"a1", "history/1.json": b"h1"}),
            (2 * MINUTE, {"a.json": b"a2", "history/2.json": b"h2"}),
            (4 * MINUTE, {"history/1.json": None, "settled/00/0.json": b"h1"}),
        ],
    )
    which = names(desk, "recent")[1]

    restore(desk, which, 3)

    assert look(desk) == numbered(states[1], 4)


def test_going_back_can_itself_be_undone(desk: Path):
    states = lives(desk, [(n * MINUTE, {"a.json": b"%d" % n}) for n in range(4)])
    at = START + 3 * MINUTE

    restore(desk, names(desk, "recent")[-1], 4, at)
    assert look(desk) == numbered(states[1], 5)

    restore(desk, names(desk, "recent")[0], 5, at)
    assert look(desk) == numbered(states[4], 6)


def test_a_damaged_file_comes_back_from_the_daily_copy(desk: Path):
    many = [(0 * DAY, {"a.json": b"a", "settled/00/0.json": b"at rest"})]
    states = lives(desk, [*many, (1 * DAY, {"a.json": b"b"}), (2 * DAY, {"a.json": b"c"})])
    with (desk / "settled/00/0.json").open("r+b") as file:
        file.write(b"\0\0")  # in place, as no program of ours does

    restore(desk, names(desk, "daily")[0], 3)

    assert look(desk) == numbered(states[2], 4)


def test_a_damaged_root_is_no_hindrance(desk: Path):
    states = lives(desk, [(n * DAY, {"a.json": b"%d" % n}) for n in range(3)])
    (desk / ROOT).write_bytes(b"")

    restore(desk, names(desk, "daily")[0], None)

    assert look(desk) == numbered(states[2], 91)


def test_a_missing_root_is_no_hindrance(desk: Path):
    states = lives(desk, [(n * DAY, {"a.json": b"%d" % n}) for n in range(3)])
    (desk / ROOT).unlink()
    with pytest.raises(DeskDamaged):
        look(desk)

    restore(desk, names(desk, "recent")[0], None)

    assert look(desk) == numbered(states[2], 91)


def test_strange_files_are_left_alone(desk: Path):
    lives(desk, [(n * DAY, {"a.json": b"%d" % n}) for n in range(3)])
    strange = ["letter.txt", "sla.lock", "damaged/a.json", "files/ab/abcd"]
    for name in strange:
        (desk / name).parent.mkdir(parents=True, exist_ok=True)
        (desk / name).write_bytes(b"mine")

    restore(desk, names(desk, "daily")[-1], 3)

    assert [name for name in strange if (desk / name).read_bytes() != b"mine"] == []


def test_a_daily_copy_that_was_damaged_is_told_and_not_brought_back(desk: Path):
    lives(desk, [(n * DAY, {"a.json": b"%d" % n}) for n in range(3)])
    which = names(desk, "daily")[0]
    before = look(desk)
    for copy in (desk / "backups" / "copies").iterdir():
        copy.write_bytes(b"\0")

    with pytest.raises(DeskDamaged, match=r"the daily copy of .* is damaged"):
        restore(desk, which, 3)

    assert look(desk) == before


def test_what_is_missing_makes_a_generation_incomplete(desk: Path):
    lives(desk, [(n * DAY, {"a.json": b"%d" % n}) for n in range(3)])
    newest, oldest = sorted((desk / "backups" / "daily").iterdir(), reverse=True)
    oldest.write_bytes(b"{")
    listed = json.loads(newest.read_text())["files"]
    (desk / "backups" / "copies" / listed["a.json"][0]).unlink()

    daily = [one[-1] for one in kept(desk) if one[0] == "daily"]
    assert daily == [False, False]
    for which in names(desk, "daily"):
        with pytest.raises(DeskDamaged):
            restore(desk, which, 3)


def test_a_root_put_back_by_hand_makes_what_was_kept_before_incomplete(desk: Path):
    lives(desk, [(n * MINUTE, {"a.json": b"%d" % n}) for n in range(4)])
    (desk / ROOT).write_bytes(root(1))

    change(desk, {"a.json": b"by hand"}, 1, START + 9 * MINUTE)

    assert [one[2:] for one in kept(desk) if one[0] == "recent"] == [
        (1, True),
        (3, False),
        (2, False),
        (1, True),
    ]


def test_an_unknown_generation_is_not_found(desk: Path):
    change(desk, {}, 0)

    for which in ("recent/00000001-1-1", "daily/x", "", "../tickets.json"):
        with pytest.raises(NotFound):
            restore(desk, which, 1)


def test_a_daily_copy_that_cannot_be_made_does_not_stop_the_commit(desk: Path):
    change(desk, {"a.json": b"1"}, 0)
    (desk / "strange.json").symlink_to("/etc/passwd")

    warnings = change(desk, {"a.json": b"2"}, 1)

    (warning,) = warnings
    assert warning.startswith(
        f"the daily copy of the desk was not made: {desk}/strange.json is a link"
    )
    assert (desk / "a.json").read_bytes() == b"2"
    assert list(desk.rglob(".tmp-*")) == []


def test_a_daily_copy_that_does_not_fit_on_the_disk_is_not_begun(desk: Path):
    change(desk, {"a.json": b"1"}, 0)
    with (desk / "huge.json").open("wb") as file:
        file.truncate(1 << 43)  # of holes

    warnings = change(desk, {"a.json": b"2"}, 1)

    assert warnings == ("the daily copy of the desk was not made: No space left on device",)
    assert not (desk / "backups" / "copies").exists()


def test_a_generation_without_a_root_is_not_brought_back(desk: Path):
    lives(desk, [(n * MINUTE, {"a.json": b"%d" % n}) for n in range(2)])
    (which,) = names(desk, "recent")
    (entry,) = (desk / "backups" / which).glob("+tickets.json")
    entry.unlink()

    with pytest.raises(BadData, match=r"the backup has no tickets\.json"):
        restore(desk, which, 2)


def test_backups_are_the_owners_alone(desk: Path):
    before = os.umask(0)
    lives(desk, [(n * DAY, {"a.json": b"%d" % n}) for n in range(3)])
    os.umask(before)

    found = [desk / "backups", *(desk / "backups").rglob("*")]
    assert {(one.is_dir(), stat.S_IMODE(one.stat().st_mode)) for one in found} == {
        (True, 0o700),
        (False, 0o600),
    }


some_names = st.sampled_from(["a.json", "b.json", "history/1.json", "settled/00/0%2F.json"])
some_changes = st.dictionaries(some_names, st.none() | st.binary(max_size=4), max_size=3)
some_time = st.sampled_from([0.2 * MINUTE, MINUTE, 9 * MINUTE, DAY, -DAY])


@settings(max_examples=60)
@given(st.lists(st.tuples(some_time, some_changes), min_size=1, max_size=20))
def test_every_generation_is_the_state_it_stands_for(
    many: list[tuple[timedelta, dict[str, bytes | None]]],
):
    with memory_folder() as above:
        desk = above / "desk"
        Folder.create(desk).close()
        at = timedelta()
        timed: list[tuple[timedelta, Changes]] = []
        for later, changes in many:
            at += later
            timed.append((at, changes))
        states = lives(desk, timed)

        with Folder.open(desk) as folder:
            for one in backups.generations(folder):
                brought = after(states[-1], backups.changes_back(folder, one.which))
                assert (one.is_complete, brought) == (True, states[one.generation])


def test_a_backup_in_a_file_brings_everything_back(desk: Path):
    states = lives(desk, [(0 * DAY, {"a.json": b"a", "history/1.json": b"h" * 100_000})])
    with Folder.open(desk) as folder:
        digest = put_blob(folder, b"attachment")
        assert backups.save(folder, desk.parent / "backup.zip", 1) == 4
    change(desk, {"a.json": b"later", "b.json": b"later"}, 1)
    (desk / f"files/{digest[:2]}/{digest}").unlink()

    files = backups.load(desk.parent / "backup.zip")
    with Folder.open(desk) as folder, hold(folder, 1):
        backups.restore_all(
            folder, files, START, base_generation=2, renew=lambda old: old.replace(b"1", b"3")
        )

    name = f"files/{digest[:2]}/{digest}"
    assert files == {**states[1], name: b"attachment"}
    assert look(desk) == {**numbered(states[1], 3), name: b"attachment"}


def test_a_backup_in_a_file_holds_an_unfinished_commit(desk: Path):
    change(desk, {"a.json": b"a"}, 0)
    interrupt(desk, {"a.json": b"b", "c.json": b"c"}, 1, renamed=1)

    with Folder.open(desk) as folder:
        backups.save(folder, desk.parent / "backup.zip", 1, generation_of=generation_of)

    expected = {ROOT: root(2), "a.json": b"b", "c.json": b"c"}
    assert backups.load(desk.parent / "backup.zip") == expected


def test_a_backup_is_the_owners_alone_and_overwrites_nothing(desk: Path):
    change(desk, {"a.json": b"a"}, 0)
    file = desk.parent / "backup.zip"
    before = os.umask(0)
    with Folder.open(desk) as folder:
        backups.save(folder, file, 1)
        os.umask(before)
        content = file.read_bytes()

        with pytest.raises(CannotCreate, match="is there already"):
            backups.save(folder, file, 1)

    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert file.read_bytes() == content
    assert {one.name for one in desk.parent.iterdir()} == {"desk", "backup.zip"}


def test_a_backup_through_a_planted_link_is_refused(desk: Path):
    change(desk, {"a.json": b"a"}, 0)
    (desk.parent / "backup.zip").symlink_to(desk.parent / "elsewhere")

    with Folder.open(desk) as folder, pytest.raises(CannotCreate):
        backups.save(folder, desk.parent / "backup.zip", 1)

    assert not (desk.parent / "elsewhere").exists()


def test_a_backup_into_a_folder_that_is_not_there_is_refused(desk: Path):
    change(desk, {"a.json": b"a"}, 0)

    with Folder.open(desk) as folder, pytest.raises(CannotCreate, match="there is no folder"):
        backups.save(folder, desk.parent / "nowhere" / "backup.zip", 1)


def test_a_full_disk_leaves_no_half_of_a_backup(desk: Path):
    import resource
    import signal

    change(desk, {"a.json": os.urandom(9000)}, 0)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, limits[1]))
    try:
        with Folder.open(desk) as folder, pytest.raises(IOFailed, match="no backup was written"):
            backups.save(folder, desk.parent / "backup.zip", 1)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, handler)

    assert [one.name for one in desk.parent.iterdir()] == ["desk"]


@pytest.fixture
def saved(desk: Path) -> Path:
    change(desk, {"a.json": b"a" * 300, "history/1.json": b"h"}, 0)
    with Folder.open(desk) as folder:
        backups.save(folder, desk.parent / "backup.zip", 1)
    return desk.parent / "backup.zip"


def test_a_cut_backup_is_refused(saved: Path):
    content = saved.read_bytes()
    for length in range(len(content)):
        saved.write_bytes(content[:length])

        with pytest.raises(BadData) as bad:
            backups.load(saved)
        assert bad.value.exit_code == 65


def test_a_damaged_backup_is_refused_or_whole(saved: Path):
    content = saved.read_bytes()
    files = backups.load(saved)
    for at in range(len(content)):
        for bit in (1, 128):
            damaged = bytearray(content)
            damaged[at] ^= bit
            saved.write_bytes(damaged)
            try:
                assert backups.load(saved) == files
            except BadData:
                continue


@pytest.mark.parametrize("content", [b"", b"PK", b"hello", b"{}", bytes(1000)])
def test_what_is_no_backup_is_refused(tmp_path: Path, content: bytes):
    (tmp_path / "backup.zip").write_bytes(content)

    with pytest.raises(BadData, match=r"backup\.zip is not a backup"):
        backups.load(tmp_path / "backup.zip")


def test_a_missing_backup_cannot_be_read(tmp_path: Path):
    with pytest.raises(IOFailed, match="No such file or directory"):
        backups.load(tmp_path / "backup.zip")


def archive(path: Path, files: dict[str, bytes], listed: object) -> Path:
    with zipfile.ZipFile(path / "backup.zip", "w") as made:
        for name, content in {**files, "MANIFEST.tix": json.dumps(listed).encode()}.items():
            made.writestr(name, content)
    return path / "backup.zip"


SUM_OF_X = "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"


@pytest.mark.parametrize(
    ("files", "listed"),
    [
        ({"../x": b"x"}, {"format": "tix-backup/1", "files": {"../x": SUM_OF_X}}),
        ({"/x": b"x"}, {"format": "tix-backup/1", "files": {"/x": SUM_OF_X}}),
        ({"x": b"x"}, {"format": "tix-backup/1", "files": {"x": SUM_OF_X}}),
        ({ROOT: b"x"}, {"format": "tix-backup/1", "files": {}}),
        ({ROOT: b"x"}, {"format": "tix-backup/2", "files": {ROOT: SUM_OF_X}}),
        ({}, {"format": "tix-backup/1", "files": {ROOT: SUM_OF_X}}),
        ({ROOT: b"x"}, []),
        ({ROOT: b"x"}, {"format": "tix-backup/1", "files": 7}),
    ],
)
def test_an_archive_of_another_make_is_refused(tmp_path: Path, files, listed):
    with pytest.raises(BadData):
        backups.load(archive(tmp_path, files, listed))


def test_an_attachment_that_is_not_what_its_name_says_is_refused(desk: Path):
    change(desk, {}, 0)
    before = look(desk)
    files = {ROOT: root(1), "files/ab/abcd": b"x"}

    with Folder.open(desk) as folder, hold(folder, 1), pytest.raises(BadData):
        backups.restore_all(folder, files, START, base_generation=1, renew=lambda old: old)

    assert {**look(desk)}.items() >= before.items()
