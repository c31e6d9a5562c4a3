"""A desk with promises, and the checker on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.sla.checker import Checker

if TYPE_CHECKING:
    from tests.commandline import Desk


@pytest.fixture
def sla(run: Desk) -> Checker:
    """``tix-sla`` on the desk of ``run``: ``sla("--new", code=2)`` returns what it prints."""
    return Checker(run)


@pytest.fixture
def late(sla: Checker) -> Checker:
    """A desk where at 08:20Z ticket 1 is breached, 2 at risk and 3 fine."""
    sla.desk("new 'Refund not received' -c 'ops@acme.test' -p urgent -a alice")
    sla.desk("new 'No login' -p high", env={"TIX_NOW": "2026-11-23T07:24:00Z"})
    sla.desk("new 'How do I export?'")
    return sla
