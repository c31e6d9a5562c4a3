"""Every stretch of time on the way of a clock."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from tests.domain.sla.cases import GOLD, OFFICE, Life, at
from tix.domain.calendar import Calendar
from tix.domain.holidays import Holiday
from tix.domain.sla.explain import Segment, segments
from tix.domain.sla.policy import Goal, Kind, Level
from tix.record import replace

if TYPE_CHECKING:
    from tix.domain.sla.clock import Clock

HOLY = Calendar(
    "holy",
    1,
    "Europe/Zagreb",
    (*OFFICE.week[:2], (), *OFFICE.week[3:]),
    (Holiday(date(2026, 1, 6), "Epiphany"), Holiday(date(2026, 1, 8))),
    {date(2026, 1, 9): (), date(2026, 1, 10): ((36_000, 43_200),)},
)


def shown(clock: Clock, now: str, calendar: Calendar = OFFICE) -> list[tuple[str, ...]]:
    zone = at("01-01").tzinfo
    return [
        (f"{part.start.astimezone(zone):%m-%d %H:%M}", str(part.length), part.counting, part.reason)
        for part in segments(clock, calendar, at(now))
    ]


def test_a_resolution_over_a_weekend_and_a_pause_is_told_to_its_due_instant():
    life = Life("01-16 16:30").waits("01-19 12:00").asks("01-20 10:00")
    clock = life.now("01-20 11:00", Level("gold", resolution=Goal({"any": "6h"})))[Kind.RESOLUTION]

    assert shown(clock, "01-20 11:00") == [
        ("01-16 16:30", "0:30:00", "counted", ""),
        ("01-16 17:00", "7:00:00", "closed", "outside hours"),
        ("01-17 00:00", "2 days, 0:00:00", "closed", "weekend"),
        ("01-19 00:00", "9:00:00", "closed", "outside hours"),
        ("01-19 09:00", "3:00:00", "counted", ""),
        ("01-19 12:00", "22:00:00", "paused", "pending:customer"),
        ("01-20 10:00", "2:30:00", "counted", ""),
    ]
    assert clock.due_at == at("01-20 12:30")


def test_each_kind_of_closed_date_has_its_reason():
    level = Level("gold", first=Goal({"any": "11h"}))
    clock = Life("01-05 16:00").now("01-05 16:00", level, calendar=HOLY)[Kind.FIRST]

    assert shown(clock, "01-05 16:00", HOLY) == [
        ("01-05 16:00", "1:00:00", "counted", ""),
        ("01-05 17:00", "7:00:00", "closed", "outside hours"),
        ("01-06 00:00", "1 day, 0:00:00", "closed", "Epiphany"),
        ("01-07 00:00", "1 day, 0:00:00", "closed", "closed on Wednesdays"),
        ("01-08 00:00", "1 day, 0:00:00", "closed", "holiday"),
        ("01-09 00:00", "1 day, 0:00:00", "closed", "exception of 2026-01-09"),
        ("01-10 00:00", "10:00:00", "closed", "exception of 2026-01-10"),
        ("01-10 10:00", "2:00:00", "counted", ""),
        ("01-10 12:00", "12:00:00", "closed", "exception of 2026-01-10"),
        ("01-11 00:00", "1 day, 0:00:00", "closed", "weekend"),
        ("01-12 00:00", "9:00:00", "closed", "outside hours"),
        ("01-12 09:00", "8:00:00", "counted", ""),
    ]


def test_a_paused_clock_is_told_until_now():
    clock = Life("01-16 09:00").waits("01-16 10:00").now("01-16 12:00")[Kind.RESOLUTION]

    assert shown(clock, "01-16 12:00") == [
        ("01-16 09:00", "1:00:00", "counted", ""),
        ("01-16 10:00", "2:00:00", "paused", "pending:customer"),
    ]


def test_a_promise_in_real_time_is_never_closed():
    level = replace(GOLD, first=Goal({"any": "2d"}, "calendar"))
    clock = Life("01-16 16:30").now("01-16 17:00", level)[Kind.FIRST]

    (whole,) = segments(clock, OFFICE, at("01-16 17:00"))

    assert whole == Segment(at("01-16 16:30"), at("01-18 16:30"), whole.counting)
    assert (whole.counting, whole.length) == ("counted", timedelta(days=2))


def test_a_clock_that_has_just_been_paused_has_nothing_to_tell():
    level = replace(GOLD, resolution=Goal({"any": "2d"}, "calendar"))
    clock = Life("01-16 09:00").waits("01-16 09:00").now("01-16 09:00", level)[Kind.RESOLUTION]

    assert segments(clock, OFFICE, at("01-16 09:00")) == ()
