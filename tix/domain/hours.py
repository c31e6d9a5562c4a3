"""Working hours as people write them: ``mon-fri = 08:00-12:00, 13:00-17:00``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tix.domain.calendar import DAY_S, Hours, check_hours, clock
from tix.domain.zone import WEEKDAYS
from tix.errors import ConfigInvalid

if TYPE_CHECKING:
    from collections.abc import Mapping

CLOSED = ("", "closed")
DAYS = tuple(name[:3].casefold() for name in WEEKDAYS)

_CLOCK = "([0-9]{1,2}):([0-5][0-9])(?::([0-5][0-9]))?"
_INTERVAL = re.compile(rf"\s*{_CLOCK}\s*-\s*{_CLOCK}\s*")
_HINT = "Write it as 09:00-12:00, 13:00-17:00; all day is 00:00-24:00, none is closed."


def read_week(table: Mapping[str, str], where: str) -> tuple[Hours, ...]:
    """Return the hours of each weekday of a table with keys like ``mon-fri``; others are closed.

    Hours over midnight, such as ``22:00-06:00``, end on the next day.

    Raises:
        ConfigInvalid: A key or its hours cannot be, or nothing is open; *where* is named with it.
    """
    week: list[list[tuple[int, int]]] = [[] for _ in DAYS]
    named: dict[int, str] = {}
    for key, text in table.items():
        for day in _weekdays(key, where):
            if day in named:
                raise ConfigInvalid(f"{where}: {key!r} and {named[day]!r} both name {DAYS[day]}")
            named[day] = key
            for opens, closes in _intervals(text, f"{where}: {key}"):
                if opens < closes:
                    week[day].append((opens, closes))
                    continue
                week[day].append((opens, DAY_S))
                if closes:
                    week[(day + 1) % 7].append((0, closes))
    if not any(week):
        raise ConfigInvalid(f"{where} has no working hours on any weekday", hint=_HINT)
    return tuple(_in_order(hours, f"{where}: {day}") for day, hours in zip(DAYS, week, strict=True))


def read_hours(text: str, where: str) -> Hours:
    """Return the hours of one date; ``closed`` is none, and none go over midnight.

    Raises:
        ConfigInvalid: They cannot be; *where* says which they are.
    """
    hours = _intervals(text, where)
    for opens, closes in hours:
        if closes < opens:
            raise ConfigInvalid(
                f"{where}: {clock(opens)}-{clock(closes)} goes over midnight",
                hint="A date ends at 24:00; the rest belongs to the next one.",
            )
    return _in_order(hours, where)


def write_week(week: tuple[Hours, ...]) -> dict[str, str]:
    """Return the table that ``read_week`` reads as *week*, equal days in a row together."""
    table: dict[str, str] = {}
    first = 0
    for day, hours in enumerate(week):
        if day < 6 and week[day + 1] == hours:
            continue
        if hours:
            name = DAYS[day] if first == day else f"{DAYS[first]}-{DAYS[day]}"
            table[name] = write_hours(hours)
        first = day + 1
    return table


def write_hours(hours: Hours) -> str:
    """Return *hours* as text: ``08:00-12:00, 13:00-17:00``, or ``closed``."""
    return ", ".join(f"{clock(opens)}-{clock(closes)}" for opens, closes in hours) or "closed"


def _weekdays(key: str, where: str) -> list[int]:
    first, dash, last = (part.strip().casefold() for part in key.partition("-"))
    if first not in DAYS or (last not in DAYS if dash else last):
        raise ConfigInvalid(
            f"{where}: {key!r} is no weekday", hint=f"There are {' '.join(DAYS)}, and mon-fri."
        )
    begin = DAYS.index(first)
    count = (DAYS.index(last) - begin) % 7 if dash else 0
    return [(begin + n) % 7 for n in range(count + 1)]


def _intervals(text: str, where: str) -> Hours:
    if text.strip().casefold() in CLOSED:
        return ()
    return tuple(_interval(part, where) for part in text.split(","))


def _interval(text: str, where: str) -> tuple[int, int]:
    found = _INTERVAL.fullmatch(text)
    if not found:
        raise ConfigInvalid(f"{where}: {text.strip()[:60]!r} are no hours", hint=_HINT)
    numbers = [int(number or 0) for number in found.groups()]
    opens, closes = (h * 3600 + m * 60 + s for h, m, s in (numbers[:3], numbers[3:]))
    if opens == closes or opens >= DAY_S or closes > DAY_S:
        raise ConfigInvalid(f"{where}: {text.strip()} cannot be", hint=_HINT)
    return opens, closes


def _in_order(hours: list[tuple[int, int]] | Hours, where: str) -> Hours:
    ordered = tuple(sorted(hours))
    check_hours(ordered, where)
    return ordered
