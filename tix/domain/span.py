"""Lengths of time, as people type them (``90m``, ``1h30m``, ``PT4H``) and as tix prints them."""

from __future__ import annotations

import re
from datetime import timedelta

from tix.errors import BadDate

LENGTHS = {
    "s": timedelta(seconds=1),
    "m": timedelta(minutes=1),
    "min": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "d": timedelta(days=1),
    "w": timedelta(weeks=1),
}
CALENDAR_UNITS = ("mo", "y")
WORKING_UNITS = ("bd", "bh")
UNITS = (*LENGTHS, *CALENDAR_UNITS, *WORKING_UNITS)

_LONGEST = 200
_PARTS = r"(?:[0-9]+[A-Za-z]+)+"
_ISO = r"P(?:([0-9]+)W|(?:([0-9]+)D)?(?:T(?:([0-9]+)H)?(?:([0-9]+)M)?(?:([0-9]+)S)?)?)"
_ISO_UNITS = ("w", "d", "h", "m", "s")

Parts = tuple[tuple[int, str], ...]


def span_parts(word: str) -> Parts:
    """Return the counts and units of ``1h30m``, whatever the units; none of another shape."""
    if not re.fullmatch(_PARTS, word):
        return ()
    return tuple((int(count), unit) for count, unit in re.findall("([0-9]+)([A-Za-z]+)", word))


def parse_span(text: str) -> timedelta:
    """Return the fixed length that *text* means: ``90m``, ``1h30m``, ``2h 10m``, ``PT4H``.

    Raises:
        BadDate: It is no length, has a sign, or its length depends on the calendar.
    """
    if len(text) > _LONGEST:
        raise BadDate("a length of time is a few letters, such as 90m")
    try:
        return sum((count * _length(unit, text) for count, unit in _read(text)), timedelta())
    except OverflowError:
        raise BadDate(f"{text!r} is too long a time") from None


def _read(text: str) -> Parts:
    iso = re.fullmatch(_ISO, text.strip().upper())
    if iso and any(iso.groups()) and not iso[0].endswith("T"):
        counts = zip(iso.groups(), _ISO_UNITS, strict=True)
        return tuple((int(count), unit) for count, unit in counts if count)
    words = text.split()
    parts = [span_parts(word) for word in words]
    if not words or not all(parts):
        raise BadDate(f"{text!r} is not a length of time", hint="Write it as 90m, 1h30m or 2d.")
    return tuple(part for word in parts for part in word)


def _length(unit: str, text: str) -> timedelta:
    if unit in WORKING_UNITS:
        raise BadDate(
            f"{text!r} is working time, and a fixed length is needed",
            hint="Write it in w, d, h or m.",
        )
    if unit in CALENDAR_UNITS:
        raise BadDate(
            f"{text!r} has no fixed length, as months and years differ",
            hint="Write it in w, d, h or m.",
        )
    if unit not in LENGTHS:
        raise BadDate(f"{unit!r} in {text!r} is no unit of time", hint="Units are w d h m s.")
    return LENGTHS[unit]


def short_span(span: timedelta) -> str:
    """Return a length for a table, rounded down: ``40m``, ``1h 05m``, ``3d 4h``, ``5w``."""
    minutes, seconds = divmod(abs(span) // timedelta(seconds=1), 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    if days >= 35:
        text = f"{days // 7}w"
    elif days:
        text = f"{days}d {hours}h" if hours and days < 7 else f"{days}d"
    elif hours:
        text = f"{hours}h {minutes:02}m" if minutes else f"{hours}h"
    else:
        text = f"{minutes}m" if minutes else f"{seconds}s"
    return f"-{text}" if span < timedelta() and text != "0s" else text


def long_span(span: timedelta) -> str:
    """Return a length for a sentence, rounded down: ``2 d 21 h``, ``3 h 5 min``, ``40 s``."""
    minutes, seconds = divmod(abs(span) // timedelta(seconds=1), 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    if days:
        return f"{days} d {hours} h" if hours and days < 30 else f"{days} d"
    if hours:
        return f"{hours} h {minutes} min" if minutes else f"{hours} h"
    return f"{minutes} min" if minutes else f"{seconds} s"
