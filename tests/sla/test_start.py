"""The start of ``tix-sla``: what a check every minute does not load."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.sla.checker import Checker


def test_a_check_loads_neither_click_nor_what_it_does_not_use(late: Checker):
    env = {name: value for name, value in late.env.items() if "COVERAGE" not in name}
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "tix.sla"],
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 2
    loaded = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    heavy = {"click", "dataclasses", "dateutil", "importlib.metadata", "subprocess", "tabulate"}
    assert (
        loaded & (heavy | {"http.client", "ssl", "tix.cli", "tix.notify", "tix.store.checker"})
        == set()
    )


def test_a_check_reads_nothing_of_the_history(late: Checker):
    for file in (late.desk.home / "desk" / "history").iterdir():
        file.unlink()

    assert late("--new", code=2).startswith("BREACHED 1 ")
