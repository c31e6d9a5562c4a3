"""Handle time: what was worked on tickets, from time entries only, never from their age."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from tix.reports.figures import Figure, Metric, Unit
from tix.reports.metrics.entry import Compute, mean, share, theme

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tix.reports.view import Cell

SOURCES = ("manual", "timer", "editor", "call", "chat")
ENOUGH = 0.6
LOW_COVERAGE = "low coverage"


def _resolved(cell: Cell) -> tuple[int, list[int]]:
    """Return how many tickets were resolved, and the seconds on those with a time entry."""
    worked = cell.column("tickets", "resolved_at", "worked")
    return len(worked), [seconds for seconds in worked if seconds]


def _spent(cell: Cell) -> Mapping[str, int]:
    """Return the seconds worked in the period, by source, corrections taken off."""
    found = Counter[str]()
    for source, given, taken in cell.values("work", "at", "source", "given", "taken"):
        found[cell.name(source)] += given - taken
    return found


def _aht(cell: Cell) -> Figure:
    resolved, worked = cell.once(_resolved)
    figure = mean(sum(worked), len(worked))
    poor = worked and len(worked) < ENOUGH * resolved
    return figure._replace(mark=LOW_COVERAGE) if poor else figure


def _coverage(cell: Cell) -> Figure:
    resolved, worked = cell.once(_resolved)
    return share(len(worked), resolved)


def _worked(cell: Cell) -> Figure:
    rows = cell.places("work", "at")
    return Figure(sum(cell.once(_spent).values()), n=len(rows))


def _by(source: str) -> Compute:
    def found(cell: Cell) -> Figure:
        code = cell.code(source)
        n = sum(one == code for one in cell.column("work", "at", "source"))
        return Figure(cell.once(_spent).get(source, 0), n=n)

    return found


METRICS = theme(
    (
        (
            Metric(
                "aht",
                "Handle time, mean",
                Unit.SECONDS,
                "seconds worked on the tickets resolved in the period and still so / how many of"
                " them have a time entry; marked where fewer than 60 % have",
                "docs/metrics.md, Handle time",
            ),
            _aht,
        ),
        (
            Metric(
                "aht_coverage",
                "Handle time, coverage",
                Unit.RATE,
                "tickets with a time entry / tickets resolved in the period and still so",
                "docs/metrics.md, Handle time",
            ),
            _coverage,
        ),
        (
            Metric(
                "worked",
                "Worked",
                Unit.SECONDS,
                "seconds of the time entries of the period, corrections taken off",
                "docs/metrics.md, Handle time",
            ),
            _worked,
        ),
        *(
            (
                Metric(
                    f"worked_{source}",
                    f"Worked, {source}",
                    Unit.SECONDS,
                    f"seconds of the time entries of the period from source {source}",
                    "docs/metrics.md, Handle time",
                ),
                _by(source),
            )
            for source in SOURCES
        ),
    )
)
