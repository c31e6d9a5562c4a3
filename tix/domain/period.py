"""Days, weeks, months, quarters and years: where the one that holds a date begins."""

from __future__ import annotations

from datetime import date, timedelta

_MONTHS = {"month": 1, "quarter": 3, "year": 12}


def period_start(period: str, day: date) -> date:
    """Return the first date of the *period* that holds *day*; weeks begin on Monday."""
    if period == "day":
        return day
    if period == "week":
        return day - timedelta(days=day.weekday())
    months = _MONTHS[period]
    return date(day.year, (day.month - 1) // months * months + 1, 1)


def next_period(period: str, start: date) -> date:
    """Return the first date after the *period* that begins on *start*."""
    if period in _MONTHS:
        return add_months(start, _MONTHS[period])
    return start + timedelta(days=7 if period == "week" else 1)


def add_months(day: date, count: int) -> date:
    """Return the same day *count* months on, or the last of that month if it is shorter.

    Raises:
        OverflowError: Dates do not reach there.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    if not 1 <= year < 9999:
        raise OverflowError(f"year {year}")
    following = date(year + month // 11, (month + 1) % 12 + 1, 1)
    return day.replace(
        year=year, month=month + 1, day=min(day.day, (following - timedelta(days=1)).day)
    )
