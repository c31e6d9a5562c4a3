"""Writers that all begin at once: ``python -m tests.cli.racing_writers WRITERS COUNT``.

Prints a line of JSON for each ticket that one of them tried to make: the exit code, what was
printed, and how many seconds it took.
"""

from __future__ import annotations

import json
import os
import sys
import time

from tests.cli.inside import call


def race(name: int, count: int, begin: int) -> None:
    os.read(begin, 1)
    told = []
    for nth in range(count):
        begun = time.monotonic()
        code, out, err = call(["new", f"By {name}, {nth}"])
        told.append([code, out + err, time.monotonic() - begun])
    os.write(1, "".join(json.dumps(one) + "\n" for one in told).encode())


def main(writers: int, count: int) -> None:
    # Loads what the command needs, before there are many of this process.
    call(["new", "--dry-run", "Nothing"])
    begin, gate = os.pipe()
    for name in range(writers):
        if not os.fork():
            os.close(gate)
            race(name, count, begin)
            os._exit(0)
    # All of them read the end of it.
    os.close(gate)
    for _ in range(writers):
        os.wait()


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
