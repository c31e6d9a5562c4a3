"""A program of the user, run without a shell and ended in time with all that it started."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from subprocess import Popen

_STDERR = 2


def run_program(
    words: Sequence[str], given: bytes, environ: Mapping[str, str], limit_s: float
) -> str:
    """Run a program on *given*; return what went wrong, nothing if all was well.

    What it prints goes to stderr, for stdout is data.
    """
    from subprocess import PIPE, Popen, TimeoutExpired

    try:
        program = Popen(  # noqa: S603 - the user's own, and no shell reads it
            words, stdin=PIPE, stdout=_STDERR, env=environ, start_new_session=True
        )
    except (OSError, ValueError) as error:
        return f"cannot be run: {getattr(error, 'strerror', None) or error}"
    try:
        program.communicate(given, timeout=limit_s)
    except TimeoutExpired:
        _end(program)
        return f"took longer than {limit_s:g} s and was ended"
    except BaseException:
        _end(program)
        raise
    if program.returncode < 0:
        return f"was ended by signal {-program.returncode}"
    return f"failed with exit code {program.returncode}" if program.returncode else ""


def _end(program: Popen[bytes]) -> None:
    """Kill a program with all that it has started."""
    import os
    from contextlib import suppress
    from signal import SIGKILL

    with suppress(ProcessLookupError):
        os.killpg(program.pid, SIGKILL)
    program.wait()
