"""What samples say: quantiles, rates that differ, medians that differ, and what still waits."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from functools import lru_cache
from math import comb
from typing import TYPE_CHECKING

from tix.domain.statistics import wilson
from tix.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from random import Random

ENOUGH: Mapping[int, int] = {90: 10, 95: 20}
"""The number of samples below which a percentile says nothing."""

COMPARABLE = 10
"""The number of samples on each side below which a bootstrap says nothing."""

DRAWS = 2000
LARGE = 30
"""From here on a Gamma variate is drawn as the cube of a normal one."""

_SEEDS = (20_260_116, 20_260_119)  # one for each side, so that no draw depends on the other's n
_ROUNDING = 1e-12


class Interval(NamedTuple):
    """A difference, and between which ones the true one lies with 95 % certainty."""

    value: float
    low: float
    high: float

    @property
    def is_clear(self) -> bool:
        """True unless it may be none at all."""
        return self.low > 0 or self.high < 0


class Distribution:
    """Samples in order, and what can be said of them."""

    def __init__(self, samples: Iterable[int]) -> None:
        self.ordered = sorted(samples)
        self.n = len(self.ordered)

    @property
    def mean(self) -> float | None:
        """The average, None of nothing."""
        return sum(self.ordered) / self.n if self.n else None

    @property
    def longest(self) -> int | None:
        """The largest sample, None of nothing."""
        return self.ordered[-1] if self.n else None

    def percentile(self, percent: int) -> float | None:
        """Return the value that so many percent lie below, None if too few samples carry it."""
        if self.n < ENOUGH.get(percent, 1):
            return None
        return quantile(self.ordered, percent)


def quantile(ordered: Sequence[float], part: int, of: int = 100) -> float:
    """Return the quantile *part* / *of* of samples in order: type 7 of Hyndman and Fan.

    Raises:
        ValueError: There are none.
    """
    if not ordered:
        raise ValueError("no samples have no quantile")
    place, rest = divmod((len(ordered) - 1) * part, of)
    if not rest:
        return ordered[place]
    return (ordered[place] * (of - rest) + ordered[place + 1] * rest) / of


def survival_median(finished: Iterable[int], waiting: Iterable[int]) -> int | None:
    """Return by when half have finished, by Kaplan and Meier; None if they have not yet.

    *waiting* are the ages of those that have not finished.
    """
    ended = Counter(finished)
    lasting = sorted([*ended.elements(), *waiting])
    surviving = 1.0
    for length in sorted(ended):
        surviving *= 1 - ended[length] / (len(lasting) - bisect_left(lasting, length))
        if surviving <= 0.5 + _ROUNDING:
            return length
    return None


def rate_difference(
    now: tuple[float, float, float], before: tuple[float, float, float]
) -> Interval:
    """Return the difference of two rates, each with its Wilson interval, by Newcombe's method.

    See R. G. Newcombe, Interval estimation for the difference between independent proportions,
    Statistics in Medicine 17 (1998), method 10.
    """
    (rate, low, high), (was, was_low, was_high) = now, before
    value = rate - was
    down = ((rate - low) ** 2 + (was_high - was) ** 2) ** 0.5
    up = ((high - rate) ** 2 + (was - was_low) ** 2) ** 0.5
    return Interval(value, value - down, value + up)


def quantile_difference(
    now: Distribution, before: Distribution, percent: int = 50
) -> Interval | None:
    """Return the difference of two quantiles with its bootstrap interval; None of few samples.

    A quantile of a resample depends on one or two of its order statistics only, so these are
    drawn, and not the resamples: see ``ranks``.
    """
    enough = max(COMPARABLE, ENOUGH.get(percent, 1))
    if min(now.n, before.n) < enough:
        return None
    drawn = [
        _resampled(samples.ordered, percent, seed)
        for samples, seed in zip((now, before), _SEEDS, strict=True)
    ]
    differences = sorted(a - b for a, b in zip(*drawn, strict=True))
    value = quantile(now.ordered, percent) - quantile(before.ordered, percent)
    return Interval(value, quantile(differences, 25, 1000), quantile(differences, 975, 1000))


def _resampled(ordered: Sequence[int], percent: int, seed: int) -> list[float]:
    """Return the quantile of each of the resamples."""
    rest = (len(ordered) - 1) * percent % 100
    return [
        (ordered[low] * (100 - rest) + ordered[high] * rest) / 100
        for low, high in ranks(len(ordered), percent, seed)
    ]


@lru_cache(maxsize=8)
def ranks(n: int, percent: int, seed: int) -> tuple[tuple[int, int], ...]:
    """Return which of *n* samples a quantile of a resample lies between, for each resample.

    A resample picks the sample ``int(n * u)`` for each of n uniform u. Of these the k-th
    smallest is distributed as Beta(k, n - k + 1), and the one that follows is the smallest of
    the n - k others, which are uniform above it.
    """
    place, rest = divmod((n - 1) * percent, 100)
    last, betas = n - 1, _betas(place + 1, n - place, seed)
    if not rest:
        return tuple((k, k) for k in [min(int(n * low), last) for low, _ in betas])
    share = 1 / (n - place - 1)
    return tuple(
        (min(int(n * low), last), min(int(n * (1 - (1 - low) * u**share)), last))
        for low, u in betas
    )


def _betas(a: int, b: int, seed: int) -> Iterator[tuple[float, float]]:
    """Yield draws from Beta(a, b), each with a uniform one beside it.

    A Beta variate is x / (x + y) of two Gamma ones. A large one of these is drawn as the cube
    of a normal one: E. B. Wilson and M. M. Hilferty, The distribution of chi-square, Proceedings
    of the National Academy of Sciences 17 (1931).
    """
    if min(a, b) < LARGE:
        random = _random(seed)
        yield from ((random.betavariate(a, b), random.random()) for _ in range(DRAWS))
        return
    (middle, wide), (other, broad) = ((1 - 1 / (9 * k), 1 / (3 * k**0.5)) for k in (a, b))
    for z, w, u in _draws(seed):
        x, y = a * (middle + wide * z) ** 3, b * (other + broad * w) ** 3
        yield x / (x + y), u


@lru_cache(maxsize=2)
def _draws(seed: int) -> tuple[tuple[float, float, float], ...]:
    """Return two normal and a uniform draw for each resample."""
    random = _random(seed)
    gauss = random.gauss
    return tuple((gauss(0, 1), gauss(0, 1), random.random()) for _ in range(DRAWS))


def _random(seed: int) -> Random:
    from random import Random

    return Random(seed)  # noqa: S311 - statistics, no secrets


def growth(now: int, before: int) -> tuple[float | None, float | None]:
    """Return the 95 % interval of now / before, two counts of periods of one length.

    It is the Wilson interval of the share that came now, as odds; an end that has no bound is
    None, and so are both of nothing.
    """
    found = wilson(now, now + before)
    if found is None:
        return None, None
    low, high = found
    return low / (1 - low), high / (1 - high) if high < 1 else None


def chance(now: int, before: int) -> float:
    """Return how likely chance alone makes so many of two equal periods fall into the second.

    It is the one-sided sign test, by the binomial distribution with half and half.
    """
    n = now + before
    total = term = comb(n, now)
    for k in range(now, n):
        term = term * (n - k) // (k + 1)
        total += term
    return total / (1 << n)


def beyond_noise(chances: Sequence[float], share: float = 0.05) -> int:
    """Return how many of *chances*, in order, are no luck but for a *share* of them.

    See Y. Benjamini and Y. Hochberg, Controlling the false discovery rate, Journal of the Royal
    Statistical Society B 57 (1995).
    """
    n = len(chances)
    passing = (rank for rank in range(n, 0, -1) if chances[rank - 1] <= share * rank / n)
    return next(passing, 0)
