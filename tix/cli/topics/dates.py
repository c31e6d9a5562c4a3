"""``tix help dates``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.cli.topics.layout import columns, page, paragraph, section
from tix.domain.calendar import standard
from tix.domain.span import UNITS
from tix.domain.when import Dates, describe

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tix.cli.call import Call

_EXAMPLES = (
    "now",
    "today",
    "tomorrow 9:00",
    "17:30",
    "fri",
    "next-mon",
    "last-mon",
    "2026-11-24",
    "2026-11-24T17:00",
    "2026-11-24T17:00+01:00",
    "24 Nov 2026",
    "sod",
    "sow",
    "som",
    "eod",
    "eow",
    "eom",
    "eoq",
    "eoy",
    "+90m",
    "+1w",
    "-7d",
    "+2bd",
    "+4bh",
    "eow +2bd",
)
_UNITS = {
    "s": "seconds",
    "m": "minutes",
    "min": "minutes",
    "h": "hours",
    "d": "days",
    "w": "weeks",
    "mo": "months",
    "y": "years",
    "bd": "business days",
    "bh": "business hours",
}


def text(call: Call) -> str:
    """Return how dates are written, each example with what it means right now."""
    units = ", ".join(f"{unit} {_UNITS[unit]}" for unit in UNITS)
    return page(
        paragraph(
            "A date is a first word that says when, and words that move it. Weekdays are the "
            "next ones, never today. Nothing is guessed: 11/24 and 24.11. are refused, for they "
            "could be read in two ways."
        ),
        section("Written now, this means", columns(_meanings(call))),
        paragraph(f"Units: {units}. Several in a row are one length: 1h30m."),
        paragraph(
            "Where only one direction makes sense a length needs no sign: --due 2d, tix snooze "
            "12 4h. A date alone is its first moment, and as a due date the end of its business "
            "hours. Ranges in queries are lo..hi, and a day in one is all of it: due:..fri."
        ),
        paragraph(
            "You read and write times in the zone of --tz, TIX_TZ, your settings, the desk or "
            "the system, the first of these that there is. tix when DATE shows what a date means."
        ),
    )


def _meanings(call: Call) -> Iterator[tuple[str, str]]:
    """Yield each example with what it means, by the business hours Monday to Friday 9 to 17."""
    from tix.config import time_zone

    now, zone = call.desk.clock(), time_zone(call.config, None)
    dates = Dates(now, zone, standard(str(zone)))
    for example in _EXAMPLES:
        yield example, describe(dates.moment(example).at, now, zone)
