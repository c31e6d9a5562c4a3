"""The plain kind of section: a row for each period and group, a column for each metric."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.reports.figures import Row, Section
from tix.reports.groups import parts
from tix.reports.metrics import figure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tix.reports.view import Cell, View


def grid(
    view: View, name: str, title: str, metrics: Sequence[str], *, tall: bool = False
) -> Section:
    """Return the figures of *metrics*: a row for each period, and in it for each group.

    A group has rows where it has anything to count; a period without groups always has one.
    The totals are figures of everything, not sums or averages of the rows.
    """
    scope = view.scope
    kinds = tuple(scope.group.split("+")) if scope.group else ()
    for metric in metrics:
        figure(metric, view.cell())  # now it is known which groups there are
    cells: Sequence[tuple[tuple[str, ...], Cell]] = (
        [((), cell) for cell in view.cells()]
        if not kinds
        else [(parts(group, kinds), view.cell(n, group)) for n, group in view.filled]
    )
    rows = tuple(
        Row((*((cell.period.label,) if scope.by else ()), *groups), figures)
        for groups, cell in cells
        for figures in ({metric: figure(metric, cell) for metric in metrics},)
    )
    whole = view.whole.cell()
    totals = Row((), {metric: figure(metric, whole) for metric in metrics})
    keys = (*(("period",) if scope.by else ()), *kinds)
    return Section(name, title, keys, tuple(metrics), rows, totals if keys else None, tall)
