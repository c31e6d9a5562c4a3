"""A few lines of Python on a terminal of their own, as a command would run them."""

from __future__ import annotations

import sys
from textwrap import indent
from typing import TYPE_CHECKING

import pexpect

from tests.commandline import environment

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FRAME = """
import os, sys
from tix.cli.failure import report, warn
from tix.config import load_config
from tix.config.places import config_path
try:
    config = load_config(os.environ, config_path(os.environ))
{body}
except BaseException as error:
    sys.exit(report(error, ["a command"]))
"""


def python(
    body: str,
    home: Path,
    env: Mapping[str, str | None] | None = None,
    size: tuple[int, int] = (24, 80),
) -> pexpect.spawn[str]:
    """Start *body*, which has ``config`` and ``warn``; a variable that is None is not set."""
    surroundings = {**environment(home), **(env or {})}
    return pexpect.spawn(
        sys.executable,
        ["-c", FRAME.format(body=indent(body, "    "))],
        env={name: value for name, value in surroundings.items() if value is not None},
        cwd=str(home),
        dimensions=size,
        echo=False,
        encoding="utf-8",
        timeout=20,
    )


def ended(child: pexpect.spawn[str]) -> tuple[str, int | None]:
    """Wait for the end; return what the terminal has shown since, and the exit code."""
    child.expect(pexpect.EOF)
    child.wait()
    child.ptyproc.delayafterclose = 0  # type: ignore[attr-defined]  # nobody is left to wait for
    child.close()
    return (child.before or "").replace("\r\n", "\n"), child.exitstatus
