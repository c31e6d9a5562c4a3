"""The quick way to run a command tells the same as the real one."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from tests.commandline import Desk, in_a_process, in_this_process

if TYPE_CHECKING:
    from pathlib import Path

LINES = [
    "--version",
    "new 'Refund not received' -c bob@example.com",
    "list -o json",
    "show 99",
    "lsit",
    "new x -m -",
    "new x -F /nowhere",
]


@pytest.mark.parametrize("line", LINES)
def test_a_command_ends_alike_in_this_process_and_in_its_own(
    line: str, fresh_home: Path, tmp_path: Path
):
    results = []
    for execute in (in_a_process, in_this_process):
        home = shutil.copytree(fresh_home, tmp_path / "home")
        results.append(Desk(home, execute).run(line, input="Grüße\x1b\n"))
        shutil.rmtree(home)

    assert results[0] == results[1]


def test_both_ways_share_one_desk(tix: Desk, run: Desk):
    tix("new 'Refund not received'")

    assert run("list -o ids") == "1\n"


def test_a_terminal_is_a_terminal(tix: Desk):
    assert "\t" not in tix("inbox", tty=True)
