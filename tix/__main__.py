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
            sys.stdout.flush()
            return 0
        if argv[:1] == ["__complete"]:
            from tix.complete import run as complete

            return complete(argv[1:])
        from tix.cli import run

        return run(argv)
    except KeyboardInterrupt:
        return 130
    except OSError as error:
        from tix.cli.failure import report

        return report(error, argv)


def enter() -> None:
    """Run as a process of its own: no garbage to collect, and leave at once when done.

    A command is short; collecting and tearing down would cost it a fifth of its time.
    """
    import gc
    import os

    gc.disable()
    _occupy_standard_streams()
    code = main()
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    finally:  # of what fails here, main has told
        os._exit(code)


def _occupy_standard_streams() -> None:
    """Let no file of the desk get the number of a standard stream that is closed.

    Whatever writes to that stream, such as an editor that tix starts, would write into it.
    Using stdin or stdout stays an error; what goes to stderr is lost.
    """
    import os

    for number in range(3):
        try:
            os.fstat(number)
        except OSError:  # it is the lowest free number, so the next file gets it
            os.open(os.devnull, os.O_RDONLY if number == 1 else os.O_WRONLY)
    if sys.stdout is None:
        sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    if sys.stderr is None:
        sys.stderr = open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115


if __name__ == "__main__":
    enter()
