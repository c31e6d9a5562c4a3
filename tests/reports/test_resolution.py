"""How long resolutions take, in three modes and three kinds of time, and on what."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.reports.made import DAY, HOUR, NOVEMBER, START, facts, november, told, value, view
from tix.record import replace
from tix.reports.figures import Figure
from tix.reports.resolution import report

if TYPE_CHECKING:
    from typing import Any

    from tests.reports.made import Thing

AS_OF = int(NOVEMBER.as_of.timestamp())
END = START + 30 * DAY


def solved(length: int, cause: Any = "solved", **more: Any) -> tuple[Thing, Thing]:
    """A ticket that was resolved *length* seconds after the beginning of November."""
    at = START + length
    times = {"created_at": START, "resolved_at": at, "first_resolved_at": at}
    lengths = {"total_cal": length, "once_cal": length, "work_cal": length}
    ticket = {**times, **lengths, "status": "resolved", "reason": cause, **more}
    return ("tickets", ticket), ("flow", {"at": at, "kind": "resolved", "cause": cause})


def test_the_three_modes_of_scenario_s():
    """Resolved on Thursday 13:00, reopened on Monday 09:00, resolved at 12:00."""
    first, last = START + 10 * DAY, START + 14 * DAY
    ticket = {
        "created_at": START,
        "status": "resolved",
        "reason": "solved",
        "reopens": 1,
        "first_resolved_at": first,
        "resolved_at": last,
        "reopened_at": last - 3 * HOUR,
        "once_cal": 5 * DAY + 20 * HOUR + 1800,
        "once_biz": 28 * HOUR + 1800,
        "once_net": 11 * HOUR,
        "total_net": 14 * HOUR,
    }
    cycles = [
        ("cycles", {"at": first, "net": 11 * HOUR}),
        ("cycles", {"at": last, "net": 3 * HOUR}),
    ]
    flow = [("flow", {"at": at, "kind": "resolved", "cause": "solved"}) for at in (first, last)]
    cell = november((("tickets", ticket), *cycles, *flow))

    assert value("res_once_cal_p50", cell) == 5 * DAY + 20 * HOUR + 1800
    assert value("res_once_biz_p50", cell) == 28 * HOUR + 1800
    assert value("res_once_net_p50", cell) == 11 * HOUR
    assert value("res_net_p50", cell) == 14 * HOUR
    assert told("res_cycle_net_p50", cell) == Figure(7 * HOUR, 2, waiting=0)


def test_nothing_resolved_has_no_length_and_waits():
    cell = november((("tickets", {"created_at": END - HOUR}),))

    for metric in ("res_cal_p50", "res_once_biz_p50", "res_cycle_net_p50"):
        assert told(metric, cell) == Figure(None, 0, waiting=1, oldest=HOUR)
    assert told("res_work_cal", cell) == Figure(None, 0)


def test_a_ticket_that_is_open_again_has_no_total_but_a_first_resolution():
    again = ("tickets", {"created_at": START, "first_resolved_at": START + 60, "once_cal": 60})
    cell = november((again,))

    assert told("res_cal_p50", cell) == Figure(None, 0, waiting=1, oldest=30 * DAY)
    assert told("res_once_cal_p50", cell) == Figure(60, 1, waiting=0)


@pytest.mark.parametrize("cause", ["duplicate", "wontfix", "inactive"])
def test_a_ticket_that_merely_ended_was_not_resolved(cause: str):
    ended = solved(600, cause)
    cycles = [("cycles", {"at": START + length, "cal": length}) for length in (600, 60)]
    cell = november((*ended, cycles[0]), (*solved(60), cycles[1]))

    assert told("res_cal_p50", cell) == Figure(60, 1, waiting=0)
    assert told("res_once_cal_p50", cell) == Figure(60, 1, waiting=0)
    assert told("res_cycle_cal_p50", cell) == Figure(60, 1, waiting=0)
    assert value("resolved_inactive", cell) == (cause == "inactive")


def test_answered_and_a_reason_that_nobody_gave_are_resolutions():
    cell = november(solved(60, "answered"), solved(120, ""))

    assert told("res_cal_p50", cell) == Figure(90, 2, waiting=0)


def test_a_ticket_that_was_resolved_but_is_spam_now_or_open_is_none():
    cell = november(solved(60, status="open"))

    assert told("res_cal_p50", cell).n == 0


def test_the_time_is_split_into_parts_that_sum_up_to_the_whole():
    parts = {"work_cal": 10, "customer_cal": 20, "third_cal": 30, "postponed_cal": 40}
    cell = november(solved(100, **parts), solved(60))
    found = {part: value(f"res_{part}_cal", cell) for part in ("work", "customer")}

    assert found == {"work": 35, "customer": 10}
    assert told("res_third_cal", cell) == Figure(15, 2)
    assert told("res_postponed_cal", cell) == Figure(20, 2)
    assert value("res_cal_mean", cell) == 35 + 10 + 15 + 20


def test_parts_that_do_not_sum_up_are_an_error_and_no_figure():
    with pytest.raises(AssertionError, match="the parts of 100 seconds sum up to 7"):
        told("res_work_cal", november(solved(100, work_cal=7)))


def test_kaplan_and_meier_count_what_is_open_with_its_age():
    opened = ("tickets", {"created_at": END - 1})
    day = replace(NOVEMBER, as_of=NOVEMBER.until)
    lengths = [solved(1, "solved"), solved(HOUR), solved(DAY), (opened,)]
    cell = view(facts(*lengths), day).cell()

    assert told("res_cal_km", cell) == Figure(HOUR, 4, waiting=1, oldest=1)


def test_kaplan_and_meier_take_what_merely_ended_for_open_until_then():
    cell = november(solved(10), solved(20, "duplicate"), solved(30))

    assert told("res_cal_km", cell) == Figure(30, 3, waiting=0)


def test_the_report_tells_every_mode_apart():
    found = report(view(facts(solved(60)), replace(NOVEMBER, survival=True)))

    assert [section.name for section in found] == ["total", "done", "once", "cycle", "split"]
    assert found[0].metrics[-2:] == ("res_biz_km", "res_cal_km")
    assert found[1].rows[0].figures["resolved"].value == 1
