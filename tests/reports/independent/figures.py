"""Figures as a textbook has them: quantiles, Wilson's interval, Kaplan and Meier, Newcombe."""

from __future__ import annotations

from math import comb, floor, sqrt
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

Z = 1.959963984540054
ENOUGH = {50: 1, 75: 1, 90: 10, 95: 20}


class Figure(NamedTuple):
    """A figure with what it rests on; what is not told of it is None."""

    value: float | None
    n: int | None = None
    low: float | None = None
    high: float | None = None
    waiting: int | None = None
    oldest: int | None = None


def count(many: int) -> Figure:
    return Figure(many, many)


def mean(samples: Sequence[float]) -> Figure:
    return Figure(sum(samples) / len(samples) if samples else None, len(samples))


def rate(part: int, whole: int) -> Figure:
    """Return a rate with Wilson's interval."""
    if not whole:
        return Figure(None, 0)
    p = part / whole
    middle = (p + Z * Z / (2 * whole)) / (1 + Z * Z / whole)
    reach = Z / (1 + Z * Z / whole) * sqrt(p * (1 - p) / whole + Z * Z / (4 * whole * whole))
    return Figure(p, whole, middle - reach, middle + reach)


def quantile(samples: Sequence[float], percent: int) -> float | None:
    """Return the quantile of type 7, None of too few samples."""
    x = sorted(samples)
    if len(x) < ENOUGH[percent]:
        return None
    h = (len(x) - 1) * percent / 100
    lower = floor(h + 1e-9)
    upper = min(lower + 1, len(x) - 1)
    return x[lower] + (h - lower) * (x[upper] - x[lower])


def survival_median(finished: Sequence[int], waiting: Sequence[int]) -> int | None:
    """Return the instant at which half have finished, by Kaplan and Meier."""
    everyone = [*finished, *waiting]
    surviving = 1.0
    for t in sorted(set(finished)):
        at_risk = sum(length >= t for length in everyone)
        surviving *= 1 - finished.count(t) / at_risk
        if surviving <= 0.5 + 1e-9:
            return t
    return None


def difference(now: Figure, before: Figure) -> Figure:
    """Return how far a rate has changed, with Newcombe's interval."""
    p, q = now.value or 0.0, before.value or 0.0
    if now.low is None or now.high is None or before.low is None or before.high is None:
        return Figure(p - q)
    low = p - q - sqrt((p - now.low) ** 2 + (before.high - q) ** 2)
    high = p - q + sqrt((now.high - p) ** 2 + (q - before.low) ** 2)
    return Figure(p - q, None, low, high)


def growth(now: int, before: int) -> Figure:
    """Return how many times as many came, with the odds of Wilson's interval of the share."""
    found = rate(now, now + before)
    if found.low is None or found.high is None:
        return Figure(None, 0)
    high = found.high / (1 - found.high) if before else None
    return Figure(now / before if before else None, now + before, found.low / (1 - found.low), high)


def luck(now: int, before: int) -> float:
    """Return how likely *now* or more of all fall into the second of two equal halves."""
    n = now + before
    return sum(comb(n, k) for k in range(now, n + 1)) / (1 << n)
