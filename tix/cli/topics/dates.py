"""``tix help dates``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.cli.topics.layout import Columns, Paragraph, Section, section
from tix.domain.calendar import standard
from tix.domain.span import UNITS
from tix.domain.when import Dates, describe

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

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


def sections(call: Call) -> Sequence[Section]:
    """Return how dates are written, each example with what it means right now."""
    units = ", ".join(f"{unit} {_UNITS[unit]}" for unit in UNITS)
    return (
        section(
            "",
            Paragraph(
                "A date is a first word that says when, and words that move it: a time of day, "
                "or lengths with a sign. Weekdays are the next ones, never today. Case does not "
                "count. Nothing is guessed: 11/24 and 24.11. are refused, for they could be read "
                "in two ways. tix when DATE shows what a date means."
            ),
        ),
        section("Written now, this means", Columns([*_meanings(call)])),
        section(
            "Lengths",
            Paragraph(f"Units: {units}. Several in a row are one length: 1h30m."),
            Paragraph(
                "Hours and minutes are real time; days and longer keep the time on the clock, "
                "also when the clocks change, and a month later is the same day or the last of "
                "the month. bd and bh count the business hours of the desk."
            ),
            Paragraph(
                "Where only one direction makes sense a length needs no sign: --due 2d, tix "
                "snooze 12 4h. Elsewhere it needs one. A minus makes no option of it: tix reply "
                "12 --at -2h."
            ),
        ),
        section(
            "Which moment it is",
            Paragraph(
                "A day is its first moment, as a due date the end of its business hours, and "
                "for --as-of its end. A time of day is the next such time; for what has been "
                "(--at, --as-of) it is the last one, and so is a weekday."
            ),
            Paragraph(
                "sod, sow and som are the beginning of this day, week or month, and weeks begin on "
                "Monday. eod is the end of today's business hours, or of the day if it has none; "
                "eow, eom, eoq and eoy are the end of the last business hours of the week, month, "
                "quarter or year, and of the next one once those are over."
            ),
            Paragraph(
                "Ranges in queries are lo..hi, either may be missing, and both are covered: a day "
                "in one is all of it, a time its whole minute. due:..fri, created:-2d.., "
                "due:'mon 9:00'..'fri 17:00'."
            ),
        ),
        section(
            "Time zones",
            Paragraph(
                "You read and write times in the zone of --tz, TIX_TZ, your settings, the desk "
                "or the system, the first of these that there is. A time that the clocks skip "
                "moves forward, of one that comes twice the first is meant, and a note says so. "
                "What scripts get is UTC."
            ),
        ),
    )


def _meanings(call: Call) -> Iterator[tuple[str, str]]:
    """Yield each example with what it means, by the business hours Monday to Friday 9 to 17."""
    from tix.config import time_zone

    now, zone = call.desk.clock(), time_zone(call.config, None)
    dates = Dates(now, zone, standard(str(zone)))
    for example in _EXAMPLES:
        yield example, describe(dates.moment(example).at, now, zone)
