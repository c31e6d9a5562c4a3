"""Working seconds, counted in whole numbers: many instants of few calendars."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from tix.domain.calendar import DAY_S

if TYPE_CHECKING:
    from tix.domain.calendar import Calendar

_DAY = timedelta(days=1)


class Hours:
    """The hours of a calendar; what it says of a day is asked for once."""

    def __init__(self, calendar: Calendar) -> None:
        self._calendar = calendar
        self._origin: datetime | None = None
        self._days: dict[int, tuple[int, tuple[tuple[int, int], ...]]] = {}

    def between(self, since: int, until: int) -> int:
        """Return the working seconds in [since, until), instants in seconds since 1970."""
        return self.before(until) - self.before(since)

    def before(self, at: int) -> int:
        """Return the working seconds before an instant, counted from one that stays the same."""
        day = at // DAY_S
        worked, spans = self._days.get(day) or self._learned(day)
        for opens, closes in spans:
            if at <= opens:
                break
            worked += min(at, closes) - opens
        return worked

    def _learned(self, day: int) -> tuple[int, tuple[tuple[int, int], ...]]:
        start = datetime.fromtimestamp(day * DAY_S, UTC)
        origin = self._origin = self._origin or start
        worked = self._calendar.elapsed(origin, start) - self._calendar.elapsed(start, origin)
        stretches = self._calendar.stretches(start, start + _DAY)
        spans = tuple((seconds(since), seconds(end)) for since, end, why in stretches if not why)
        self._days[day] = worked // timedelta(seconds=1), spans
        return self._days[day]


def seconds(at: datetime) -> int:
    """Return an instant as whole seconds since 1970."""
    return int(at.timestamp())
