"""How far promises were kept: by clock, by ticket, and as ``tix sla report`` tells it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.domain.sla.cases import OFFICE, Life, at, promises
from tests.reports.made import DAY, HOUR, NOVEMBER, START, facts, november, told, value, view
from tix.domain.facts import gather
from tix.domain.measure import measure
from tix.domain.sla.compliance import compliance
from tix.domain.sla.policy import Goal, Kind, Level
from tix.domain.statistics import wilson
from tix.record import replace
from tix.reports.figures import Figure
from tix.reports.metrics.sla import CLOCKS
from tix.reports.sla import report

if TYPE_CHECKING:
    from typing import Any

    from tests.reports.made import Thing
    from tix.domain.sla.clock import Clock
    from tix.reports.view import View

NOW = "01-20 12:00"
GOLD = Level(
    "gold",
    first=Goal({"any": "4h"}, penalty=2.0, hourly_penalty=0.5),
    next=Goal({"normal": "4h", "high": "1h"}),
    resolution=Goal({"any": "8h"}),
)
LIVES = (
    Life("01-16 09:00").answers("01-16 10:00"),
    Life("01-16 09:00").answers("01-16 15:00").resolves("01-20 10:00"),
    Life("01-19 15:00"),
    Life("01-16 10:00").answers("01-16 11:00").asks("01-16 12:00").answers("01-19 10:00"),
    Life("01-20 11:00"),
    Life("01-16 09:00").resolves("01-16 10:00"),
    Life("01-16 09:00").asks("01-16 09:10").gets("01-16 09:30", "high").answers("01-16 11:45"),
    Life("01-19 09:00").answers("01-19 09:30").waits("01-19 10:00"),
)


def clock(kind: str, state: str, due_at: int = START, **more: Any) -> Thing:
    stopped_at = 0 if state == "running" else due_at
    times = {"started_at": START, "due_at": due_at, "stopped_at": stopped_at}
    return "clocks", {"kind": kind, "state": state, **times, **more}


def clocks() -> list[list[Clock]]:
    return [life.ever(NOW, GOLD) for life in LIVES]


def january(since: str, until: str) -> View:
    """The same lives as facts."""
    rows = [
        measure([event for event, _ in life.steps], promises(GOLD), at(NOW), OFFICE)
        for life in LIVES
    ]
    numbered = (
        {table: [(number, *row[1:]) for row in found] for table, found in one.items()}
        for number, one in enumerate(rows, 1)
    )
    scope = replace(NOVEMBER, since=at(since), until=at(until), as_of=at(NOW))
    return view(gather(numbered), scope)


@pytest.mark.parametrize(
    ("since", "until"),
    [
        ("01-01 00:00", "02-01 00:00"),
        ("01-16 13:00", "01-16 13:30"),
        ("01-17 00:00", "01-21 00:00"),
        ("01-21 00:00", "02-01 00:00"),
    ],
)
def test_the_figures_are_those_of_the_command_sla_report(since: str, until: str):
    expected = compliance(clocks(), at(since), at(until))
    cell = january(since, until).cell()

    share, tickets = expected.by_clock, expected.by_ticket
    assert told("sla_clocks", cell)[:4] == (
        *(share.rate, share.n),
        *(share.interval or (None, None)),
    )
    assert told("sla_tickets", cell)[:2] == (tickets.rate, tickets.n)
    assert [value(f"sla_{name}", cell) for name in ("met", "breached", "open")] == [
        *(share.met, share.breached, expected.open_breaches)
    ]
    assert value("sla_called_off", cell) == sum(expected.excluded.values())
    assert value("sla_penalty", cell) == pytest.approx(expected.penalty, abs=0.01)


def test_what_runs_now_ran_at_the_end_of_a_period_if_it_had_begun():
    expected = compliance(clocks())

    today, yesterday = january("01-20 00:00", "02-01 00:00"), january("01-19 00:00", "01-20 00:00")

    assert value("sla_running", today.cell()) == expected.running == 4
    assert value("sla_running", yesterday.cell()) == 2


def test_lateness_is_that_of_the_command_sla_report():
    expected = compliance(clocks(), at("01-01 00:00"), at("02-01 00:00"))
    cell = january("01-01 00:00", "02-01 00:00").cell()
    late = [
        *(expected.late.median, expected.late.longest),
        *(expected.late_business.median, expected.late_business.longest),
    ]

    assert [
        value(f"sla_late_{base}_{statistic}", cell)
        for base in ("cal", "biz")
        for statistic in ("p50", "max")
    ] == [length.total_seconds() for length in late]


@pytest.mark.parametrize("kind", Kind)
def test_each_clock_has_the_figures_of_the_command_sla_report(kind: Kind):
    of_kind = [[clock for clock in ticket if clock.kind is kind] for ticket in clocks()]
    expected = compliance(of_kind, at("01-01 00:00"), at("02-01 00:00"))
    (section,) = report(january("01-01 00:00", "02-01 00:00"))
    (row,) = (row for row in section.rows if row.keys == (kind,))

    share = expected.by_clock
    assert row.figures["sla_clocks"][:2] == (share.rate, share.n)
    assert row.figures["sla_tickets"].n == expected.by_ticket.n
    assert row.figures["sla_running"].value == expected.running
    assert row.figures["sla_called_off"].value == sum(expected.excluded.values())


def test_a_promise_belongs_to_the_period_in_which_it_was_due():
    early = clock("first", "met", START + 30 * DAY, stopped_at=START)
    cell = november((early, clock("first", "met")))

    assert value("sla_met", cell) == 1


def test_a_breach_that_is_open_counts_and_what_runs_or_was_called_off_does_not():
    still = clock("first", "breached", stopped_at=0)
    rest = [clock("next", state) for state in ("running", "cancelled", "superseded")]
    cell = november((clock("first", "met"), still, *rest), (clock("first", "met"),))

    assert told("sla_clocks", cell) == Figure(2 / 3, 3, *(wilson(2, 3) or ()))
    assert told("sla_tickets", cell) == Figure(0.5, 2, *(wilson(1, 2) or ()))
    assert [value(f"sla_{name}", cell) for name in ("open", "running", "called_off")] == [1, 1, 2]
    assert told("sla_next", cell) == Figure(None, 0)


def test_clocks_that_are_paused_run_and_are_due_at_no_time():
    paused = clock("resolution", "paused", 0)
    later = clock("resolution", "running", started_at=START + 30 * DAY)
    cell = november((paused, clock("first", "at_risk", 0)), (later,))

    assert value("sla_running", cell) == 2
    assert told("sla_clocks", cell) == Figure(None, 0)


def test_lateness_has_a_median_and_a_longest_one_in_both_bases():
    late = [
        clock("first", "breached", late_cal=n * HOUR, late_biz=n * 60, penalty=n * 50)
        for n in (1, 2, 6)
    ]
    cell = november((*late, clock("first", "met")))

    assert told("sla_late_cal_p50", cell) == Figure(2 * HOUR, 3)
    assert told("sla_late_cal_max", cell) == Figure(6 * HOUR, 3)
    assert told("sla_late_biz_p50", cell) == Figure(120, 3)
    assert told("sla_late_biz_max", cell) == Figure(360, 3)
    assert told("sla_penalty", cell) == Figure(4.5, 3)
    assert told("sla_late_cal_p50", november()) == Figure(None, 0)


def test_the_report_has_a_row_for_each_clock_and_all_below():
    kept = [clock(kind, "met") for kind in CLOCKS]
    (section,) = report(view(facts((*kept, clock("update", "breached")))))

    rates = {row.keys: row.figures["sla_clocks"].value for row in section.rows}
    assert rates == {("first",): 1, ("next",): 1, ("update",): 0.5, ("resolution",): 1}
    assert section.totals is not None
    assert section.totals.figures["sla_clocks"][:2] == (0.8, 5)


def test_groups_and_periods_have_a_table_of_their_own():
    found = facts((clock("first", "met", department="sales"),))
    promised, clocks = report(view(found, replace(NOVEMBER, group="department")))

    assert [row.keys for row in promised.rows] == [("sales",)]
    assert promised.rows[0].figures["sla_first"].value == 1
    assert len(clocks.rows) == 4
