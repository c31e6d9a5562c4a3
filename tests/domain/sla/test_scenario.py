"""Scenario S and the pauses of the design, figure by figure."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.domain.sla.cases import GOLD, HOUR, OFFICE, Life, at, used
from tix.domain.calendar import standard
from tix.domain.course import Stay
from tix.domain.sla.clock import Clock, State
from tix.domain.sla.policy import Goal, Kind, Length, Level
from tix.domain.sla.way import Way
from tix.domain.status import Status
from tix.record import replace

END = "01-26 12:00"


def scenario() -> Life:
    life = Life("01-16 16:30").answers("01-19 10:15").asks("01-19 14:00").asks("01-19 15:00")
    life.answers("01-20 09:30", status=Status.PENDING).asks("01-22 11:00")
    life.answers("01-22 13:00", status=Status.RESOLVED).asks("01-26 09:00")
    return life.answers(END, status=Status.RESOLVED)


def mode(name: str, base: str = "business", pause: tuple[str, ...] | None = None) -> Level:
    return replace(GOLD, resolution=Goal({"normal": "16h"}, base, pause, name))


def first(kind: Kind, *levels: Level) -> Clock:
    return next(clock for clock in scenario().ever(END, *levels) if clock.kind is kind)


def length(clock: Clock) -> timedelta:
    assert clock.stopped_at
    return clock.stopped_at - clock.started_at


def test_the_first_response_took_2_d_17_45_and_1_45_of_working_time():
    clock = first(Kind.FIRST)

    assert (length(clock), used(clock)) == (timedelta(days=2, hours=17, minutes=45), 1.75 * HOUR)


def test_the_first_response_with_a_target_of_4_h_was_due_on_monday_at_12_30_and_met():
    clock = first(Kind.FIRST)

    assert (clock.due_at, clock.state) == (at("01-19 12:30"), State.MET)
    assert (clock.met_at, clock.breached_at) == (at("01-19 10:15"), None)


def test_the_next_responses_took_3_30_and_2_and_3_hours_from_the_oldest_message():
    turns = [clock for clock in scenario().ever(END) if clock.kind is Kind.NEXT]

    assert [(length(turn), used(turn)) for turn in turns] == [
        (19.5 * HOUR, 3.5 * HOUR),
        (2 * HOUR, 2 * HOUR),
        (3 * HOUR, 3 * HOUR),
    ]


@pytest.mark.parametrize(
    ("level", "took", "worked"),
    [
        (mode("first"), timedelta(days=5, hours=20.5), 11 * HOUR),
        (mode("first", pause=()), timedelta(days=5, hours=20.5), 28.5 * HOUR),
        (mode("total"), timedelta(days=9, hours=19.5), 14 * HOUR),
        (mode("resume"), timedelta(days=9, hours=19.5), 14 * HOUR),
    ],
)
def test_the_resolution_took_what_each_mode_says(level: Level, took: timedelta, worked: timedelta):
    clock = first(Kind.RESOLUTION, level)

    assert (length(clock), used(clock)) == (took, worked)


def test_it_was_pending_for_17_30_of_working_time():
    (pending,) = (stay for stay in scenario().course.stays if stay.state == "pending:customer")

    assert pending.until
    assert OFFICE.elapsed(pending.since, pending.until) == 17.5 * HOUR


def test_a_resolution_within_16_h_was_due_on_tuesday_at_16_30_without_pauses_and_breached():
    clock = first(Kind.RESOLUTION, mode("first", pause=()))

    assert (clock.due_at, clock.state) == (at("01-20 16:30"), State.BREACHED)
    assert (clock.met_at, clock.breached_at) == (None, at("01-20 16:30"))


def test_a_resolution_within_16_h_was_due_on_friday_at_10_with_its_pause_and_met():
    clock = first(Kind.RESOLUTION, mode("first"))

    assert (clock.due_at, clock.state) == (at("01-23 10:00"), State.MET)


def test_it_was_reopened_once():
    assert scenario().ticket.reopened == 1


def test_v12_a_pause_leaves_4_hours():
    pause = Stay("pending:customer", at("01-19 12:00"), at("01-21 10:00"))
    way = Way(at("01-19 09:00"), OFFICE, "business", (pause,))

    due, left = way.reach(Length(4 * 3600))

    assert (due, left) == (at("01-21 11:00"), timedelta())
    assert way.remaining(at("01-21 11:00"), at("01-21 10:30")) == HOUR / 2


def test_calendars_in_other_zones_count_their_own_hours():
    tokyo = standard("Asia/Tokyo")
    life = Life("01-16 16:30")

    assert life.now("01-16 16:30", calendar=tokyo)[Kind.FIRST].due_at == at("01-19 05:00")
