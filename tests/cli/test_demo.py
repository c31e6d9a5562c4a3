"""``tix demo``."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

from tests.cli.telling import error, told

if TYPE_CHECKING:
    from tests.commandline import Desk


def test_it_makes_a_desk_to_practise_on_and_leaves_the_own_one_alone(run: Desk):
    result = run.run("demo practice --tickets 40 --seed 7 --tz Europe/Zagreb")

    assert result.code == 0
    assert result.stdout.endswith("practice\n")
    assert result.stderr == ("look around with: tix --db practice; tix --db practice report kpi\n")
    assert run("list is:open --count") == "0\n"
    assert run("--db practice list --all --count") == "40\n"
    assert run("--db practice doctor -q") == ""
    assert run("--db practice search invoice -o ids")


def test_a_place_that_is_taken_is_refused(run: Desk):
    assert "already" in error(run, "demo desk", 73)


def test_a_desk_that_did_not_get_complete_is_told(run: Desk):
    small = 'ulimit -f 100; exec "$0" -m tix demo practice --tickets 300'
    made = subprocess.run(
        ["/bin/sh", "-c", small, sys.executable],
        env=run.env,
        cwd=run.home,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (made.returncode, made.stdout) == (74, "")
    assert made.stderr == (
        "tix: warning: the desk at practice is not complete; remove the folder to begin again\n"
        "tix: error: nothing was saved: File too large\n"
    )


def test_a_place_without_a_name_is_refused(run: Desk):
    assert error(run, "demo ''", 2) == told("DIR is empty", "tix demo practice")


def test_numbers_out_of_range_are_refused(run: Desk):
    assert error(run, "demo practice --tickets 0", 2)
    assert not (run.home / "practice").exists()
