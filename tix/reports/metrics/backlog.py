"""What waits: tickets that were not done at the end of a period, and how old they were."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from tix.reports import LATELY
from tix.reports.figures import Figure, Metric, Unit
from tix.reports.metrics.entry import Compute, count, theme
from tix.reports.statistics import quantile
from tix.reports.view import picked

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from tix.reports.view import Cell, View

WAITING = ("new", "open", "answered", "pending", "postponed")
TO_DO = ("new", "open")
DAY = 86_400
AGES = (
    ("under_1d", 0, 1),
    ("1d_3d", 1, 3),
    ("3d_7d", 3, 7),
    ("7d_30d", 7, 30),
    ("over_30d", 30, 0),
)
_SOURCE = "docs/metrics.md, Flow and backlog"
_MEDIAN = f"{_SOURCE}, Statistics; Hyndman & Fan 1996, type 7"
_WAITS = (("tickets", "asked_at", "first_at"), ("turns", "opened_at", "closed_at"))
"""Where it stands since when a customer waits, and until when."""


def ending(cell: Cell) -> int:
    """Return the last instant of the period, or that of looking if it is not over."""
    return min(cell.period.until - 1, cell.as_of)


def _standing(cell: Cell) -> dict[str, list[int]]:
    """Return the tickets at the end of the period, by status."""
    places = cell.standing("stays", "since", "until", status=WAITING)
    facts = cell.view.facts
    found: dict[str, list[int]] = {}
    rows = (picked(facts.column("stays", name), places) for name in ("status", "ticket"))
    for status, ticket in zip(*rows, strict=True):
        found.setdefault(cell.name(status), []).append(ticket)
    return found


def _in(cell: Cell, statuses: Sequence[str]) -> list[int]:
    found = cell.once(_standing)
    return [ticket for status in statuses for ticket in found.get(status, ())]


def _ages(cell: Cell) -> list[int]:
    """Return how old the backlog is: the seconds since each customer first wrote, sorted."""
    asked = cell.view.facts.column("tickets", "asked_at")
    created = cell.view.facts.column("tickets", "created_at")
    places = [cell.view.tickets[ticket] for ticket in _in(cell, WAITING)]
    end = ending(cell)
    return sorted(max(0, end - (asked[place] or created[place])) for place in places)


def _unanswered(view: View) -> Mapping[int, Sequence[tuple[int, int]]]:
    """Return from when until when customers waited, by ticket; 0 if nobody has answered yet.

    Who had their answer before the first period was over waits in none.
    """
    facts, first = view.facts, min(view.periods[0].until - 1, view.as_of)
    found = defaultdict[int, list[tuple[int, int]]](list)
    for table, *columns in _WAITS:
        for ticket, since, until in facts.rows(table, "ticket", *columns):
            if since and (until > first or not until):
                found[ticket].append((since, until))
    return found


def _turns(cell: Cell) -> list[int]:
    """Return for how many seconds each customer of the backlog waits for an answer, sorted."""
    waits, end = cell.view.once(_unanswered), ending(cell)
    return sorted(
        end - since
        for ticket in _in(cell, WAITING)
        for since, until in waits.get(ticket, ())
        if since <= end < (until or end + 1)
    )


def _between(low: int, high: int) -> Compute:
    def aged(cell: Cell) -> Figure:
        ages = cell.once(_ages)
        return count(sum(low * DAY <= age and (not high or age < high * DAY) for age in ages))

    return aged


def _middle(samples: Callable[[Cell], Sequence[int]]) -> Compute:
    def middle(cell: Cell) -> Figure:
        found = cell.once(samples)
        return Figure(quantile(found, 50) if found else None, n=len(found))

    return middle


def _oldest_wait(cell: Cell) -> Figure:
    found = cell.once(_turns)
    return Figure(found[-1] if found else None, n=len(found))


def _days_of_work(cell: Cell) -> Figure:
    """Return the actionable backlog over what is resolved in a working day of the last weeks."""
    last = datetime.fromtimestamp(ending(cell), cell.view.scope.zone).date()
    days = [last - timedelta(days=ago) for ago in range(LATELY)]
    working = sum(bool(cell.view.desk.calendar.hours(day)) for day in days)
    resolved = _resolved_lately(cell)
    if not (resolved and working):
        return Figure(n=resolved)
    return Figure(len(_in(cell, TO_DO)) * working / resolved, n=resolved)


def _resolved_lately(cell: Cell) -> int:
    """Return how often tickets of the group were resolved in the last weeks of the period."""
    view, code, end = cell.view, cell.code("resolved"), ending(cell)
    rows = view.facts.rows("flow", "ticket", "at", "kind")
    late = [
        place
        for place, (ticket, at, kind) in enumerate(rows)
        if kind == code and end - LATELY * DAY < at <= end and ticket in view.seen
    ]
    if not view.scope.group:
        return len(late)
    groups = view.groups("flow", "at")
    return sum(cell.group in groups[place] for place in late)


def _waiting(cell: Cell) -> Figure:
    return count(len(_in(cell, WAITING)))


def _to_do(cell: Cell) -> Figure:
    return count(len(_in(cell, TO_DO)))


def _aged(name: str, low: int, high: int) -> tuple[Metric, Compute]:
    told = f"{low} to {high}" if low and high else f"under {high}" if high else f"over {low}"
    return (
        Metric(
            f"backlog_{name}",
            f"{told} d old",
            Unit.COUNT,
            f"tickets of the backlog whose customer first wrote {told} days before its instant",
            _SOURCE,
        ),
        _between(low, high),
    )


METRICS = theme(
    (
        (
            Metric(
                "backlog",
                "Backlog",
                Unit.COUNT,
                "tickets that were new, open, answered, pending or postponed at the period's end",
                _SOURCE,
            ),
            _waiting,
        ),
        (
            Metric(
                "actionable",
                "Actionable",
                Unit.COUNT,
                "tickets of the backlog that were new or open, or postponed until a time that had"
                " come",
                _SOURCE,
            ),
            _to_do,
        ),
        *(_aged(*age) for age in AGES),
        (
            Metric(
                "backlog_age_p50",
                "Age, median",
                Unit.SECONDS,
                "the median of the time since the customer of each ticket of the backlog first"
                " wrote",
                _MEDIAN,
                base="calendar",
            ),
            _middle(_ages),
        ),
        (
            Metric(
                "waiting_p50",
                "Waiting, median",
                Unit.SECONDS,
                "the median of the time since the oldest message that nobody has answered, of the"
                " tickets of the backlog that have one",
                _MEDIAN,
                base="calendar",
            ),
            _middle(_turns),
        ),
        (
            Metric(
                "waiting_max",
                "Waiting, longest",
                Unit.SECONDS,
                "the longest of these times",
                _SOURCE,
                base="calendar",
            ),
            _oldest_wait,
        ),
        (
            Metric(
                "days_of_work",
                "Days of work",
                Unit.NUMBER,
                "actionable backlog / resolve actions per working day of the last 28 days (Little)",
                f"{_SOURCE}; Little 1961",
            ),
            _days_of_work,
        ),
    )
)
