"""Arrivals: when customers come, how much work that makes, and what comes more than before."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from tix.reports.figures import Figure, Metric, Unit
from tix.reports.groups import WEEKDAYS
from tix.reports.metrics.counts import moves
from tix.reports.metrics.entry import Compute, count, share, theme
from tix.reports.statistics import growth

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tix.reports.view import Cell

WEEK = 7 * 86_400
HOUR = 3600
ENOUGH = 5


def arrived(cell: Cell) -> Sequence[int]:
    """Return when tickets were created."""
    code = cell.code("created")
    return [at for at, kind in cell.values("flow", "at", "at", "kind") if kind == code]


def _weekdays(cell: Cell) -> Sequence[int]:
    """Return how many tickets were created on each day of the week, from Monday on."""
    zone = cell.view.scope.zone
    days = [datetime.fromtimestamp(at, zone).weekday() for at in cell.once(arrived)]
    return [days.count(day) for day in range(7)]


def _on(day: int) -> Compute:
    return lambda cell: count(cell.once(_weekdays)[day])


def _after_hours(cell: Cell) -> Figure:
    calendar, zone = cell.view.desk.calendar, cell.view.scope.zone
    times = cell.once(arrived)
    closed = sum(not calendar.is_open(datetime.fromtimestamp(at, zone)) for at in times)
    return share(closed, len(times))


def _weekly(cell: Cell) -> Figure:
    times = cell.once(arrived)
    weeks = (min(cell.period.until, cell.as_of + 1) - cell.period.since) / WEEK
    return Figure(len(times) / weeks if weeks > 0 else None, n=len(times))


def _worked_lately(cell: Cell) -> Sequence[int]:
    return [s for s in cell.column("tickets", "resolved_at", "worked") if s]


def _hours_needed(cell: Cell) -> Figure:
    weekly, worked = _weekly(cell), cell.once(_worked_lately)
    if weekly.value is None or not worked:
        return Figure(n=len(worked))
    each = sum(worked) / len(worked)
    return Figure(float(weekly.value) * each / HOUR, n=len(worked))


def _before(cell: Cell) -> Cell:
    return cell.view.cell(cell.number - 1, cell.group)


def _created_before(cell: Cell) -> Figure:
    return count(_before(cell).once(moves).get("created", 0))


def _growth(cell: Cell) -> Figure:
    """Return how many times as many came as in the period before, of two of one length."""
    now = cell.once(moves).get("created", 0)
    before = _before(cell).once(moves).get("created", 0)
    low, high = growth(now, before)
    return Figure(now / before if before else None, n=now + before, low=low, high=high)


METRICS = theme(
    (
        *(
            (
                Metric(
                    f"arrivals_{day}",
                    day.capitalize(),
                    Unit.COUNT,
                    f"tickets created on a {day.capitalize()} of the period, in the desk's zone",
                    "docs/metrics.md, Workload",
                ),
                _on(number),
            )
            for number, day in enumerate(WEEKDAYS)
        ),
        (
            Metric(
                "after_hours",
                "After hours",
                Unit.RATE,
                "tickets created outside of business hours / tickets created",
                "docs/metrics.md, Workload",
            ),
            _after_hours,
        ),
        (
            Metric(
                "weekly",
                "A week",
                Unit.NUMBER,
                "tickets created / weeks of the period that have passed: what next week will"
                " bring if nothing changes",
                "docs/metrics.md, Workload",
            ),
            _weekly,
        ),
        (
            Metric(
                "hours_needed",
                "Hours needed next week",
                Unit.NUMBER,
                "tickets created a week x mean handle time of those resolved in the period with a"
                " time entry",
                "docs/metrics.md, Workload",
            ),
            _hours_needed,
        ),
        (
            Metric(
                "created_before",
                "Before",
                Unit.COUNT,
                "tickets created in the period of the same length before",
                "docs/metrics.md, Trends",
            ),
            _created_before,
        ),
        (
            Metric(
                "growth",
                "Growth",
                Unit.NUMBER,
                "created now / created in the period before, with the 95 % interval of a ratio of"
                " two counts; blank where none came before",
                "docs/metrics.md, Trends, Statistics; Wilson 1927",
                enough=ENOUGH,
            ),
            _growth,
        ),
    )
)
