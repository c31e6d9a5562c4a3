from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.ops.desks import Clock, make_desk

if TYPE_CHECKING:
    from tix.desk import Desk


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(clock: Clock) -> Desk:
    """A desk in memory on which alice acts."""
    return make_desk(clock)
