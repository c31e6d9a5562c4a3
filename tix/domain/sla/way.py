"""How far a clock goes: from its start, in working time or in real time, without its pauses."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from tix.domain.calendar import Calendar
from tix.domain.course import Stay
from tix.domain.sla.policy import BUSINESS, length

_NOTHING = timedelta()
_SECOND = timedelta(seconds=1)


class _RealTime:
    """The calendar of promises in real time: always open."""

    def elapsed(self, start: datetime, end: datetime) -> timedelta:
        return max(end - start, _NOTHING)

    def due(self, start: datetime, working: timedelta) -> datetime:
        return start + working


_REAL_TIME = _RealTime()


class Way(NamedTuple):
    """How far a clock goes from its start, in which time, without its pauses."""

    start: datetime
    calendar: Calendar
    base: str
    pauses: tuple[Stay, ...]

    @property
    def _time(self) -> Calendar | _RealTime:
        return self.calendar if self.base == BUSINESS else _REAL_TIME

    def measured(self, text: str, end: datetime) -> tuple[timedelta, datetime | None, timedelta]:
        """Return the target, its due instant (None in a pause), and what remains at *end*."""
        seconds, days = length(text, self.base)
        target, due = timedelta(seconds=seconds), None
        if days:
            due = self.calendar.due_days(self.start, days)
            target = max(self.calendar.elapsed(self.start, due), _SECOND)
        if due is None or (self.pauses and self.pauses[0].since < due):
            due, left = self._reach(target)
            if due is None:
                return target, None, left
        if end > due:
            return target, due, -self._time.elapsed(due, end)
        return target, due, self._time.elapsed(end, due)

    def _reach(self, left: timedelta) -> tuple[datetime | None, timedelta]:
        at = self.start
        for pause in self.pauses:
            worked = self._time.elapsed(at, pause.since)
            if worked >= left:
                break
            left -= worked
            if pause.until is None:
                return None, left
            at = pause.until
        return self._time.due(at, left), left
