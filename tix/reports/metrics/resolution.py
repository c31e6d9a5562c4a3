"""How long resolutions take, and what the time is spent on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.reports.figures import Metric, Unit
from tix.reports.metrics.entry import Entry, mean, theme
from tix.reports.metrics.family import BASES, Family, members, standing
from tix.reports.metrics.outcome import ended, first_solved, rows, solved
from tix.reports.metrics.response import age
from tix.reports.view import picked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tix.reports.figures import Figure
    from tix.reports.metrics.entry import Compute
    from tix.reports.metrics.family import Cohort, Lengths
    from tix.reports.view import Cell

PARTS = {
    "work": ("our work", "new or open"),
    "customer": ("waiting for the customer", "answered, or pending for the customer"),
    "third": ("waiting for others", "pending for a third party"),
    "postponed": ("postponed", "postponed"),
}
_SOURCE = "docs/metrics.md, Resolution"
_HELPED = "a resolution as solved or answered counts, no other"

unresolved = standing("tickets", "created_at", "resolved_at")
never_resolved = standing("tickets", "created_at", "first_resolved_at")


def _lengths(which: Callable[[Cell], Sequence[int]], column: str) -> Lengths:
    def lengths(cell: Cell) -> Sequence[int]:
        return picked(cell.view.facts.column("tickets", column), cell.once(which))

    return lengths


def _cycles(base: str) -> Lengths:
    def lengths(cell: Cell) -> Sequence[int]:
        otherwise = cell.view.once(ended)
        found = cell.values("cycles", "at", "ticket", "at", base)
        return [length for *resolution, length in found if tuple(resolution) not in otherwise]

    return lengths


def _cohort(base: str) -> Cohort:
    def found(cell: Cell) -> tuple[Sequence[int], Sequence[int]]:
        otherwise = cell.view.once(ended)
        columns = "ticket", "created_at", "resolved_at", f"total_{base}"
        finished: list[int] = []
        waiting: list[int] = []
        for ticket, begun, over, lasted in cell.values("tickets", "created_at", *columns):
            if over:
                (waiting if (ticket, over) in otherwise else finished).append(lasted)
            else:
                waiting.append(age(cell, begun, base))
        return finished, waiting

    return found


def _spent(base: str) -> Callable[[Cell], tuple[int, ...]]:
    """Return how to find the sums of the parts, which make up the whole."""

    def sums(cell: Cell) -> tuple[int, ...]:
        columns = (f"total_{base}", *(f"{part}_{base}" for part in PARTS))
        found = rows(cell.view, cell.once(solved), *columns)
        whole, *parts = map(sum, zip(*found, strict=True)) if found else [0] * len(columns)
        if whole != sum(parts):
            raise AssertionError(f"the parts of {whole} seconds sum up to {sum(parts)}")
        return tuple(parts)

    return sums


def _part(sums: Callable[[Cell], tuple[int, ...]], number: int) -> Compute:
    def figure(cell: Cell) -> Figure:
        return mean(cell.once(sums)[number], len(cell.once(solved)))

    return figure


def _split() -> Iterator[Entry]:
    for base in ("cal", "biz"):
        sums = _spent(base)
        for number, (part, (title, meant)) in enumerate(PARTS.items()):
            metric = Metric(
                f"res_{part}_{base}",
                f"Resolution, {title}, {BASES[base]}",
                Unit.SECONDS,
                f"mean of the time that a ticket was {meant}, of those solved in the period; the "
                "four parts sum up to the mean of the resolution time",
                _SOURCE,
                BASES[base],
            )
            yield Entry(metric, _part(sums, number))


_TIMES = ("cal", "biz", "net")
TOTAL = Family(
    "res",
    "Resolution",
    "from a ticket's first message to its last resolution, less the time resolved between",
    f"tickets last resolved in the period and resolved now; {_HELPED}",
    _SOURCE,
    {base: _lengths(solved, f"total_{base}") for base in _TIMES},
    unresolved,
    {base: _cohort(base) for base in ("cal", "biz")},
)
ONCE = Family(
    "res_once",
    "First resolution",
    "from a ticket's first message to its first resolution",
    f"tickets first resolved in the period; {_HELPED}",
    _SOURCE,
    {base: _lengths(first_solved, f"once_{base}") for base in _TIMES},
    never_resolved,
)
CYCLE = Family(
    "res_cycle",
    "Resolution of a stretch",
    "from creation or reopening to the next resolution",
    f"stretches that ended in the period; {_HELPED}",
    _SOURCE,
    {base: _cycles(base) for base in _TIMES},
    unresolved,
)

METRICS = theme((*members(TOTAL), *members(ONCE), *members(CYCLE), *_split()))
