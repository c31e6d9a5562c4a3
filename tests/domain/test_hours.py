"""Working hours as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tix.domain.calendar import Calendar, Hours
from tix.domain.hours import read_hours, read_week, write_hours, write_week
from tix.errors import ConfigInvalid

HOUR = 3600
OFFICE: Hours = ((8 * HOUR, 12 * HOUR), (13 * HOUR, 17 * HOUR))
ALL_DAY: Hours = ((0, 24 * HOUR),)
CLOSED: Hours = ()


@pytest.mark.parametrize(
    ("table", "week"),
    [
        (
            {"mon-fri": "08:00-12:00, 13:00-17:00"},
            (*(OFFICE,) * 5, CLOSED, CLOSED),
        ),
        (
            {"mon-thu": "8:00-12:00,13:00-17:00", "Fri": "8:00-12:00", "sat": "closed", "sun": ""},
            (*(OFFICE,) * 4, OFFICE[:1], CLOSED, CLOSED),
        ),
        ({"mon-sun": "00:00-24:00"}, (ALL_DAY,) * 7),
        ({"sat-mon": "00:00-24:00"}, (ALL_DAY, *(CLOSED,) * 4, ALL_DAY, ALL_DAY)),
        (
            {"mon": "22:00-06:00"},
            (((22 * HOUR, 24 * HOUR),), ((0, 6 * HOUR),), *(CLOSED,) * 5),
        ),
        (
            {"sun": "22:00-06:00", "mon": "09:00-17:00"},
            (((0, 6 * HOUR), (9 * HOUR, 17 * HOUR)), *(CLOSED,) * 5, ((22 * HOUR, 24 * HOUR),)),
        ),
        ({"fri": "22:00-00:00"}, (*(CLOSED,) * 4, ((22 * HOUR, 24 * HOUR),), CLOSED, CLOSED)),
        (
            {"fri": "09:00:30-10:00"},
            (*(CLOSED,) * 4, ((9 * HOUR + 30, 10 * HOUR),), CLOSED, CLOSED),
        ),
        (
            {"mon": "13:00-17:00, 08:00-12:00"},
            (OFFICE, *(CLOSED,) * 6),
        ),
    ],
)
def test_a_week_is_a_table_of_weekdays(table: dict[str, str], week: tuple[Hours, ...]):
    assert read_week(table, "hours") == week


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ({}, "hours has no working hours on any weekday"),
        ({"mon": "closed"}, "hours has no working hours on any weekday"),
        ({"mon": "00:00-00:00"}, "hours: mon: 00:00-00:00 cannot be"),
        ({"mon": "9:00-9:00"}, "hours: mon: 9:00-9:00 cannot be"),
        ({"mon": "24:00-24:00"}, "hours: mon: 24:00-24:00 cannot be"),
        ({"mon": "24:00-06:00"}, "hours: mon: 24:00-06:00 cannot be"),
        ({"mon": "09:00-24:30"}, "hours: mon: 09:00-24:30 cannot be"),
        ({"mon": "nine to five"}, "hours: mon: 'nine to five' are no hours"),
        ({"mon": "09:00-17:60"}, "hours: mon: '09:00-17:60' are no hours"),
        ({"mon": "09:00-17:00,"}, "hours: mon: '' are no hours"),
        ({"monday": "09:00-17:00"}, "hours: 'monday' is no weekday"),
        ({"mon-": "09:00-17:00"}, "hours: 'mon-' is no weekday"),
        ({"mon-fry": "09:00-17:00"}, "hours: 'mon-fry' is no weekday"),
        ({"mon-fri": "09:00-17:00", "fri": "closed"}, "hours: 'fri' and 'mon-fri' both name fri"),
        (
            {"mon": "09:00-13:00, 12:00-17:00"},
            "hours: mon: hours overlap or are out of order: 09:00-13:00, 12:00-17:00",
        ),
        (
            {"mon": "22:00-06:00", "tue": "05:00-12:00"},
            "hours: tue: hours overlap or are out of order: 00:00-06:00, 05:00-12:00",
        ),
    ],
)
def test_a_week_that_cannot_be_is_refused_with_its_key(table: dict[str, str], message: str):
    with pytest.raises(ConfigInvalid) as refused:
        read_week(table, "hours")

    assert refused.value.message == message


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("closed", CLOSED),
        ("08:00-12:00, 13:00-17:00", OFFICE),
        ("00:00-24:00", ALL_DAY),
    ],
)
def test_the_hours_of_a_date_are_read_and_written(text: str, hours: Hours):
    assert read_hours(text, "exceptions.2026-12-24") == hours
    assert write_hours(hours) == text


def test_the_hours_of_a_date_do_not_go_over_midnight():
    with pytest.raises(ConfigInvalid) as refused:
        read_hours("22:00-06:00", "exceptions.2026-12-24")

    assert refused.value.message == "exceptions.2026-12-24: 22:00-06:00 goes over midnight"
    assert refused.value.hint == "A date ends at 24:00; the rest belongs to the next one."


@st.composite
def weeks(draw: st.DrawFn) -> tuple[Hours, ...]:
    return tuple(draw(st.lists(days(), min_size=7, max_size=7).filter(any)))


@st.composite
def days(draw: st.DrawFn) -> Hours:
    ends = sorted(draw(st.sets(st.sampled_from([0, 6, 9, 12, 13, 17, 22, 24]), max_size=6)))
    pairs = zip(ends[::2], ends[1::2], strict=False)
    return tuple((opens * HOUR, closes * HOUR) for opens, closes in pairs)


@given(weeks())
def test_what_is_written_reads_as_the_same_week(week: tuple[Hours, ...]):
    assert read_week(write_week(week), "hours") == week
    assert Calendar("read", 1, "UTC", week).week == week


def test_equal_days_in_a_row_are_written_together():
    week = (OFFICE, OFFICE, CLOSED, OFFICE[:1], OFFICE, OFFICE, ALL_DAY)

    assert write_week(week) == {
        "mon-tue": "08:00-12:00, 13:00-17:00",
        "thu": "08:00-12:00",
        "fri-sat": "08:00-12:00, 13:00-17:00",
        "sun": "00:00-24:00",
    }
