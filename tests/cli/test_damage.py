"""Files of a desk that are not what tix wrote: named, left alone, and never taken for nothing."""

from __future__ import annotations

import json
import random
import shutil
from typing import TYPE_CHECKING, NamedTuple

import pytest

from tests.cli.faults import files, is_one_line_error, some
from tests.commandline import Desk, in_this_process
from tests.store.plain_desk import memory_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.commandline import Result

pytestmark = pytest.mark.faults

PLACES = {
    "tickets.json": ["list", "show 2", "inbox", "new x", "note 2 -m x"],
    "people.json": ["agent list", "dept list", "assign 2 alice", "agent add bob"],
    "customers/0.json": ["customer list", "customer show C-1", "customer edit C-1 --plan gold"],
    "setup.json": ["list", "query list", "list query:mine", "query save late prio:high"],
    "history/2.json": ["show 2", "show 2 --log", "note 2 -m x", "resolve 2", "export"],
    "settled/00/0.json": ["list --all", "show 1", "reopen 1", "list id:1..20", "export"],
    "settled/00/0.history.json": ["show 1", "reopen 1", "export", "list --all text:secret"],
    "ops/0.json": ["undo --list", "undo 3", "new x"],
    "keys/*.json": ["new x --key once", "new x -c jo@example.com"],
    "files/*/*": ["show 3 --json"],
}
"""A file of each kind, and commands that cannot do without it."""

READERS = [
    "inbox",
    "list",
    "list --all -o json",
    "list --all --count",
    "list id:100.. --all",
    "list text:refund --all",
    "list customer:jo@example.com --all",
    "list status:closed",
    "show 2",
    "show 1 3 130 -o json",
    "show 2 --log",
    "next",
    "tags",
    "search refund",
    "log -L 0",
    "export",
    "customer list",
    "customer show C-1",
    "agent list",
    "dept list",
    "query list",
    "undo --list -L 0",
]
WRITERS = [
    "new x -c jo@example.com",
    "note 2 -m x",
    "resolve 2",
    "reopen 1",
    "tag 130 late",
    "customer edit C-1 --plan gold",
    "agent add bob",
    "query save late prio:high",
    "undo",
]


class Damage(NamedTuple):
    """What is done to a file, and how that is called."""

    name: str
    do: Callable[[bytes], bytes]


def flipped(at: float) -> Damage:
    """A bit of the byte at *at*, a part of the whole, is another one."""

    def flip(content: bytes) -> bytes:
        place = min(len(content) - 1, int(len(content) * at))
        return content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]

    return Damage(f"flipped at {at:.3f}", flip)


def cut(at: float) -> Damage:
    return Damage(f"cut at {at:.3f}", lambda content: content[: int(len(content) * at)])


def damages(seed: str) -> list[Damage]:
    """Return ways to damage a file, the edges and some in between."""
    chance = random.Random(seed)
    flips = [flipped(at) for at in (0, 0.999999, *(chance.random() for _ in range(3)))]
    cuts = [cut(at) for at in (0, 0.999999, *(chance.random() for _ in range(1)))]
    return [*flips, *cuts, Damage("longer", lambda content: content + b"\n")]


@pytest.fixture(scope="module")
def lived_in() -> Iterator[Path]:
    """A home with a desk that has files of every kind, two of most."""
    with memory_folder() as place:
        home = place / "home"
        home.mkdir()
        run = Desk(home, in_this_process)
        run("init")
        (home / "secret.txt").write_text("secret")
        (home / "rows.jsonl").write_text("".join(rows()))
        run("import rows.jsonl")
        for line in (
            "agent add alice",
            "dept add billing",
            "query save mine assignee:alice",
            "query save late prio:high",
            "reopen 2",
            "assign 2 alice",
            "new Attached --attach secret.txt --key once",
        ):
            run(line)
        run(["note", "3", "-m", "refund " * 4000])
        yield home


def rows() -> Iterator[str]:
    """Yield as many closed tickets as do not fit into one block."""
    for number in range(1, 131):
        row = {
            "id": f"A{number}",
            "subject": f"Refund {number}",
            "body": "The secret word.",
            "customer": "jo@example.com" if number == 1 else f"c{number}@example.com",
            "status": "closed" if number != 3 else "open",
            "created": "2026-11-01T10:00:00Z",
        }
        yield json.dumps(row) + "\n"


@pytest.fixture
def run(lived_in: Path) -> Iterator[Desk]:
    with memory_folder() as place:
        yield Desk(shutil.copytree(lived_in, place / "home"), in_this_process)


def test_x(run: Desk):
    for line in READERS:
        r = run.run(line)
        print(r.code, line, len(r.stdout), r.stderr[:200])
    for line in WRITERS:
        r = run.run(line)
        print(r.code, line, len(r.stdout), r.stderr[:200])
    print([(n, len(c)) for n, c in files(run.home / "desk").items()])
    assert 0
