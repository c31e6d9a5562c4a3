"""Who works on what, when customers come, and what next week needs."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from tests.reports.made import DAY, HOUR, NOVEMBER, START, facts, november, told, value, view
from tix.record import replace
from tix.reports.workload import report

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.reports.made import Thing


def _created(at: int) -> Thing:
    return "flow", {"at": at, "kind": "created"}


def test_arrivals_are_told_by_weekday_and_hour_of_the_desk():
    monday_9 = START + DAY + 9 * HOUR
    seen = view(facts((_created(monday_9),), (_created(monday_9 + 7 * DAY),), (_created(START),)))
    _, _, arrivals, _ = report(seen)

    assert value("arrivals_mon", seen.cell()) == 2
    assert [(row.keys, row.figures["arrivals_mon"].value) for row in arrivals.rows] == [
        (("00",), 0),
        (("09",), 2),
    ]
    assert arrivals.totals
    assert arrivals.totals.figures["arrivals_sun"].value == 1


def test_after_hours_is_what_comes_when_the_desk_is_closed():
    monday = START + DAY
    cell = november((_created(monday + 9 * HOUR),), (_created(monday + 17 * HOUR),))

    assert told("after_hours", cell)[:2] == (0.5, 2)


def test_hours_needed_are_a_weeks_tickets_times_their_handle_time():
    resolved = ("tickets", {"resolved_at": START, "worked": 1800})
    cell = november(*[(resolved, _created(START + n * DAY)) for n in range(30)])

    assert value("weekly", cell) == 7
    assert told("hours_needed", cell)[:2] == (3.5, 30)
    assert told("hours_needed", november((_created(START),)))[:2] == (None, 0)


def test_of_a_period_that_is_not_over_a_week_is_one_of_those_that_have_passed():
    early = replace(NOVEMBER, as_of=NOVEMBER.since + timedelta(days=7))
    seen = view(facts((_created(START),), (_created(START + 1),)), early)

    assert value("weekly", seen.cell()) == 2 / ((7 * DAY + 1) / (7 * DAY))


def test_work_is_told_by_agent_and_category():
    def done(agent: str, category: str) -> Sequence[Thing]:
        ticket = {"created_at": START, "category": category, "agent": agent}
        return ("tickets", ticket), ("answers", {"at": START, "agent": agent, "way": "mail"})

    seen = view(facts(done("alice", "billing"), done("alice", "billing"), done("bob", "a\x1fb")))
    load, work, *_ = report(seen)

    assert [row.keys for row in load.rows] == [("alice",), ("bob",)]
    assert work.keys == ("agent", "category")
    assert [(row.keys, row.figures["answers"].value) for row in work.rows] == [
        (("alice", "billing"), 2),
        (("bob", "a\x1fb"), 1),
    ]
