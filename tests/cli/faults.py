"""Ways to break the machine under the command line, and to see what is left of a desk."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

import pytest

from tests.commandline import ROOT, Desk, Result, in_a_process, in_this_process
from tests.store.plain_desk import memory_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    Execute = Callable[[Sequence[str], bytes, Mapping[str, str], Path], Result]

T = TypeVar("T")

SCALE = int(os.environ.get("TIX_FAULTS", "1"))
"""How hard to try: 1 takes a minute in all; 10 leaves nothing out where it sweeps."""

NEEDS_SHIM = pytest.mark.skipif(
    sys.platform != "linux" or not shutil.which("gcc"), reason="faults.c needs Linux and gcc"
)
NEEDS_ROOT = pytest.mark.skipif(
    sys.platform != "linux" or os.geteuid() != 0, reason="only root may mount a disk"
)


def some(things: Sequence[T], share: float, seed: object) -> list[T]:
    """Return a share of *things* in their order, more of them the larger the scale is."""
    count = min(len(things), max(1, round(len(things) * share * SCALE)))
    chosen = random.Random(str(seed)).sample(range(len(things)), count)
    return [things[at] for at in sorted(chosen)]


def plain(variables: Mapping[str, str]) -> dict[str, str]:
    """Return *variables* without those that let coverage write files where there is no room."""
    return {name: value for name, value in variables.items() if not name.startswith("COVERAGE")}


def under(*prefix: str) -> Execute:
    """Return a way to run commands: each in a process that the words *prefix* start."""

    def execute(words: Sequence[str], given: bytes, env: Mapping[str, str], cwd: Path) -> Result:
        done = subprocess.run(
            [*prefix, sys.executable, "-m", "tix", *words],
            input=given,
            capture_output=True,
            env=plain(env),
            cwd=cwd,
            check=False,
        )
        return Result(done.stdout.decode(), done.stderr.decode(), done.returncode)

    return execute


def start(module: str, *words: object, **variables: str) -> subprocess.Popen[str]:
    """Start a module of this folder; what it prints are lines."""
    return subprocess.Popen(
        [sys.executable, "-m", f"tests.cli.{module}", *map(str, words)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        env=plain({**os.environ, "PYTHONPATH": str(ROOT), **variables}),
        text=True,
    )


def sweep(place: Path, lanes: Sequence[Sequence[str]]) -> list[dict[str, Any]]:
    """Return what sweeps.py tells, which runs once for each of *lanes*, at the same time."""
    shim = place / "faults.so"
    source = ROOT / "tests" / "store" / "faults.c"
    subprocess.run(["gcc", "-shared", "-fPIC", "-o", shim, source, "-ldl"], check=True)
    running = [start("sweeps", place, *lane, LD_PRELOAD=str(shim)) for lane in lanes]
    told = []
    for process in running:
        lines, _ = process.communicate()
        assert process.returncode == 0
        told += [json.loads(line) for line in lines.splitlines()]
    return told


class Place:
    """A home whose desk is laid afresh from a sound one, to be broken again and again."""

    def __init__(self, template: Path, home: Path) -> None:
        self.template = template / "desk"
        self.desk = home / "desk"
        self.run = Desk(home, in_this_process)
        shutil.copytree(template, home)

    def lay(self) -> None:
        """Put the desk back, by links, as no file is ever written in place but the lock."""
        shutil.rmtree(self.desk)
        no_lock = shutil.ignore_patterns("lock")
        shutil.copytree(self.template, self.desk, copy_function=os.link, ignore=no_lock)

    def put(self, name: str, content: bytes | None) -> None:
        """Let a file have another content, but not the one of the template; None removes it."""
        (self.desk / name).unlink()
        if content is not None:
            (self.desk / name).write_bytes(content)

    def now(self, name: str) -> bytes | None:
        """Return what a file holds; None if it is not there."""
        file = self.desk / name
        return file.read_bytes() if file.is_file() else None


@contextmanager
def in_memory(home: Path) -> Iterator[Desk]:
    """Return a copy of *home* on a disk in memory, where no time goes by with waiting."""
    with memory_folder() as place:
        yield Desk(shutil.copytree(home, place / "home"), in_a_process)


def whole(call: Callable[[Sequence[str]], tuple[int, str, str]]) -> dict[str, str]:
    """Return all that *call*, which runs a command, tells of a desk, by command."""
    told = {"list": call(["list", "--all", "-o", "json"])}
    tickets = json.loads(told["list"][1] or "{}").get("tickets", [])
    told["show"] = call(["show", *(str(ticket["id"]) for ticket in tickets), "-o", "json"])
    for line in ("customer list", "undo --list -L 0"):
        told[line] = call([*line.split(), "-o", "json"])
    return {line: out or err for line, (_, out, err) in told.items()}


def is_refusal(printed: str) -> bool:
    """Return whether *printed*, on stderr, is one sentence and at most a hint, or JSON of it."""
    if printed.startswith('{"schema": "tix.error/1"'):
        return bool(json.loads(printed)["error"]["code"] != "internal")
    first, *rest = printed.splitlines() or [""]
    is_sentence = first.startswith("tix: error: ") and "a bug in tix" not in first
    return is_sentence and all(line.startswith("hint: ") for line in rest)


def files(desk: Path) -> dict[str, bytes]:
    """Return every file of a desk but the lock, whose content says who holds it."""
    return {
        str(path.relative_to(desk)): path.read_bytes()
        for path in sorted(desk.rglob("*"))
        if path.is_file() and path.name != "lock"
    }
