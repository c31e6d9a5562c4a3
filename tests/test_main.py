"""The way in: what it answers by itself, and streams that are closed or full."""

from __future__ import annotations

import shlex
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.commandline import ROOT, Desk, Result, environment
from tix import __version__

if TYPE_CHECKING:
    from pathlib import Path

FULL = "No space left on device"
CLOSED = "Bad file descriptor"


def shell(line: str, home: Path) -> Result:
    """Run *line* with ``tix`` in it by a shell."""
    command = f"{shlex.quote(sys.executable)} -m tix"
    done = subprocess.run(
        ["/bin/sh", "-c", line.replace("tix", command)],
        env=environment(home),
        cwd=home,
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )
    return Result(done.stdout, done.stderr, done.returncode)


@pytest.mark.parametrize("option", ["--version", "-V"])
def test_the_version_is_one_line(run: Desk, option: str):
    assert run(option) == f"tix {__version__}\n"
    assert run(f"list {option}") == f"tix {__version__}\n"


def test_it_is_the_version_of_the_distribution():
    declared = (ROOT / "setup.cfg").read_text("utf-8")

    assert "version = attr: tix.__version__" in declared


@pytest.mark.parametrize("line", ["--version", "--help", "new x"])
@pytest.mark.parametrize(("stdout", "reason"), [(">/dev/full", FULL), (">&-", CLOSED)])
def test_output_that_goes_nowhere_is_one_line_and_74(
    home: Path, line: str, stdout: str, reason: str
):
    what = "the change is saved, but it could not be told" if "new" in line else "input or output failed"
    result = shell(f"tix {line} {stdout}", home)

    assert result.stderr.splitlines()[0] == f"tix: error: {what}: {reason}"
    assert (result.stdout, result.code) == ("", 74)
