"""How long customers waited for the first answer and for the next ones, and who still waits."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tests.reports.made import DAY, HOUR, NOVEMBER, START, facts, november, told, value, view
from tix.record import replace
from tix.reports.figures import Figure
from tix.reports.response import report

if TYPE_CHECKING:
    from typing import Any

    from tests.reports.made import Thing

MINUTES = (5, 12, 18, 22, 30, 41, 55, 75, 120, 960)
"""Check values of docs/metrics.md, Statistics."""

AS_OF = int(NOVEMBER.as_of.timestamp())
END = START + 30 * DAY


def first(cal: int, biz: int = 0, ending: str = "answered", **more: Any) -> Thing:
    """A ticket whose first response clock ended after *cal* seconds."""
    times = {"asked_at": START, "first_at": START + cal, "first_cal": cal, "first_biz": biz}
    return "tickets", {"created_at": START, **times, "first_ending": ending, **more}


def turn(cal: int, biz: int = 0, ending: str = "answered", opened_at: int = START) -> Thing:
    times = {"opened_at": opened_at, "closed_at": opened_at + cal, "cal": cal, "biz": biz}
    return "turns", {**times, "ending": ending}


def test_the_first_response_has_the_percentiles_of_ten_samples():
    cell = november(*((first(60 * minutes, 6 * minutes),) for minutes in MINUTES))

    assert told("frt_cal_p50", cell) == Figure(2130, 10, waiting=0)
    assert told("frt_cal_p75", cell) == Figure(4200, 10, waiting=0)
    assert told("frt_cal_p90", cell) == Figure(12_240, 10, waiting=0)
    assert told("frt_cal_mean", cell) == Figure(8028, 10, waiting=0)
    assert told("frt_biz_p50", cell) == Figure(213, 10, waiting=0)


def test_a_percentile_is_blank_where_too_few_carry_it():
    cell = november(*((first(60),) for _ in range(9)))

    assert told("frt_cal_p90", cell) == Figure(None, 9, waiting=0)
    assert told("frt_cal_p95", cell) == Figure(None, 9, waiting=0)
    assert value("frt_cal_p75", cell) == 60


def test_nothing_has_no_first_response():
    cell = november()

    for metric in ("frt_cal_p50", "frt_biz_mean", "nrt_cal_p50", "nrt_worst_cal_p50"):
        assert told(metric, cell) == Figure(None, 0, waiting=0)
    assert told("frt_cal_km", cell) == Figure(None, 0, waiting=0)


def test_resolved_without_an_answer_is_no_response_and_a_count_of_its_own():
    cell = november((first(60),), (first(3600, ending="resolved-unanswered"),))

    assert told("frt_cal_p50", cell) == Figure(60, 1, waiting=0)
    assert value("resolved_unanswered", cell) == 1


def test_what_still_waits_stands_beside_every_average():
    waits = "tickets", {"created_at": START, "asked_at": END - HOUR}
    later = "tickets", {"created_at": START, "asked_at": END + HOUR}
    answered = {"asked_at": END - DAY, "first_at": END + DAY, "first_ending": "answered"}
    cell = november((first(60),), (waits,), (later,), (("tickets", answered),))

    assert told("frt_cal_p50", cell) == Figure(60, 1, waiting=2, oldest=DAY)
    assert value("frt_waiting", cell) == 2
    assert told("frt_oldest", cell) == Figure(DAY, 2)


def test_nobody_waits_longest_where_nobody_waits():
    assert told("frt_oldest", november()) == Figure(None, 0)
    assert told("nrt_oldest", november()) == Figure(None, 0)


def test_a_period_that_is_not_over_ends_when_it_is_looked_at():
    now = datetime(2026, 11, 2, 11, tzinfo=UTC)
    waits = "tickets", {"asked_at": int(now.timestamp()) - HOUR}
    to_come = "tickets", {"asked_at": int(now.timestamp()) + HOUR}
    cell = view(facts((waits,), (to_come,)), replace(NOVEMBER, as_of=now)).cell()

    assert told("frt_cal_p50", cell) == Figure(None, 0, waiting=1, oldest=HOUR)


def test_each_turn_that_was_answered_is_a_next_response():
    turns = [turn(60, 6), turn(180, 18), turn(600, 60, "resolved")]
    cell = november((*turns,), (turn(300, 30),))

    assert told("nrt_cal_p50", cell) == Figure(180, 3, waiting=0)
    assert told("nrt_biz_mean", cell) == Figure(18, 3, waiting=0)


def test_the_worst_turn_of_a_ticket_stands_for_it():
    cell = november((turn(60, 600), turn(180, 18)), (turn(300, 30), turn(9, 9, "resolved")))

    assert told("nrt_worst_cal_p50", cell) == Figure(240, 2, waiting=0)
    assert told("nrt_worst_biz_p50", cell) == Figure(315, 2, waiting=0)


def test_turns_that_are_open_wait():
    opened = "turns", {"opened_at": END - HOUR}
    cell = november((turn(60), opened))

    assert told("nrt_cal_p50", cell) == Figure(60, 1, waiting=1, oldest=HOUR)
    assert value("nrt_waiting", cell) == 1
    assert told("nrt_oldest", cell) == Figure(HOUR, 1)


def test_kaplan_and_meier_count_those_that_wait_with_their_age():
    answered = [(first(minutes * 60),) for minutes in (2, 3, 6, 10)]
    waiting = [("tickets", {"asked_at": AS_OF - minutes * 60}) for minutes in (5, 8, 30)]
    until_now = replace(NOVEMBER, until=NOVEMBER.as_of)
    cell = view(facts(*answered, *((one,) for one in waiting)), until_now).cell()

    assert value("frt_cal_p50", cell) == 270
    assert told("frt_cal_km", cell) == Figure(600, 7, waiting=3, oldest=1800)


def test_kaplan_and_meier_take_an_end_without_answer_for_waiting_until_then():
    ended = first(100, 100, "resolved-unanswered")
    cell = november((first(50, 50),), (ended,), (first(200, 200),))

    assert told("frt_cal_km", cell) == Figure(200, 3, waiting=0)
    assert told("nrt_cal_km", november((turn(50), turn(70)))) == Figure(50, 2, waiting=0)


def test_who_waits_in_working_time_waits_while_the_desk_works():
    friday = int(datetime(2026, 11, 27, 15, tzinfo=UTC).timestamp())
    monday = datetime(2026, 11, 30, 9, tzinfo=UTC)
    asked = "tickets", {"asked_at": friday}
    answered = [(first(9, n * HOUR),) for n in (1, 5)]
    cell = view(facts((asked,), *answered), replace(NOVEMBER, as_of=monday)).cell()

    assert told("frt_biz_km", cell) == Figure(
        5 * HOUR, 3, waiting=1, oldest=int(monday.timestamp()) - friday
    )


def test_a_first_response_belongs_to_the_agent_and_department_that_gave_it():
    given = first(
        60, department="billing", agent="ann", first_department="support", first_agent="bob"
    )
    waits = "tickets", {"asked_at": START, "department": "billing", "agent": "ann"}
    tickets = facts((given,), (waits,))

    by = view(tickets, replace(NOVEMBER, group="department"))
    assert told("frt_cal_p50", by.cell(0, "support")) == Figure(60, 1, waiting=0)
    assert told("frt_cal_p50", by.cell(0, "billing")) == Figure(None, 0, waiting=1, oldest=30 * DAY)
    by = view(tickets, replace(NOVEMBER, group="agent"))
    assert value("frt_cal_p50", by.cell(0, "bob")) == 60


def test_the_report_shows_both_bases_side_by_side_and_survival_on_request():
    asked = view(facts((first(60),)), replace(NOVEMBER, survival=True))
    plain, survival = (report(one) for one in (view(facts((first(60),))), asked))

    assert [section.name for section in plain] == ["first", "next", "worst"]
    assert plain[1].metrics == (
        *("nrt_biz_p50", "nrt_cal_p50", "nrt_biz_p75", "nrt_cal_p75"),
        *("nrt_biz_p90", "nrt_cal_p90"),
    )
    assert survival[1].metrics[6:] == ("nrt_biz_km", "nrt_cal_km")
    assert all(section.tall for section in plain)


def test_the_report_has_a_row_for_each_period_and_group_and_the_same_ones_in_each_table():
    tickets = facts((first(60, first_department="support"),), (turn(60), first(9)))
    found = report(view(tickets, replace(NOVEMBER, by="month", group="department")))

    assert {tuple(row.keys for row in section.rows) for section in found} == {
        (("2026-11", "support"), ("2026-11", ""))
    }
    assert not any(section.tall for section in found)
    assert [section.totals is not None for section in found] == [True] * 3
