"""Business calendars: when a desk is open, and how far working time reaches.

An instant is open if and only if its local wall time lies in an interval of that local
date. Hence a window that the clocks jump over has only its real minutes, one that they
pass twice counts both, and a date that a zone skips has none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING

from tix.domain.holidays import Holiday, names_in
from tix.domain.zone import WEEKDAYS, to_utc, to_wall, zone_named
from tix.errors import BadDate, ConfigInvalid
from tix.record import NOTHING, Record

if TYPE_CHECKING:
    from typing import ClassVar

Interval = tuple[int, int]
Hours = tuple[Interval, ...]
Span = tuple[datetime, datetime]
Stretch = tuple[datetime, datetime, str]

DAY_S = 86_400

_NO_TIME = timedelta()
_DAY = timedelta(days=1)
_TEN_YEARS = 3_652
_FEW = 400
_FIRST = date(1970, 1, 1).toordinal()
_LAST = date(9998, 12, 31).toordinal()
_SOME_DAY = date(2020, 1, 1)  # rules hold for any ten years as for these


class _Known:
    """What a calendar has found out: holidays by year, closings, what is open by day of UTC."""

    def __init__(self, zone: tzinfo) -> None:
        self.zone = zone
        self.holidays: dict[int, Mapping[date, str]] = {}
        self.open: dict[int, tuple[Span, ...]] = {}
        self.worked: dict[int, timedelta] = {}
        self.origin = 0
        self.after = [_NO_TIME]
        self.before = [_NO_TIME]
        self.closings: dict[date, datetime | None] = {}


class Calendar(Record):
    """Weekly hours in a time zone, with the dates that differ from them.

    *week* has the hours of each weekday from Monday on, as seconds of the local day; the
    end of a day is 86 400, and hours over midnight are two intervals. *exceptions* gives
    single dates hours of their own (none: closed) and stands above *holidays*.

    Raises:
        ConfigInvalid: The hours are empty or overlap, or the dates leave none for ten years.
    """

    __slots__ = ("_known",)

    name: str
    version: int
    zone: str
    week: tuple[Hours, ...]
    holidays: tuple[Holiday, ...] = ()
    exceptions: Mapping[date, Hours] = NOTHING

    if TYPE_CHECKING:  # what is no member must not look like one
        _known: ClassVar[_Known]
    else:

        def __init__(self, *values: object, **named: object) -> None:
            super().__init__(*values, **named)
            object.__setattr__(self, "_known", _Known(zone_named(self.zone)))
            where = f"calendar {self.name!r}"
            _check_week(self.week, where)
            for day, hours in self.exceptions.items():
                check_hours(hours, f"{where}: {day}")
            if len(self.holidays) + len(self.exceptions) >= _FEW:
                self._check_open_sometimes()

    def __hash__(self) -> int:
        return hash((self.name, self.version, self.zone, self.week, self.holidays))

    def check(self) -> None:
        """Refuse what only a long look shows; for a calendar that is about to be saved.

        Raises:
            ConfigInvalid: A holiday has a rule that cannot be, or there is no working time
                within ten years.
        """
        from tix.domain.holidays import check

        for place, holiday in enumerate(self.holidays, 1):
            check(holiday, f"calendar {self.name!r}: holiday {place}")
        self._check_open_sometimes()

    def hours(self, day: date) -> Hours:
        """Return the intervals of a local date, in order; none if it is closed."""
        special = self.exceptions.get(day)
        if special is not None:
            return special
        return () if self.holiday(day) is not None else self.week[day.weekday()]

    def holiday(self, day: date) -> str | None:
        """Return the name of the holiday on a local date; None if it is none."""
        if not self.holidays:
            return None
        known = self._known.holidays.get(day.year)
        if known is None:
            known = self._known.holidays[day.year] = names_in(self.holidays, day.year)
        return known.get(day)

    def is_open(self, at: datetime) -> bool:
        """Return whether this instant is working time."""
        wall = to_wall(at, self._known.zone)
        second = wall.hour * 3600 + wall.minute * 60 + wall.second
        return any(opens <= second < closes for opens, closes in self.hours(wall.date()))

    def elapsed(self, start: datetime, end: datetime) -> timedelta:
        """Return the working time in [start, end); none if *end* is not after *start*."""
        if end <= start:
            return _NO_TIME
        first, last = start.astimezone(UTC).toordinal(), end.astimezone(UTC).toordinal()
        total = _NO_TIME
        if last > first + 1:
            total = self._worked_until(min(last, _LAST + 1)) - self._worked_until(first + 1)
        for day in {day for day in (first, last) if day <= _LAST}:
            for opens, closes in self._open_on(day):
                if opens < end and start < closes:
                    total += min(closes, end) - max(opens, start)
        return total

    def due(self, start: datetime, working: timedelta) -> datetime:
        """Return the earliest instant by which this much time was worked since *start*.

        None at all ends with the first working instant. A negative time counts backwards,
        to the latest instant from which that much is worked until *start*.

        Raises:
            BadDate: It would be outside the years that tix knows.
        """
        if working < _NO_TIME:
            for opens, closes in self._open_before(start):
                working += closes - opens
                if working >= _NO_TIME:
                    return opens + working
        else:
            for opens, closes in self._open_from(start):
                working -= closes - opens
                if working <= _NO_TIME:
                    return closes + working
        raise BadDate("that much working time reaches outside the years 1970 to 9998")

    def closing(self, day: date) -> datetime | None:
        """Return the end of the last working time of a local date; None if it is closed."""
        known = self._known.closings
        if day not in known:
            known[day] = self._closing(day)
        return known[day]

    def _closing(self, day: date) -> datetime | None:
        # No zone is a whole day away from UTC.
        first, last = (datetime.combine(day + n * _DAY, time(), UTC) for n in (-1, 2))
        latest = None
        for piece, wall, end in takewhile(lambda p: p[0] < last, _pieces(first, self._known.zone)):
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
            return self.due(start, _NO_TIME)
        wall = to_wall(start, self._known.zone)
        day = self.working_day(wall.date(), count)
        at, _ = to_utc(datetime.combine(day, wall.time()), self._known.zone)
        closing = self.closing(day) or at
        return min(closing, self.due(at, _NO_TIME))

    def stretches(self, start: datetime, end: datetime) -> Iterator[Stretch]:
        """Yield the parts of [start, end) in order, and why each is closed; empty: it is open.

        Each belongs to one local date.
        """
        pieces = _pieces(start.astimezone(UTC), self._known.zone)
        for piece, wall, over in takewhile(lambda p: p[0] < end, pieces):
            at, until = piece, min(over, end)
            why = self._why_closed(wall.date())
            for opens, closes in self._open_in(piece, wall, until):
                if at < opens:
                    yield at, opens, why
                yield opens, closes, ""
                at = closes
            if at < until:
                yield at, until, why

    def _worked_until(self, day: int) -> timedelta:
        """Return how much is worked before a day of UTC, from the first that was asked for."""
        known = self._known
        known.origin = known.origin or day
        ahead = day - known.origin
        sums, step = (known.after, 1) if ahead >= 0 else (known.before, -1)
        while len(sums) <= abs(ahead):
            other = known.origin + (len(sums) - 1 if step > 0 else -len(sums))
            sums.append(sums[-1] + step * self._worked_on(other))
        return sums[abs(ahead)]

    def _worked_on(self, day: int) -> timedelta:
        """Return how much is worked on a day of UTC, given by its ordinal."""
        known = self._known.worked.get(day)
        if known is None:
            known = sum((closes - opens for opens, closes in self._open_on(day)), _NO_TIME)
            self._known.worked[day] = known
        return known

    def _open_on(self, day: int) -> tuple[Span, ...]:
        """Return what is open on a day of UTC, given by its ordinal, in the order of time."""
        known = self._known.open.get(day)
        if known is None:
            first = datetime.combine(date.fromordinal(day), time(), UTC)
            last = first + _DAY
            pieces = takewhile(lambda piece: piece[0] < last, _pieces(first, self._known.zone))
            known = tuple(
                span
                for piece, wall, end in pieces
                for span in self._open_in(piece, wall, min(end, last))
            )
            self._known.open[day] = known
        return known

    def _open_from(self, start: datetime) -> Iterator[Span]:
        """Yield what is open from *start* on; it ends where ten years have nothing."""
        start = start.astimezone(UTC)
        idle = 0
        for day in range(start.toordinal(), _LAST + 1):
            spans = self._open_on(day)
            for opens, closes in spans:
                if closes > start:
                    yield max(opens, start), closes
            idle = 0 if spans else idle + 1
            if idle > _TEN_YEARS:
                break

    def _open_before(self, end: datetime) -> Iterator[Span]:
        """Yield what is open before *end*, the latest first."""
        end = end.astimezone(UTC)
        for day in range(end.toordinal(), _FIRST - 1, -1):
            for opens, closes in reversed(self._open_on(day)):
                if opens < end:
                    yield opens, min(closes, end)

    def _open_in(self, start: datetime, wall: datetime, end: datetime) -> Iterator[Span]:
        midnight = start - (wall - datetime.combine(wall, time()))
        for opens, closes in self.hours(wall.date()):
            first = max(start, midnight + timedelta(seconds=opens))
            last = min(end, midnight + timedelta(seconds=closes))
            if first < last:
                yield first, last

    def _why_closed(self, day: date) -> str:
        """Return why a local date is closed outside its hours."""
        if day in self.exceptions:
            return f"exception of {day}"
        holiday = self.holiday(day)
        if holiday is not None:
            return holiday or "holiday"
        if self.week[day.weekday()]:
            return "outside hours"
        return "weekend" if day.weekday() >= 5 else f"closed on {WEEKDAYS[day.weekday()]}s"

    def _check_open_sometimes(self) -> None:
        """Refuse ten years without working time, so that nothing has to search for ever."""
        single = {h.on for h in self.holidays if h.on and not h.rule}
        known = {_SOME_DAY, *single, *self.exceptions}
        day, last, run = min(known).toordinal(), max(known).toordinal() + _TEN_YEARS + 2, 0
        while day < min(last, _LAST) and run <= _TEN_YEARS:
            run = 0 if self.hours(date.fromordinal(day)) else run + 1
            day += 1
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


def check_hours(hours: Hours, where: str) -> None:
    """Refuse intervals that are empty, outside the day, out of order or overlapping.

    Raises:
        ConfigInvalid: They are; *where* says which they are.
    """
    for opens, closes in hours:
        if not 0 <= opens < closes <= DAY_S:
            raise ConfigInvalid(
                f"{where}: cannot be open {clock(opens)}-{clock(closes)}",
                hint="All day is 00:00-24:00; hours over midnight are two intervals.",
            )
    for (opens, closes), (then, until) in pairwise(hours):
        if then < closes:
            raise ConfigInvalid(
                f"{where}: hours overlap or are out of order: "
                f"{clock(opens)}-{clock(closes)}, {clock(then)}-{clock(until)}"
            )


def clock(second: int) -> str:
    """Return a second of the day as ``09:00``, or ``09:00:30`` if it is within a minute."""
    hours, rest = divmod(second, 3600)
    return f"{hours:02}:{rest // 60:02}" + (f":{rest % 60:02}" if rest % 60 else "")


def _check_week(week: tuple[Hours, ...], where: str) -> None:
    if len(week) != 7:
        raise ConfigInvalid(f"{where} has {len(week)} weekdays instead of 7")
    for weekday, hours in zip(WEEKDAYS, week, strict=True):
        check_hours(hours, f"{where}: {weekday}")
    if not any(week):
        raise ConfigInvalid(f"{where} has no working hours on any weekday")
