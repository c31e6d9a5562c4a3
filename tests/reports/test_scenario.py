"""Scenario S, the example of docs/metrics.md, from its history to the figures."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.domain.sla.cases import GOLD, OFFICE, Life, at, promises
from tests.reports.made import NOVEMBER, value, view
from tix.domain.facts import gather
from tix.domain.measure import measure
from tix.record import replace

if TYPE_CHECKING:
    from tix.reports.view import Cell

S = (
    Life("01-16 16:30")
    .answers("01-19 10:15")
    .asks("01-19 14:00")
    .asks("01-19 15:00")
    .answers("01-20 09:30")
    .waits("01-20 09:30")
    .asks("01-22 11:00")
    .answers("01-22 13:00")
    .resolves("01-22 13:00")
    .asks("01-26 09:00")
    .answers("01-26 12:00")
    .resolves("01-26 12:00")
)


def january(as_of: str = "02-10 12:00") -> Cell:
    history = [event for event, _ in S.steps if event.at <= at(as_of)]
    found = gather([measure(history, promises(GOLD), at(as_of), OFFICE)])
    scope = replace(NOVEMBER, since=at("01-01 00:00"), until=at("02-01 00:00"), as_of=at(as_of))
    return view(found, scope).cell()


def length(text: str) -> float:
    hours, minutes = map(int, text.split(":"))
    return timedelta(hours=hours, minutes=minutes).total_seconds()


@pytest.mark.parametrize(
    ("metric", "expected"),
    [
        ("frt_cal_p50", "65:45"),
        ("frt_biz_p50", "1:45"),
        ("nrt_biz_p50", "3:00"),
        ("nrt_cal_p50", "3:00"),
        ("nrt_worst_cal_p50", "19:30"),
        ("nrt_worst_biz_p50", "3:30"),
        ("res_once_cal_p50", "140:30"),
        ("res_once_biz_p50", "28:30"),
        ("res_once_net_p50", "11:00"),
        ("res_net_p50", "14:00"),
        ("res_customer_biz", "21:15"),
    ],
)
def test_its_times_are_those_of_the_design(metric: str, expected: str):
    assert value(metric, january()) == length(expected)


def test_it_was_solved_within_seven_days_and_is_reopened_once_and_no_first_contact():
    cell = january()

    assert value("fcr", cell) == 0
    assert value("reopen_rate", cell) == 1
    assert value("reopens_customer", cell) == 1
    assert value("resolution_rate", cell) == 1


def test_its_first_promise_was_kept_and_that_of_the_resolution_too():
    cell = january()

    assert value("sla_first", cell) == 1
    assert value("sla_resolution", cell) == 1


def test_before_it_was_reopened_it_had_a_total():
    cell = january("01-25 12:00")

    assert value("res_net_p50", cell) == length("11:00")
    assert value("res_net_p50", january("01-26 09:30")) is None
