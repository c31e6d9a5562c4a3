"""A clock that is set back and ahead between commands."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.commandline import Desk

pytestmark = pytest.mark.faults

NOW = "2026-11-21T18:30:00Z"
YESTERDAY = "2026-11-20T18:30:00Z"
LAST_YEAR = "2025-11-21T18:30:00Z"
FAR_AHEAD = "2038-01-19T03:14:08Z"
CLOCKS = [NOW, YESTERDAY, NOW, FAR_AHEAD, LAST_YEAR, NOW]

LINES = [
    "new First -c jo@example.com",
    "note 1 -m Second",
    "reply 1 -m Third",
    "resolve 1",
    "reopen 1",
    "note 1 -m Last",
]


@pytest.fixture
def desk(run: Desk) -> Desk:
    """A desk with a ticket on which each thing was done by another clock."""
    for clock, line in zip(CLOCKS, LINES, strict=True):
        run(line, env={"TIX_NOW": clock})
    return run


def events(desk: Desk) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(desk("show 1 --json"))["events"]
    return found


def test_events_stay_in_the_order_in_which_they_were_written(desk: Desk):
    found = events(desk)

    assert [event["seq"] for event in found] == sorted(event["seq"] for event in found)
    assert [event["kind"] for event in found][:3] == ["opened", "noted", "replied"]
    assert [message["body"] for message in json.loads(desk("show 1 --json"))["messages"]] == [
        "Second",
        "Third",
        "Last",
    ]


def test_no_event_is_earlier_than_the_one_before_it_and_the_history_marks_it(desk: Desk):
    times = [(event["at"], event["recorded_at"]) for event in events(desk)]

    assert times == [
        (NOW, None),
        (NOW, YESTERDAY),
        (NOW, None),
        (FAR_AHEAD, None),
        (FAR_AHEAD, LAST_YEAR),
        (FAR_AHEAD, NOW),
    ]


@pytest.mark.parametrize("line", ["inbox", "list --all", "show 1 2", "log", "customer show C-1"])
def test_nothing_is_less_than_no_time_ago(line: str, desk: Desk):
    desk("new Waiting")

    for clock in CLOCKS:
        shown = desk(f"{line} -o table", env={"TIX_NOW": clock})
        assert re.findall(r"-\d+ ?[smhdw]\b", shown) == []


def test_numbers_and_operations_go_on(desk: Desk):
    for number, clock in enumerate(CLOCKS, 2):
        assert desk("new Another", env={"TIX_NOW": clock}) == f"{number}\n"

    numbers = [row["number"] for row in json.loads(desk("undo --list -L 0 --json"))["operations"]]
    assert numbers == list(range(len(numbers), 0, -1))


def test_a_desk_that_has_been_in_the_future_is_healthy(desk: Desk):
    desk("new Long -c jo@example.com")
    desk("resolve 2")
    desk("new Closes it", env={"TIX_NOW": FAR_AHEAD})
    desk("reopen 2", env={"TIX_NOW": LAST_YEAR})
    desk("undo", env={"TIX_NOW": YESTERDAY})

    desk("doctor")
    assert desk("list status:closed -o ids") == "2\n"
