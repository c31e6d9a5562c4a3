"""How many tickets needed somebody else: escalated to others, or passed between departments."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from tix.reports.figures import Metric, Unit
from tix.reports.metrics.entry import Entry, count, share, theme

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from collections.abc import Set as AbstractSet

    from tix.reports.figures import Figure
    from tix.reports.metrics.entry import Compute
    from tix.reports.view import Cell, View

KINDS = {"manual": "by hand", "sla": "by a promise in danger", "rule": "by a rule"}
_SOURCE = "docs/metrics.md, Escalation and transfer"


def _share_of(column: str) -> Compute:
    """Return how many of the tickets created in a period have something in *column*."""

    def figure(cell: Cell) -> Figure:
        found = cell.column("tickets", "created_at", column)
        return share(len(found) - list(found).count(0), len(found))

    return figure


def _escalated(view: View) -> Mapping[int, AbstractSet[int]]:
    """Return the tickets that were escalated, by the number of the way in which they were."""
    found = defaultdict[int, set[int]](set)
    for ticket, kind in view.facts.rows("escalations", "ticket", "kind"):
        found[kind].add(ticket)
    return found


def _share_by(kind: str) -> Compute:
    def figure(cell: Cell) -> Figure:
        tickets = cell.column("tickets", "created_at", "ticket")
        escalated = cell.view.once(_escalated).get(cell.code(kind), ())
        return share(sum(ticket in escalated for ticket in tickets), len(tickets))

    return figure


def _happened(table: str) -> Compute:
    return lambda cell: count(len(cell.places(table, "at")))


def _by_kind() -> Iterator[Entry]:
    for kind, how in KINDS.items():
        metric = Metric(
            f"escalation_rate_{kind}",
            f"Escalated {how}",
            Unit.RATE,
            f"tickets created in the period that were escalated {how} / tickets created in the "
            "period; one that was escalated in several ways is in each",
            _SOURCE,
        )
        yield Entry(metric, _share_by(kind))


METRICS = theme(
    (
        Entry(
            Metric(
                "escalation_rate",
                "Escalated",
                Unit.RATE,
                "tickets created in the period that were ever escalated / tickets created in "
                "the period; a higher priority alone is no escalation",
                _SOURCE,
            ),
            _share_of("escalated_at"),
        ),
        *_by_kind(),
        Entry(
            Metric(
                "escalations",
                "Escalations",
                Unit.COUNT,
                "escalations in the period, of whichever tickets",
                _SOURCE,
            ),
            _happened("escalations"),
        ),
        Entry(
            Metric(
                "transfer_rate",
                "Transferred",
                Unit.RATE,
                "tickets created in the period that ever changed departments / tickets created "
                "in the period",
                _SOURCE,
            ),
            _share_of("transfers"),
        ),
        Entry(
            Metric(
                "ping_pong_rate",
                "Sent back and forth",
                Unit.RATE,
                "tickets created in the period that came back to a department which they had "
                "left / tickets created in the period",
                _SOURCE,
            ),
            _share_of("returned"),
        ),
        Entry(
            Metric(
                "transfers",
                "Transfers",
                Unit.COUNT,
                "changes of department in the period, of whichever tickets; of groups, those "
                "that received the ticket",
                _SOURCE,
            ),
            _happened("transfers"),
        ),
    )
)
