"""A command in this process, on streams in memory: nothing but what it does to files is real.

For processes that run thousands of commands; it loads no test tools.
"""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING

from tix.__main__ import main

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


def call(words: Sequence[str], first: Callable[[], object] = int) -> tuple[int, str, str]:
    """Return the exit code of a command and what it printed; *first* is called just before."""
    before = sys.stdin, sys.stdout, sys.stderr
    given, out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8") for _ in range(3))
    sys.stdin, sys.stdout, sys.stderr = given, out, err
    first()
    try:
        code = main([*words])
    finally:
        sys.stdin, sys.stdout, sys.stderr = before
    return code, _printed(out), _printed(err)


def _printed(stream: io.TextIOWrapper) -> str:
    stream.seek(0)
    return stream.read()
