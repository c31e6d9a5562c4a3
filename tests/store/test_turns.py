"""A reader and a writer take turns in every order that matters, look by look, step by step."""

from __future__ import annotations

import itertools
import os
import shutil
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

from tests.store.plain_desk import (
    SECOND,
    START,
    Changes,
    State,
    after,
    change,
    everything,
    generation_of,
    interrupt,
    memory_folder,
    root,
)
from tix.store.commit import commit, recover
from tix.store.folder import Folder
from tix.store.layout import ROOT
from tix.store.snapshot import Snapshot

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

# The second commit keeps the state of the first; after that, in the same minute, there is
# nothing more to keep, and a commit is its own steps alone.
COMMITS: list[Changes] = [
    {"a.json": b"a1", "b.json": b"b1"},
    {"a.json": b"a2", "b.json": b"b2", "c.json": b"c2"},
    {"a.json": b"a3", "b.json": None, "c.json": b"c3"},
    {"b.json": b"b4", "c.json": None},
]
STATES: list[State] = [{}]
for _changes in COMMITS:
    STATES.append(after(STATES[-1], {ROOT: root(len(STATES)), **_changes}))


class Turns:
    """Lets a writer in a thread of its own go on by so many steps at a time."""

    def __init__(self) -> None:
        self._may_step = threading.Semaphore(0)
        self._has_stepped = threading.Semaphore(0)
        self.steps = 0

    @contextmanager
    def step(self) -> Iterator[None]:
        self._may_step.acquire()
        yield
        self.steps += 1
        self._has_stepped.release()

    def go_on(self, steps: int) -> None:
        for _ in range(steps):
            self._may_step.release()
            self._has_stepped.acquire()

    def let_go(self) -> None:
        for _ in range(1000):
            self._may_step.release()


def waiting(method: Callable[..., Any]) -> Callable[..., Any]:
    def wait(self: Writer, *names: Any) -> Any:
        with self.turns.step():
            return method(self, *names)

    return wait


class Writer(Folder):
    """A folder whose every change waits for its turn."""

    turns: Turns

    write_new = waiting(Folder.write_new)
    touch = waiting(Folder.touch)
    sync_dir = waiting(Folder.sync_dir)
    rename = waiting(Folder.rename)
    link = waiting(Folder.link)
    remove = waiting(Folder.remove)


class Reader(Folder):
    """A folder at which every look lets the writer do some of its steps first."""

    look: Callable[[], None]

    def open_file(self, name: str, flags: int = os.O_RDONLY) -> int:
        self.look()
        return super().open_file(name, flags)

    def signature(self, name: str):
        self.look()
        return super().signature(name)

    def is_same(self, name: str, fd: int) -> bool:
        self.look()
        return super().is_same(name, fd)

    def walk(self, dirname: str = "", *, skip=()):
        self.look()
        return super().walk(dirname, skip=skip)


def write(folder: Folder, base: int) -> None:
    recover(folder, generation_of)
    changes = {ROOT: root(base + 1), **COMMITS[base]}
    commit(folder, changes, base_generation=base, now=START + base * SECOND)


def lay(above: Path, *, is_unfinished: bool) -> Path:
    path = above / "template"
    Folder.create(path).close()
    for base in (0, 1):
        change(path, COMMITS[base], base, START + base * SECOND)
    if is_unfinished:
        interrupt(path, COMMITS[2], 2)
    return path


def taken(path: Path, base: int, plan: dict[int, int]) -> tuple[Any, int, int]:
    """Return what a reader saw if it was true, how often it looked, and the writer's steps.

    *plan* says how many steps the writer does before which of the reader's looks.
    """
    turns = Turns()
    looks = itertools.count()
    with Writer.open(path) as behind, Reader.open(path) as folder:
        behind.turns = turns
        folder.look = lambda: turns.go_on(plan.get(next(looks), 0))
        writer = threading.Thread(target=write, args=(behind, base))
        writer.start()
        try:
            with Snapshot.take(folder) as snapshot:
                try:
                    seen = everything(snapshot)
                except Exception as problem:  # noqa: BLE001  # judged if it is true
                    seen = {"problem": repr(problem).encode()}
                found = seen if snapshot.still_true() else None
        finally:
            turns.let_go()
            writer.join()
    return found, next(looks), turns.steps


@pytest.mark.slow
@pytest.mark.parametrize("is_unfinished", [False, True])
def test_what_a_reader_takes_for_true_is_one_state(is_unfinished: bool):
    base = 3 if is_unfinished else 2
    with memory_folder() as above:
        template = lay(above, is_unfinished=is_unfinished)
        path = above / "desk"

        def run(plan: dict[int, int]) -> tuple[Any, int, int]:
            shutil.copytree(template, path, copy_function=os.link)
            try:
                return taken(path, base, plan)
            finally:
                shutil.rmtree(path)

        _, looks, steps = run({})
        seen = []
        for first, then in itertools.combinations(range(looks + 1), 2):
            for part in range(steps + 1):
                found, _, _ = run({first: part, then: steps - part})
                if found is not None:
                    seen.append(found)
                    assert found in STATES[base : base + 2], (first, part, then)
    assert [state for state in STATES[base : base + 2] if state not in seen] == []
