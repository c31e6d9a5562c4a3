"""How far a clock goes: from its start, in working time or in real time, without its pauses."""

from __future__ import annotations

from datetime import datetime, timedelta

from tix.domain.calendar import Calendar
from tix.domain.course import Stay
from tix.domain.sla.policy import BUSINESS, Length
from tix.record import NamedTuple

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

    def target(self, length: Length, due: datetime | None = None) -> timedelta:
        """Return how much time a target is; of working days what lies in them for this start.

        *due* is when it is used up, if that is known.
        """
        if not length.days:
            return timedelta(seconds=length.seconds)
        known = None if self.pauses else due
        end = known or self.calendar.due_days(self.start, length.days)
        return max(self.calendar.elapsed(self.start, end), _SECOND)

    def reach(self, length: Length) -> tuple[datetime | None, timedelta]:
        """Return when a target is used up, None in a pause, and then how much of it was left."""
        if length.days:
            due = self.calendar.due_days(self.start, length.days)
            if not self.pauses or self.pauses[0].since >= due:
                return due, _NOTHING
        time, at, left = self._time, self.start, self.target(length)
        for pause in self.pauses:
            worked = time.elapsed(at, pause.since)
            if worked >= left:
                break
            left -= worked
            if pause.until is None:
                return None, left
            at = pause.until
        return time.due(at, left), _NOTHING

    def remaining(self, due: datetime, end: datetime) -> timedelta:
        """Return what is left at *end* until *due*, below nothing after it."""
        if end > due:
            return -self._time.elapsed(due, end)
        return self._time.elapsed(end, due)
