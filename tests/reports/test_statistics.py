"""Quantiles, intervals and medians, against reference values, libraries and plain resampling."""

from __future__ import annotations

import statistics
from bisect import bisect_right
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tix.domain.statistics import wilson
from tix.reports.statistics import (
    DRAWS,
    Distribution,
    Interval,
    quantile,
    quantile_difference,
    ranks,
    rate_difference,
    survival_median,
)

TEN = [5, 12, 18, 22, 30, 41, 55, 75, 120, 960]
LENGTHS = st.lists(st.integers(0, 10**9), min_size=2, max_size=60)


def test_ten_samples_have_these_quantiles():
    ten = Distribution(reversed(TEN))

    assert (ten.n, ten.mean, ten.longest) == (10, 133.8, 960)
    assert [ten.percentile(percent) for percent in (50, 75, 90)] == [35.5, 70, 204]


@given(LENGTHS)
def test_percentiles_are_those_of_the_standard_library(samples: list[int]):
    expected = statistics.quantiles(samples, n=100, method="inclusive")

    found = [quantile(sorted(samples), percent) for percent in range(1, 100)]

    assert found == pytest.approx(expected, rel=1e-12)


@given(st.lists(st.integers(0, 10**6), min_size=1))
def test_quantiles_rise_from_the_smallest_to_the_largest(samples: list[int]):
    ordered = sorted(samples)
    found = [quantile(ordered, part, 8) for part in range(9)]

    assert found == sorted(found)
    assert (found[0], found[-1]) == (ordered[0], ordered[-1])


def test_one_sample_is_every_quantile_that_it_can_carry():
    one = Distribution([7])

    assert [one.percentile(percent) for percent in (50, 75, 90, 95)] == [7, 7, None, None]


@pytest.mark.parametrize(("percent", "enough"), [(90, 10), (95, 20)])
def test_a_high_percentile_needs_enough_samples(percent: int, enough: int):
    assert Distribution(range(enough - 1)).percentile(percent) is None
    assert Distribution(range(enough)).percentile(percent) is not None


def test_no_samples_say_nothing():
    nothing = Distribution(())

    assert (nothing.n, nothing.mean, nothing.longest) == (0, None, None)
    assert nothing.percentile(50) is None
    with pytest.raises(ValueError, match="no samples"):
        quantile([], 50)


def test_half_have_finished_when_kaplan_and_meier_say_so():
    assert statistics.median([2, 3, 6, 10]) == 4.5
    assert survival_median([2, 3, 6, 10], [5, 8, 30]) == 10


@pytest.mark.parametrize(
    ("finished", "waiting", "expected"),
    [
        ((), (), None),
        ((), (5, 6), None),
        ((4,), (), 4),
        ((4,), (1, 2), 4),
        ((4,), (5, 5), None),
        ((1, 1, 1, 9), (), 1),
        ((1, 2, 3, 4), (), 2),
    ],
)
def test_the_median_of_what_has_not_all_finished(
    finished: tuple[int, ...], waiting: tuple[int, ...], expected: int | None
):
    assert survival_median(finished, waiting) == expected


@given(st.lists(st.integers(0, 1000), min_size=1))
def test_without_anything_waiting_half_have_finished_at_the_lower_median(samples: list[int]):
    assert survival_median(samples, ()) == statistics.median_low(samples)


@given(st.lists(st.integers(0, 1000), min_size=1), st.lists(st.integers(0, 1000)))
def test_what_waits_never_makes_the_median_smaller(finished: list[int], waiting: list[int]):
    found = survival_median(finished, waiting)

    assert found is None or found >= statistics.median_low(finished)


def test_newcombe_has_published_what_56_of_70_and_48_of_80_differ_by():
    now, before = ((part / n, *(wilson(part, n) or (0, 0))) for part, n in ((56, 70), (48, 80)))

    found = rate_difference(now, before)

    assert found == pytest.approx((0.2, 0.0524, 0.3339), abs=0.00005)
    assert found.is_clear


def test_a_difference_is_clear_unless_it_may_be_none():
    assert Interval(2, 1, 3).is_clear
    assert Interval(-2, -3, -1).is_clear
    assert not Interval(1, -1, 3).is_clear
    assert not Interval(1, 0, 3).is_clear


def resampled(samples: list[int], percent: int, draws: int) -> list[float]:
    """Quantiles of plain resamples, in order."""
    random = Random(7)
    n = len(samples)
    return sorted(quantile(sorted(random.choices(samples, k=n)), percent) for _ in range(draws))


@pytest.mark.parametrize("n", [10, 11, 37, 200])
@pytest.mark.parametrize("percent", [50, 90])
def test_drawing_ranks_is_resampling(n: int, percent: int):
    random = Random(n)
    samples = sorted(int(random.expovariate(1 / 3600)) for _ in range(n))
    plain = resampled(samples, percent, DRAWS)
    rest = (n - 1) * percent % 100

    drawn = sorted(
        (samples[low] * (100 - rest) + samples[high] * rest) / 100
        for low, high in ranks(n, percent, 1)
    )

    assert farthest(plain, drawn) < 1.63 * (2 / DRAWS) ** 0.5


def farthest(one: list[float], other: list[float]) -> float:
    """How far two distributions are apart, after Kolmogorov and Smirnov."""
    return max(
        abs(bisect_right(one, x) / len(one) - bisect_right(other, x) / len(other))
        for x in (*one, *other)
    )


def test_medians_that_differ_have_an_interval_around_the_difference():
    found = quantile_difference(Distribution(range(100, 200)), Distribution(range(100)))

    assert found is not None
    assert found.value == 100
    assert found.low < 100 < found.high
    assert found.is_clear


def test_the_same_samples_show_no_clear_change_and_the_same_interval_again():
    same = Distribution(range(0, 3000, 7))

    found = quantile_difference(same, same)

    assert found is not None
    assert not found.is_clear
    assert quantile_difference(same, same) == found


@pytest.mark.parametrize(("few", "percent"), [(9, 50), (19, 95)])
def test_few_samples_on_either_side_are_not_compared(few: int, percent: int):
    some, many = Distribution(range(few)), Distribution(range(100))

    assert quantile_difference(some, many, percent) is None
    assert quantile_difference(many, some, percent) is None


def test_fifty_thousand_samples_are_compared_without_being_drawn():
    many = Distribution(range(50_000))

    found = quantile_difference(many, Distribution(range(10, 50_010)), 90)

    assert found is not None
    assert not found.is_clear
