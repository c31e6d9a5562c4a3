"""Holidays: single dates, and rules that give the dates of a year."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import TYPE_CHECKING

from tix.errors import ConfigInvalid
from tix.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_DAY = timedelta(days=1)
_EASTER = r"easter(?:\s*([+-])\s*([0-9]{1,3}))?"
_OFTEN = ("YEARLY", "MONTHLY", "WEEKLY")
_TIMES = {"BYHOUR", "BYMINUTE", "BYSECOND"}
_LONGEST = 366
_AS = "Rules are like easter+1 or FREQ=YEARLY;BYMONTH=11;BYDAY=4TH."


class Holiday(Record):
    """A date *on* which nobody works, or the dates of a *rule*, from *on* at the earliest.

    A rule is ``easter``, ``easter-2``, or what iCalendar knows as RRULE. Each time it lasts
    so many *days*, but not when it would begin on a date to *skip*.
    """

    on: date | None = None
    name: str = ""
    rule: str = ""
    days: int = 1
    skip: tuple[date, ...] = ()


def names_in(holidays: Iterable[Holiday], year: int) -> dict[date, str]:
    """Return the dates of *year* that are holidays, with their names.

    Raises:
        ConfigInvalid: A rule cannot be read.
    """
    found: dict[date, str] = {}
    for holiday in holidays:
        for day in dates_in(holiday, year):
            found[day] = found.get(day) or holiday.name
    return found


def dates_in(holiday: Holiday, year: int) -> list[date]:
    """Return the dates of *year* on which *holiday* falls.

    Raises:
        ConfigInvalid: Its rule cannot be read.
    """
    # What lasts longer may reach into a year from the one before.
    starts = _starts(holiday, year - (holiday.days > 1), year) if holiday.rule else (holiday.on,)
    begun = [day for day in starts if day and day not in holiday.skip]
    dates = (day + n * _DAY for day in begun for n in range(holiday.days))
    return [day for day in dates if day.year == year]


def check(holiday: Holiday, where: str) -> None:
    """Refuse a holiday that can never come; *where* says which one it is.

    Raises:
        ConfigInvalid: It has no date, too long a length, or a rule that cannot be.
    """
    if not 1 <= holiday.days <= _LONGEST:
        raise ConfigInvalid(f"{where} lasts {holiday.days} days; 1 to {_LONGEST} are possible")
    if not holiday.rule and not holiday.on:
        raise ConfigInvalid(f"{where} has neither a date nor a rule", hint=_AS)
    if holiday.on and not 1583 <= holiday.on.year < 9999:
        raise ConfigInvalid(f"{where} begins on {holiday.on}, in a year that cannot be")
    try:
        comes = not holiday.rule or any(_starts(holiday, *_tried(holiday.on)))
    except ConfigInvalid as refusal:
        raise ConfigInvalid(f"{where}: {refusal.message}", hint=refusal.hint) from None
    if not comes:
        raise ConfigInvalid(f"{where}: the rule {holiday.rule!r} never comes", hint=_AS)


def _tried(first: date | None) -> tuple[int, int]:
    year = first.year if first else 2000
    return year, min(year + 40, 9998)


def _starts(holiday: Holiday, since: int, until: int) -> Iterator[date]:
    """Yield when *holiday* begins in the years *since* to *until*."""
    easter = re.fullmatch(_EASTER, holiday.rule.strip(), re.IGNORECASE)
    if not easter:
        yield from _recurrences(holiday, since, until)
        return
    for year in range(since, until + 1):
        yield from _easter(year, int(f"{easter[1] or '+'}{easter[2] or 0}"), holiday.on)


def _easter(year: int, shift: int, first: date | None) -> Iterator[date]:
    from dateutil.easter import easter

    # A long way from Easter is another year.
    for each in range(year - 1, min(year + 2, 9999)):
        day = easter(each) + shift * _DAY
        if day.year == year and (first is None or day >= first):
            yield day


def _recurrences(holiday: Holiday, since: int, until: int) -> Iterator[date]:
    from dateutil.rrule import rrulestr

    parts = _parts(holiday)
    count = int(parts.pop("COUNT", 0)) or None
    first = holiday.on or date(since, 1, 1)
    last = min(date(until, 12, 31), _last(parts.pop("UNTIL", ""), holiday))
    if first > last:
        return
    text = ";".join(f"{name}={value}" for name, value in parts.items())
    try:
        rule = rrulestr(f"{text};UNTIL={last:%Y%m%d}", dtstart=datetime.combine(first, time()))
    except ValueError:
        raise _unreadable(holiday.rule) from None
    yield from (at.date() for at in islice(rule, count) if at.year >= since)


def _parts(holiday: Holiday) -> dict[str, str]:
    """Return the parts of a rule; what dateutil would take in silence, or for ever, is refused."""
    text = holiday.rule.strip().upper().removeprefix("RRULE:").rstrip(";")
    parts = dict(part.partition("=")[::2] for part in text.split(";"))
    numbers = [parts[name] for name in ("COUNT", "INTERVAL") if name in parts]
    if (
        parts.get("FREQ") not in _OFTEN
        or "BYEASTER" in parts  # falls over numbers that are too large; there is easter+1
        or not re.fullmatch(r"[A-Z0-9=;,+-]*", text)
        or not all(re.fullmatch("[1-9][0-9]{0,4}", number) for number in numbers)
    ):
        raise _unreadable(holiday.rule)
    if parts.keys() & _TIMES:
        raise ConfigInvalid(f"the rule {holiday.rule!r} names a time; a holiday lasts whole days")
    fixed = any(name.startswith("BY") for name in parts)
    if holiday.on is None and (numbers or not fixed):
        raise ConfigInvalid(f"the rule {holiday.rule!r} needs a first date", hint=_AS)
    return parts


def _last(until: str, holiday: Holiday) -> date:
    """Return the last date that UNTIL allows; its time and zone make no other date of it."""
    try:
        return date.fromisoformat(until[:8]) if until else date.max
    except ValueError:
        raise _unreadable(holiday.rule) from None


def _unreadable(rule: str) -> ConfigInvalid:
    return ConfigInvalid(f"{rule[:100]!r} is no rule for a holiday", hint=_AS)
