"""Figures in words for a person: lengths of time humane, rates with their interval."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from tix.domain.span import short_span
from tix.reports.figures import Unit

if TYPE_CHECKING:
    from tix.reports.figures import Figure, Metric

BLANK = "\u2013"
UNUSED = "unused"
CALENDAR = "calendar"
POINTS = "pp"
"""Percentage points: what two rates differ by."""

_DAY = 86_400


def value(figure: Figure, metric: Metric, *, signed: bool = False) -> str:
    """Return the number of a figure; a blank one is a dash, of an unused channel behind a 0."""
    if figure.value is None:
        return BLANK
    text = number(figure.value, metric, signed=signed or is_difference(figure, metric))
    return f"{text} {BLANK}" if figure.mark == UNUSED else text


def number(value: float | str, metric: Metric, *, signed: bool = False) -> str:
    """Return *value* in the unit of *metric*; *signed* tells that it is a difference."""
    if isinstance(value, str):
        return value
    sign = "+" if signed else ""
    match metric.unit:
        case Unit.RATE:
            text = f"{100 * value:{sign}.1f} {POINTS if signed else '%'}"
        case Unit.SECONDS:
            text = (sign if value > 0 else "") + span(value, metric.base)
        case Unit.MINUTES | Unit.POINTS:
            text = f"{value:{sign},.1f}"
        case Unit.COUNT:
            text = f"{round(value):{sign},}"
        case _:
            text = f"{value:{sign},.2f}".rstrip("0").rstrip(".")
    return text.replace("-", "\u2212")


def span(seconds: float, base: str = "") -> str:
    """Return a length of time; in days only where these have 24 hours, which no working day has."""
    whole = round(seconds)
    if base == CALENDAR or abs(whole) < _DAY:
        return short_span(timedelta(seconds=whole))
    hours, minutes = divmod(abs(whole) // 60, 60)
    text = f"{hours:,}h {minutes:02}m" if minutes and hours < 100 else f"{hours:,}h"
    return f"-{text}" if whole < 0 else text


def is_difference(figure: Figure, metric: Metric) -> bool:
    """Return whether a figure compares: it is one of points, or lies below 0."""
    ends = (end for end in (figure.low, figure.value, 0) if isinstance(end, int | float))
    return metric.unit is Unit.POINTS or min(ends) < 0


def interval(figure: Figure, metric: Metric, *, signed: bool = False) -> str:
    """Return between what the true value lies with 95 % certainty, nothing if that is unknown."""
    if figure.low is None or figure.high is None:
        return ""
    signed = signed or is_difference(figure, metric)
    if metric.unit is Unit.RATE and not signed:
        return f"{100 * figure.low:.1f}{BLANK}{100 * figure.high:.1f}"
    ends = (number(end, metric, signed=signed) for end in (figure.low, figure.high))
    return " to ".join(ends)


def beside(figure: Figure, metric: Metric, *, signed: bool = False) -> str:
    """Return what stands beside the number of a figure: its interval and its mark."""
    around = interval(figure, metric, signed=signed)
    mark = "" if figure.mark == UNUSED else figure.mark
    return " ".join(filter(None, (f"({around})" if around else "", mark)))


def waiting(figure: Figure) -> str:
    """Return how many are still to end and are in no figure, with the age of the oldest."""
    if figure.waiting is None:
        return ""
    if not figure.waiting or figure.oldest is None:
        return f"{figure.waiting:,}"
    return f"{figure.waiting:,}, oldest {span(figure.oldest, CALENDAR)}"
