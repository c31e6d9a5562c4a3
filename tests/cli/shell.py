"""Commands as a shell starts them: with streams that are closed, full, cut off or never end."""

from __future__ import annotations

import ctypes
import os
import shlex
import subprocess
import sys
from typing import TYPE_CHECKING

from tests.commandline import Result

if TYPE_CHECKING:
    from tests.commandline import Desk

_DROP_FROM_BOUNDS = 24  # prctl(2): PR_CAPBSET_DROP
_ABOVE_MODES = (1, 2)  # capabilities(7): CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH


def shell(desk: Desk, line: str) -> Result:
    """Run *line*, in which ``tix`` stands for the command, by a shell in the desk's home."""
    command = f"{shlex.quote(sys.executable)} -m tix"
    done = subprocess.run(
        ["/bin/sh", "-c", line.replace("tix", command)],
        env=desk.env,
        cwd=desk.home,
        capture_output=True,
        timeout=20,
        check=False,
    )
    return Result(done.stdout.decode(), done.stderr.decode(), done.returncode)


def process(desk: Desk, *words: str) -> subprocess.Popen[bytes]:
    """Start a command with pipes for its streams."""
    return subprocess.Popen(
        [sys.executable, "-m", "tix", *words],
        env=desk.env,
        cwd=desk.home,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def as_anybody(*words: str, desk: Desk) -> Result:
    """Run a command that the modes of files bind, even if the tests run as root."""
    done = subprocess.run(
        [sys.executable, "-m", "tix", *words],
        env=desk.env,
        cwd=desk.home,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        preexec_fn=bow_to_modes,
        check=False,
    )
    return Result(done.stdout, done.stderr, done.returncode)


def bow_to_modes() -> None:
    """Let the modes of files bind root too, in the program that this process becomes."""
    if os.geteuid() == 0 and sys.platform == "linux":
        libc = ctypes.CDLL(None)
        for capability in _ABOVE_MODES:
            libc.prctl(_DROP_FROM_BOUNDS, capability, 0, 0, 0)
