"""Working time, Monday to Friday from nine to five in one zone, added up day by day."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from zoneinfo import ZoneInfo

    Span = tuple[int, int]

DAY = 86_400
FOREVER = 1 << 40
_YEARS = 3 * 366


@cache
def opened(day: date, zone: ZoneInfo) -> Span | None:
    """Return the instants between which the desk is open on a local day, None on a weekend."""
    if day.weekday() >= 5:
        return None
    nine, five = (datetime.combine(day, time(hour), zone) for hour in (9, 17))
    return int(nine.timestamp()), int(five.timestamp())


def local_day(at: int, zone: ZoneInfo) -> date:
    return datetime.fromtimestamp(at, zone).date()


def working(since: int, until: int, zone: ZoneInfo) -> int:
    """Return the working seconds in [since, until)."""
    total = 0
    day = local_day(since, zone)
    while day <= local_day(until, zone):
        if span := opened(day, zone):
            total += max(0, min(until, span[1]) - max(since, span[0]))
        day += timedelta(days=1)
    return total


def same_time(since: int, days: int, zone: ZoneInfo) -> int:
    """Return the same time of day so many working days later, within the hours of that day."""
    at = datetime.fromtimestamp(since, zone)
    day = at.date()
    while days:
        day += timedelta(days=1)
        days -= day.weekday() < 5
    opens, closes = opened(day, zone) or (0, 0)
    moved = int(datetime.combine(day, at.time(), zone).timestamp())
    return min(max(opens, moved), closes)


def promised(since: int, text: str, pauses: Iterable[Span], zone: ZoneInfo) -> int | None:
    """Return when a promise such as ``15m``, ``4h`` or ``3bd`` is due, None in a pause."""
    if text.endswith("bd"):
        end = same_time(since, int(text.removesuffix("bd")), zone)
        if all(begin >= end for begin, _ in pauses):
            return end
        return due(since, working(since, end, zone), pauses, zone)
    unit = {"h": 3600, "m": 60}[text[-1]]
    return due(since, int(text[:-1]) * unit, pauses, zone)


def due(since: int, seconds: int, pauses: Iterable[Span], zone: ZoneInfo) -> int | None:
    """Return when so many working seconds are over, pauses left out; None if they never are."""
    pauses = sorted(pauses)
    if pauses and pauses[-1][1] == FOREVER:
        end = local_day(pauses[-1][0], zone)
    else:
        end = local_day(since, zone) + timedelta(days=_YEARS)
    day = local_day(since, zone)
    while day <= end:
        for begin, close in _pieces(day, since, pauses, zone):
            if close - begin >= seconds:
                return begin + seconds
            seconds -= close - begin
        day += timedelta(days=1)
    return None


def _pieces(day: date, since: int, pauses: Iterable[Span], zone: ZoneInfo) -> list[Span]:
    """Return the working stretches of a day from *since* on, without the pauses."""
    span = opened(day, zone)
    if span is None:
        return []
    found, begin = [], max(span[0], since)
    for start, stop in pauses:
        if stop <= begin or start >= span[1]:
            continue
        found.append((begin, start))
        begin = stop
    found.append((begin, span[1]))
    return [(a, b) for a, b in found if a < b]


def instant(text: str) -> int:
    """Return an ISO instant in seconds since 1970."""
    at = datetime.fromisoformat(text)
    return int((at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp())
