"""The words of a date (cli.md C.4): a first one that says when, later ones that move it.

Days and longer keep the time on the local wall; hours and minutes are real time. A text
that fits no rule is refused, with the place and what is near; nothing is guessed.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Literal

from tix.domain.nearest import nearest
from tix.domain.period import add_months, next_period, period_start
from tix.domain.span import CALENDAR_UNITS, LENGTHS, UNITS, Parts, span_parts
from tix.domain.zone import WEEKDAYS, day_end, to_utc, to_wall
from tix.errors import BadDate
from tix.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import tzinfo

    from tix.domain.calendar import Calendar

Lean = Literal["future", "past"] | None

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)

_DAYS = {"yesterday": -1, "today": 0, "tomorrow": 1}
_STARTS = {"sod": "day", "sow": "week", "som": "month"}
_ENDS = {"eod": "day", "eow": "week", "eom": "month", "eoq": "quarter", "eoy": "year"}
_WEEKDAYS = {
    name: number
    for number, weekday in enumerate(map(str.casefold, WEEKDAYS))
    for name in (weekday[:3], weekday)
}
_WORDS = (
    *("now", *_DAYS, *_STARTS, *_ENDS, *_WEEKDAYS),
    *(f"{which}-{weekday}" for which in ("next", "last") for weekday in _WEEKDAYS),
)
TIME = r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?"
OFFSET = "[Zz]|[+-][0-9]{2}:?[0-9]{2}"
_ISO = rf"([0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}})(?:[Tt ]({TIME})(?: ?({OFFSET}))?)?(?= |$)"
_DIGITS = r"[0-9]+(?:[./-][0-9]+)*[./-]?"
_MOST_WORKING = 10_000  # a calendar is walked date by date


class Point(NamedTuple):
    """What the words so far mean: a whole day, or an instant on it once *at* is known."""

    day: date
    at: datetime | None = None
    grain: timedelta = DAY
    timed: bool = False


def refusal(word: str, text: str, why: str, hint: str = "") -> BadDate:
    """Return the error that shows *word* in its *text*."""
    place, whole = (repr(part if len(part) <= 60 else part[:59] + "…") for part in (word, text))
    return BadDate(f"{place} {why}" if word == text else f"{place} in {whole} {why}", hint=hint)


class Reader:
    """Reads one text; what it had to decide on the way is in *notes*."""

    def __init__(
        self,
        text: str,
        now: datetime,
        zone: tzinfo,
        calendar: Calendar | None,
        *,
        lean: Lean = None,
        end_of_day: bool = False,
    ) -> None:
        self.text = text
        self.now = now
        self.zone = zone
        self.calendar = calendar
        self.lean = lean
        self.end_of_day = end_of_day
        self.notes: list[str] = []

    @property
    def today(self) -> date:
        """The local date."""
        return to_wall(self.now, self.zone).date()

    def read(self, words: Sequence[str]) -> Point:
        """Return what all the *words* mean together."""
        point, used = self._first(words)
        return self.move(point, words[used:])

    def move(self, point: Point, words: Sequence[str]) -> Point:
        """Return *point* after each of the *words*, a time of day or a signed length."""
        for word in words:
            parts = self._signed(word)
            if parts:
                point = self._shift(point, parts, word)
            elif re.fullmatch(TIME, word):
                point = self._on_the_clock(point, word)
            elif self._named(word.casefold()) or re.match(_ISO, word):
                raise refusal(word, self.text, "has to be the first word")
            else:
                raise self._unreadable(word)
        return point

    def settle(self, point: Point) -> datetime:
        """Return the instant of *point*; of a whole day its beginning, or end if so asked."""
        if point.at is not None:
            return point.at
        return self._end_of(point.day) if self.end_of_day else self._start_of(point.day)

    def on_wall(self, wall: datetime, grain: timedelta) -> Point:
        """Return the point of a local wall time."""
        at, note = to_utc(wall, self.zone)
        self.note(note)
        return Point(wall.date(), at, grain, timed=True)

    def instant(self, at: datetime, grain: timedelta, *, timed: bool = True) -> Point:
        """Return the point of an instant, on its local date."""
        return Point(to_wall(at, self.zone).date(), at, grain, timed)

    def _first(self, words: Sequence[str]) -> tuple[Point, int]:
        word = words[0]
        point = self._named(word.casefold())
        if point:
            return point, 1
        iso = re.match(_ISO, " ".join(words[:3]))
        if iso:
            return self._iso(iso), iso[0].count(" ") + 1
        if re.fullmatch(TIME, word):
            return self._next_on_the_clock(word), 1
        parts = self._signed(word) or self._leaning(word)
        if parts:
            return self._shift(self.instant(self.now, SECOND, timed=False), parts, word), 1
        raise self._unreadable(word)

    def _named(self, name: str) -> Point | None:
        if name == "now":
            return self.instant(self.now, SECOND, timed=False)
        if name in _DAYS:
            return Point(self.today + _DAYS[name] * DAY)
        if name in _STARTS:
            at = self._start_of(period_start(_STARTS[name], self.today))
            return self.instant(at, SECOND, timed=name == "sod")
        if name in _ENDS:
            return self.instant(self._end(name), SECOND, timed=name == "eod")
        return self._weekday(name)

    def _weekday(self, name: str) -> Point | None:
        which, _, weekday = name.rpartition("-")
        number = _WEEKDAYS.get(weekday)
        if number is None or which not in {"", "next", "last"}:
            return None
        today = self.today
        if which == "last" or (not which and self.lean == "past"):
            return Point(today - ((today.weekday() - number - 1) % 7 + 1) * DAY)
        ahead = (number - today.weekday() - 1) % 7 + 1
        return Point(today + (ahead + 7 if which else ahead) * DAY)

    def _end(self, name: str) -> datetime:
        """Return the end of the last working day of a period that is not over yet."""
        period = _ENDS[name]
        if period == "day":
            return self._end_of(self.today)
        start, later = period_start(period, self.today), 0
        while True:
            after = next_period(period, start)
            at = self._last_closing(start, after)
            if at and at >= self.now:
                break
            start, later = after, later + 1
        if later:
            which = f"next {period}'s" if later == 1 else f"that of {later} {period}s later"
            self.note(f"{name} has passed; this is {which}")
        return at

    def _last_closing(self, start: date, after: date) -> datetime | None:
        day = after - DAY
        if self.calendar is None:
            return day_end(day, self.zone)
        while day >= start:
            at = self.calendar.closing(day)
            if at:
                return at
            day -= DAY
        return None

    def _start_of(self, day: date) -> datetime:
        at, note = to_utc(datetime.combine(day, time()), self.zone)
        self.note(note)
        return at

    def _end_of(self, day: date) -> datetime:
        closing = self.calendar.closing(day) if self.calendar else None
        if closing:
            return closing
        if self.calendar:
            self.note(f"{day:%Y-%m-%d} has no working hours; taken as its last second")
        return day_end(day, self.zone)

    def _iso(self, iso: re.Match[str]) -> Point:
        try:
            day = date.fromisoformat(iso[1])
        except ValueError:
            raise refusal(iso[1], self.text, "is a day that does not exist") from None
        if iso[2] is None:
            return Point(day)
        clock, grain = self._clock(iso[2])
        wall = datetime.combine(day, clock)
        if iso[3] is None:
            return self.on_wall(wall, grain)
        return self.instant(self._with_offset(wall, iso[3]), grain)

    def _with_offset(self, wall: datetime, zone: str) -> datetime:
        if zone in {"Z", "z"}:
            return wall.replace(tzinfo=UTC)
        hours, minutes = int(zone[1:3]), int(zone[-2:])
        if hours > 14 or minutes > 59:
            raise refusal(zone, self.text, "is not an offset from UTC", "Write it as +01:00.")
        offset = timedelta(hours=hours, minutes=minutes)
        return wall.replace(tzinfo=UTC) - (offset if zone[0] == "+" else -offset)

    def _clock(self, word: str) -> tuple[time, timedelta]:
        whole, _, fraction = word.partition(".")
        hours, minutes, *seconds = (int(number) for number in whole.split(":"))
        micros = int(fraction[:6].ljust(6, "0"))
        try:
            clock = time(hours, minutes, sum(seconds), micros)
        except ValueError:
            hint = "Hours go from 00:00 to 23:59."
            raise refusal(word, self.text, "is not a time of day", hint) from None
        return clock, SECOND if seconds else MINUTE

    def _on_the_clock(self, point: Point, word: str) -> Point:
        if point.timed:
            raise refusal(word, self.text, "comes after a time that is exact already")
        clock, grain = self._clock(word)
        return self.on_wall(datetime.combine(point.day, clock), grain)

    def _next_on_the_clock(self, word: str) -> Point:
        clock, grain = self._clock(word)
        walls = [datetime.combine(self.today + n * DAY, clock) for n in (-1, 0, 1)]
        if self.lean == "past":
            wall = next(w for w in reversed(walls) if to_utc(w, self.zone)[0] <= self.now)
        else:
            wall = next(w for w in walls if to_utc(w, self.zone)[0] > self.now)
        return self.on_wall(wall, grain)

    def _signed(self, word: str) -> Parts:
        if word[0] not in "+-":
            return ()
        parts = span_parts(word[1:])
        self._check_units(parts, word)
        return parts if word[0] == "+" else tuple((-count, unit) for count, unit in parts)

    def _leaning(self, word: str) -> Parts:
        parts = span_parts(word)
        self._check_units(parts, word)
        if self.lean is None:
            return ()
        return parts if self.lean == "future" else tuple((-count, unit) for count, unit in parts)

    def _check_units(self, parts: Parts, word: str) -> None:
        for _, unit in parts:
            if unit not in UNITS:
                hint = f"Units are {' '.join(UNITS)}; a time of day is written 17:00."
                raise refusal(word, self.text, f"has a unit {unit!r} that is not known", hint)

    def _shift(self, point: Point, parts: Parts, word: str) -> Point:
        for count, unit in parts:
            if unit in {"bd", "bh"}:
                point = self._by_work(point, count, unit, word)
            elif unit in {"d", "w"} or unit in CALENDAR_UNITS:
                point = self._by_days(point, count, unit)
            else:
                at = self.settle(point) + count * LENGTHS[unit]
                point = self.instant(at, min(point.grain, MINUTE))
        return point

    def _by_days(self, point: Point, count: int, unit: str) -> Point:
        if unit in CALENDAR_UNITS:
            day = add_months(point.day, count if unit == "mo" else 12 * count)
        else:
            day = point.day + count * LENGTHS[unit]
        if point.at is None:
            return Point(day)
        wall = datetime.combine(day, to_wall(point.at, self.zone).time())
        return self.on_wall(wall, point.grain)._replace(timed=point.timed)

    def _by_work(self, point: Point, count: int, unit: str, word: str) -> Point:
        if self.calendar is None:
            raise refusal(word, self.text, "needs working hours, and there is no calendar")
        if abs(count) > _MOST_WORKING:
            raise refusal(word, self.text, "is too far away")
        if unit == "bh":
            at = self.calendar.due(self.settle(point), timedelta(hours=count))
            return self.instant(at, min(point.grain, MINUTE))
        if point.at is None:
            return Point(self.calendar.working_day(point.day, count))
        at = self.calendar.due_days(point.at, count)
        return self.instant(at, point.grain, timed=point.timed)

    def _unreadable(self, word: str) -> BadDate:
        if re.fullmatch(_DIGITS, word):
            why = f"can be read in several ways; write a date as {self.today:%Y-%m-%d}"
            return refusal(word, self.text, why)
        if any(unit in UNITS for _, unit in span_parts(word)):
            hint = f"Write +{word} or -{word}."
            return refusal(word, self.text, "does not say forwards or back", hint)
        near = nearest(word, _WORDS)
        hint = f"Did you mean {near!r}?" if near else "See 'tix help dates'."
        return refusal(word, self.text, "is not a date", hint)

    def note(self, note: str) -> None:
        """Keep a note, if it says anything new."""
        if note and note not in self.notes:
            self.notes.append(note)
