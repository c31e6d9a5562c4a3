"""Dates in and out: what a text means now, and how an instant is shown.

Words are read by ``phrase``. A text with a month's name (``24 Nov 2026``, the date of a
mail) is read by dateutil, but only after each of its parts was recognised: on its own it
takes ``Nov 45`` for a year and ``24 Nov 2026 10`` for ten o'clock.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta, timezone, tzinfo
from typing import TYPE_CHECKING

from tix.domain.phrase import DAY, MINUTE, OFFSET, SECOND, TIME, Lean, Point, Reader, refusal
from tix.domain.span import long_span, span_parts
from tix.domain.zone import WEEKDAYS, day_start
from tix.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tix.domain.calendar import Calendar  # noqa: TC004 (an annotation that nobody evaluates)

_LONGEST = 200
_MONTHS = {"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"}
_MONTH = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    "|sep(?:t|tember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
_WEEKDAY = "|".join(f"{name[:3]}(?:{name[3:]})?" for name in WEEKDAYS)
_PARTS = (
    f"(?P<month>{_MONTH})|(?P<weekday>{_WEEKDAY})|(?P<year>[0-9]{{4}})"
    f"|(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?|(?P<time>{TIME})|(?P<offset>{OFFSET}|utc|gmt)"
    r"|(?P<comment>\([a-z]{1,5}\))"
)
_JOINTS = "(?<=[0-9])-(?=[a-z])|(?<=[a-z])-(?=[0-9])|,"
_AS = "Write it as 24 Nov 2026 17:00 +0100."


class Moment(NamedTuple):
    """An instant in UTC, and what had to be decided to find it."""

    at: datetime
    notes: tuple[str, ...] = ()


class Dates(NamedTuple):
    """Reads dates as of *now*, in the local time of *zone*, with the hours of *calendar*."""

    now: datetime
    zone: tzinfo
    calendar: Calendar | None = None

    def moment(self, text: str, lean: Lean = None, *, end_of_day: bool = False) -> Moment:
        """Return the instant that *text* means.

        Where only one direction makes sense, *lean* names it: then a length needs no sign,
        and in the past weekdays and times of day are the last ones instead of the next. A
        date alone is its first instant, or with *end_of_day* the end of its working hours
        (its last second if it has none).

        Raises:
            BadDate: It cannot be read, or could mean several things.
        """
        reader = Reader(text, self.now, self.zone, self.calendar, lean=lean, end_of_day=end_of_day)
        at, _ = _bounds(reader)
        return Moment(at, tuple(reader.notes))

    def range(self, text: str) -> tuple[datetime | None, datetime | None]:
        """Return the first instant that *text* covers and the first after it.

        A date covers its whole day, a time its minute, and any other instant its second;
        both ends of ``lo..hi`` are covered, and one of them may be missing. Lengths have
        signs, as nothing else says where they lead.

        Raises:
            BadDate: It cannot be read, or ends before it begins.
        """
        first, dots, last = (part.strip() for part in text.partition(".."))
        if not dots:
            return self._covered(first)
        if not first and not last:
            raise refusal(text, text, "has neither beginning nor end")
        low = self._covered(first)[0] if first else None
        high = self._covered(last)[1] if last else None
        if low and high and low >= high:
            begins, ends = (local_text(at, self.zone) for at in (low, high))
            raise refusal(text, text, f"begins at {begins} and ends before that, at {ends}")
        return low, high

    def _covered(self, text: str) -> tuple[datetime, datetime]:
        return _bounds(Reader(text, self.now, self.zone, self.calendar))


def _bounds(reader: Reader) -> tuple[datetime, datetime]:
    """Return the first instant that the text of *reader* covers, and the first after it."""
    words = reader.text.split() if len(reader.text) <= _LONGEST else []
    if not words:
        raise refusal(reader.text, reader.text, "is not a date")
    try:
        point = _point(reader, words)
        start = reader.settle(point)
        after = day_start(point.day + DAY, reader.zone) if point.at is None else start + point.grain
    except OverflowError:
        start = after = datetime.max.replace(tzinfo=UTC)
    if not 1970 <= start.year < 9999:
        raise refusal(reader.text, reader.text, "is outside the years 1970 to 9998")
    return start, after


def _point(reader: Reader, words: Sequence[str]) -> Point:
    if not any(name[:3] in _MONTHS for name in re.findall("[a-z]{3,}", reader.text.casefold())):
        return reader.read(words)
    moves = (n for n, word in enumerate(words) if word[0] in "+-" and span_parts(word[1:]))
    head = next(moves, len(words))
    return reader.move(_named_month(reader, " ".join(words[:head])), words[head:])


def _named_month(reader: Reader, text: str) -> Point:
    """Return the date, or with a time the instant, of a text with a month's name."""
    parts = _recognised(reader, text)
    wall = _parsed(reader, text)
    if wall.day != int(parts["day"]) or wall.year != int(parts.get("year", wall.year)):
        raise refusal(text, reader.text, "is a date that does not exist")
    weekday = WEEKDAYS[wall.weekday()]
    if not weekday.startswith(parts.get("weekday", "")[:3].capitalize()):
        raise refusal(text, reader.text, f"names the wrong weekday; it is a {weekday}")
    if "year" not in parts:
        reader.note(f"{text!r} has no year; taken as {wall.year}")
    if "time" not in parts:
        return Point(wall.date())
    grain = MINUTE if parts["time"].count(":") == 1 else SECOND
    if wall.tzinfo is None:
        return reader.on_wall(wall, grain)
    return reader.instant(wall.astimezone(UTC), grain)


def _recognised(reader: Reader, text: str) -> dict[str, str]:
    """Return the parts of *text* by kind; each is known, and no kind comes twice."""
    parts: dict[str, str] = {}
    for word in re.sub(_JOINTS, " ", text, flags=re.IGNORECASE).split():
        part = re.fullmatch(_PARTS, word, re.IGNORECASE)
        kind = part.lastgroup if part else None
        if part is None or kind is None:
            raise refusal(word, reader.text, "is not part of a date", _AS)
        if kind in parts:
            raise refusal(word, reader.text, f"is a second {kind}", _AS)
        parts[kind] = part[kind]
    if not {"month", "day"} <= set(parts):
        raise refusal(text, reader.text, "has no day of the month", _AS)
    if "offset" in parts and "time" not in parts:
        raise refusal(parts["offset"], reader.text, "needs a time of day before it", _AS)
    return parts


def _parsed(reader: Reader, text: str) -> datetime:
    """Return what dateutil reads in *text*, aware if it has an offset."""
    from dateutil.parser import parse

    def offset(_name: str | None, seconds: int | None) -> tzinfo | None:
        return None if seconds is None else timezone(timedelta(seconds=seconds))

    try:
        return parse(text.upper(), default=datetime.combine(reader.today, time()), tzinfos=offset)
    except (ValueError, OverflowError):
        raise refusal(text, reader.text, "is a date that does not exist") from None


def describe(at: datetime, now: datetime, zone: tzinfo) -> str:
    """Return an instant for a sentence: ``Tue 2026-11-24 17:00 CET (in 2 d 21 h)``."""
    local = at.astimezone(zone)
    span = at - now
    if abs(span) < SECOND:
        distance = "now"
    else:
        distance = f"in {long_span(span)}" if at > now else f"{long_span(span)} ago"
    weekday = WEEKDAYS[local.weekday()][:3]
    return f"{weekday} {local:%Y-%m-%d %H:%M} {local.tzname()} ({distance})"


def local_text(at: datetime, zone: tzinfo) -> str:
    """Return an instant for a table: ``2026-11-24 17:00``."""
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M}"
