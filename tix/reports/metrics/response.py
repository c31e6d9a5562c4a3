"""How long customers wait for an answer: the first one, and each after it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tix.reports.figures import Figure, Metric, Unit
from tix.reports.metrics.entry import Entry, count, theme
from tix.reports.metrics.family import Family, members, standing

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tix.reports.metrics.entry import Compute
    from tix.reports.metrics.family import Cohort, Lengths, Waiting
    from tix.reports.view import Cell

ANSWERED, UNANSWERED = "answered", "resolved-unanswered"
"""How a first response ends: with an answer, or with the ticket resolved without one."""

first_waiting = standing("tickets", "asked_at", "first_at")
turn_waiting = standing("turns", "opened_at", "closed_at")


def _answered(table: str, at: str, ending: str, length: str) -> Lengths:
    """Return how to find how long it took until an answer; the columns say when, how, how long."""

    def lengths(cell: Cell) -> list[int]:
        answered = cell.code(ANSWERED)
        rows = cell.values(table, at, ending, length)
        return [lasted for how, lasted in rows if how == answered]

    return lengths


def _worst(base: str) -> Lengths:
    def lengths(cell: Cell) -> list[int]:
        answered = cell.code(ANSWERED)
        worst: dict[int, int] = {}
        for ticket, ending, length in cell.values("turns", "closed_at", "ticket", "ending", base):
            if ending == answered:
                worst[ticket] = max(length, worst.get(ticket, 0))
        return list(worst.values())

    return lengths


def _cohort(base: str, table: str, *columns: str) -> Cohort:
    """Return how to find what began in a period, by whether it was answered.

    *columns* say when it began and ended, how, and how long it took.
    """

    def found(cell: Cell) -> tuple[Sequence[int], Sequence[int]]:
        answered = cell.code(ANSWERED)
        finished: list[int] = []
        waiting: list[int] = []
        for begun, over, how, lasted in cell.values(table, columns[0], *columns):
            if over:
                (finished if how == answered else waiting).append(lasted)
            else:
                waiting.append(age(cell, begun, base))
        return finished, waiting

    return found


def age(cell: Cell, since: int, base: str) -> int:
    """Return the seconds from an instant to that of looking; working ones as the desk works."""
    if base == "cal":
        return cell.as_of - since
    begun, now = (datetime.fromtimestamp(at, UTC) for at in (since, cell.as_of))
    return int(cell.view.desk.calendar.elapsed(begun, now).total_seconds())


def _unanswered(cell: Cell) -> Figure:
    return count(cell.column("tickets", "first_at", "first_ending").count(cell.code(UNANSWERED)))


def _standing(waiting: Callable[[Cell], Waiting], *, oldest: bool = False) -> Compute:
    def figure(cell: Cell) -> Figure:
        found = cell.once(waiting)
        return Figure(found.oldest, n=found.n) if oldest else count(found.n)

    return figure


_BASES = ("cal", "biz")
_FIRST, _NEXT = ("first_at", "first_ending"), ("closed_at", "ending")
_FIRST_SOURCE = "docs/metrics.md, First response"
_NEXT_SOURCE = "docs/metrics.md, Next response"

FIRST = Family(
    "frt",
    "First response",
    "from a customer's first message to the first reply that an agent wrote",
    "tickets first answered in the period",
    _FIRST_SOURCE,
    {base: _answered("tickets", *_FIRST, f"first_{base}") for base in _BASES},
    first_waiting,
    {base: _cohort(base, "tickets", "asked_at", *_FIRST, f"first_{base}") for base in _BASES},
)
NEXT = Family(
    "nrt",
    "Next response",
    "from a customer's oldest message without an answer to the reply, the first response left out",
    "turns answered in the period",
    _NEXT_SOURCE,
    {base: _answered("turns", *_NEXT, base) for base in _BASES},
    turn_waiting,
    {base: _cohort(base, "turns", "opened_at", *_NEXT, base) for base in _BASES},
)
WORST = Family(
    "nrt_worst",
    "Worst next response",
    "of the longest turn of each ticket from a customer's message to the reply",
    "turns answered in the period, the first response left out",
    _NEXT_SOURCE,
    {base: _worst(base) for base in _BASES},
    turn_waiting,
)

METRICS = theme(
    (
        *members(FIRST),
        *members(NEXT),
        *members(WORST),
        Entry(
            Metric(
                "resolved_unanswered",
                "Resolved unanswered",
                Unit.COUNT,
                "tickets that were resolved in the period while the customer's first message "
                "had no reply; they are in no first response time",
                _FIRST_SOURCE,
            ),
            _unanswered,
        ),
        Entry(
            Metric(
                "frt_waiting",
                "Waiting for a first response",
                Unit.COUNT,
                "tickets whose customer had written and had no reply yet when the period ended",
                _FIRST_SOURCE,
            ),
            _standing(first_waiting),
        ),
        Entry(
            Metric(
                "frt_oldest",
                "Longest wait for a first response",
                Unit.SECONDS,
                "calendar age, when the period ended, of the oldest first message without reply",
                _FIRST_SOURCE,
                "calendar",
            ),
            _standing(first_waiting, oldest=True),
        ),
        Entry(
            Metric(
                "nrt_waiting",
                "Waiting for a next response",
                Unit.COUNT,
                "turns after the first response that had no reply yet when the period ended",
                _NEXT_SOURCE,
            ),
            _standing(turn_waiting),
        ),
        Entry(
            Metric(
                "nrt_oldest",
                "Longest wait for a next response",
                Unit.SECONDS,
                "calendar age, when the period ended, of the oldest turn without reply",
                _NEXT_SOURCE,
                "calendar",
            ),
            _standing(turn_waiting, oldest=True),
        ),
    )
)
