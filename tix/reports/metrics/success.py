"""How many tickets are resolved, and how many come back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.reports.figures import Metric, Unit
from tix.reports.metrics.counts import moves
from tix.reports.metrics.entry import Entry, count, mean, share, theme
from tix.reports.metrics.outcome import WINDOW, course, ended, first_solved, returned, rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tix.reports.figures import Figure
    from tix.reports.metrics.entry import Compute
    from tix.reports.view import Cell

CAUSES = {"customer": "the customer", "agent": "an agent", "rule": "a rule"}
INACTIVE = "inactive"
_SOURCE = "docs/metrics.md, Rates"


def _flow_rate(cell: Cell) -> Figure:
    found = cell.once(moves)
    return mean(found.get("resolved", 0), found.get("created", 0))


def _cohort_rate(cell: Cell) -> Figure:
    places = cell.places("tickets", "created_at")
    created = rows(cell.view, places, "created_at", "first_resolved_at", "reopened_at", "ticket")
    latest = cell.as_of - WINDOW
    complete = [row for row in created if row[0] <= latest]
    resolved = [row for row in complete if 0 < row[1] <= row[0] + WINDOW]
    otherwise = cell.view.once(ended)
    lasting = sum(
        _is_resolved(cell, ticket, at + WINDOW)
        if 0 < again <= at + WINDOW
        else (ticket, first_at) not in otherwise
        for at, first_at, again, ticket in resolved
    )
    return share(lasting, len(complete))._replace(waiting=len(places) - len(complete))


def _is_resolved(cell: Cell, ticket: int, until: int) -> bool:
    """Return whether a ticket, which was reopened before an instant, was solved at it."""
    at, done = [step for step in course(cell.view, ticket) if step[0] <= until][-1]
    return done and (ticket, at) not in cell.view.once(ended)


def _reopen_rate(cell: Cell) -> Figure:
    found = rows(cell.view, cell.once(first_solved), "ticket", "first_resolved_at")
    back = cell.view.once(returned)
    early = sum(at + WINDOW > cell.as_of for _, at in found)
    return share(sum(ticket in back for ticket, _ in found), len(found))._replace(waiting=early)


def _reopens(cause: str) -> Compute:
    def figure(cell: Cell) -> Figure:
        reopened, by = cell.code("reopened"), cell.code(cause)
        return count(
            sum(row == (reopened, by) for row in cell.values("flow", "at", "kind", "cause"))
        )

    return figure


def _reopens_per_ticket(cell: Cell) -> Figure:
    resolved = cell.code("resolved")
    found = cell.values("flow", "at", "ticket", "kind")
    tickets = {ticket for ticket, kind in found if kind == resolved}
    return mean(cell.once(moves).get("reopened", 0), len(tickets))


def _inactive(cell: Cell) -> Figure:
    row = cell.code("resolved"), cell.code(INACTIVE)
    return count(cell.values("flow", "at", "kind", "cause").count(row))


def _by_cause() -> Iterator[Entry]:
    for cause, who in CAUSES.items():
        title, formula = f"Reopened by {who}", f"reopenings in the period by {who}"
        yield Entry(
            Metric(f"reopens_{cause}", title, Unit.COUNT, formula, _SOURCE), _reopens(cause)
        )


METRICS = theme(
    (
        Entry(
            Metric(
                "resolution_rate",
                "Resolved within 7 days",
                Unit.RATE,
                "tickets created in the period that were solved, and not open again, 7 days "
                "after their creation / tickets created in the period 7 days ago or earlier",
                _SOURCE,
            ),
            _cohort_rate,
        ),
        Entry(
            Metric(
                "resolution_flow",
                "Resolved / created",
                Unit.RATE,
                "resolve actions / tickets created, both in the period; above 100 % when old "
                "tickets are done",
                _SOURCE,
                twin="resolution_rate",
            ),
            _flow_rate,
        ),
        Entry(
            Metric(
                "reopen_rate",
                "Reopened within 7 days",
                Unit.RATE,
                "tickets with a reopening within 7 days of a resolution / tickets first solved "
                "in the period; those solved less than 7 days ago may still be reopened",
                _SOURCE,
            ),
            _reopen_rate,
        ),
        *_by_cause(),
        Entry(
            Metric(
                "reopens_per_ticket",
                "Reopenings per ticket",
                Unit.NUMBER,
                "reopenings / tickets resolved once or more often, both in the period",
                _SOURCE,
            ),
            _reopens_per_ticket,
        ),
        Entry(
            Metric(
                "resolved_inactive",
                "Ended as inactive",
                Unit.COUNT,
                "resolve actions in the period because the customer did not write any more; "
                "they are no resolutions for the times and rates of others",
                _SOURCE,
            ),
            _inactive,
        ),
    )
)
