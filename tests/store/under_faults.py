"""Commits with a fault at each call; meant to be started with faults.c before libc.

    python -m tests.store.under_faults FOLDER commits|recoveries|readers|blobs|power_cuts|no_links …

Prints one line of JSON for each run: its kind, then what was tried, how it ended, and what a
reader and the next writer found afterwards. test_faults.py says which of it is right.
"""

from __future__ import annotations

import ctypes
import errno
import functools
import gc
import hashlib  # noqa: F401  # what is imported later must not meet a fault
import json
import os
import random
import shutil
import signal
import sys
from collections.abc import Sequence  # a NamedTuple looks at it
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from tests.store.plain_desk import (
    SECOND,
    START,
    Changes,
    State,
    after,
    change,
    generation_of,
    look,
    root,
)
from tests.store.power import Disk
from tix.errors import CannotCreate, TixError
from tix.store import backups
from tix.store.blobs import get_blob, put_blob
from tix.store.commit import commit, recover
from tix.store.folder import Folder
from tix.store.layout import ROOT
from tix.store.lock import hold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Run = dict[str, Any]

SHIM = ctypes.CDLL(None)
KILL = -1
LOOK, OPEN, CHANGE = -1, 0, 1
NEVER = 1_000_000


class Fault(NamedTuple):
    """What goes wrong: an errno or KILL; for good or once; at which kinds of calls."""

    name: str
    what: int
    stays: bool = False
    least: int = CHANGE


KILLED = Fault("killed", KILL)
BAD_DISK = Fault("bad disk", errno.EIO)
BAD_SPOT = Fault("bad disk, opening too", errno.EIO, least=OPEN)
BAD_LOOK = Fault("bad disk, looking too", errno.EIO, least=LOOK)
FULL = Fault("full disk", errno.ENOSPC, stays=True)
READ_ONLY = Fault("read-only disk", errno.EROFS, stays=True)


class Scenario(NamedTuple):
    """Commits that went well, and one more to be disturbed; each with its time."""

    name: str
    past: Sequence[tuple[timedelta, Changes]]
    at: timedelta
    changes: Changes
    faults: tuple[Fault, ...] = (KILLED, BAD_DISK, FULL)


OPENED = {"history/12.json": b"events of 12", "keys/3f.json": b"keys"}
NOTED = {"history/12.json": b"more events of 12"}
CLOSED = {
    "history/12.json": None,
    "settled/00/0.json": b"head of 12",
    "settled/00/0.history.json": b"events of 12",
    "keys/3f.json": b"other keys",
}
MADE = {"settled/00/0.json": b"heads of 12 and 13", "history/14.json": b"14"}


def weeks() -> list[tuple[timedelta, Changes]]:
    """Return enough days and minutes that both kinds of generations are full."""
    past: list[tuple[timedelta, Changes]] = [(timedelta(), OPENED)]
    past += [(timedelta(days=day), {**NOTED, "day.json": b"%d" % day}) for day in range(1, 8)]
    past += [(timedelta(days=7, minutes=2 * n), {"n.json": b"%d" % n}) for n in range(1, 4)]
    return past


MINUTE = [(0 * SECOND, OPENED), (1 * SECOND, {})]
SCENARIOS = [
    Scenario("first", [], timedelta(), OPENED),
    Scenario("same minute", MINUTE, 2 * SECOND, CLOSED, (KILLED, BAD_SPOT, FULL, READ_ONLY)),
    Scenario("next minute", [*MINUTE, (2 * SECOND, CLOSED)], 100 * SECOND, MADE),
    Scenario("next day", weeks(), timedelta(days=9), CLOSED, (KILLED, BAD_DISK)),
]


class Case:
    """The desk of a scenario, to be cloned and disturbed as often as one likes."""

    def __init__(self, place: Path, scenario: Scenario) -> None:
        self.template = place / scenario.name
        self.desk = place / "desk"
        self.states: dict[int, State] = {0: {}}
        Folder.create(self.template).close()
        for at, changes in scenario.past:
            change(self.template, changes, max(self.states), START + at)
            self._add(changes)
        self.old = max(self.states)
        self.at = START + scenario.at
        self.changes = {ROOT: root(self.old + 1), **scenario.changes}
        self._add(self.changes)

    def _add(self, changes: Changes) -> None:
        last = max(self.states)
        self.states[last + 1] = after(self.states[last], {ROOT: root(last + 1), **changes})

    def commit(self) -> tuple[str, ...]:
        with Folder.open(self.desk) as folder:
            return commit(folder, self.changes, base_generation=self.old, now=self.at)

    def recover(self) -> None:
        with Folder.open(self.desk) as folder:
            recover(folder, generation_of)

    def lay(self) -> None:
        """Copy the desk by links, as no file is ever written in place but the lock."""
        no_lock = shutil.ignore_patterns("lock")
        shutil.copytree(self.template, self.desk, copy_function=os.link, ignore=no_lock)

    def wipe(self) -> None:
        shutil.rmtree(self.desk)

    def calls(self, work: Callable[[], object], fault: Fault) -> int:
        """Return how many calls of *work* can meet the fault."""
        self.lay()
        found: int = disturbed(work, fault, NEVER)["calls"]
        self.wipe()
        return found


def disturbed(work: Callable[[], object], fault: Fault, nth: int) -> Run:
    """Return how *work* ended in a process of its own with a fault at its nth call."""
    out, into = os.pipe()
    child = os.fork()
    if not child:
        os.write(into, json.dumps(_ending(work, fault, nth)).encode())
        os._exit(0)
    os.close(into)
    with os.fdopen(out, "rb") as pipe:
        told = pipe.read()
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return {"end": "killed" if os.WTERMSIG(status) == signal.SIGKILL else str(status)}
    ended: Run = json.loads(told)
    return ended


def _ending(work: Callable[[], object], fault: Fault, nth: int) -> Run:
    SHIM.faults_arm(nth, fault.what, fault.stays, fault.least)
    try:
        ended: Run = {"end": "done", "told": work()}
    except TixError as problem:
        ended = {"end": "refused", "code": problem.exit_code, "message": problem.message}
    except BaseException as problem:  # noqa: BLE001  # told, and judged by the test
        ended = {"end": "crashed", "message": repr(problem)}
    return ended | {"calls": SHIM.faults_disarm()}


def seen(path: Path, states: dict[int, State]) -> int | str:
    """Return the generation whose state a reader sees, else what it sees."""
    try:
        found = look(path)
    except CannotCreate:
        found = {}
    except TixError as problem:
        return problem.message
    return next((number for number, state in states.items() if state == found), repr(found))


def strays(path: Path) -> list[str]:
    return [
        os.path.relpath(f"{above}/{name}", path)
        for above, folders, files in os.walk(path)
        for name in (*folders, *files)
        if name.startswith(".tmp-") or name == "commit.json"
    ]


def untrue_generations(path: Path, states: dict[int, State]) -> list[str]:
    """Return the generations that would not bring back the state they stand for."""
    wrong = []
    present = look(path)
    with Folder.open(path) as folder:
        for one in backups.generations(folder):
            brought = after(present, backups.changes_back(folder, one.which))
            if not one.is_complete or brought != states[one.generation]:
                wrong.append(f"{one}: {brought}")
    return wrong


def aftermath(case: Case) -> Run:
    """Return what a reader and the next writer find, and whether they can go on."""
    path = case.desk
    found: Run = {"old": case.old, "seen": seen(path, case.states)}
    with Folder.open(path) as folder, hold(folder, 1):
        recover(folder, generation_of)
    found["after"] = now = seen(path, case.states)
    # A dropped generation that could not be emptied waits until another one is dropped.
    found["strays"] = [name for name in strays(path) if not name.startswith("backups/recent")]
    if isinstance(now, int) and now:
        expected = after(case.states[now], {ROOT: root(now + 1), **NOTED})
        states = {**case.states, now + 1: expected}
        change(path, NOTED, now, START + timedelta(days=20))
        found["next"] = seen(path, states) == now + 1
        found["strays"] += strays(path)
        found["untrue"] = untrue_generations(path, states)
    return found


def commits(place: Path) -> Iterator[Run]:
    """Disturb each scenario's commit at each of its calls."""
    for scenario in SCENARIOS:
        case = Case(place, scenario)
        for fault in scenario.faults:
            for nth in range(1, 2 + case.calls(case.commit, fault)):
                case.lay()
                ended = disturbed(case.commit, fault, nth)
                run = {"what": scenario.name, "fault": fault.name, "nth": nth}
                yield run | ended | aftermath(case)
                case.wipe()


def halves(place: Path) -> Iterator[Case]:
    """Return desks that a commit left that was killed before and after its moment of truth."""
    case = Case(place, SCENARIOS[1]._replace(name="whole"))
    whole = case.template
    last = case.calls(case.commit, KILLED)
    for nth in (last // 3, *range(last // 2, last - 1, 6)):
        case.template = whole
        case.lay()
        disturbed(case.commit, KILLED, nth)
        case.template = case.desk.rename(place / f"killed at {nth}")
        yield case


def recoveries(place: Path) -> Iterator[Run]:
    """Disturb the recovery from a killed commit at each of its calls."""
    for case in halves(place):
        for fault in (KILLED, BAD_SPOT, FULL):
            for nth in range(1, 2 + case.calls(case.recover, fault)):
                case.lay()
                run = {"what": case.template.name, "fault": fault.name, "nth": nth}
                run["before"] = seen(case.desk, case.states)
                run |= disturbed(case.recover, fault, nth)
                yield run | aftermath(case)
                case.wipe()


def readers(place: Path) -> Iterator[Run]:
    """Disturb reading, with and without an unfinished commit, at each of its calls."""
    for case in (Case(place, SCENARIOS[2]), [*halves(place)][-1]):
        case.lay()
        work = functools.partial(seen, case.desk, case.states)
        calls: int = disturbed(work, BAD_LOOK, NEVER)["calls"]
        for nth in range(1, calls + 1):
            run = {"what": case.template.name, "nth": nth, "before": work()}
            yield run | disturbed(work, BAD_LOOK, nth)
        case.wipe()


def blobs(place: Path) -> Iterator[Run]:
    """Disturb the writing of an attachment at each of its calls."""
    case = Case(place, SCENARIOS[1])
    content = b"attachment"

    def work() -> str:
        with Folder.open(case.desk) as folder:
            return put_blob(folder, content)

    for fault in (KILLED, BAD_SPOT, FULL, READ_ONLY):
        for nth in range(1, 2 + case.calls(work, fault)):
            case.lay()
            run = {"fault": fault.name, "nth": nth} | disturbed(work, fault, nth)
            with Folder.open(case.desk) as folder:
                run["next"] = get_blob(folder, put_blob(folder, content)) == content
            yield run
            case.wipe()


def traced(place: Path, desk: Path, work: Callable[[], object]) -> list[list[str]]:
    """Return what *work* did to the files of the desk, call by call."""
    file = place / "trace"
    child = os.fork()
    if not child:
        SHIM.faults_trace(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC))
        work()
        os._exit(0)
    os.waitpid(child, 0)
    calls = [line.split("\t") for line in file.read_text().splitlines()]
    return [call for call in calls if call[1] == str(desk) or call[1].startswith(f"{desk}/")]


def cut(place: Path, case: Case, work: Callable[[], object], *, seeds: int = 2) -> Iterator[Run]:
    """Cut the power after each call of *work*; a file ``done`` is no part of the desk."""
    case.lay()
    disk = Disk(case.desk)
    calls = traced(place, case.desk, work)
    case.wipe()
    is_done = False
    for nth, call in enumerate(calls):
        name = Path(call[1]).name
        is_done = is_done or name == "done"
        if name in ("done", "lock"):
            continue
        disk.replay(*call)
        for seed in range(seeds):
            disk.top.survive(case.desk, random.Random(f"{nth} {seed}"))
            yield {"nth": nth, "is_done": is_done} | aftermath(case)
            case.wipe()


def moment_of_truth(case: Case) -> int:
    """Return which changing call of the commit is the one that makes it last."""
    for nth in range(1, case.calls(case.commit, BAD_DISK)):
        case.lay()
        ended = disturbed(case.commit, BAD_DISK, nth)
        case.wipe()
        if "may not be saved" in ended.get("message", ""):
            return nth
    raise AssertionError


def power_cuts(place: Path) -> Iterator[Run]:
    """Cut the power in each scenario's commit and the next one, and in recoveries."""
    for scenario in SCENARIOS[1:]:
        case = Case(place, scenario)

        def work(case: Case = case) -> None:
            case.commit()
            (case.desk / "done").touch()
            change(case.desk, NOTED, case.old + 1, case.at + SECOND)

        case.states[case.old + 2] = after(
            case.states[case.old + 1], {ROOT: root(case.old + 2), **NOTED}
        )
        seeds = 1 if scenario is SCENARIOS[-1] else 2
        for run in cut(place, case, work, seeds=seeds):
            yield {"what": scenario.name} | run
    case = Case(place, SCENARIOS[1]._replace(name="taken back"))
    nth = moment_of_truth(case)
    for run in cut(place, case, lambda: _ending(case.commit, BAD_DISK, nth), seeds=6):
        yield {"what": "taken back"} | run
    for case in halves(place):
        for run in cut(place, case, case.recover):
            yield {"what": case.template.name, "before": seen(case.template, case.states)} | run


def no_links(place: Path) -> Iterator[Run]:
    """Keep generations on a disk that has no hard links."""
    SHIM.faults_no_links(errno.EPERM)
    for scenario in SCENARIOS[1:]:
        case = Case(place, scenario)
        untrue = untrue_generations(case.template, case.states)
        with Folder.open(case.template) as folder:
            kept = len(backups.generations(folder))
            backups.save(folder, place / f"{scenario.name}.zip", 1)
        saved = backups.load(place / f"{scenario.name}.zip")
        yield {"untrue": untrue, "kept": kept, "saved": saved == look(case.template)}


RUNS = {run.__name__: run for run in (commits, recoveries, readers, blobs, power_cuts, no_links)}

if __name__ == "__main__":
    gc.disable()  # a thousand children need not copy what it touches
    for kind in sys.argv[2:]:
        folder_of_kind = Path(sys.argv[1], kind)
        folder_of_kind.mkdir()
        for result in RUNS[kind](folder_of_kind):
            sys.stdout.write(json.dumps([kind, result]) + "\n")
