"""A desk of plain bytes: a root that says its generation, and whatever files a test likes."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tix.store.commit import commit, recover
from tix.store.folder import Folder, temp_name
from tix.store.layout import ROOT
from tix.store.lock import hold
from tix.store.pending import COMMIT, Plan, checksum, encode
from tix.store.snapshot import Snapshot, reading

State = dict[str, bytes]
Changes = Mapping[str, bytes | None]

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
PROJECT = Path(__file__).parents[2]


def root(generation: int) -> bytes:
    return b"root %d" % generation


def generation_of(content: bytes) -> int:
    return int(content.split()[1])


def after(state: State, changes: Changes) -> State:
    """Return what *changes* make of *state*."""
    merged = {**state, **changes}
    return {name: content for name, content in merged.items() if content is not None}


def change(path: Path, changes: Changes, base: int, at: datetime = START) -> tuple[str, ...]:
    """Make one commit as a writer does; the root of the next generation goes along."""
    with Folder.open(path) as folder, hold(folder, 1):
        recover(folder, generation_of)
        whole = {ROOT: root(base + 1), **changes}
        return commit(folder, whole, base_generation=base, now=at)


def interrupt(path: Path, changes: Changes, base: int, *, renamed: int = 0) -> None:
    """Leave a commit as a kill after its moment of truth does, *renamed* files further."""
    whole = {**changes, ROOT: root(base + 1)}
    new = {}
    with Folder.open(path) as folder:
        for name, content in whole.items():
            if content is not None:
                new[name] = temp_name(name), checksum(content)
                folder.make_parents(name)
                folder.write_new(new[name][0], content)
        gone = [name for name, content in whole.items() if content is None]
        removed = tuple(name for name in gone if folder.signature(name) is not None)
        folder.write_new(COMMIT, encode(Plan(base, new, removed)))
        for target in list(new)[:renamed]:
            folder.rename(new[target][0], target)


@contextmanager
def memory_folder() -> Iterator[Path]:
    """A folder on a disk in memory, where there is one: as good for most, and faster."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as name:
        yield Path(name)


@contextmanager
def as_nobody() -> Iterator[None]:
    """A block in which even root has no more rights than others."""
    user = os.geteuid()
    if user == 0:
        os.seteuid(65534)
    yield
    os.seteuid(user)


def everything(snapshot: Snapshot) -> State:
    return {name: snapshot.read(name) for name in snapshot.names()}


def look(path: Path) -> State:
    """Return what a reader sees."""
    with Folder.open(path) as folder:
        return reading(folder, everything, 1, generation_of=generation_of)


def on_disk(path: Path) -> dict[str, bytes]:
    """Return every file below *path*, whatever it is, but for the lock."""
    return {
        str(file.relative_to(path)): file.read_bytes()
        for file in path.rglob("*")
        if file.is_file() and file.name != "lock"
    }


def script(module: str, *words: object, **variables: str) -> tuple[list[str], dict[str, str]]:
    """Return the command line and environment of a module of this folder."""
    command = [sys.executable, "-m", f"tests.store.{module}", *map(str, words)]
    # Measuring coverage makes what is run a thousand times five times as slow.
    plain = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}
    return command, {**plain, "PYTHONPATH": str(PROJECT), **variables}
