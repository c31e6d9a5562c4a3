"""Business calendars: when a desk is open, and how far working time reaches.

An instant is open if and only if its local wall time lies in an interval of that local
date. Hence a window that the clocks jump over has only its real minutes, one that they
pass twice counts both, and a date that a zone skips has none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import pairwise, takewhile

from tix.domain.zone import WEEKDAYS, to_utc, to_wall, zone_named
from tix.errors import BadDate, ConfigInvalid

Interval = tuple[int, int]
Hours = tuple[Interval, ...]
Span = tuple[datetime, datetime]

_DAY = timedelta(days=1)
_DAY_S = 86_400
_TEN_YEARS = 3_652
_FEW = 400


@dataclass(frozen=True)
class Calendar:
    """Weekly hours in a time zone, with the dates that differ from them.

    *week* has the hours of each weekday from Monday on, as seconds of the local day; the
    end of a day is 86 400, and hours over midnight are two intervals. *exceptions* gives
    single dates hours of their own (none: closed) and stands above *holidays*.

    Raises:
        ConfigInvalid: The hours are empty, overlap, or never come.
    """

    name: str
    version: int
    zone: str
    week: tuple[Hours, ...]
    holidays: frozenset[date] = frozenset()
    exceptions: Mapping[date, Hours] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        zone_named(self.zone)
        _check_week(self.name, self.week)
        for day, hours in self.exceptions.items():
            _check_hours(self.name, day.isoformat(), hours)
        self._check_open_sometimes()

    def hours(self, day: date) -> Hours:
        """Return the intervals of a local date, in order; none if it is closed."""
        special = self.exceptions.get(day)
        if special is not None:
            return special
        return () if day in self.holidays else self.week[day.weekday()]

    def is_open(self, at: datetime) -> bool:
        """Return whether this instant is working time."""
        wall = to_wall(at, zone_named(self.zone))
        second = wall.hour * 3600 + wall.minute * 60 + wall.second
        return any(opens <= second < closes for opens, closes in self.hours(wall.date()))

    def elapsed(self, start: datetime, end: datetime) -> timedelta:
        """Return the working time in [start, end); none if *end* is not after *start*."""
        total = timedelta()
        for opens, closes in self._open_from(start):
            if opens >= end:
                break
            total += min(closes, end) - opens
        return total

    def due(self, start: datetime, working: timedelta) -> datetime:
        """Return the earliest instant by which this much time was worked since *start*.

        None at all ends with the first working instant. A negative time counts backwards,
        to the latest instant from which that much is worked until *start*.

        Raises:
            BadDate: It would be outside the years that tix knows.
        """
        if working < timedelta():
            for opens, closes in self._open_before(start):
                working += closes - opens
                if working >= timedelta():
                    return opens + working
        else:
            for opens, closes in self._open_from(start):
                working -= closes - opens
                if working <= timedelta():
                    return closes + working
        raise BadDate("that much working time reaches outside the years 1970 to 9998")

    def closing(self, day: date) -> datetime | None:
        """Return the end of the last working time of a local date; None if it is closed."""
        # No zone is a whole day away from UTC.
        first, last = (datetime.combine(day + n * _DAY, time(), UTC) for n in (-1, 2))
        zone = zone_named(self.zone)
        latest = None
        for piece, wall, end in takewhile(lambda piece: piece[0] < last, _pieces(first, zone)):
            if wall.date() == day:
                latest = max((c for _, c in self._open_in(piece, wall, end)), default=latest)
        return latest

    def working_day(self, day: date, count: int) -> date:
        """Return the *count*-th working day after a date, or before it if negative."""
        step = _DAY if count > 0 else -_DAY
        while count:
            day += step
            if self.hours(day) and self.closing(day):
                count -= 1 if count > 0 else -1
        return day

    def due_days(self, start: datetime, count: int) -> datetime:
        """Return the same local time on the *count*-th next working day, within its hours.

        Before the hours it is their beginning, in a break the end of the break, after
        them the closing; a negative count goes back, and none is the first working
        instant from *start* on.
        """
        if not count:
            return self.due(start, timedelta())
        zone = zone_named(self.zone)
        wall = to_wall(start, zone)
        day = self.working_day(wall.date(), count)
        at, _ = to_utc(datetime.combine(day, wall.time()), zone)
        closing = self.closing(day) or at
        return min(closing, self.due(at, timedelta()))

    def _open_from(self, start: datetime) -> Iterator[Span]:
        """Yield what is open from *start* on, in the order of time, a date at most each."""
        for piece, wall, end in _pieces(start, zone_named(self.zone)):
            yield from self._open_in(piece, wall, end)

    def _open_before(self, end: datetime) -> Iterator[Span]:
        """Yield what is open before *end*, the latest first."""
        while end.year >= 1970:
            start, week = end - 7 * _DAY, []
            for opens, closes in self._open_from(start):
                if opens >= end:
                    break
                week.append((opens, min(closes, end)))
            yield from reversed(week)
            end = start

    def _open_in(self, start: datetime, wall: datetime, end: datetime) -> Iterator[Span]:
        midnight = start - (wall - datetime.combine(wall, time()))
        for opens, closes in self.hours(wall.date()):
            first = max(start, midnight + timedelta(seconds=opens))
            last = min(end, midnight + timedelta(seconds=closes))
            if first < last:
                yield first, last

    def _check_open_sometimes(self) -> None:
        """Refuse ten years without working time, so that nothing has to search for ever."""
        closed = {day for day, hours in self.exceptions.items() if not hours} | self.holidays
        if len(closed) < _FEW:  # every week has hours, and ten years have 521 weeks
            return
        day, last, run = min(closed), max(closed), 0
        while day < last and run <= _TEN_YEARS:
            day += _DAY
            run = 0 if self.hours(day) else run + 1
        if run > _TEN_YEARS:
            raise ConfigInvalid(f"calendar {self.name!r} has ten years without working time")


def standard(zone: str) -> Calendar:
    """Return the calendar that a new desk has: Monday to Friday from nine to five."""
    return Calendar("standard", 1, zone, (((9 * 3600, 17 * 3600),),) * 5 + ((),) * 2)


def _pieces(at: datetime, zone: tzinfo) -> Iterator[tuple[datetime, datetime, datetime]]:
    """Yield (start, wall time at the start, end) of stretches of one date and one offset."""
    local = at.astimezone(zone)
    while 1 < at.year < 9999:
        wall = local.replace(tzinfo=None)
        end = at + (datetime.combine(wall.date() + _DAY, time()) - wall)
        after = end.astimezone(zone)
        if after.utcoffset() != local.utcoffset():
            end = _turn(at, end, zone)
            after = end.astimezone(zone)
        yield at, wall, end
        at, local = end, after


def _turn(before: datetime, after: datetime, zone: tzinfo) -> datetime:
    """Return when the offset changes; no zone ever changed it twice within a day."""
    offset = before.astimezone(zone).utcoffset()
    low, high = int(before.timestamp()), int(after.timestamp())
    while high - low > 1:
        middle = (low + high) // 2
        if datetime.fromtimestamp(middle, zone).utcoffset() == offset:
            low = middle
        else:
            high = middle
    return datetime.fromtimestamp(high, UTC)


def _check_week(name: str, week: tuple[Hours, ...]) -> None:
    if len(week) != 7:
        raise ConfigInvalid(f"calendar {name!r} has {len(week)} weekdays instead of 7")
    for weekday, hours in zip(WEEKDAYS, week, strict=True):
        _check_hours(name, weekday, hours)
    if not any(week):
        raise ConfigInvalid(f"calendar {name!r} has no working hours on any weekday")


def _check_hours(name: str, day: str, hours: Hours) -> None:
    for opens, closes in hours:
        if not 0 <= opens < closes <= _DAY_S:
            raise ConfigInvalid(
                f"calendar {name!r} cannot be open {_clock(opens)}-{_clock(closes)} on {day}",
                hint="All day is 00:00-24:00; hours over midnight are two intervals.",
            )
    for (opens, closes), (then, until) in pairwise(hours):
        if then < closes:
            raise ConfigInvalid(
                f"hours of calendar {name!r} on {day} overlap or are out of order: "
                f"{_clock(opens)}-{_clock(closes)}, {_clock(then)}-{_clock(until)}"
            )


def _clock(second: int) -> str:
    hours, rest = divmod(second, 3600)
    return f"{hours:02}:{rest // 60:02}" + (f":{rest % 60:02}" if rest % 60 else "")
