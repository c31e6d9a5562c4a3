"""The way in: ``tix`` and ``python -m tix``.

What must be quick is answered here, before anything else is imported.
"""

from __future__ import annotations

import sys


def main(argv: list[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    argv = sys.argv[1:] if argv is None else argv
    try:
        if argv in (["--version"], ["-V"]):
            from tix import __version__

            sys.stdout.write(f"tix {__version__}\n")
            return 0
        if argv[:1] == ["__complete"]:
            from tix.complete import run as complete

            return complete(argv[1:])
        from tix.cli import run

        return run(argv)
    except KeyboardInterrupt:
        return 130


def enter() -> None:
    """Run as a process of its own: no garbage to collect, and leave at once when done.

    A command is short; collecting and tearing down would cost it a fifth of its time.
    """
    import gc
    import os

    gc.disable()
    code = main()
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (AttributeError, OSError, ValueError):
        code = code or 74
    os._exit(code)


if __name__ == "__main__":
    enter()
