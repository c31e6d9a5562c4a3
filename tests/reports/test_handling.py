"""Handle time, from time entries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.reports.made import START, november, told, value

if TYPE_CHECKING:
    from tests.reports.made import Thing


def _resolved(worked: int) -> Thing:
    return "tickets", {"resolved_at": START, "worked": worked}


def test_handle_time_is_that_of_resolved_tickets_with_an_entry():
    cell = november((_resolved(600),), (_resolved(1200),), (_resolved(0),))

    assert told("aht", cell)[:2] == (900, 2)
    assert told("aht", cell).mark == ""
    assert told("aht_coverage", cell)[:2] == (2 / 3, 3)


def test_few_tickets_with_entries_are_a_warning():
    cell = november((_resolved(600),), (_resolved(0),))

    assert told("aht", cell).mark == "low coverage"
    assert told("aht", november()).mark == ""


def test_corrections_are_taken_off():
    work = [
        ("work", {"at": START, "source": "manual", "given": 600}),
        ("work", {"at": START, "source": "manual", "taken": 100}),
        ("work", {"at": START, "source": "call", "given": 60}),
    ]
    cell = november((*work,))

    assert told("worked", cell)[:2] == (560, 3)
    assert told("worked_manual", cell)[:2] == (500, 2)
    assert told("worked_call", cell)[:2] == (60, 1)
    assert value("worked_timer", cell) == 0
