"""What a theme of metrics is made of: what each means, and how it is found in a cell."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from tix.domain.statistics import wilson
from tix.record import NamedTuple
from tix.reports.figures import Figure, Metric
from tix.reports.statistics import Distribution
from tix.reports.view import Cell

Compute = Callable[[Cell], Figure]
Samples = Callable[[Cell], Distribution]


class Entry(NamedTuple):
    """A metric and the function that finds its figure; of a percentile, also its samples."""

    metric: Metric
    compute: Compute
    samples: Samples | None = None
    percent: int = 0


def theme(entries: Iterable[Entry | tuple[Metric, Compute]]) -> Mapping[str, Entry]:
    """Return metrics and their functions by the id of the metric."""
    return {entry[0].id: Entry(*entry) for entry in entries}


def count(value: int) -> Figure:
    """Return the figure of so many."""
    return Figure(value, n=value)


def share(part: int, whole: int) -> Figure:
    """Return the figure of a rate, with its interval; blank of nothing."""
    low, high = wilson(part, whole) or (None, None)
    return Figure(part / whole if whole else None, n=whole, low=low, high=high)


def mean(total: float, n: int) -> Figure:
    """Return the figure of an average over *n* cases, blank of none."""
    return Figure(total / n if n else None, n=n)
