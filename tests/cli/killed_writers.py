"""Writers on one desk that are killed at random moments.

    python -m tests.cli.killed_writers SEED KILLS

Each writer works on tickets of its own, and tells the commands that ended with 0. Prints a
line of JSON for each command so acknowledged, and one for each command that came after a
kill: ``{"seconds": …}``.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time

from tests.cli.inside import call

WRITERS = 3


def work(name: str, into: int) -> None:
    """Change one ticket after the other, until somebody puts an end to it."""
    while True:
        number = act(["new", f"Of {name}"], into)
        for words in (
            ["note", number, "-m", f"First of {name}"],
            ["resolve", number],
            ["close", number],
            ["reopen", number],
            ["note", number, "-m", f"Last of {name}"],
        ):
            act(words, into)


def act(words: list[str], into: int) -> str:
    """Run a command, tell that it was done, and return what it printed."""
    code, out, err = call(words)
    tell({"words": words, "ticket": int(out)} if code == 0 else {"failed": err}, into)
    return out.strip()


def tell(what: dict[str, object], into: int) -> None:
    # So short a line goes into a pipe as a whole.
    os.write(into, json.dumps(what).encode() + b"\n")


def writer(name: str) -> int:
    child = os.fork()
    if not child:
        work(name, 1)
    return child


def main(seed: str, kills: int) -> None:
    chance = random.Random(seed)
    # Loads what the commands need, before there are many of this process.
    act(["new", "For all"], 1)
    for line in (["note", "1", "-m", "x"], ["resolve", "1"], ["close", "1"], ["reopen", "1"]):
        act(line, 1)
    running = [writer(f"{nth}") for nth in range(WRITERS)]
    for nth in range(kills):
        time.sleep(chance.uniform(0.005, 0.08))
        killed = running.pop(chance.randrange(WRITERS))
        os.kill(killed, signal.SIGKILL)
        os.waitpid(killed, 0)
        begun = time.monotonic()
        act(["note", "1", "-m", f"After kill {nth}"], 1)
        tell({"seconds": time.monotonic() - begun}, 1)
        running.append(writer(f"{WRITERS + nth}"))
    for child in running:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
