"""Many commands, each in a process of its own but without the start of one.

    python many.py LINES RESULTS

LINES is a JSON list of lists of words. A command that takes longer than five seconds is killed.
RESULTS becomes a JSON list of [exit code, standard output, standard error]. Standard input is
that of this program.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import tempfile
from pathlib import Path

from tix.__main__ import enter
from tix.cli import COMMANDS
from tix.lazy import load

LIMIT_S = 5


def main(lines: str, results: str) -> None:
    for entry in COMMANDS.values():
        load(entry.target)
    done = [ended(words) for words in json.loads(Path(lines).read_text("utf-8"))]
    Path(results).write_text(json.dumps(done), "utf-8")


def ended(words: list[str]) -> tuple[int, str, str]:
    """Run one command to its end; one that was killed has the negative number of the signal."""
    with tempfile.TemporaryFile() as stdout, tempfile.TemporaryFile() as stderr:
        pid = os.fork()
        if not pid:
            signal.alarm(LIMIT_S)
            os.dup2(stdout.fileno(), 1)
            os.dup2(stderr.fileno(), 2)
            sys.argv = ["tix", *words]
            enter()
        code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        for file in (stdout, stderr):
            file.seek(0)
        return code, stdout.read().decode(), stderr.read().decode()


if __name__ == "__main__":
    main(*sys.argv[1:])
