"""The way in: ``tix-sla`` and ``python -m tix.sla``."""

from __future__ import annotations

import os
import signal
import sys
from typing import TYPE_CHECKING, Any

from tix.sla.failure import Stopped, unknown

if TYPE_CHECKING:
    from tix.sla.options import Line


def main(argv: list[str] | None = None) -> int:
    """Make one check and return its exit code; whatever keeps it from being made is 3."""
    argv = sys.argv[1:] if argv is None else argv
    try:
        signal.signal(signal.SIGTERM, _terminated)
        from tix.sla.options import parse

        return _answered(parse(argv))
    except BaseException as error:  # noqa: BLE001 - the one place where every error ends
        return unknown(error, argv)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def enter() -> None:
    """Run as a process of its own."""
    from tix.process import run

    run(main)


def _answered(line: Line) -> int:
    if line.help:
        from tix.sla.page import text

        _write(text())
        return 0
    if line.version:
        from tix import __version__

        _write(f"tix-sla {__version__}\n")
        return 0
    signal.signal(signal.SIGALRM, _timed_out)
    signal.setitimer(signal.ITIMER_REAL, line.timeout.total_seconds())
    from tix.sla.run import run

    return run(line, os.environ, _write)


def _write(text: str) -> None:
    """Write all that is printed, once."""
    sys.stdout.buffer.write(text.encode("utf-8", "replace"))
    sys.stdout.buffer.flush()


def _timed_out(signum: int, frame: Any) -> None:
    raise Stopped("timeout", "it took longer than --timeout")


def _terminated(signum: int, frame: Any) -> None:
    raise Stopped("terminated", "it was ended by SIGTERM")


if __name__ == "__main__":
    enter()
