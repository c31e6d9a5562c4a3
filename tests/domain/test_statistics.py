"""Rates of few cases."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tix.domain.statistics import wilson


@pytest.mark.parametrize(
    ("part", "n", "expected"),
    [
        (9, 10, (0.596, 0.982)),
        (45, 50, (0.786, 0.957)),
        (0, 3, (0, 0.5615)),
        (3, 3, (0.4385, 1)),
    ],
)
def test_rates_have_their_wilson_intervals(part: int, n: int, expected: tuple[float, float]):
    assert wilson(part, n) == pytest.approx(expected, abs=0.0005)


def test_nothing_of_nothing_has_no_interval():
    assert wilson(0, 0) is None


@given(st.integers(1, 10**6).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_a_rate_lies_in_its_interval_and_that_between_nothing_and_all(counts: tuple[int, int]):
    part, n = counts
    low, high = wilson(part, n) or (1.0, 0.0)

    assert 0 <= low <= part / n <= high <= 1
