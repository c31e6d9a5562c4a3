from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from tests.commandline import Desk, in_this_process

if TYPE_CHECKING:
    from pathlib import Path

TICKETS = (
    "new Refund not received -c jo@example.com -p high -t vip,web -m 'Where is it?'",
    "new Cannot log in -t web",
    "new Invoice 77 -p low -a @me",
)


@pytest.fixture(scope="session")
def stocked_home(fresh_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home folder whose desk has three tickets, to be copied."""
    home = shutil.copytree(fresh_home, tmp_path_factory.mktemp("stocked") / "home")
    for line in TICKETS:
        Desk(home, in_this_process)(line)
    return home


@pytest.fixture
def desk(stocked_home: Path, tmp_path: Path) -> Desk:
    """The command line, in this process, on a desk of the test's own with three tickets.

    1 Refund not received (jo@example.com, high, vip and web), 2 Cannot log in (web),
    3 Invoice 77 (low, alice's).
    """
    return Desk(shutil.copytree(stocked_home, tmp_path / "stocked"), in_this_process)
