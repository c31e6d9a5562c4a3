"""The report of transfers: how often tickets change departments, and between which."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from tix.reports.figures import Row, Section
from tix.reports.metrics.entry import count
from tix.reports.sections import sections

if TYPE_CHECKING:
    from tix.reports.view import View


def report(view: View) -> tuple[Section, ...]:
    """Return how many tickets were passed on, how many came back, and the ways they took."""
    metrics = ("transfer_rate", "ping_pong_rate", "transfers")
    return (*sections(view, ("transfers", "Transfers", metrics)), _ways(view.whole))


def _ways(view: View) -> Section:
    """Return how often tickets went from one department to another, the busiest way first."""
    cell = view.cell()
    ways = Counter(cell.values("transfers", "at", "before", "department"))
    named = [(-n, cell.name(before), cell.name(after)) for (before, after), n in ways.items()]
    rows = tuple(
        Row((before, after), {"transfers": count(-n)}) for n, before, after in sorted(named)
    )
    return Section("ways", "Ways", ("from", "to"), ("transfers",), rows)
