"""Where days, weeks, months, quarters and years begin."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tix.domain.period import add_months, next_period, period_start

PERIODS = ("day", "week", "month", "quarter", "year")
DATES = st.dates(date(1970, 1, 1), date(9990, 12, 31))


@pytest.mark.parametrize(
    ("period", "start", "after"),
    [
        ("day", date(2026, 11, 21), date(2026, 11, 22)),
        ("week", date(2026, 11, 16), date(2026, 11, 23)),
        ("month", date(2026, 11, 1), date(2026, 12, 1)),
        ("quarter", date(2026, 10, 1), date(2027, 1, 1)),
        ("year", date(2026, 1, 1), date(2027, 1, 1)),
    ],
)
def test_a_period_has_a_first_date_and_a_next_one(period: str, start: date, after: date):
    assert period_start(period, date(2026, 11, 21)) == start
    assert next_period(period, start) == after


@given(st.sampled_from(PERIODS), DATES)
def test_each_date_is_in_the_period_that_it_is_said_to_be_in(period: str, day: date):
    start = period_start(period, day)
    after = next_period(period, start)

    assert start <= day < after
    assert period_start(period, after) == after
    assert period_start(period, after - timedelta(days=1)) == start


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        (date(2026, 11, 21), 1, date(2026, 12, 21)),
        (date(2026, 11, 21), 2, date(2027, 1, 21)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 1, 31), -2, date(2025, 11, 30)),
        (date(2026, 11, 30), 1, date(2026, 12, 30)),
        (date(2026, 11, 30), 0, date(2026, 11, 30)),
    ],
)
def test_a_month_on_is_the_same_day_or_the_last(day: date, count: int, expected: date):
    assert add_months(day, count) == expected


@given(DATES, st.integers(-200, 200))
def test_months_agree_with_dateutil(day: date, count: int):
    from dateutil.relativedelta import relativedelta

    if 1 <= day.year + count // 12 < 9998:
        assert add_months(day, count) == day + relativedelta(months=count)


@pytest.mark.parametrize("count", [12 * 8000, -12 * 2026, 10**30])
def test_months_beyond_the_calendar_overflow(count: int):
    with pytest.raises(OverflowError):
        add_months(date(2026, 11, 21), count)
