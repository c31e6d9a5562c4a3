"""Many writers at once, and a lock that somebody else holds."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from tests.cli.faults import start

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.commandline import Desk

pytestmark = pytest.mark.faults

WRITERS = 16
BOUND_S = 10.0
"""The promise is 3 s, and 1 s is usual; a machine that does other things as well gets time."""


def test_sixteen_writers_lose_nothing_and_wait_in_turn(
    tix: Desk, record_testsuite_property: Callable[[str, object], None]
):
    writers = [start("writer", name, 50, **tix.env) for name in range(WRITERS)]
    assert [writer.stdout.readline() for writer in writers] == ["ready\n"] * WRITERS

    for writer in writers:
        writer.stdin.write("go\n")
        writer.stdin.flush()
    told = [made for writer in writers for made in json.loads(writer.communicate()[0])]

    slowest_s = max(seconds for _, _, seconds in told)
    record_testsuite_property("slowest of 800 concurrent creates, s", round(slowest_s, 2))
    assert {code for code, _, _ in told} == {0}
    assert sorted(int(printed) for _, printed, _ in told) == list(range(1, 801))
    assert sorted(map(int, tix("list -o ids").split())) == list(range(1, 801))
    assert slowest_s < BOUND_S
    print(slowest_s)
