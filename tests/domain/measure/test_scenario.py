"""Scenario S of the design, figure by figure, and the vectors that are about measuring."""

from __future__ import annotations

import pytest

from tests.domain.measure.cases import measured, only, second, ticket
from tests.domain.sla.cases import OFFICE, Life, at
from tests.domain.sla.test_scenario import scenario
from tix.domain.calendar import Calendar, standard
from tix.domain.measure.hours import Hours

MINUTE, HOUR, DAY = 60, 3600, 86_400


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("asked_at", second("01-16 16:30")),
        ("first_at", second("01-19 10:15")),
        ("first_cal", 2 * DAY + 17 * HOUR + 45 * MINUTE),
        ("first_biz", HOUR + 45 * MINUTE),
        ("first_ending", "answered"),
        ("first_agent", "alice"),
        ("answers", 4),
        ("first_resolved_at", second("01-22 13:00")),
        ("reopened_at", second("01-26 09:00")),
        ("resolved_at", second("01-26 12:00")),
        ("reopens", 1),
        ("once_cal", 5 * DAY + 20 * HOUR + 30 * MINUTE),
        ("once_biz", 28 * HOUR + 30 * MINUTE),
        ("once_net", 11 * HOUR),
        ("total_cal", 5 * DAY + 23 * HOUR + 30 * MINUTE),
        ("total_biz", 31 * HOUR + 30 * MINUTE),
        ("total_net", 14 * HOUR),
        ("one_contact", 0),
        ("waiting_since", 0),
        ("excluded", ""),
    ],
)
def test_the_ticket_of_scenario_s(column: str, value: int | str):
    assert ticket(scenario())[column] == value


def test_the_turns_of_scenario_s_count_from_the_oldest_message():
    turns = only(measured(scenario())["turns"], "opened_at", "cal", "biz", "ending")

    assert turns == [
        (second("01-19 14:00"), 19.5 * HOUR, 3.5 * HOUR, "answered"),
        (second("01-22 11:00"), 2 * HOUR, 2 * HOUR, "answered"),
        (second("01-26 09:00"), 3 * HOUR, 3 * HOUR, "answered"),
    ]


def test_the_time_of_scenario_s_is_split_by_who_had_to_do_something():
    row = ticket(scenario())

    assert {name: row[name] for name in row if name.endswith("_biz")} == {
        "first_biz": 1.75 * HOUR,
        "once_biz": 28.5 * HOUR,
        "total_biz": 31.5 * HOUR,
        "work_biz": (1.75 + 3.5 + 2 + 3) * HOUR,
        "customer_biz": (3.75 + 17.5) * HOUR,
        "third_biz": 0,
        "postponed_biz": 0,
    }


def test_scenario_s_was_pending_for_17_30_of_working_time():
    (pending,) = [stay for stay in measured(scenario())["stays"] if stay["status"] == "pending"]

    assert Hours(OFFICE).between(pending["since"], pending["until"]) == 17.5 * HOUR


def test_each_stretch_of_scenario_s_is_a_sample_of_its_own():
    assert only(measured(scenario())["cycles"], "at", "cal", "biz", "net", "agent") == [
        (second("01-22 13:00"), 505_800, 28.5 * HOUR, 11 * HOUR, "alice"),
        (second("01-26 12:00"), 3 * HOUR, 3 * HOUR, 3 * HOUR, "alice"),
    ]


def test_the_first_response_of_scenario_s_was_due_on_monday_at_12_30_and_met():
    first = measured(scenario())["clocks"][0]

    assert (first["kind"], first["due_at"], first["state"], first["agent"]) == (
        "first",
        second("01-19 12:30"),
        "met",
        "alice",
    )


def test_scenario_s_flows_from_creation_to_the_second_resolution():
    assert only(measured(scenario())["flow"], "at", "kind", "cause", "agent") == [
        (second("01-16 16:30"), "created", "", ""),
        (second("01-22 13:00"), "resolved", "", "alice"),
        (second("01-26 09:00"), "reopened", "customer", ""),
        (second("01-26 12:00"), "resolved", "", "alice"),
    ]


def test_scenario_s_looked_at_before_its_end_still_waits():
    life = Life("01-16 16:30").answers("01-19 10:15").asks("01-19 14:00").asks("01-19 15:00")
    row = ticket(life, "01-19 16:00")

    assert (row["status"], row["waiting_since"], row["resolved_at"], row["total_biz"]) == (
        "open",
        second("01-19 14:00"),
        0,
        0,
    )


@pytest.mark.parametrize(
    ("since", "until", "worked"),
    [
        ("01-16 16:30", "01-19 09:30", HOUR),  # V6
        ("01-16 12:00", "01-16 12:00", 0),
        ("01-17 12:00", "01-18 12:00", 0),
        ("01-14 12:00", "01-16 16:30", (5 + 8 + 7.5) * HOUR),
    ],
)
def test_working_seconds_lie_within_the_hours(since: str, until: str, worked: float):
    assert Hours(OFFICE).between(second(since), second(until)) == worked


@pytest.mark.parametrize(("day", "length"), [("03-29", 23), ("10-25", 25)])
def test_v7_a_day_is_as_long_as_the_clocks_make_it(day: str, length: int):
    always = Calendar("always", 1, "Europe/Zagreb", (((0, DAY),),) * 7)
    start = second(f"{day} 00:00")

    assert Hours(always).between(start, start + length * HOUR) == length * HOUR
    assert at(f"{day} 00:00").day == at(f"{day} 23:59").day


def test_hours_count_backwards_from_the_day_that_was_asked_for_first():
    hours = Hours(standard("Europe/Zagreb"))

    assert hours.between(second("02-02 09:00"), second("02-03 09:00")) == 8 * HOUR
    assert hours.between(second("01-16 09:00"), second("02-02 09:00")) == 11 * 8 * HOUR
