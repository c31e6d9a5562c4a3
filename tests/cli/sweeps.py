"""Commands with a fault at each of their calls; meant to be started with faults.c before libc.

    python -m tests.cli.sweeps FOLDER errors:new readings:list kills:close stops:import …

Every disturbed command runs in a process of its own, on a copy of the same desk, with all the
modules loaded that it needs: what fails is what it does with files. Prints one line of JSON
for each: what was tried, how it ended, and what later commands said of the desk. The tests
of the sweeps say which of it is right.
"""

from __future__ import annotations

import ctypes
import errno
import json
import os
import re
import shutil
import signal
import sys
import time
from collections.abc import Sequence  # a NamedTuple looks at it
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from tests.cli.faults import some, whole
from tests.cli.inside import call
from tests.commandline import environment

if TYPE_CHECKING:
    from collections.abc import Iterator

Run = dict[str, Any]

SHIM = ctypes.CDLL(None)
KILL, STOP = -1, -2
LOOK, CHANGE = -1, 1
NEVER = 1_000_000

ROWS = """\
{"id": "A1", "subject": "One", "customer": "jo@example.com", "created": "2026-01-01"}
{"id": "A2", "subject": "Two", "customer": "ann@example.com", "status": "closed"}
{"id": "A3", "subject": "Three", "tags": ["moved"]}
"""


class Fault(NamedTuple):
    """What goes wrong: an errno, KILL or STOP; once or for good; from which kind of call on."""

    name: str
    what: int
    stays: bool = False
    least: int = CHANGE
    share: float = 1  # of the calls that are tried


BAD_DISK = Fault("bad disk", errno.EIO)
BAD_SPOT = Fault("bad disk, looking too", errno.EIO, least=LOOK, share=0.12)
FULL = Fault("full disk", errno.ENOSPC, stays=True, share=0.3)
READ_ONLY = Fault("read-only disk", errno.EROFS, stays=True, share=0.1)
KILLED = Fault("killed", KILL)
STOPPED = Fault("stopped", STOP)
NONE = Fault("none", 0)


class Command(NamedTuple):
    """The words of a command, the time it runs at, and the share of its calls that is tried."""

    words: Sequence[str]
    now: str = "2026-11-21T18:31:30Z"
    share: float = 1

    @property
    def name(self) -> str:
        return self.words[0]


WRITERS = [
    Command(["new", "Lost", "-c", "ann@example.com", "-m", "Where?", "--attach", "receipt.txt"]),
    Command(["note", "1", "-m", "Angry."], now="2026-11-21T18:30:10Z", share=0.5),
    Command(["close", "2"]),
    # On the next day, so that the daily copy is made first.
    Command(["import", "rows.jsonl"], now="2026-11-22T18:30:00Z", share=0.25),
]
READERS = [Command(["list", "--all", "-o", "json"]), Command(["show", "1", "3"])]


class Home:
    """A home with a desk of four tickets, to be laid afresh for each disturbed command."""

    def __init__(self, folder: Path) -> None:
        self.desk = folder / "home" / "data" / "tix"
        self.template = folder / "desk"
        home = folder / "home"
        home.mkdir()
        (home / "receipt.txt").write_text("12.00")
        (home / "rows.jsonl").write_text(ROWS)
        os.chdir(home)
        variables = {**environment(home), "XDG_DATA_HOME": str(self.desk.parent)}
        # The default place, where a desk that is not there is no error.
        del variables["TIX_DB"]
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
            assert done[0] == 0, done
        shutil.copytree(self.desk, self.template)

    def lay(self) -> None:
        """Put the desk back, by links, as no file is ever written in place but the lock."""
        shutil.rmtree(self.desk, ignore_errors=True)
        no_lock = shutil.ignore_patterns("lock")
        shutil.copytree(self.template, self.desk, copy_function=os.link, ignore=no_lock)

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
        call(command.words)

    def calls(self, command: Command, fault: Fault) -> list[int]:
        """Return which calls of *command* are to meet the fault."""
        self.lay()
        count = disturbed(command, fault, NEVER)["calls"]
        return some(range(1, count + 1), command.share * fault.share, (command.name, fault.name))


def told() -> str:
    """Return all that commands tell of the desk; salts and with them hashes are random."""
    return re.sub(r"\b[0-9a-f]{32,64}\b", "…", json.dumps(whole(call)))


def disturbed(command: Command, fault: Fault, nth: int) -> Run:
    """Return how *command* ended in a process of its own with a fault at its nth call."""
    child, pipe = begun(command, fault, nth)
    return ended(child, pipe)


def begun(command: Command, fault: Fault, nth: int) -> tuple[int, int]:
    """Return the process of the command, and the pipe on which it will tell how it ended."""
    pipe, into = os.pipe()
    child = os.fork()
    if not child:
        os.environ["TIX_NOW"] = command.now

        def arm() -> None:
            SHIM.faults_arm(nth, fault.what, fault.stays, fault.least)

        code, out, err = call(command.words, arm)
        run = {"code": code, "stdout": out, "stderr": err, "calls": SHIM.faults_disarm()}
        os.write(into, json.dumps(run).encode())
        os._exit(0)
    os.close(into)
    return child, pipe


def ended(child: int, pipe: int) -> Run:
    """Return how the command of the process *child* ended."""
    with os.fdopen(pipe, "rb") as stream:
        said = stream.read()
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return {"code": -os.WTERMSIG(status)}
    run: Run = json.loads(said)
    return run


def aftermath(home: Home, states: dict[str, str], nth: int) -> Run:
    """Return what readers, the next writer and now and then doctor find of a desk."""
    seen = told()
    code, _, err = call(["note", "1", "-m", "Still here."])
    return {
        "seen": states.get(seen, seen),
        "next": err or code,
        "strays": strays(home.desk),
        "problems": [] if nth % 10 else problems(),
    }


def problems() -> list[str]:
    """Return the codes of what doctor finds to be wrong."""
    told = json.loads(call(["doctor", "--json"])[1])
    return [problem["code"] for problem in told["problems"] if not problem["warning"]]


def strays(desk: Path) -> list[str]:
    """Return what was left over in the desk by a command that did not end well."""
    return [
        str(path.relative_to(desk))
        for path in desk.rglob("*")
        if path.name.startswith(".tmp-") or path.name == "commit.json"
    ]


def errors(home: Home, command: Command) -> Iterator[Run]:
    """Let the calls of a command fail, each by itself or with all that come after it."""
    states = home.states(command)
    for fault in (BAD_DISK, BAD_SPOT, FULL, READ_ONLY):
        for nth in home.calls(command, fault):
            home.lay()
            run = about(fault, nth) | disturbed(command, fault, nth)
            yield run | aftermath(home, states, nth)


def readings(home: Home, command: Command) -> Iterator[Run]:
    """Let each call fail of a command that only reads."""
    home.load(command)
    right = disturbed(command, NONE, NEVER)
    fault = BAD_SPOT._replace(share=1)
    for nth in home.calls(command, fault):
        yield about(fault, nth) | disturbed(command, fault, nth) | {"right": right["stdout"]}


def kills(home: Home, command: Command) -> Iterator[Run]:
    """Kill a command at each of its changing calls."""
    states = home.states(command)
    for nth in home.calls(command, KILLED):
        home.lay()
        run = about(KILLED, nth) | disturbed(command, KILLED, nth)
        yield run | aftermath(home, states, nth)


def stops(home: Home, command: Command) -> Iterator[Run]:
    """Stop a command at each of its changing calls, look at the desk, and let it go on."""
    states = home.states(command)
    for nth in home.calls(command, STOPPED):
        home.lay()
        child, pipe = begun(command, STOPPED, nth)
        _, status = os.waitpid(child, os.WUNTRACED)
        assert os.WIFSTOPPED(status)
        meanwhile = told()
        os.kill(child, signal.SIGCONT)
        run = about(STOPPED, nth) | {"meanwhile": states.get(meanwhile, meanwhile)}
        yield run | ended(child, pipe) | aftermath(home, states, nth)


def about(fault: Fault, nth: int) -> Run:
    return {"fault": fault.name, "nth": nth}


SWEEPS = {sweep.__name__: sweep for sweep in (errors, readings, kills, stops)}

if __name__ == "__main__":
    for task in sys.argv[2:]:
        kind, _, name = task.partition(":")
        folder = Path(sys.argv[1], task)
        folder.mkdir()
        (chosen,) = [one for one in (*WRITERS, *READERS) if one.name == name]
        for result in SWEEPS[kind](Home(folder), chosen):
            sys.stdout.write(json.dumps({"sweep": kind, "command": name} | result) + "\n")
