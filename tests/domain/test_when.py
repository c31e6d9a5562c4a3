"""The grammar of dates: what each form means, what is refused, and how instants are shown."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tix.domain.calendar import Calendar, standard
from tix.domain.holidays import Holiday
from tix.domain.when import Dates, Moment, describe, local_text
from tix.domain.zone import zone_named
from tix.errors import BadDate

if TYPE_CHECKING:
    from tix.domain.phrase import Lean

ZONE = zone_named("Europe/Zagreb")
SATURDAY = datetime(2026, 11, 21, 18, 30, tzinfo=UTC)
WEDNESDAY = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
DATES = Dates(SATURDAY, ZONE, standard("Europe/Zagreb"))
MIDWEEK = DATES._replace(now=WEDNESDAY)
NO_HOURS = DATES._replace(calendar=None)


def shown(at: datetime | None) -> str | None:
    return f"{at.astimezone(ZONE):%Y-%m-%d %H:%M:%S}".removesuffix(":00") if at else None


def refused(dates: Dates, text: str, lean: Lean = None) -> tuple[str, str]:
    with pytest.raises(BadDate) as error:
        dates.moment(text, lean)
    return error.value.message, error.value.hint


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-11-24", "2026-11-24 00:00"),
        ("2026-11-24T17:00", "2026-11-24 17:00"),
        ("2026-11-24 17:00", "2026-11-24 17:00"),
        ("  2026-11-24   17:00  ", "2026-11-24 17:00"),
        ("2026-11-24 9:05", "2026-11-24 09:05"),
        ("2026-11-24T17:00:30", "2026-11-24 17:00:30"),
        ("2026-11-24T17:00Z", "2026-11-24 18:00"),
        ("2026-11-24t17:00z", "2026-11-24 18:00"),
        ("2026-11-24T17:00+01:00", "2026-11-24 17:00"),
        ("2026-11-24 17:00:00 -0500", "2026-11-24 23:00"),
        ("2026-06-24T17:00", "2026-06-24 17:00"),
        ("20:00", "2026-11-21 20:00"),
        ("9:00", "2026-11-22 09:00"),
        ("19:30", "2026-11-22 19:30"),
        ("20:00:15", "2026-11-21 20:00:15"),
        ("now", "2026-11-21 19:30"),
        ("NOW", "2026-11-21 19:30"),
        ("today", "2026-11-21 00:00"),
        ("tomorrow", "2026-11-22 00:00"),
        ("yesterday", "2026-11-20 00:00"),
        ("mon", "2026-11-23 00:00"),
        ("Monday", "2026-11-23 00:00"),
        ("fri", "2026-11-27 00:00"),
        ("sat", "2026-11-28 00:00"),
        ("sunday", "2026-11-22 00:00"),
        ("next-mon", "2026-11-30 00:00"),
        ("next-saturday", "2026-12-05 00:00"),
        ("last-mon", "2026-11-16 00:00"),
        ("last-fri", "2026-11-20 00:00"),
        ("last-sat", "2026-11-14 00:00"),
        ("sod", "2026-11-21 00:00"),
        ("sow", "2026-11-16 00:00"),
        ("som", "2026-11-01 00:00"),
        ("eom", "2026-11-30 17:00"),
        ("eoq", "2026-12-31 17:00"),
        ("eoy", "2026-12-31 17:00"),
        ("+90m", "2026-11-21 21:00"),
        ("+90min", "2026-11-21 21:00"),
        ("+2h", "2026-11-21 21:30"),
        ("+1h30m", "2026-11-21 21:00"),
        ("+30s", "2026-11-21 19:30:30"),
        ("-3h", "2026-11-21 16:30"),
        ("+2d", "2026-11-23 19:30"),
        ("-7d", "2026-11-14 19:30"),
        ("+1w", "2026-11-28 19:30"),
        ("+1mo", "2026-12-21 19:30"),
        ("-1y", "2025-11-21 19:30"),
        ("+2bd", "2026-11-24 17:00"),
        ("-2bd", "2026-11-19 17:00"),
        ("+0bd", "2026-11-23 09:00"),
        ("+4bh", "2026-11-23 13:00"),
        ("-4bh", "2026-11-20 13:00"),
        ("fri 15:00", "2026-11-27 15:00"),
        ("tomorrow 9:00", "2026-11-22 09:00"),
        ("+2d 9:00", "2026-11-23 09:00"),
        ("eom 9:00", "2026-11-30 09:00"),
        ("2026-11-24 +2h", "2026-11-24 02:00"),
        ("2026-11-24 17:00 +2h", "2026-11-24 19:00"),
        ("2026-11-24T17:00+01:00 +1d", "2026-11-25 17:00"),
        ("today +1mo", "2026-12-21 00:00"),
        ("today +2bd", "2026-11-24 00:00"),
        ("tomorrow +4bh", "2026-11-23 13:00"),
        ("tomorrow -1d +1w 8:30", "2026-11-28 08:30"),
        ("20:00 +1d", "2026-11-22 20:00"),
        ("24 Nov 2026", "2026-11-24 00:00"),
        ("24-Nov-2026", "2026-11-24 00:00"),
        ("24th November 2026 17:00", "2026-11-24 17:00"),
        ("Nov 24, 2026", "2026-11-24 00:00"),
        ("2026 sept 4", "2026-09-04 00:00"),
        ("Tuesday 24 Nov 2026", "2026-11-24 00:00"),
        ("Fri, 20 Nov 2026 10:00:00 +0100", "2026-11-20 10:00"),
        ("Fri, 20 Nov 2026 10:00:00 +0100 (CET)", "2026-11-20 10:00"),
        ("Fri, 20 Nov 2026 00:30:00 +0200", "2026-11-19 23:30"),
        ("Sat Nov 21 10:00:15 2026 -0500", "2026-11-21 16:00:15"),
        ("20 Nov 2026 10:00 GMT", "2026-11-20 11:00"),
        ("24 Nov 2026 +2bd", "2026-11-26 00:00"),
        ("24 Nov 2026 17:00 +2h", "2026-11-24 19:00"),
    ],
)
def test_a_date_means(text: str, expected: str):
    moment = DATES.moment(text)

    assert (shown(moment.at), moment.notes, moment.at.tzinfo) == (expected, (), UTC)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-11-24", "2026-11-24 17:00"),
        ("mon", "2026-11-23 17:00"),
        ("24 Nov 2026", "2026-11-24 17:00"),
        ("tomorrow +2bd", "2026-11-24 17:00"),
        ("2026-11-24 +2h", "2026-11-24 19:00"),
        ("2026-11-24 9:00", "2026-11-24 09:00"),
        ("+2d", "2026-11-23 19:30"),
        ("sod", "2026-11-21 00:00"),
    ],
)
def test_a_date_alone_can_be_the_end_of_its_working_hours(text: str, expected: str):
    moment = DATES.moment(text, "future", end_of_day=True)

    assert (shown(moment.at), moment.notes) == (expected, ())


@pytest.mark.parametrize("text", ["sun", "2026-11-22", "tomorrow"])
def test_a_day_without_working_hours_ends_with_its_last_second(text: str):
    assert DATES.moment(text, end_of_day=True) == Moment(
        datetime(2026, 11, 22, 22, 59, 59, tzinfo=UTC),
        ("2026-11-22 has no working hours; taken as its last second",),
    )


@pytest.mark.parametrize(
    ("dates", "text", "expected"),
    [
        (MIDWEEK, "eod", "2026-11-25 17:00"),
        (MIDWEEK._replace(now=WEDNESDAY + timedelta(hours=9)), "eod", "2026-11-25 17:00"),
        (MIDWEEK, "eow", "2026-11-27 17:00"),
        (MIDWEEK._replace(now=WEDNESDAY + timedelta(days=2, hours=7)), "eow", "2026-11-27 17:00"),
        (MIDWEEK, "eow +2bd", "2026-12-01 17:00"),
        (MIDWEEK, "wed", "2026-12-02 00:00"),
        (MIDWEEK, "next-wed", "2026-12-09 00:00"),
        (MIDWEEK, "last-wed", "2026-11-18 00:00"),
        (NO_HOURS, "eod", "2026-11-21 23:59:59"),
        (NO_HOURS, "eow", "2026-11-22 23:59:59"),
        (NO_HOURS, "eom", "2026-11-30 23:59:59"),
        (NO_HOURS, "eoq", "2026-12-31 23:59:59"),
    ],
)
def test_a_period_ends_with_its_last_working_day(dates: Dates, text: str, expected: str):
    moment = dates.moment(text)

    assert (shown(moment.at), moment.notes) == (expected, ())


def closed(*days: str) -> Calendar:
    holidays = tuple(Holiday(date.fromisoformat(day)) for day in days)
    return Calendar("closed", 1, "Europe/Zagreb", standard("Europe/Zagreb").week, holidays)


@pytest.mark.parametrize(
    ("dates", "text", "expected", "note"),
    [
        (DATES, "eow", "2026-11-27 17:00", "eow has passed; this is next week's"),
        (
            DATES._replace(now=datetime(2026, 10, 31, 12, tzinfo=UTC)),
            "eom",
            "2026-11-30 17:00",
            "eom has passed; this is next month's",
        ),
        (
            DATES._replace(calendar=closed(*(f"2026-11-{n}" for n in range(23, 28)))),
            "eow",
            "2026-12-04 17:00",
            "eow has passed; this is that of 2 weeks later",
        ),
        (
            MIDWEEK._replace(calendar=closed("2026-11-27")),
            "eow",
            "2026-11-26 17:00",
            None,
        ),
    ],
)
def test_a_period_that_is_over_gives_way_to_the_next_and_says_so(
    dates: Dates, text: str, expected: str, note: str | None
):
    moment = dates.moment(text)

    assert (shown(moment.at), moment.notes) == (expected, (note,) if note else ())


@pytest.mark.parametrize(
    ("text", "lean", "expected"),
    [
        ("2d", "future", "2026-11-23 19:30"),
        ("2d", "past", "2026-11-19 19:30"),
        ("2bd", "future", "2026-11-24 17:00"),
        ("2bd", "past", "2026-11-19 17:00"),
        ("1h30m", "past", "2026-11-21 18:00"),
        ("2d 9:00", "future", "2026-11-23 09:00"),
        ("+2d", "past", "2026-11-23 19:30"),
        ("mon", "past", "2026-11-16 00:00"),
        ("sat", "past", "2026-11-14 00:00"),
        ("next-mon", "past", "2026-11-30 00:00"),
        ("9:00", "past", "2026-11-21 09:00"),
        ("20:00", "past", "2026-11-20 20:00"),
        ("19:30", "past", "2026-11-21 19:30"),
        ("2026-12-24", "past", "2026-12-24 00:00"),
    ],
)
def test_where_the_direction_is_evident_it_need_not_be_said(text: str, lean: Lean, expected: str):
    assert shown(DATES.moment(text, lean).at) == expected


GAP = "02:30 does not exist on 2026-03-29 in Europe/Zagreb (clocks go forward); taken as 03:30"
TWICE = (
    "02:30 comes twice on 2026-10-25 in Europe/Zagreb (clocks go back); "
    "taken as the first, 02:30 CEST"
)


@pytest.mark.parametrize(
    ("text", "expected", "note"),
    [
        (
            "2026-03-29 02:30",
            "2026-03-29 03:30",
            GAP,
        ),
        (
            "29 Mar 2026 02:30",
            "2026-03-29 03:30",
            GAP,
        ),
        (
            "2026-03-28 02:30 +1d",
            "2026-03-29 03:30",
            GAP,
        ),
        (
            "2026-10-25 02:30",
            "2026-10-25 02:30",
            TWICE,
        ),
        ("Jan 5", "2026-01-05 00:00", "'Jan 5' has no year; taken as 2026"),
    ],
)
def test_what_had_to_be_decided_is_noted(text: str, expected: str, note: str):
    moment = DATES.moment(text)

    assert (shown(moment.at), moment.notes) == (expected, (note,))


def test_a_note_is_given_once():
    cairo = Dates(SATURDAY, zone_named("Africa/Cairo"))

    assert len(cairo.moment("2026-04-24 +1h -1h").notes) == 1


def test_hours_are_real_time_and_days_are_wall_time():
    night_before = "2026-03-28 20:00"

    assert shown(DATES.moment(f"{night_before} +24h").at) == "2026-03-29 21:00"
    assert shown(DATES.moment(f"{night_before} +1d").at) == "2026-03-29 20:00"


def test_a_fraction_of_a_second_is_kept():
    expected = datetime(2026, 11, 24, 17, 0, 0, 250_000, tzinfo=UTC)

    assert DATES.moment("2026-11-24T17:00:00.25Z").at == expected


def test_the_day_ends_where_the_calendar_says_in_whatever_zone_it_was_typed():
    in_new_york = DATES._replace(zone=zone_named("America/New_York"))

    assert shown(in_new_york.moment("2026-11-24", end_of_day=True).at) == "2026-11-24 17:00"


@pytest.mark.parametrize(
    "text", ["24.11.", "24.11.2026", "11/24", "24/11/2026", "2026/11/24", "10", "2026", "2026-11"]
)
def test_digits_that_have_several_readings_are_refused_with_the_iso_form(text: str):
    message = f"{text!r} can be read in several ways; write a date as 2026-11-21"

    assert refused(DATES, text) == (message, "")
    assert refused(DATES, text, "future") == (message, "")


UNITS = "Units are s m min h d w mo y bd bh; a time of day is written 17:00."
NAMED = "Write it as 24 Nov 2026 17:00 +0100."


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("", "'' is not a date", ""),
        (" ", "' ' is not a date", ""),
        ("tomorow", "'tomorow' is not a date", "Did you mean 'tomorrow'?"),
        ("tomorow 9:00", "'tomorow' in 'tomorow 9:00' is not a date", "Did you mean 'tomorrow'?"),
        ("next-frday", "'next-frday' is not a date", "Did you mean 'next-friday'?"),
        ("first-mon", "'first-mon' is not a date", "Did you mean 'last-mon'?"),
        ("qwxyz", "'qwxyz' is not a date", "See 'tix help dates'."),
        ("it's", '"it\'s" is not a date', "See 'tix help dates'."),
        ("2026-11-24T17", "'2026-11-24T17' is not a date", "See 'tix help dates'."),
        (
            "9:00 tomorrow",
            "'tomorrow' in '9:00 tomorrow' has to be the first word",
            "",
        ),
        (
            "fri 2026-11-24",
            "'2026-11-24' in 'fri 2026-11-24' has to be the first word",
            "",
        ),
        (
            "fri 15:00 16:00",
            "'16:00' in 'fri 15:00 16:00' comes after a time that is exact already",
            "",
        ),
        ("eod 9:00", "'9:00' in 'eod 9:00' comes after a time that is exact already", ""),
        ("+2h 9:00", "'9:00' in '+2h 9:00' comes after a time that is exact already", ""),
        ("2d", "'2d' does not say forwards or back", "Write +2d or -2d."),
        ("eow 2bd", "'2bd' in 'eow 2bd' does not say forwards or back", "Write +2bd or -2bd."),
        ("+2days", "'+2days' has a unit 'days' that is not known", UNITS),
        ("+2M", "'+2M' has a unit 'M' that is not known", UNITS),
        ("5pm", "'5pm' has a unit 'pm' that is not known", UNITS),
        ("+", "'+' is not a date", "See 'tix help dates'."),
        ("2026-02-30", "'2026-02-30' is a day that does not exist", ""),
        ("0000-01-01", "'0000-01-01' is a day that does not exist", ""),
        ("25:00", "'25:00' is not a time of day", "Hours go from 00:00 to 23:59."),
        (
            "2026-11-24T17:60",
            "'17:60' in '2026-11-24T17:60' is not a time of day",
            "Hours go from 00:00 to 23:59.",
        ),
        (
            "2026-11-24T17:00+15:00",
            "'+15:00' in '2026-11-24T17:00+15:00' is not an offset from UTC",
            "Write it as +01:00.",
        ),
        ("1969-12-31", "'1969-12-31' is outside the years 1970 to 9998", ""),
        ("9999-12-31", "'9999-12-31' is outside the years 1970 to 9998", ""),
        ("0001-01-01", "'0001-01-01' is outside the years 1970 to 9998", ""),
        ("+999999999d", "'+999999999d' is outside the years 1970 to 9998", ""),
        ("-999999999mo", "'-999999999mo' is outside the years 1970 to 9998", ""),
        ("today +9y +9999y", "'today +9y +9999y' is outside the years 1970 to 9998", ""),
        ("+99999bd", "'+99999bd' is too far away", ""),
        ("-99999bh", "'-99999bh' is too far away", ""),
        ("31 Feb 2026", "'31 Feb 2026' is a date that does not exist", ""),
        ("Nov 45", "'Nov 45' is a date that does not exist", ""),
        ("Mon, 24 Nov 2026", "'Mon, 24 Nov 2026' names the wrong weekday; it is a Tuesday", ""),
        ("Nov 2026", "'Nov 2026' has no day of the month", NAMED),
        ("24 Nov 26", "'26' in '24 Nov 26' is a second day", NAMED),
        ("24 Nov 2026 10", "'10' in '24 Nov 2026 10' is a second day", NAMED),
        ("24 Nov 2026 10:00 EST", "'EST' in '24 Nov 2026 10:00 EST' is not part of a date", NAMED),
        (
            "24 Nov 2026 10:00 GMT+3",
            "'GMT+3' in '24 Nov 2026 10:00 GMT+3' is not part of a date",
            NAMED,
        ),
        (
            "24 Nov 2026 +0100",
            "'+0100' in '24 Nov 2026 +0100' needs a time of day before it",
            NAMED,
        ),
        ("24 Nov 2026 noon", "'noon' in '24 Nov 2026 noon' is not part of a date", NAMED),
        ("24 Nov 0000", "'24 Nov 0000' is a date that does not exist", ""),
        ("x" * 201, f"'{'x' * 59}…' is not a date", ""),
    ],
)
def test_what_is_not_understood_is_refused_and_pointed_at(text: str, message: str, hint: str):
    assert refused(DATES, text) == (message, hint)


def test_working_time_needs_a_calendar():
    message = "'+2bd' needs working hours, and there is no calendar"

    assert refused(NO_HOURS, "+2bd") == (message, "")


@pytest.mark.parametrize(
    ("text", "first", "after"),
    [
        ("today", "2026-11-21 00:00", "2026-11-22 00:00"),
        ("2026-03-29", "2026-03-29 00:00", "2026-03-30 00:00"),
        ("24 Nov 2026", "2026-11-24 00:00", "2026-11-25 00:00"),
        ("2026-11-24T17:00", "2026-11-24 17:00", "2026-11-24 17:01"),
        ("2026-11-24 17:00:10", "2026-11-24 17:00:10", "2026-11-24 17:00:11"),
        ("fri 15:00", "2026-11-27 15:00", "2026-11-27 15:01"),
        ("now", "2026-11-21 19:30", "2026-11-21 19:30:01"),
        ("2026-11-01..2026-11-15", "2026-11-01 00:00", "2026-11-16 00:00"),
        ("2026-11-24..2026-11-24", "2026-11-24 00:00", "2026-11-25 00:00"),
        ("Nov 1, 2026 .. Nov 15, 2026", "2026-11-01 00:00", "2026-11-16 00:00"),
        ("..fri", None, "2026-11-28 00:00"),
        ("mon..", "2026-11-23 00:00", None),
        ("sow..now", "2026-11-16 00:00", "2026-11-21 19:30:01"),
        ("-7d..", "2026-11-14 19:30", None),
        ("..+2h", None, "2026-11-21 21:30:01"),
        ("..eow", None, "2026-11-27 17:00:01"),
        ("2026-11-24 9:00..2026-11-24 10:30", "2026-11-24 09:00", "2026-11-24 10:31"),
        ("2026-11-24..", "2026-11-24 00:00", None),
        ("..9998-12-31", None, "9999-01-01 00:00"),
    ],
)
def test_a_range_covers_both_its_ends(text: str, first: str | None, after: str | None):
    assert tuple(map(shown, DATES.range(text))) == (first, after)


def test_what_is_due_at_the_end_of_the_day_is_due_until_then():
    due = MIDWEEK.moment("today", end_of_day=True).at
    _, after = MIDWEEK.range("..eod")

    assert after == due + timedelta(seconds=1)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("..", "'..' has neither beginning nor end"),
        ("2d..", "'2d' does not say forwards or back"),
        ("..2d", "'2d' does not say forwards or back"),
        ("mon..tomorow", "'tomorow' is not a date"),
        ("mon..tue..wed", "'tue..wed' is not a date"),
        (
            "2026-11-15..2026-11-01",
            (
                "'2026-11-15..2026-11-01' begins at 2026-11-15 00:00 "
                "and ends before that, at 2026-11-02 00:00"
            ),
        ),
        ("", "'' is not a date"),
    ],
)
def test_a_range_that_cannot_be_is_refused(text: str, message: str):
    with pytest.raises(BadDate) as error:
        DATES.range(text)

    assert error.value.message == message


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("2026-11-24T16:00:00Z", "Tue 2026-11-24 17:00 CET (in 2 d 21 h)"),
        ("2026-11-21T15:25:00Z", "Sat 2026-11-21 16:25 CET (3 h 5 min ago)"),
        ("2026-11-21T18:30:00Z", "Sat 2026-11-21 19:30 CET (now)"),
        ("2026-11-21T18:30:40Z", "Sat 2026-11-21 19:30 CET (in 40 s)"),
        ("2027-07-01T10:00:00Z", "Thu 2027-07-01 12:00 CEST (in 221 d)"),
    ],
)
def test_an_instant_is_described(at: str, expected: str):
    assert describe(datetime.fromisoformat(at), SATURDAY, ZONE) == expected


def test_an_instant_in_a_table_is_local_and_to_the_minute():
    assert local_text(datetime(2026, 11, 24, 16, 0, 59, tzinfo=UTC), ZONE) == "2026-11-24 17:00"


@given(st.datetimes(datetime(1970, 1, 2), datetime(9998, 12, 29)))
def test_iso_in_utc_is_read_as_written(moment: datetime):
    at = moment.replace(tzinfo=UTC)

    assert DATES.moment(at.isoformat()) == Moment(at)


@given(st.datetimes(datetime(1971, 1, 1), datetime(2100, 1, 1)))
def test_the_date_of_a_mail_is_read_as_written(moment: datetime):
    from email.utils import format_datetime

    at = moment.replace(microsecond=0, tzinfo=UTC)

    assert DATES.moment(format_datetime(at)) == Moment(at)


WORDS = """
    now today tomorrow yesterday mon friday next-tue last-sun eod eow eom eoq eoy sod sow som
    9:00 17:30:15 24:00 +90m -2h +2d -1w +3mo -1y +2bd -4bh 2d 1h30m +9999bd -9999bh
    +999999999w 2026-11-24 2026-02-29 9998-12-31 1970-01-01 T17:00 Z +01:00 -0500 24 Nov
    February 2026 10 fri, .. ,
"""
TEXTS = st.text(max_size=230) | st.lists(
    st.sampled_from(WORDS.split()), min_size=1, max_size=5
).map(" ".join)
NOWS = st.sampled_from(
    [
        SATURDAY,
        WEDNESDAY,
        datetime(1970, 1, 2, tzinfo=UTC),
        datetime(9998, 12, 30, 23, 59, 59, tzinfo=UTC),
        datetime(2026, 10, 25, 0, 59, tzinfo=UTC),
    ]
)
ZONES = st.sampled_from(["Europe/Zagreb", "Pacific/Apia", "America/Havana", "UTC"])


@given(TEXTS, NOWS, ZONES, st.sampled_from([None, "future", "past"]), st.booleans())
@example("9" * 200, SATURDAY, "UTC", None, False)
@example("+" + "9" * 190 + "h", SATURDAY, "UTC", "future", True)
@example("12:00:" + "0" * 190, SATURDAY, "UTC", "future", True)
@example("1 Jan 0001 00:00 +1400", SATURDAY, "UTC", None, False)
@example("31 Dec 9999 23:00 -1400", SATURDAY, "UTC", None, False)
def test_any_text_is_an_instant_in_utc_or_a_bad_date(
    text: str, now: datetime, zone: str, lean: Lean, end_of_day: bool
):
    dates = Dates(now, zone_named(zone), standard(zone))
    try:
        at, notes = dates.moment(text, lean, end_of_day=end_of_day)
    except BadDate as error:
        said = error.message
    else:
        said = "; ".join(notes)
        assert at.tzinfo is UTC
        assert 1970 <= at.year <= 9998
    assert re.search(r"[\x00-\x1f]", said) is None


@given(TEXTS, TEXTS, NOWS, ZONES)
def test_any_range_is_in_order_or_a_bad_date(low: str, high: str, now: datetime, zone: str):
    dates = Dates(now, zone_named(zone), standard(zone))
    try:
        first, after = dates.range(f"{low}..{high}")
    except BadDate:
        return
    assert first is None or after is None or first < after
