"""Reports of several tables with the same rows, and the usual columns of a length of time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.reports.grid import grid
from tix.reports.metrics import figure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tix.reports.figures import Section
    from tix.reports.view import View

    Part = tuple[str, str, Sequence[str]]


def sections(view: View, *parts: Part) -> tuple[Section, ...]:
    """Return a table for each of *parts*, which are its name, its title and its metrics.

    All have a row for each period and group that any of them has something of.
    """
    for _, _, metrics in parts:
        for metric in metrics:
            figure(metric, view.cell())
    tall = not (view.scope.by or view.scope.group)
    return tuple(grid(view, name, title, metrics, tall=tall) for name, title, metrics in parts)


def lengths(
    family: str, bases: Sequence[str] = ("biz", "cal"), *, survival: bool = False
) -> tuple[str, ...]:
    """Return the metrics of a family that are shown by default, the bases side by side.

    *survival* adds what Kaplan and Meier say; time without pauses has no such figure.
    """
    usual = [f"{family}_{base}_{p}" for p in ("p50", "p75", "p90") for base in bases]
    more = [f"{family}_{base}_km" for base in bases if survival and base != "net"]
    return (*usual, *more)
