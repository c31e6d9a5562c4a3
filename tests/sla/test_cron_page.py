"""The examples of docs/cron.md work where they are meant to: in cron, systemd and a script."""

from __future__ import annotations

import configparser
import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.commandline import ROOT
from tests.sla.checker import MONDAY, bare

if TYPE_CHECKING:
    from pathlib import Path

    from tests.sla.checker import Checker

PAGE = (ROOT / "docs" / "cron.md").read_text("utf-8")
INSTALLED = "/usr/local/bin/tix-sla"


def blocks(kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


def jobs() -> list[str]:
    """Return the commands of the crontab, as cron hands them to the shell."""
    commands = []
    for line in blocks("crontab")[0].splitlines():
        if line and not line.startswith("#") and not re.match(r"\w+=", line):
            *times, command = line.split(None, 5)
            assert all(re.fullmatch(r"[\d*/,-]+", field) for field in times), line
            assert re.search(r"(?<!\\)%", command) is None, line
            commands.append(command)
    return commands


@pytest.fixture
def installed(late: Checker) -> Path:
    """A home with the desk in its place, and the checker under the path of the page."""
    home = late.desk.home
    (home / "support").mkdir()
    (home / "desk").rename(home / "support" / "desk")
    tool = home / "tix-sla"
    tool.write_text(f'#!/bin/sh\nTIX_NOW={MONDAY} exec {sys.executable} -m tix.sla "$@"\n')
    tool.chmod(0o755)
    return home


def as_cron(home: Path, command: str) -> subprocess.CompletedProcess[str]:
    """Run *command* as cron does: by sh, with next to no environment and nothing on stdin."""
    return subprocess.run(
        ["/bin/sh", "-c", command.replace(INSTALLED, str(home / "tix-sla"))],
        env={**bare(str(home)), "TIX_TZ": "Europe/Zagreb"},
        cwd=home,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("command", jobs())
def test_each_job_of_the_crontab_runs(installed: Path, command: str):
    done = as_cron(installed, command)

    assert done.stderr == ""
    assert done.returncode == (0 if "--exit-zero" in command else 2)
    silent = "--to " in command or " -q" in command
    assert done.stdout.startswith("BREACHED 1 urgent") is not silent


def test_a_second_run_of_each_job_mails_nothing_that_was_told(installed: Path):
    first, *_ = jobs()

    assert as_cron(installed, first).stdout.count("\n") == 1
    assert as_cron(installed, first).stdout == ""


def test_the_script_tells_the_ends_apart(installed: Path):
    script = next(block for block in blocks("sh") if "case $?" in block)
    script = re.sub(r"^tix-sla", INSTALLED, script)

    assert as_cron(installed, script).stdout == "something is breached\n"
    broken = as_cron(installed, script.replace("support/desk", "nowhere"))
    assert broken.stdout == "the checker is broken\n"


def test_the_command_of_the_monitor_gives_what_a_monitor_reads(installed: Path):
    (line,) = re.findall(r"command_line\s+(.*)", PAGE)

    done = as_cron(installed, line.replace("/srv", "$HOME"))

    assert done.stdout.startswith("TIX SLA CRITICAL - 1 breached, 0 at risk, 3 open | breached=1;")
    assert (done.stderr, done.returncode) == ("", 2)


def units() -> dict[str, str]:
    """Return the unit files of the page by their names."""
    found = {}
    for block in blocks("systemd"):
        first, _, rest = block.partition("\n")
        found[first.rpartition("/")[2]] = rest
    return found


def test_the_service_calls_a_line_that_works_and_knows_its_ends(installed: Path):
    service = configparser.ConfigParser(interpolation=None)
    service.optionxform = str  # type: ignore[assignment,method-assign]
    service.read_string(units()["tix-sla.service"])
    timer = configparser.ConfigParser(interpolation=None)
    timer.read_string(units()["tix-sla.timer"])

    done = as_cron(installed, service["Service"]["ExecStart"].replace("%h", str(installed)))

    assert done.stdout.startswith("BREACHED 1 ")
    assert str(done.returncode) in service["Service"]["SuccessExitStatus"].split()
    assert service["Service"]["Type"] == "oneshot"
    assert timer["Install"]["WantedBy"] == "timers.target"


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd here")
def test_systemd_takes_the_units(installed: Path):
    for name, content in units().items():
        text = content.replace(INSTALLED, str(installed / "tix-sla"))
        (installed / name).write_text(text)

    done = subprocess.run(
        ["systemd-analyze", "verify", *map(str, installed.glob("tix-sla.*"))],
        capture_output=True,
        text=True,
        check=False,
    )

    assert [line for line in done.stderr.splitlines() if "tix-sla" in line] == []
