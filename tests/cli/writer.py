"""Make tickets, one command after the other: ``python -m tests.cli.writer NAME COUNT``.

Says that it is ready and begins when a line comes in. Prints a list in JSON with the exit
code of each command, what it printed, and how many seconds it took.
"""

from __future__ import annotations

import json
import sys
import time

from tests.cli.inside import call

if __name__ == "__main__":
    name, count = sys.argv[1], int(sys.argv[2])
    call(["new", "--dry-run", "what is loaded later is no part of the race"])
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    told = []
    for nth in range(count):
        begun = time.monotonic()
        code, out, err = call(["new", f"{name} {nth}"])
        told.append([code, out + err, time.monotonic() - begun])
    sys.stdout.write(json.dumps(told) + "\n")
