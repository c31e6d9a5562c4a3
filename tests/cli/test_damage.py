"""Files of a desk that are not what tix wrote: named, left alone, and never taken for nothing."""

from __future__ import annotations

import json
import random
from collections.abc import Callable  # a NamedTuple looks at it
from typing import TYPE_CHECKING, NamedTuple

import pytest

from tests.cli.faults import SCALE, Place, files, is_refusal, some
from tests.commandline import Desk, in_this_process
from tests.store.plain_desk import memory_folder

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from tests.commandline import Result

pytestmark = pytest.mark.faults


class Kind(NamedTuple):
    """A kind of file: where, and the commands that cannot do without it.

    *content* stands in the one that is meant.
    """

    place: str
    needed_by: list[str]
    content: bytes = b""


KINDS = [
    Kind("tickets.json", ["list", "show 2", "inbox", "new x", "note 2 -m x"]),
    Kind("people.json", ["agent list", "dept list", "assign 2 alice", "agent add bob"]),
    Kind("customers/0.json", ["customer list", "customer show C-1", "new x -c jo@example.com"]),
    Kind("setup.json", ["list", "query list", "list query:mine", "query save late prio:high"]),
    Kind("history/2.json", ["show 2", "show 2 --log", "note 2 -m x", "export"]),
    Kind("settled/00/0.json", ["list --all", "show 1", "reopen 1", "export"]),
    Kind("settled/00/0.history.json", ["show 1", "reopen 1", "export"]),
    Kind("ops/0.json", ["undo --list", "undo", "new x -c jo@example.com"]),
    Kind("keys/*.json", ["new x --key once"], b'"kind":"new"'),
    Kind("files/*/*", ["show 1 3 130 -o json"], b"refund refund"),
]

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
    flips = [flipped(at) for at in (0, 1, *(chance.random() for _ in range(SCALE)))]
    cuts = [cut(at) for at in (0, *(chance.random() for _ in range(SCALE)))]
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


class Sound(Place):
    """A place that knows what commands say of the sound desk."""

    def __init__(self, template: Path, home: Path) -> None:
        super().__init__(template, home)
        self._answers: dict[str, Result] = {}

    def partners(self, name: str) -> list[str]:
        """Return pages to change places with *name*: one like it, and some others."""
        pages = [
            page
            for page in files(self.template)
            if page.endswith(".json") and page != name and not page.startswith("backups/")
        ]
        folder, _, base = name.rpartition("/")
        kin = [page for page in pages if page.rpartition("/")[0] == folder]
        like = [page for page in kin if page.count(".") == base.count(".")]
        return [*like[:1], *some(pages, 3 / len(pages), name)]

    def named(self, kind: Kind) -> str:
        """Return the file of this kind."""
        found = sorted(self.template.glob(kind.place))
        return next(
            str(path.relative_to(self.template))
            for path in found
            if kind.content in path.read_bytes()
        )

    def right(self, line: str) -> Result:
        """Return what a command says of the sound desk."""
        if line not in self._answers:
            self.lay()
            self._answers[line] = self.run.run(line)
        return self._answers[line]

    def tried(self, line: str, changed: Mapping[str, bytes | None]) -> str:
        """Return what is wrong with a command on a desk where the files *changed* are other ones.

        It may say what it says of the sound desk, or end with 65 and name one of the files,
        and it leaves them as they are.
        """
        right = self.right(line)
        self.lay()
        for name, content in changed.items():
            self.put(name, content)
        result = self.run.run(line)
        if any(self.now(name) != content for name, content in changed.items()):
            return f"{line} has changed a file: {result}"
        if result == right:
            return ""
        # An export is written as it is read: what came before the damage is out already.
        begins = result.stdout if line == "export" else ""
        is_silent = result.stdout == begins and right.stdout.startswith(begins)
        is_named = is_refusal(result.stderr) and any(name in result.stderr for name in changed)
        return "" if result.code == 65 and is_silent and is_named else f"{line}: {result}"


@pytest.fixture(scope="module")
def place(lived_in: Path) -> Iterator[Sound]:
    with memory_folder() as folder:
        yield Sound(lived_in, folder / "home")


def commands(kind: Kind, seed: object) -> list[str]:
    """Return the commands that need a file of *kind*, and some others."""
    return [*kind.needed_by, *some([*READERS, *WRITERS], 0.1, (kind.place, seed))]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.place)
def test_a_damaged_file_is_named_and_left_alone(kind: Kind, place: Sound):
    name = place.named(kind)
    sound = place.template / name
    wrong = {
        f"{damage.name}: {found}"
        for damage in damages(name)
        for line in commands(kind, damage.name)
        if (found := place.tried(line, {name: damage.do(sound.read_bytes())}))
    }

    assert wrong == set()


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.place)
def test_a_command_that_needs_a_damaged_file_is_not_done(kind: Kind, place: Sound):
    name = place.named(kind)
    place.lay()
    place.put(name, b"")

    assert {place.run.run(line).code for line in kind.needed_by} == {65}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.place)
def test_a_file_in_the_place_of_another_is_named_and_left_alone(kind: Kind, place: Sound):
    name = place.named(kind)
    wrong = set()
    for other in place.partners(name):
        swapped = {name: place.template / other, other: place.template / name}
        contents = {place_: file.read_bytes() for place_, file in swapped.items()}
        wrong |= {f"{other}: {place.tried(line, contents)}" for line in commands(kind, other)}

    assert {found for found in wrong if not found.endswith(": ")} == set()


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.place)
def test_a_file_that_is_gone_is_named(kind: Kind, place: Sound):
    name = place.named(kind)
    wrong = {
        place.tried(line, {name: None})
        for line in [*some(READERS, 0.4, kind.place), *commands(kind, "gone")]
    }

    assert wrong - {""} == set()


def test_a_torn_commit_stops_every_command_and_stays_as_it_is(place: Sound):
    torn = b'{"sha256": "half of'
    codes = set()
    for line in ("list", "show 2", "log", "new x", "note 2 -m x"):
        place.lay()
        (place.desk / "commit.json").write_bytes(torn)
        result = place.run.run(line)
        codes.add(result.code)
        assert is_refusal(result.stderr)
        assert "commit.json is damaged" in result.stderr
        assert place.now("commit.json") == torn

    assert codes == {65}


def test_damaged_backups_stop_no_command(place: Sound):
    backups = [name for name in files(place.template) if name.startswith("backups/")]
    wrong = set()
    for name in some(backups, 10 / len(backups), "backups"):
        for line in ("list", "note 2 -m x", "close 130"):
            right = place.right(line)
            place.lay()
            place.put(name, b"")
            if place.run.run(line) != right:
                wrong.add(f"{name}: {line}")

    assert wrong == set()
