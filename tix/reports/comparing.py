"""What has changed between two cells, and whether it is more than chance would do.

Counts have no interval: tickets come in bursts, one fault brings many, so that an interval which
takes them for independent would be too narrow and call noise a change.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.reports.figures import Figure
from tix.reports.metrics import figure, samples
from tix.reports.statistics import Interval, quantile_difference, rate_difference

if TYPE_CHECKING:
    from tix.reports.view import Cell

UNCLEAR = "no clear change"
FEW = "low n"


def change(metric: str, now: Cell, before: Cell) -> Figure:
    """Return how far a metric differs, blank if it is blank in either cell.

    Rates are compared by Newcombe's method, percentiles by a bootstrap; few samples carry none.
    """
    a, b = figure(metric, now), figure(metric, before)
    if not (isinstance(a.value, int | float) and isinstance(b.value, int | float)):
        return Figure()
    if a.low is not None and a.high is not None and b.low is not None and b.high is not None:
        return _told(rate_difference((a.value, a.low, a.high), (b.value, b.low, b.high)))
    found, earlier = samples(metric, now), samples(metric, before)
    if found is None or earlier is None:
        return Figure(a.value - b.value)
    interval = quantile_difference(found[0], earlier[0], found[1])
    return _told(interval) if interval else Figure(a.value - b.value, mark=FEW)


def _told(interval: Interval) -> Figure:
    value, low, high = interval
    return Figure(value, low=low, high=high, mark="" if interval.is_clear else UNCLEAR)
