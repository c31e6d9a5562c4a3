"""A process of its own: no garbage to collect, standard streams that are there, a quick end."""

from __future__ import annotations

import sys

TYPE_CHECKING = False  # that of typing takes 3 ms to import
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import NoReturn


def run(main: Callable[[], int]) -> NoReturn:
    """Run *main* as all of this process, and leave at once when it is done.

    A command is short; collecting and tearing down would cost it a fifth of its time.
    """
    import gc
    import os

    gc.disable()
    occupy_standard_streams()
    code = main()
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    finally:  # of what fails here, main has told
        os._exit(code)


def occupy_standard_streams() -> None:
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
