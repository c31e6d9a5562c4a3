"""Business calendars: when a desk is open, and how far working time reaches.

An instant is open if and only if its local wall time lies in an interval of that local
date. Hence a window that the clocks jump over has only its real minutes, one that they
pass twice counts both, and a date that a zone skips has none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING

from tix.domain.holidays import Holiday, names_in
from tix.domain.zone import WEEKDAYS, pieces, to_wall, zone_named
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
_FEW, _MANY = 400, 4000
_FIRST = date(1970, 1, 1).toordinal()
_LAST = date(9998, 12, 31).toordinal()
_SOME_DAY = date(2020, 1, 1)  # rules hold for any ten years as for these


class _Known:
    """What a calendar has found out: holidays by year, closings, what is open by day of UTC."""

    def __init__(self, zone: tzinfo) -> None:
        self.zone = zone
        self.holidays: dict[int, Mapping[date, str]] = {}
        self.open: dict[int, tuple[Span, ...]] = {}
        self.by: dict[datetime, timedelta] = {}
        self.until: dict[int, timedelta] = {}
        self.origin = 0
        self.after = [_NO_TIME]
        self.before = [_NO_TIME]
        self.spans: dict[date, tuple[Span, ...]] = {}
        self.working_days: dict[tuple[date, int], date] = {}


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
        start, end = _utc(start), _utc(end)
        if end <= start:
            return _NO_TIME
        return self._worked_by(end) - self._worked_by(start)

    def due(self, start: datetime, working: timedelta) -> datetime:
        """Return the earliest instant by which this much time was worked since *start*.

        None at all ends with the first working instant. A negative time counts backwards,
        to the latest instant from which that much is worked until *start*.

        Raises:
            BadDate: It would be outside the years that tix knows.
        """
        at = _utc(start)
        found = self._before(at, working) if working < _NO_TIME else self._after(at, working)
        if found is None:
            raise BadDate("that much working time reaches outside the years 1970 to 9998")
        return found

    def closing(self, day: date) -> datetime | None:
        """Return the end of the last working time of a local date; None if it is closed."""
        spans = self._spans_of(day)
        return max(closes for _, closes in spans) if spans else None

    def working_day(self, day: date, count: int) -> date:
        """Return the *count*-th working day after a date, or before it if negative."""
        known = self._known.working_days
        found = known.get((day, count))
        if found is None:
            found, left, step = day, abs(count), _DAY if count > 0 else -_DAY
            while left:
                found += step
                left -= bool(self._spans_of(found))
            known[day, count] = found
        return found

    def due_days(self, start: datetime, count: int) -> datetime:
        """Return the same local time on the *count*-th next working day, within its hours.

        Before the hours it is their beginning, in a break the end of the break, after
        them the closing; a negative count goes back, and none is the first working
        instant from *start* on.
        """
        if not count:
            return self.due(start, _NO_TIME)
        zone = self._known.zone
        wall = to_wall(start, zone)
        day = self.working_day(wall.date(), count)
        # As in ``to_utc``: a time that the clocks jump over moves on, of one shown twice it is
        # the first.
        at = datetime.combine(day, wall.time(), zone).astimezone(UTC)
        for opens, closes in self._spans_of(day):
            if at < closes:
                return max(opens, at)
        return self.closing(day) or at

    def stretches(self, start: datetime, end: datetime) -> Iterator[Stretch]:
        """Yield the parts of [start, end) in order, and why each is closed; empty: it is open.

        Each belongs to one local date.
        """
        found = pieces(start.astimezone(UTC), self._known.zone)
        for piece, wall, over in takewhile(lambda p: p[0] < end, found):
            at, until = piece, min(over, end)
            why = self._why_closed(wall.date())
            for opens, closes in self._open_in(piece, wall, until):
                if at < opens:
                    yield at, opens, why
                yield opens, closes, ""
                at = closes
            if at < until:
                yield at, until, why

    def _worked_by(self, at: datetime) -> timedelta:
        """Return how much is worked before an instant of UTC, from the first week asked for."""
        known = self._known.by.get(at)
        if known is not None:
            return known
        day = min(at.toordinal(), _LAST + 1)
        total = self._worked_until(day)
        for opens, closes in self._open_on(day) if day <= _LAST else ():
            if opens < at:
                total += min(closes, at) - opens
        if len(self._known.by) >= _MANY:
            self._known.by.clear()
        self._known.by[at] = total
        return total

    def _worked_until(self, day: int) -> timedelta:
        """Return how much is worked before a day of UTC, from the first week asked for."""
        known = self._known.until.get(day)
        if known is None:
            week, more = divmod(day, 7)
            known = self._worked_before(week) + self._worked_on(range(day - more, day))
            self._known.until[day] = known
        return known

    def _worked_before(self, week: int) -> timedelta:
        """Return how much is worked before a week, given by its number, from the first."""
        known = self._known
        known.origin = known.origin or week
        ahead = week - known.origin
        sums, step = (known.after, 1) if ahead >= 0 else (known.before, -1)
        while len(sums) <= abs(ahead):
            other = known.origin + (len(sums) - 1 if step > 0 else -len(sums))
            sums.append(sums[-1] + step * self._worked_in(other * 7))
        return sums[abs(ahead)]

    def _worked_in(self, first: int) -> timedelta:
        """Return how much is worked in seven days of UTC; what is usual need not be looked up."""
        # No zone is a whole day away from UTC, nor did one ever change twice within four days.
        days = [
            datetime.fromordinal(day).replace(tzinfo=UTC) for day in range(first - 1, first + 9)
        ]
        offsets = {days[n].astimezone(self._known.zone).utcoffset() for n in (1, 5, 8)}
        if len(offsets) > 1 or self._has_special(days):
            return self._worked_on(range(first, first + 7))
        return timedelta(seconds=sum(closes - opens for day in self.week for opens, closes in day))

    def _has_special(self, days: Iterable[datetime]) -> bool:
        """Return whether the hours of a local date may not be those of its weekday."""
        if not self.exceptions and not self.holidays:
            return False
        return any(
            d in self.exceptions or self.holiday(d) is not None for d in map(datetime.date, days)
        )

    def _worked_on(self, days: Iterable[int]) -> timedelta:
        """Return how much is worked on days of UTC, given by their ordinals."""
        return sum((c - o for day in days for o, c in self._open_on(day)), _NO_TIME)

    def _open_on(self, day: int) -> tuple[Span, ...]:
        """Return what is open on a day of UTC, given by its ordinal, in the order of time."""
        known = self._known.open.get(day)
        if known is None:
            first = datetime.fromordinal(day).replace(tzinfo=UTC)
            last = first + _DAY
            # No zone is a whole day away from UTC.
            spans = (s for n in (-1, 0, 1) for s in self._spans_of(date.fromordinal(day + n)))
            cut = ((max(opens, first), min(closes, last)) for opens, closes in spans)
            known = tuple(sorted(span for span in cut if span[0] < span[1]))
            self._known.open[day] = known
        return known

    def _spans_of(self, day: date) -> tuple[Span, ...]:
        """Return what is open on a local date, in the order of time."""
        known = self._known.spans.get(day)
        if known is None:
            known = self._known.spans[day] = tuple(self._spans(day))
        return known

    def _spans(self, day: date) -> Iterator[Span]:
        hours, zone = self.hours(day), self._known.zone
        if not hours:
            return
        midnight = datetime.combine(day, time(), zone)
        # No zone ever changed twice within a day, so the date is as long as others.
        if midnight.utcoffset() == (midnight + _DAY).replace(fold=1).utcoffset():
            midnight = midnight.astimezone(UTC)
            for opens, closes in hours:
                yield midnight + timedelta(seconds=opens), midnight + timedelta(seconds=closes)
            return
        # No zone is a whole day away from UTC.
        first, last = (datetime.combine(day + n * _DAY, time(), UTC) for n in (-1, 2))
        for piece, wall, end in takewhile(lambda one: one[0] < last, pieces(first, zone)):
            if wall.date() == day:
                yield from self._open_in(piece, wall, end)

    def _after(self, start: datetime, working: timedelta) -> datetime | None:
        """Return when this much was worked since *start*, None if ten years have nothing."""
        first = idle = start.toordinal()
        for day in range(first, _LAST + 1):
            for opens, closes in self._open_on(day):
                if start < closes:
                    start = max(start, opens)
                    if working <= closes - start:
                        return start + working
                    working -= closes - start
                idle = day
            if day - idle > _TEN_YEARS:
                break
        return None

    def _before(self, end: datetime, working: timedelta) -> datetime | None:
        """Return since when this much less than nothing was worked until *end*, None if never."""
        for day in range(end.toordinal(), _FIRST - 1, -1):
            for opens, closes in reversed(self._open_on(day)):
                if opens < end:
                    working += min(closes, end) - opens
                    if working >= _NO_TIME:
                        return opens + working
        return None

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


def _utc(at: datetime) -> datetime:
    return at if at.tzinfo is UTC else at.astimezone(UTC)


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
