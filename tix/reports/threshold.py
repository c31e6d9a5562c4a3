"""Thresholds on metrics: ``frt.p90 > 4h over 7d``, read and compared with a figure.

A metric of a family may be written with a dot, and without a base is meant in business time:
``frt.p90`` is ``frt_biz_p90``. What it is compared with is a length of time, a percentage or a
number, as the metric has it.
"""

from __future__ import annotations

import re
from datetime import timedelta
from math import isfinite
from operator import ge, gt, le, lt
from typing import TYPE_CHECKING

from tix.domain.nearest import nearest
from tix.domain.setup import SavedAlert
from tix.domain.span import parse_span, short_span
from tix.errors import BadDate, UsageError
from tix.record import NamedTuple
from tix.reports.figures import Figure, Unit
from tix.reports.metrics import METRICS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tix.reports.figures import Metric

USUAL = timedelta(days=30)
LONGEST = timedelta(days=36525)
EXAMPLE = "frt.p90 > 4h over 7d"

_SIGNS: Mapping[str, Callable[[float, float], bool]] = {">": gt, ">=": ge, "<": lt, "<=": le}
_SHAPE = r"([\w.-]+)\s*(>=|<=|>|<)\s*(.+?)(?:\s+over\s+(.+))?"
_BASE = "biz"


class Threshold(NamedTuple):
    """A *metric*, and the *limit* that the *sign* compares it with, over the last *span*."""

    metric: str
    sign: str
    limit: float
    span: timedelta = USUAL

    def is_crossed(self, figure: Figure) -> bool | None:
        """Return whether a figure is beyond the limit; None if it rests on too little to say."""
        if not isinstance(figure.value, (int, float)):
            return None
        return _SIGNS[self.sign](figure.value, self.limit)

    def __str__(self) -> str:
        """``frt_biz_p90 > 4h over 7d``."""
        limit = written(METRICS[self.metric], self.limit)
        return f"{self.metric} {self.sign} {limit} over {short_span(self.span)}"


class Verdict(NamedTuple):
    """An alert, what its metric is now, and whether that is beyond its threshold.

    *is_crossed* is None if the figure rests on too few cases to say.
    """

    alert: SavedAlert
    threshold: Threshold
    figure: Figure
    is_crossed: bool | None


def parse(text: str) -> Threshold:
    """Return the threshold that *text* means.

    Raises:
        UsageError: It is none, there is no such metric, or its value cannot be compared so.
    """
    found = re.fullmatch(_SHAPE, text.strip())
    if not found:
        raise UsageError(f"{text[:60]!r} is no threshold", hint=f"Such as {EXAMPLE!r}")
    name, sign, value, span = found.groups()
    metric = metric_named(name)
    return Threshold(metric.id, sign, _limit(metric, value), _length(span) if span else USUAL)


def metric_named(text: str) -> Metric:
    """Return the metric that *text* means.

    Raises:
        UsageError: There is none; the hint has the nearest.
    """
    plain = text.casefold().replace(".", "_").replace("-", "_")
    family, _, statistic = plain.rpartition("_")
    for name in (plain, f"{family}_{_BASE}_{statistic}"):
        if name in METRICS:
            return METRICS[name]
    guess = nearest(plain, METRICS)
    raise UsageError(
        f"there is no metric {text[:60]!r}",
        hint=f"Did you mean {guess!r}?" if guess else "tix report list --metrics names them",
    )


def written(metric: Metric, value: float) -> str:
    """Return a value of *metric* as a threshold has it: 4h, 90%, 12."""
    if metric.unit is Unit.SECONDS:
        return short_span(timedelta(seconds=round(value)))
    if metric.unit is Unit.RATE:
        return f"{value * 100:g}%"
    return f"{value:g}"


def _limit(metric: Metric, text: str) -> float:
    if metric.unit is Unit.SECONDS:
        try:
            return parse_span(text).total_seconds()
        except BadDate:
            raise UsageError(
                f"{metric.id} is a length of time; {text[:60]!r} is none", hint="Such as 4h or 90m"
            ) from None
    is_share = metric.unit is Unit.RATE
    value = _number(text.removesuffix("%").strip() if is_share else text)
    is_percentage = is_share and text.endswith("%")
    # Who writes csat < 90 means 90%; as a share it would always be crossed.
    if value is None or (is_share and not is_percentage and value > 1):
        kind = "a share, such as 90%" if is_share else "a number"
        raise UsageError(f"{metric.id} is {kind}; {text[:60]!r} is none")
    return value / 100 if is_percentage else value


def _number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if isfinite(value) else None


def _length(text: str) -> timedelta:
    span = parse_span(text.strip())
    if span <= timedelta():
        raise UsageError("a threshold looks back over some time", hint=f"Such as {EXAMPLE!r}")
    if span > LONGEST:
        raise UsageError(f"a threshold looks back over {LONGEST.days} days at most")
    return span
