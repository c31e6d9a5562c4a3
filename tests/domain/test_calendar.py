"""Working time, against fixed cases and a reference that walks minute by minute."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from json import dumps, loads
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tix.codec import decode, encode
from tix.domain.calendar import Calendar, Hours, standard
from tix.domain.holidays import Holiday
from tix.errors import BadDate, ConfigInvalid

HOUR = 3600
NINE_TO_FIVE: Hours = ((9 * HOUR, 17 * HOUR),)
ALL_DAY: Hours = ((0, 24 * HOUR),)
CLOSED: Hours = ()
MINUTE = timedelta(minutes=1)

# Where the clocks of each zone changed.
TURNS = {
    "Europe/Zagreb": ("2026-03-29T01:00Z", "2026-10-25T01:00Z"),
    "America/New_York": ("2026-03-08T07:00Z", "2026-11-01T06:00Z"),
    "Australia/Lord_Howe": ("2026-04-04T15:00Z", "2026-10-03T15:30Z"),
    "Africa/Cairo": ("2026-04-23T22:00Z", "2026-10-29T21:00Z"),
    "America/Havana": ("2026-03-08T05:00Z", "2026-11-01T05:00Z"),
    "Antarctica/Troll": ("2026-03-29T01:00Z", "2026-10-25T01:00Z"),
    "Pacific/Apia": ("2011-12-30T10:00Z", "2011-09-24T14:00Z"),
    "America/St_Johns": ("1999-04-04T03:31Z", "1999-10-31T02:31Z"),
}


def calendar(*week: Hours, zone: str = "Europe/Zagreb", **more: Any) -> Calendar:
    days = week if len(week) == 7 else week * 7
    return Calendar("test", 1, zone, days, **more)


ZAGREB = standard("Europe/Zagreb")
AROUND_THE_CLOCK = calendar(ALL_DAY)


def local(text: str, zone: str = "Europe/Zagreb") -> datetime:
    """The instant of a wall time; with an offset in the text, that of the offset."""
    at = datetime.fromisoformat(text)
    return (at if at.tzinfo else at.replace(tzinfo=ZoneInfo(zone))).astimezone(UTC)


def hours(number: float) -> timedelta:
    return timedelta(hours=number)


EPIPHANY = calendar(*ZAGREB.week, holidays=(Holiday(date(2026, 1, 6), "Epiphany"),))
LUNCH = calendar(((8 * HOUR, 12 * HOUR), (27 * HOUR // 2, 18 * HOUR)))
NIGHT = calendar(((22 * HOUR, 24 * HOUR),), ((0, 6 * HOUR),), *(CLOSED,) * 5)


@pytest.mark.parametrize(
    ("case", "hours_of", "start", "working", "due"),
    [
        ("V1", ZAGREB, "2026-01-16T16:30", 1, "2026-01-19T09:30"),
        ("V2", ZAGREB, "2026-01-16T16:00", 1, "2026-01-16T17:00"),
        ("V3 open", ZAGREB, "2026-01-16T16:00", 0, "2026-01-16T16:00"),
        ("V3 closed", ZAGREB, "2026-01-17T12:00", 0, "2026-01-19T09:00"),
        ("V4", ZAGREB, "2026-01-17T12:00", 4, "2026-01-19T13:00"),
        ("V5", EPIPHANY, "2026-01-05T15:00", 4, "2026-01-07T11:00"),
        ("V8 spring", AROUND_THE_CLOCK, "2026-03-28T20:00", 8, "2026-03-29T05:00+02:00"),
        ("V8 autumn", AROUND_THE_CLOCK, "2026-10-24T20:00", 8, "2026-10-25T03:00+01:00"),
        ("V9", ZAGREB, "2026-03-27T16:00", 2, "2026-03-30T08:00Z"),
        ("V10", LUNCH, "2026-01-19T11:30", 1, "2026-01-19T14:00"),
        ("V11", NIGHT, "2026-01-19T23:00", 3, "2026-01-20T02:00"),
    ],
)
def test_a_due_time_is_where_the_design_says(
    case: str, hours_of: Calendar, start: str, working: int, due: str
):
    assert hours_of.due(local(start), hours(working)) == local(due), case


@pytest.mark.parametrize(
    ("case", "hours_of", "start", "end", "expected"),
    [
        ("V6", ZAGREB, "2026-01-16T16:30", "2026-01-19T09:30", 1),
        ("V7 spring", AROUND_THE_CLOCK, "2026-03-29T00:00", "2026-03-30T00:00", 23),
        ("V7 autumn", AROUND_THE_CLOCK, "2026-10-25T00:00", "2026-10-26T00:00", 25),
        ("nothing passed", ZAGREB, "2026-01-19T10:00", "2026-01-19T10:00", 0),
        ("backwards", ZAGREB, "2026-01-19T12:00", "2026-01-19T10:00", 0),
    ],
)
def test_elapsed_time_is_what_the_design_says(
    case: str, hours_of: Calendar, start: str, end: str, expected: int
):
    assert hours_of.elapsed(local(start), local(end)) == hours(expected), case


def test_a_pause_takes_its_working_time_out():
    whole = ZAGREB.elapsed(local("2026-01-19T09:00"), local("2026-01-21T11:00"))
    paused = ZAGREB.elapsed(local("2026-01-19T12:00"), local("2026-01-21T10:00"))

    assert whole - paused == hours(4)  # V12


def test_seconds_are_kept():
    start = local("2026-01-16T16:30:15.250000")

    assert ZAGREB.due(start, hours(1)) == local("2026-01-19T09:30:15.250000")


@pytest.mark.parametrize(
    ("zone", "window", "day", "expected"),
    [
        ("Europe/Zagreb", (1.5, 3.5), "2026-03-29", 1),  # 02:00-03:00 is not there
        ("Europe/Zagreb", (1.5, 2.5), "2026-10-25", 1.5),  # and here 02:00-02:30 is twice
        ("Australia/Lord_Howe", (1, 3), "2026-10-04", 1.5),
        ("Australia/Lord_Howe", (1, 3), "2026-04-05", 2.5),
        ("Africa/Cairo", (0, 2), "2026-04-24", 1),
        ("Africa/Cairo", (22, 24), "2026-10-29", 3),
        ("America/Havana", (0, 2), "2026-03-08", 1),
        ("America/Havana", (0, 2), "2026-11-01", 3),
        ("Antarctica/Troll", (0, 4), "2026-03-29", 2),
        ("Antarctica/Troll", (0, 4), "2026-10-25", 6),
        ("Pacific/Apia", (9, 17), "2011-12-30", 0),
        ("America/St_Johns", (23.5, 24), "1999-10-30", 1),
    ],
)
def test_a_window_has_the_minutes_that_its_date_really_has(
    zone: str, window: tuple[float, float], day: str, expected: float
):
    opens, closes = (int(hour * HOUR) for hour in window)
    on = date.fromisoformat(day)
    week = [CLOSED] * 7
    week[on.weekday()] = ((opens, closes),)
    start = datetime(on.year, on.month, on.day, tzinfo=UTC)

    open_time = calendar(*week, zone=zone).elapsed(
        start - timedelta(days=2), start + timedelta(days=3)
    )

    assert open_time == hours(expected)


def test_an_exception_stands_above_week_and_holidays():
    saturday, christmas, friday = date(2026, 1, 17), date(2026, 12, 25), date(2026, 1, 16)
    special = calendar(
        *ZAGREB.week,
        holidays=(Holiday(christmas),),
        exceptions={saturday: ((10 * HOUR, 12 * HOUR),), christmas: NINE_TO_FIVE, friday: CLOSED},
    )

    assert [special.hours(day) for day in (saturday, christmas, friday)] == [
        ((10 * HOUR, 12 * HOUR),),
        NINE_TO_FIVE,
        CLOSED,
    ]


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("2026-01-16T08:59:59", False),
        ("2026-01-16T09:00", True),
        ("2026-01-16T16:59:59", True),
        ("2026-01-16T17:00", False),
        ("2026-01-17T12:00", False),
    ],
)
def test_hours_include_their_beginning_and_not_their_end(at: str, expected: bool):
    assert ZAGREB.is_open(local(at)) is expected


@pytest.mark.parametrize(
    ("hours_of", "day", "expected"),
    [
        (ZAGREB, "2026-01-16", "2026-01-16T17:00"),
        (ZAGREB, "2026-01-17", None),
        (LUNCH, "2026-01-16", "2026-01-16T18:00"),
        (AROUND_THE_CLOCK, "2026-01-16", "2026-01-17T00:00"),
        (calendar(ALL_DAY, zone="Pacific/Apia"), "2011-12-30", None),
        (calendar(ALL_DAY, zone="America/St_Johns"), "1999-10-30", "1999-10-31T03:30Z"),
    ],
)
def test_closing_is_the_end_of_the_last_hours_of_a_date(
    hours_of: Calendar, day: str, expected: str | None
):
    assert hours_of.closing(date.fromisoformat(day)) == (expected and local(expected))


@pytest.mark.parametrize(
    ("hours_of", "start", "count", "expected"),
    [
        (ZAGREB, "2026-01-16T15:00", 1, "2026-01-19T15:00"),
        (ZAGREB, "2026-01-16T15:00", 2, "2026-01-20T15:00"),
        (ZAGREB, "2026-01-16T20:00", 1, "2026-01-19T17:00"),
        (ZAGREB, "2026-01-16T07:00", 1, "2026-01-19T09:00"),
        (ZAGREB, "2026-01-17T12:00", 1, "2026-01-19T12:00"),
        (ZAGREB, "2026-01-17T12:00", 0, "2026-01-19T09:00"),
        (ZAGREB, "2026-01-19T15:00", -1, "2026-01-16T15:00"),
        (ZAGREB, "2026-01-18T20:00", -2, "2026-01-15T17:00"),
        (EPIPHANY, "2026-01-05T15:00", 1, "2026-01-07T15:00"),
        (LUNCH, "2026-01-19T13:00", 1, "2026-01-20T13:30"),
        (ZAGREB, "2026-03-27T16:00", 1, "2026-03-30T16:00"),
    ],
)
def test_working_days_keep_the_local_time_within_the_hours(
    hours_of: Calendar, start: str, count: int, expected: str
):
    assert hours_of.due_days(local(start), count) == local(expected)


def test_a_date_that_the_zone_skips_is_no_working_day():
    apia = standard("Pacific/Apia")

    assert apia.working_day(date(2011, 12, 29), 1) == date(2012, 1, 2)


@pytest.mark.parametrize(
    ("start", "working", "expected"),
    [
        ("2026-01-19T10:00", -1, "2026-01-19T09:00"),
        ("2026-01-19T10:00", -2, "2026-01-16T16:00"),
        ("2026-01-16T17:00", -8, "2026-01-16T09:00"),
        ("2026-01-18T12:00", -40, "2026-01-12T09:00"),
    ],
)
def test_negative_working_time_counts_backwards(start: str, working: int, expected: str):
    assert ZAGREB.due(local(start), hours(working)) == local(expected)


@pytest.mark.parametrize(
    ("start", "working"), [("9998-12-30T12:00Z", 100), ("1970-01-05T12:00Z", -100)]
)
def test_working_time_beyond_the_known_years_is_refused(start: str, working: int):
    with pytest.raises(BadDate, match="outside the years 1970 to 9998"):
        ZAGREB.due(local(start), hours(working))


def test_the_known_years_are_worked_to_their_end():
    greenwich = standard("UTC")

    assert greenwich.elapsed(local("9998-12-31T12:00Z"), local("9999-06-01T12:00Z")) == hours(5)
    assert greenwich.due(local("9998-12-31T22:00Z"), hours(-1)) == local("9998-12-31T16:00Z")
    *_, (_, end, why) = greenwich.stretches(local("9998-12-31T12:00Z"), local("9999-06-01T12:00Z"))
    assert (end, why) == (local("9999-01-01T00:00Z"), "outside hours")


@pytest.mark.parametrize(
    ("week", "message"),
    [
        ((CLOSED,) * 7, "calendar 'test' has no working hours on any weekday"),
        ((NINE_TO_FIVE,) * 5, "calendar 'test' has 5 weekdays instead of 7"),
        (
            (((0, 0),),) * 7,
            "calendar 'test': Monday: cannot be open 00:00-00:00",
        ),
        (
            (*(CLOSED,) * 5, ((22 * HOUR, 6 * HOUR),), CLOSED),
            "calendar 'test': Saturday: cannot be open 22:00-06:00",
        ),
        (
            (((9 * HOUR, 24 * HOUR + 1),),) * 7,
            "calendar 'test': Monday: cannot be open 09:00-24:00:01",
        ),
        (
            (((9 * HOUR, 13 * HOUR), (12 * HOUR, 17 * HOUR)),) * 7,
            (
                "calendar 'test': Monday: hours overlap or are out of order: "
                "09:00-13:00, 12:00-17:00"
            ),
        ),
    ],
)
def test_hours_that_cannot_work_are_refused(week: tuple[Hours, ...], message: str):
    with pytest.raises(ConfigInvalid) as refused:
        Calendar("test", 1, "Europe/Zagreb", week)

    assert refused.value.message == message


def test_the_hours_of_an_exception_are_checked_too():
    with pytest.raises(ConfigInvalid, match="2026-12-24: cannot be open 00:00-00:00"):
        calendar(NINE_TO_FIVE, exceptions={date(2026, 12, 24): ((0, 0),)})


def test_a_calendar_in_an_unknown_zone_is_refused():
    with pytest.raises(ConfigInvalid, match="there is no time zone 'Europe/Zagrb'"):
        standard("Europe/Zagrb")


MONDAYS = [Holiday(date(2026, 1, 5) + timedelta(weeks=n)) for n in range(600)]


def test_ten_years_without_working_time_are_refused():
    with pytest.raises(ConfigInvalid, match="ten years without working time"):
        calendar(NINE_TO_FIVE, *(CLOSED,) * 6, holidays=tuple(MONDAYS))


def test_many_holidays_with_work_between_them_are_accepted():
    most = (*MONDAYS[:300], *MONDAYS[301:])
    seldom = calendar(NINE_TO_FIVE, *(CLOSED,) * 6, holidays=most)

    assert seldom.due(local("2026-01-05T09:00"), hours(8)) == seldom.closing(date(2031, 10, 6))


def test_a_calendar_can_be_a_key():
    assert len({ZAGREB, standard("Europe/Zagreb"), AROUND_THE_CLOCK}) == 2


@st.composite
def day_hours(draw: st.DrawFn) -> Hours:
    quarters = sorted(draw(st.sets(st.integers(0, 96), max_size=6)))
    ends = quarters[: len(quarters) // 2 * 2]
    return tuple((a * 900, b * 900) for a, b in zip(ends[::2], ends[1::2], strict=True))


@st.composite
def situations(draw: st.DrawFn) -> tuple[Calendar, datetime]:
    """A calendar with an exception or a holiday, and an instant near a turn of its clocks."""
    zone = draw(st.sampled_from(sorted(TURNS)))
    turn = local(draw(st.sampled_from(TURNS[zone])))
    week = draw(st.tuples(*[day_hours()] * 7).filter(any))
    near = turn.date() + timedelta(days=draw(st.integers(-1, 1)))
    made = calendar(
        *week,
        zone=zone,
        holidays=draw(st.sampled_from([(), (Holiday(near),)])),
        exceptions=draw(st.one_of(st.just({}), st.fixed_dictionaries({near: day_hours()}))),
    )
    return made, turn + draw(st.integers(-2400, 1200)) * MINUTE


def open_minutes(hours_of: Calendar, start: datetime, count: int) -> list[datetime]:
    """Every open minute of the *count* from *start* on, by the definition alone."""
    zone = ZoneInfo(hours_of.zone)
    minutes = []
    for at in (start + n * MINUTE for n in range(count)):
        wall = at.astimezone(zone)
        day = wall.date()
        usual = CLOSED if Holiday(day) in hours_of.holidays else hours_of.week[day.weekday()]
        second = (wall.hour * 60 + wall.minute) * 60
        if any(a <= second < b for a, b in hours_of.exceptions.get(day, usual)):
            minutes.append(at)
    return minutes


@settings(max_examples=50)
@given(situations(), st.integers(0, 3000))
def test_elapsed_counts_what_a_walk_by_minutes_counts(
    situation: tuple[Calendar, datetime], length: int
):
    hours_of, start = situation

    counted = len(open_minutes(hours_of, start, length)) * MINUTE

    assert hours_of.elapsed(start, start + length * MINUTE) == counted


@given(situations(), st.integers(-40, 0), st.integers(0, 90_000))
def test_elapsed_over_weeks_is_what_the_open_stretches_add_up_to(
    situation: tuple[Calendar, datetime], before: int, length: int
):
    hours_of, near = situation
    start = near + timedelta(days=before)
    end = start + length * MINUTE

    stretches = hours_of.stretches(start, end)

    counted = (until - since for since, until, why in stretches if not why)
    assert hours_of.elapsed(start, end) == sum(counted, timedelta())


@settings(max_examples=50)
@given(situations(), st.integers(1, 900))
def test_due_is_the_end_of_the_last_minute_that_a_walk_needs(
    situation: tuple[Calendar, datetime], working: int
):
    hours_of, start = situation
    minutes = open_minutes(hours_of, start, 4000)
    assume(len(minutes) >= working)

    assert hours_of.due(start, working * MINUTE) == minutes[working - 1] + MINUTE


@given(situations(), st.integers(0, 400_000))
def test_elapsed_undoes_due(situation: tuple[Calendar, datetime], seconds: int):
    """What due() adds, elapsed() measures, and no earlier instant would do."""
    hours_of, start = situation
    working = timedelta(seconds=seconds)

    due = hours_of.due(start, working)

    assert hours_of.elapsed(start, due) == working
    if working:
        assert hours_of.elapsed(start, due - timedelta(seconds=1)) < working
    else:
        assert hours_of.is_open(due)


@given(situations(), st.integers(1, 400_000))
def test_elapsed_undoes_due_backwards(situation: tuple[Calendar, datetime], seconds: int):
    hours_of, end = situation
    working = timedelta(seconds=seconds)

    start = hours_of.due(end, -working)

    assert hours_of.elapsed(start, end) == working
    assert hours_of.elapsed(start + timedelta(seconds=1), end) < working


@given(situations(), st.integers(-20, 20).filter(bool))
def test_a_working_day_ends_within_its_hours(situation: tuple[Calendar, datetime], count: int):
    hours_of, start = situation

    due = hours_of.due_days(start, count)

    assert hours_of.is_open(due) or hours_of.is_open(due - timedelta(seconds=1))


def test_nineteen_years_are_counted_day_by_day():
    start, end = local("2007-01-01T00:00"), local("2026-01-01T00:00")
    # The first day of 2007 was a Monday.
    weekdays = sum(day % 7 < 5 for day in range((date(2026, 1, 1) - date(2007, 1, 1)).days))

    assert ZAGREB.elapsed(start, end) == hours(8 * weekdays)


def test_any_number_of_instants_can_be_asked_for():
    opening = local("2026-01-19T09:00")
    hours_of = standard("Europe/Zagreb")

    found = [hours_of.elapsed(opening, opening + n * MINUTE) for n in range(5000)]

    assert found[-1] == hours_of.elapsed(opening, opening + 4999 * MINUTE) == hours(32)
    assert found == sorted(found)


def test_holidays_by_rule_close_their_dates_and_reach_into_the_next_year():
    ruled = calendar(
        *ZAGREB.week,
        holidays=(
            Holiday(rule="easter+1", name="Easter Monday"),
            Holiday(rule="FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=31", name="New Year", days=2),
        ),
    )

    assert ruled.due(local("2026-04-03T16:00"), hours(2)) == local("2026-04-07T10:00")
    assert ruled.due(local("2026-12-30T16:00"), hours(2)) == local("2027-01-04T10:00")
    assert [ruled.holiday(date(2027, 1, day)) for day in (1, 4)] == ["New Year", None]
    assert ruled.elapsed(local("2026-12-31T00:00"), local("2027-01-02T00:00")) == hours(0)


def test_an_open_saturday_and_a_half_day_are_exceptions():
    special = calendar(
        *ZAGREB.week,
        holidays=(Holiday(rule="FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=24"),),
        exceptions={date(2026, 1, 17): NINE_TO_FIVE, date(2026, 12, 24): ((9 * HOUR, 12 * HOUR),)},
    )

    assert special.due(local("2026-01-16T16:00"), hours(2)) == local("2026-01-17T10:00")
    assert special.due(local("2026-12-24T11:00"), hours(2)) == local("2026-12-25T10:00")


def test_a_calendar_is_kept_as_json():
    kept = calendar(
        *NIGHT.week,
        holidays=(Holiday(date(2026, 1, 6), "Epiphany"), Holiday(rule="easter+1")),
        exceptions={date(2026, 1, 17): NINE_TO_FIVE, date(2026, 12, 24): CLOSED},
    )

    assert decode(Calendar, loads(dumps(encode(kept)))) == kept


@pytest.mark.parametrize("kept", [ZAGREB, EPIPHANY, AROUND_THE_CLOCK])
def test_a_calendar_that_works_passes_its_check(kept: Calendar):
    kept.check()


def test_a_holiday_with_a_rule_that_cannot_be_is_refused_with_its_place():
    broken = calendar(NINE_TO_FIVE, holidays=(Holiday(rule="easter"), Holiday(rule="xmas")))

    with pytest.raises(ConfigInvalid) as refused:
        broken.check()

    assert refused.value.message == "calendar 'test': holiday 2: 'xmas' is no rule for a holiday"


def test_rules_that_leave_no_working_time_are_refused_and_never_searched_for_ever():
    dead = calendar(NINE_TO_FIVE, *(CLOSED,) * 6, holidays=(Holiday(rule="FREQ=WEEKLY;BYDAY=MO"),))

    with pytest.raises(ConfigInvalid, match="ten years without working time"):
        dead.check()
    with pytest.raises(BadDate, match="outside the years"):
        dead.due(local("2026-01-19T09:00"), hours(1))
    assert dead.elapsed(local("2026-01-19T09:00"), local("2026-02-19T09:00")) == hours(0)


def test_stretches_name_what_is_open_and_why_the_rest_is_not():
    assert list(EPIPHANY.stretches(local("2026-01-05T16:00"), local("2026-01-07T10:00"))) == [
        (local("2026-01-05T16:00"), local("2026-01-05T17:00"), ""),
        (local("2026-01-05T17:00"), local("2026-01-06T00:00"), "outside hours"),
        (local("2026-01-06T00:00"), local("2026-01-07T00:00"), "Epiphany"),
        (local("2026-01-07T00:00"), local("2026-01-07T09:00"), "outside hours"),
        (local("2026-01-07T09:00"), local("2026-01-07T10:00"), ""),
    ]


@settings(max_examples=30)
@given(situations(), st.integers(-7200, 7200), st.integers(0, 7200))
def test_elapsed_is_exact_to_the_second(
    situation: tuple[Calendar, datetime], shift: int, seconds: int
):
    hours_of, at = situation
    start, second = at + timedelta(seconds=shift), timedelta(seconds=1)

    counted = sum(hours_of.is_open(start + n * second) for n in range(seconds))

    assert hours_of.elapsed(start, start + seconds * second) == counted * second


@settings(max_examples=50)
@given(situations(), st.integers(0, 5000))
def test_stretches_are_open_as_long_as_time_elapses(
    situation: tuple[Calendar, datetime], length: int
):
    hours_of, start = situation
    end = start + length * MINUTE

    found = list(hours_of.stretches(start, end))
    ends = [start, *(until for _, until, _ in found)]

    assert [since for since, _, _ in found] == ends[:-1]
    assert ends[-1] == end
    assert sum((until - since for since, until, why in found if not why), timedelta()) == (
        hours_of.elapsed(start, end)
    )


def test_time_is_counted_whatever_zone_it_is_given_in():
    new_york, tokyo = ZoneInfo("America/New_York"), ZoneInfo("Asia/Tokyo")
    start = local("2026-03-27T16:00").astimezone(new_york)

    assert ZAGREB.due(start, hours(2)) == local("2026-03-30T10:00")
    assert ZAGREB.elapsed(start, local("2026-03-30T10:00").astimezone(tokyo)) == hours(2)
    assert ZAGREB.due(local("2026-03-30T10:00").astimezone(tokyo), hours(-2)) == start
    assert list(AROUND_THE_CLOCK.stretches(start, start + MINUTE)) == [(start, start + MINUTE, "")]


def test_what_reaches_beyond_the_years_that_tix_knows_counts_to_their_end() -> None:
    calendar = standard("UTC")
    friday = datetime(9998, 12, 25, tzinfo=UTC)  # 9998-12-31 is a Thursday

    assert calendar.elapsed(friday, datetime(9999, 6, 1, tzinfo=UTC)) == timedelta(hours=8 * 5)
    assert calendar.elapsed(datetime(9999, 2, 1, tzinfo=UTC), datetime.max.replace(tzinfo=UTC)) == (
        timedelta()
    )


def test_days_before_those_that_were_asked_for_count_as_well() -> None:
    calendar = standard("UTC")
    monday = datetime(2026, 1, 5, tzinfo=UTC)
    week = timedelta(days=7)

    assert [calendar.elapsed(monday + n * week, monday + 10 * week) for n in (8, 2, -4)] == [
        timedelta(hours=40 * n) for n in (2, 8, 14)
    ]
