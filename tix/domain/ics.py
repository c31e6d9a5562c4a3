"""iCalendar text (RFC 5545) to holidays: the events of a calendar that last whole days."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from tix.domain.holidays import Holiday, check
from tix.errors import BadData, ConfigInvalid
from tix.record import NamedTuple, replace
from tix.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_LINE = re.compile(r'([A-Za-z0-9-]+)((?:;[A-Za-z0-9-]+=(?:"[^"]*"|[^";:]*))*):(.*)', re.DOTALL)
_DATE = re.compile(r"([0-9]{8})(?:T([0-9]{6})Z?)?")
_LENGTH = re.compile(r"\+?P(?:([0-9]{1,3})W|([0-9]{1,4})D)(?:T0[HMS])?")
_ESCAPED = re.compile(r"\\(.)")
_DATES = ("EXDATE", "RDATE")


class _Line(NamedTuple):
    number: int
    name: str
    value: str


def holidays_in(text: str) -> tuple[Holiday, ...]:
    """Return the holidays of a calendar file, in its order.

    Raises:
        BadData: It is no calendar, has no events, or a line of it cannot be used.
    """
    events = tuple(_events(_lines(text)))
    if not events:
        raise BadData("the calendar has no events", hint="Holidays are its VEVENTs.")
    return tuple(holiday for event in events for holiday in _holidays(event))


def _lines(text: str) -> Iterator[_Line]:
    """Yield the unfolded lines, each with the number of its first."""
    folded: list[tuple[int, str]] = []
    for number, line in enumerate(re.split("\r\n|[\r\n]", text.removeprefix("\ufeff")), 1):
        if line[:1] in (" ", "\t") and folded:
            first, begun = folded.pop()
            folded.append((first, begun + line[1:]))
        elif line.strip():
            folded.append((number, line))
    for number, line in folded:
        parts = _LINE.fullmatch(line)
        if not parts:
            raise _broken(number, f"{line[:60]!r} is no 'NAME:value'")
        yield _Line(number, parts[1].upper(), parts[3])


def _events(lines: Iterable[_Line]) -> Iterator[list[_Line]]:
    """Yield the lines of each event, its BEGIN first, without those of what stands inside it."""
    event: list[_Line] = []
    for line, place in _placed(lines):
        if place == "VEVENT" and line.name == "END":
            yield event
        elif place == "VEVENT":
            event = [line] if line.name == "BEGIN" else [*event, line]


def _placed(lines: Iterable[_Line]) -> Iterator[tuple[_Line, str]]:
    """Yield each line with the innermost part that it stands in, begins or ends."""
    begun: list[_Line] = []
    for line in lines:
        if line.name == "BEGIN":
            begun.append(line)
        if not begun or _word(begun[0]) != "VCALENDAR":
            raise _broken(line.number, "a calendar begins with BEGIN:VCALENDAR")
        yield line, _word(begun[-1])
        if line.name == "END" and _word(begun.pop()) != _word(line):
            raise _broken(line.number, f"END:{line.value} does not end what was begun")
    if begun:
        raise _broken(begun[-1].number, f"{begun[-1].value} is begun and never ended")


def _word(line: _Line) -> str:
    return line.value.strip().upper()


def _holidays(event: list[_Line]) -> Iterator[Holiday]:
    told = {line.name: line for line in reversed(event)}
    if "STATUS" in told and _word(told["STATUS"]) == "CANCELLED":
        return
    if "DTSTART" not in told:
        raise _broken(event[0].number, "the event has no DTSTART")
    start = _day(told["DTSTART"])
    name = _ESCAPED.sub(_unescaped, told["SUMMARY"].value) if "SUMMARY" in told else ""
    rule = told["RRULE"].value.strip() if "RRULE" in told else ""
    skip, more = (_days(event, name) for name in _DATES)
    holiday = Holiday(start, one_line(name), rule, _length(told, start), skip)
    try:
        check(holiday, "the event")
    except ConfigInvalid as refusal:
        raise _broken(event[0].number, refusal.message) from None
    yield holiday
    yield from (replace(holiday, on=day, rule="", skip=()) for day in more)


def _length(told: dict[str, _Line], start: date) -> int:
    """Return how many dates an event lasts; one, if it does not say."""
    if "DTEND" in told:
        line = told["DTEND"]
        days = (_day(line) - start).days
        # RFC 5545 has the first date after it, and some calendars the same date.
        if days < 0:
            raise _broken(line.number, "the event ends before it begins")
        return days or 1
    if "DURATION" not in told:
        return 1
    line = told["DURATION"]
    length = _LENGTH.fullmatch(_word(line))
    if not length:
        raise _broken(line.number, f"{line.value[:60]!r} is no length of whole days")
    return int(length[1] or 0) * 7 + int(length[2] or 0)


def _days(event: list[_Line], name: str) -> tuple[date, ...]:
    lines = (line for line in event if line.name == name)
    return tuple(
        _day(line._replace(value=value)) for line in lines for value in line.value.split(",")
    )


def _day(line: _Line) -> date:
    """Return the date that a line gives; a time of day but midnight is refused."""
    given = _DATE.fullmatch(line.value.strip())
    if given and int(given[2] or 0):
        raise _broken(line.number, f"a holiday lasts whole days; {line.name} has a time of day")
    try:
        return date.fromisoformat(given[1] if given else "")
    except ValueError:
        raise _broken(line.number, f"{line.value[:60]!r} is no date") from None


def _unescaped(escaped: re.Match[str]) -> str:
    return " " if escaped[1] in "nN" else escaped[1]


def _broken(number: int, what: str) -> BadData:
    return BadData(f"line {number}: {what}")
