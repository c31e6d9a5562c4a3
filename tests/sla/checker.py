"""``tix-sla`` for tests: in this process, or in one of its own as cron starts it.

The desk has business hours from nine to five in Zagreb. What is opened on it without another
time is opened on the Saturday before, so that an urgent first answer is due on Monday,
2026-11-23, at 08:15Z.
"""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

from tests.commandline import ROOT, Result, in_this_process
from tix.sla.__main__ import main
from tix.sla.options import parse
from tix.sla.run import run

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.commandline import Desk

MONDAY = "2026-11-23T08:20:00Z"
LADDER = """\
[levels.standard]
first = { urgent = "15m", high = "1h", normal = "4h", low = "8h" }
resolution = { any = "3bd" }
ladder = [
    { at = "50%", do = ["tag half"] },
    { at = "breach", do = [ACTIONS] },
]
"""


class Checker:
    """The checker on the desk of a test; *desk* is its command line."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.env = {**desk.env, "TIX_NOW": MONDAY}

    def __call__(self, words: str = "", *, code: int = 0, now: str = "") -> str:
        """Make a check in this process and return what it prints."""
        printed: list[str] = []
        env = {**self.env, **({"TIX_NOW": now} if now else {})}
        assert run(parse(words.split()), env, printed.append) == code, "".join(printed)
        assert len(printed) <= 1
        return "".join(printed)

    def here(self, *words: str, env: Mapping[str, str] | None = None) -> Result:
        """Make a check in this process, on standard streams of its own."""
        home = self.desk.home
        return in_this_process(words, b"", {**self.env, **(env or {})}, home, main)

    def process(self, *words: str, env: Mapping[str, str] | None = None) -> Result:
        """Make a check in a process of its own."""
        done = subprocess.run(
            [sys.executable, "-m", "tix.sla", *words],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            env={**self.env, **(env or {})},
            check=False,
        )
        return Result(done.stdout, done.stderr, done.returncode)

    def start(self, *words: str, env: Mapping[str, str] | None = None) -> subprocess.Popen[str]:
        """Start a check and do not wait for its end."""
        return subprocess.Popen(
            [sys.executable, "-m", "tix.sla", *words],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**self.env, **(env or {})},
        )

    def content(self) -> dict[str, bytes]:
        """Return every file of the desk."""
        folder = self.desk.home / "desk"
        files = [file for file in folder.rglob("*") if file.is_file()]
        return {str(file.relative_to(folder)): file.read_bytes() for file in files}

    def ladder(self, *actions: str) -> None:
        """Give the standard level a ladder that does *actions* at a breach."""
        file = self.desk.home / "ladder.toml"
        quoted = ", ".join(f'"{action}"' for action in actions)
        file.write_text(LADDER.replace("ACTIONS", quoted))
        self.desk(["setup", "apply", str(file)])


CRON = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT)}
"""What cron gives, beside HOME; the path to the modules stands for an installation."""


def bare(home: str) -> dict[str, str]:
    """Return the environment of ``env -i HOME=… PATH=/usr/bin:/bin``."""
    coverage = {name: value for name, value in os.environ.items() if name.startswith("COVERAGE")}
    return {**coverage, **CRON, "HOME": home}
