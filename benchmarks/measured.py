"""Running programs and measuring them: each time beside an idle Python, so that noise cancels."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from contextlib import suppress
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

COLUMNS, LINES = 120, 50

_STARTER = """
import os, sys
child = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ)
_, status, used = os.wait4(child, 0)
print(used.ru_maxrss)
sys.exit(os.waitstatus_to_exitcode(status))
"""


class Run(NamedTuple):
    """What one run took; *output* is what it printed."""

    cpu_s: float
    wall_s: float
    output: str


class Weighed(NamedTuple):
    """A run, and the most memory that it had at a time."""

    run: Run
    peak_mb: float


class Pair(NamedTuple):
    """A run, and the idle Python right before it."""

    idle: Run
    run: Run


class Ratio(NamedTuple):
    """How much longer than an idle Python: medians over the rounds."""

    cpu: float
    wall: float
    cpu_s: float
    wall_s: float
    rounds: int


def ratio(pairs: Sequence[Pair]) -> Ratio:
    """Return the medians of the paired rounds."""
    return Ratio(
        median(pair.run.cpu_s / pair.idle.cpu_s for pair in pairs),
        median(pair.run.wall_s / pair.idle.wall_s for pair in pairs),
        median(pair.run.cpu_s for pair in pairs),
        median(pair.run.wall_s for pair in pairs),
        len(pairs),
    )


def run(command: Sequence[str], environ: Mapping[str, str], *, on_terminal: bool = False) -> Run:
    """Run *command* to its end and return what it took.

    Raises:
        RuntimeError: It failed.
    """
    read, write = os.openpty() if on_terminal else os.pipe()
    if on_terminal:
        environ = {**environ, "COLUMNS": str(COLUMNS), "LINES": str(LINES)}
    started = time.perf_counter()
    with subprocess.Popen(
        command, env=environ, stdin=subprocess.DEVNULL, stdout=write, stderr=subprocess.PIPE
    ) as process:
        os.close(write)
        output = _all(read)
        errors = process.stderr.read() if process.stderr else b""
        _, status, used = os.wait4(process.pid, 0)
        wall_s = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)}: {errors.decode(errors='replace')[-500:]}")
    cpu_s = used.ru_utime + used.ru_stime
    return Run(cpu_s, wall_s, output.decode(errors="replace"))


def weighed(command: Sequence[str], environ: Mapping[str, str]) -> Weighed:
    """Run *command* to its end and return what it took, memory as well.

    A process begins with the peak of the one that starts it. So a small one does, and tells.

    Raises:
        RuntimeError: It failed.
    """
    ran = run([sys.executable, "-I", "-S", "-c", _STARTER, *command], environ)
    output, _, peak = ran.output.rstrip().rpartition("\n")
    return Weighed(
        ran._replace(output=output), int(peak) / (1024 if sys.platform == "linux" else 1024**2)
    )


def _all(descriptor: int) -> bytes:
    chunks = []
    # A terminal whose other end is closed gives an error instead of an end.
    with suppress(OSError):
        while chunk := os.read(descriptor, 1 << 20):
            chunks.append(chunk)
    os.close(descriptor)
    return b"".join(chunks)
