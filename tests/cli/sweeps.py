"""Commands with a fault at each of their calls; meant to be started with faults.c before libc.

    python -m tests.cli.sweeps FOLDER errors|kills|stops …

Every disturbed command runs in a process of its own, on a copy of the same desk, with all the
modules loaded that it needs: what fails is what it does with files. Prints one line of JSON
for each: what was tried, how it ended, and what later commands said of the desk. The tests
of the sweeps say which of it is right.
"""

from __future__ import annotations

import ctypes
import errno
import io
import json
import os
import re
import shutil
import signal
import sys
import time
from dataclasses import asdict
from collections.abc import Sequence  # a NamedTuple looks at it
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from tests.cli.faults import whole
from tests.commandline import Result, environment
from tix.__main__ import main

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Run = dict[str, Any]

SHIM = ctypes.CDLL(None)
KILL, STOP = -1, -2
LOOK, CHANGE = -1, 1
NEVER = 1_000_000

ROWS = "".join(
    json.dumps({"subject": subject, "requester": {"email": email}, "tags": ["moved"]}) + "\n"
    for subject, email in [("One", "jo@example.com"), ("Two", "ann@example.com"), ("Three", "")]
)


class Fault(NamedTuple):
    """What goes wrong: an errno, KILL or STOP; once or for good; from which kind of call on."""

    name: str
    what: int
    stays: bool = False
    least: int = CHANGE


BAD_SPOT = Fault("bad spot", errno.EIO, least=LOOK)
FULL = Fault("full disk", errno.ENOSPC, stays=True)
READ_ONLY = Fault("read-only disk", errno.EROFS, stays=True)
KILLED = Fault("killed", KILL)
STOPPED = Fault("stopped", STOP)
NONE = Fault("none", 0)


class Command(NamedTuple):
    """The words of a command, what it finds on stdin, and the time it runs at."""

    name: str
    words: Sequence[str]
    given: str = ""
    now: str = "2026-11-21T18:31:30Z"


NEW = Command(
    "new",
    ["new", "Refund", "-c", "ann@example.com", "-m", "Where is it?", "--attach", "receipt.txt"],
)
NOTE = Command("note", ["note", "1", "-m", "Angry."], now="2026-11-21T18:30:10Z")
CLOSE = Command("close", ["close", "2"], now="2026-11-22T18:30:00Z")
WRITERS = [NEW, NOTE, CLOSE]
READERS = [Command("list", ["list", "--all", "-o", "json"]), Command("show", ["show", "1", "3"])]


class Place:
    """A home with a desk of four tickets, to be laid afresh for each disturbed command."""

    def __init__(self, folder: Path) -> None:
        self.home = folder / "home"
        self.template = folder / "desk"
        self.home.mkdir()
        (self.home / "receipt.txt").write_text("12.00")
        os.chdir(self.home)
        variables = environment(self.home)
        os.environ.clear()
        os.environ.update(variables)
        time.tzset()
        for line in (
            ["init"],
            ["new", "Broken", "-c", "jo@example.com", "-m", "It broke.", "-t", "web"],
            ["new", "Slow"],
            ["resolve", "2"],
            ["new", "Old"],
            ["resolve", "3"],
            ["close", "3"],
            ["new", "Junk"],
            ["spam", "4"],
        ):
            done = call(line)
            assert done.code == 0, done
        shutil.copytree(self.home / "desk", self.template)

    def lay(self) -> None:
        """Put the desk back, by links, as no file is ever written in place but the lock."""
        shutil.rmtree(self.home / "desk", ignore_errors=True)
        no_lock = shutil.ignore_patterns("lock")
        shutil.copytree(self.template, self.home / "desk", copy_function=os.link, ignore=no_lock)

    def states(self, command: Command) -> dict[str, str]:
        """Return what is told of the desk before and after *command*, each with its name."""
        self.lay()
        states = {told(): "old"}
        self.load(command)
        self.lay()
        done = disturbed(command, NONE, NEVER)
        assert done["code"] == 0, done
        return {**states, told(): "new"}

    def load(self, command: Command) -> None:
        """Do it here, so that all the modules it needs are loaded."""
        self.lay()
        call(command.words, command.given)

    def calls(self, command: Command, fault: Fault) -> int:
        """Return how many calls of *command* can meet the fault."""
        self.lay()
        found: int = disturbed(command, fault, NEVER)["calls"]
        return found


def call(words: Sequence[str], given: str = "", arm: Callable[[], object] = int) -> Result:
    """Run a command here, on streams in memory: no call of them meets a fault."""
    before = sys.stdin, sys.stdout, sys.stderr
    given_, out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8") for _ in range(3))
    given_.buffer.write(given.encode())
    given_.buffer.seek(0)
    sys.stdin, sys.stdout, sys.stderr = given_, out, err
    arm()
    try:
        code = main([*words])
    finally:
        sys.stdin, sys.stdout, sys.stderr = before
    return Result(_printed(out), _printed(err), code)


def _printed(stream: io.TextIOWrapper) -> str:
    stream.seek(0)
    return stream.read()


def told() -> str:
    """Return all that commands tell of the desk; salts and with them hashes are random."""
    return re.sub(r"\b[0-9a-f]{64}\b", "…", json.dumps(whole(call), sort_keys=True))


def disturbed(command: Command, fault: Fault, nth: int) -> Run:
    """Return how *command* ended in a process of its own with a fault at its nth call."""
    child, pipe = start(command, fault, nth)
    return ending(child, pipe)


def start(command: Command, fault: Fault, nth: int) -> tuple[int, int]:
    """Return the process of the command, and the pipe on which it tells how it ended."""
    out, into = os.pipe()
    child = os.fork()
    if not child:
        os.environ["TIX_NOW"] = command.now

        def arm() -> None:
            SHIM.faults_arm(nth, fault.what, fault.stays, fault.least)

        done = call(command.words, command.given, arm)
        ended = asdict(done) | {"calls": SHIM.faults_disarm()}
        os.write(into, json.dumps(ended).encode())
        os._exit(0)
    os.close(into)
    return child, out


def ending(child: int, out: int) -> Run:
    """Return how the command ended."""
    with os.fdopen(out, "rb") as pipe:
        said = pipe.read()
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return {"code": -os.WTERMSIG(status)}
    ended: Run = json.loads(said)
    return ended


def aftermath(place: Place, states: dict[str, str]) -> Run:
    """Return what readers and the next writer find of a desk in one of *states*."""
    seen, before = told(), numbers()
    after = call(["note", "1", "-m", "Still here."])
    return {
        "seen": states.get(seen, seen),
        "next": after.stderr or after.code,
        "lost": [number for number in before if number not in numbers()],
        "strays": strays(place.home / "desk"),
    }


def numbers() -> list[str]:
    """Return the numbers of all tickets."""
    return call(["list", "--all", "-o", "ids"]).stdout.split()


def strays(desk: Path) -> list[str]:
    """Return what was left over in the desk by a command that did not end well."""
    return [
        str(path.relative_to(desk))
        for path in desk.rglob("*")
        if path.name.startswith(".tmp-") or path.name == "commit.json"
    ]


def errors(place: Place) -> Iterator[Run]:
    """Let each call of each command fail."""
    for command in WRITERS:
        states = place.states(command)
        for fault in (BAD_SPOT, FULL, READ_ONLY):
            for nth in range(1, 1 + place.calls(command, fault)):
                place.lay()
                ended = disturbed(command, fault, nth)
                yield about(command, fault, nth) | ended | aftermath(place, states)


def readings(place: Place) -> Iterator[Run]:
    """Let each call of commands fail that only read."""
    for command in READERS:
        place.load(command)
        right = disturbed(command, BAD_SPOT, NEVER)
        for nth in range(1, 1 + right["calls"]):
            run = about(command, BAD_SPOT, nth) | disturbed(command, BAD_SPOT, nth)
            yield run | {"right": right["stdout"]}


def kills(place: Place) -> Iterator[Run]:
    """Kill each command at each of its changing calls."""
    for command in WRITERS:
        states = place.states(command)
        for nth in range(1, 1 + place.calls(command, KILLED)):
            place.lay()
            ended = disturbed(command, KILLED, nth)
            yield about(command, KILLED, nth) | ended | aftermath(place, states)


def stops(place: Place) -> Iterator[Run]:
    """Stop each command at each of its changing calls, look, and let it go on."""
    for command in WRITERS:
        states = place.states(command)
        for nth in range(1, 1 + place.calls(command, STOPPED)):
            place.lay()
            child, pipe = start(command, STOPPED, nth)
            _, status = os.waitpid(child, os.WUNTRACED)
            assert os.WIFSTOPPED(status)
            meanwhile = told()
            os.kill(child, signal.SIGCONT)
            run = about(command, STOPPED, nth) | ending(child, pipe)
            yield run | {"meanwhile": states.get(meanwhile, meanwhile)} | aftermath(place, states)


def about(command: Command, fault: Fault, nth: int) -> Run:
    return {"command": command.name, "fault": fault.name, "nth": nth}


SWEEPS = {sweep.__name__: sweep for sweep in (errors, readings, kills, stops)}

if __name__ == "__main__":
    for kind in sys.argv[2:]:
        folder_of_kind = Path(sys.argv[1], kind)
        folder_of_kind.mkdir()
        for result in SWEEPS[kind](Place(folder_of_kind)):
            sys.stdout.write(json.dumps([kind, result]) + "\n")
