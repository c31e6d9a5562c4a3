"""How many: tickets that came and went, and what was written."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from tix.reports.figures import Figure, Metric, Unit
from tix.reports.metrics.entry import Compute, count, theme

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tix.reports.view import Cell

MAIL = "mail"
FLOW = ("created", "reopened", "resolved")


def moves(cell: Cell) -> Mapping[str, int]:
    """Return how often tickets were created, resolved, reopened and so on, by kind."""
    kinds = Counter(cell.column("flow", "at", "kind"))
    return {cell.name(kind): found for kind, found in kinds.items()}


def _moved(kind: str) -> Compute:
    return lambda cell: count(cell.once(moves).get(kind, 0))


def _resolved_tickets(cell: Cell) -> Figure:
    code = cell.code("resolved")
    rows = cell.values("flow", "at", "ticket", "kind")
    return count(len({ticket for ticket, kind in rows if kind == code}))


def _net_flow(cell: Cell) -> Figure:
    came, again, went = (cell.once(moves).get(kind, 0) for kind in FLOW)
    return Figure(came + again - went, n=came + again + went)


def _answers(cell: Cell) -> Figure:
    return count(len(cell.places("answers", "at")))


def _messages_in(cell: Cell) -> Figure:
    return count(cell.column("asked", "at", "way").count(cell.code(MAIL)))


METRICS = theme(
    (
        (
            Metric(
                "created",
                "Created",
                Unit.COUNT,
                "tickets created in the period",
                "docs/metrics.md, Department columns: R24; LiveAgent",
            ),
            _moved("created"),
        ),
        (
            Metric(
                "resolved",
                "Resolved",
                Unit.COUNT,
                "resolve actions in the period; a ticket that is resolved twice counts twice",
                "docs/metrics.md, Department columns: R25; LiveAgent",
                twin="resolved_tickets",
            ),
            _moved("resolved"),
        ),
        (
            Metric(
                "resolved_tickets",
                "Resolved tickets",
                Unit.COUNT,
                "different tickets that were resolved in the period, once or more often",
                "docs/metrics.md, Department columns",
            ),
            _resolved_tickets,
        ),
        (
            Metric(
                "reopened",
                "Reopened",
                Unit.COUNT,
                "reopenings in the period, by whomever",
                "docs/metrics.md, Flow and backlog",
            ),
            _moved("reopened"),
        ),
        (
            Metric(
                "net_flow",
                "Net flow",
                Unit.COUNT,
                "created + reopened - resolved (actions); what Zammad calls backlog",
                "docs/metrics.md, Flow and backlog; Zammad",
            ),
            _net_flow,
        ),
        (
            Metric(
                "answers",
                "Answers",
                Unit.COUNT,
                "answers by people to customers, new outbound tickets too, lines of chats not",
                "docs/metrics.md, Department columns: R2; LiveAgent",
            ),
            _answers,
        ),
        (
            Metric(
                "messages_in",
                "Messages in",
                Unit.COUNT,
                "messages from customers by mail or form; calls and lines of chats are none",
                "docs/metrics.md, Department columns: R19; LiveAgent",
            ),
            _messages_in,
        ),
    )
)
