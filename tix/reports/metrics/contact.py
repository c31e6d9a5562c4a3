"""How many tickets are solved with the first answer, and what came between for the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import compress
from typing import TYPE_CHECKING

from tix.record import NamedTuple
from tix.reports.figures import Metric, Unit
from tix.reports.metrics.entry import Entry, share, theme
from tix.reports.metrics.outcome import WINDOW, first_solved, returned_first, rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tix.reports.figures import Figure
    from tix.reports.metrics.entry import Compute
    from tix.reports.view import Cell

ONCE = "once"
MISSES = {
    "transferred": "passed to another department",
    "escalated": "escalated",
    "continued": "solved with more than one answer, or with none",
    "reopened": "solved with one answer and reopened within 7 days",
}
"""Why the first answer was not enough; of several reasons the first one counts."""

_COLUMNS = (
    *("asked_at", "first_resolved_at"),
    *("transfers", "escalated_at", "one_contact", "ticket"),
)
_SOURCE = "docs/metrics.md, Rates"
_BASE = "tickets first solved in the period, 7 days ago or earlier, to which a customer had written"


class Contacts(NamedTuple):
    """How many tickets went each way, and how many may still go another one."""

    ways: Mapping[str, int]
    early: int


def contacts(cell: Cell) -> Contacts:
    """Return the ways of the tickets of a customer that were first solved in the period."""
    back = cell.view.once(returned_first)
    latest = cell.as_of - WINDOW
    asked = [row for row in rows(cell.view, cell.once(first_solved), *_COLUMNS) if row[0]]
    courses = Counter(
        (transfers > 0, escalated_at > 0, not one_contact, ticket in back)
        for _, at, transfers, escalated_at, one_contact, ticket in asked
        if at <= latest
    )
    ways: Counter[str] = Counter()
    for course, n in courses.items():
        ways[next(compress(MISSES, course), ONCE)] += n
    return Contacts(ways, len(asked) - ways.total())


def _share_of(way: str) -> Compute:
    def figure(cell: Cell) -> Figure:
        ways, early = cell.once(contacts)
        return share(ways.get(way, 0), sum(ways.values()))._replace(waiting=early)

    return figure


def _misses() -> Iterator[Entry]:
    for miss, words in MISSES.items():
        metric = Metric(
            f"fcr_{miss}",
            f"Not at first contact: {miss}",
            Unit.RATE,
            f"tickets that were {words} / {_BASE}; with the other reasons and fcr they sum up to 1",
            _SOURCE,
        )
        yield Entry(metric, _share_of(miss))


METRICS = theme(
    (
        Entry(
            Metric(
                "fcr",
                "First contact resolution",
                Unit.RATE,
                "tickets with one answer, no customer's message between it and the resolution, "
                f"no transfer, no escalation and no reopening within 7 days / {_BASE}; answers "
                "of one agent within 5 minutes are one",
                _SOURCE,
            ),
            _share_of(ONCE),
        ),
        *_misses(),
    )
)
