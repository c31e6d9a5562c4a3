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
    """Run as a process of its own."""
    from tix.process import run

    run(main)


if __name__ == "__main__":
    enter()
