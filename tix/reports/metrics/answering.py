"""LiveAgent's two averages: how long a ticket was new, or open, before it became answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.reports.figures import Metric, Unit
from tix.reports.metrics.entry import Compute, mean, theme

if TYPE_CHECKING:
    from tix.reports.figures import Figure
    from tix.reports.view import Cell

BASES = {"cal": "calendar", "biz": "business"}


def _moves(cell: Cell) -> list[tuple[int, ...]]:
    """Return for each move to answered what it came from, and how long that had lasted."""
    return cell.values("moves", "at", "before", "cal", "biz")


def _average(before: str, base: str) -> Compute:
    place = 1 + tuple(BASES).index(base)

    def found(cell: Cell) -> Figure:
        code = cell.code(before)
        samples = [move[place] for move in cell.once(_moves) if move[0] == code]
        return mean(sum(samples), len(samples))

    return found


def _metric(before: str, base: str, column: str, twin: str) -> tuple[Metric, Compute]:
    suffix = "" if base == "cal" else "_sla"
    since = "created" if before == "new" else "last became open"
    return (
        Metric(
            f"{before}_answer_avg{suffix}",
            f"{before.capitalize()}-answer{', SLA' if suffix else ''}",
            Unit.SECONDS,
            f"mean over the moves from {before} to answered in the period of: answered at - {since}"
            " at; marked as answered by hand counts, resolved does not",
            f"docs/metrics.md, Department columns: {column}; LiveAgent",
            base=BASES[base],
            twin=twin,
        ),
        _average(before, base),
    )


METRICS = theme(
    (
        _metric("new", "cal", "R3", "frt_cal_p50"),
        _metric("new", "biz", "R3", "frt_biz_p50"),
        _metric("open", "cal", "R4", "nrt_cal_p50"),
        _metric("open", "biz", "R4", "nrt_biz_p50"),
    )
)
