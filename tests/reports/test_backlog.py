"""What waits at the end of a period, and for how long."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.reports.made import DAY, HOUR, NOVEMBER, START, facts, november, told, value, view
from tix.record import replace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.reports.made import Thing

END = START + 30 * DAY


def _stay(status: str, since: int, until: int = 0) -> Thing:
    return "stays", {"status": status, "since": since, "until": until}


def test_the_backlog_is_what_is_not_done_at_the_end_of_the_period():
    cell = november(
        (_stay("new", START),),
        (_stay("open", START, END),),
        (_stay("open", START, END - 1), _stay("resolved", END - 1)),
        (_stay("resolved", START, END + 5), _stay("open", END + 5)),
        (_stay("pending", START - DAY),),
    )

    assert value("backlog", cell) == 3
    assert value("actionable", cell) == 2


def test_of_a_period_that_is_not_over_the_backlog_is_that_of_now():
    now = replace(NOVEMBER, as_of=NOVEMBER.since)
    seen = view(facts((_stay("new", START),), (_stay("new", START + 1),)), now)

    assert value("backlog", seen.cell()) == 1


def test_what_flows_in_and_out_makes_the_difference_of_two_backlogs():
    days = replace(NOVEMBER, by="day")
    seen = view(
        facts(
            *[(_stay("open", START + n * DAY, START + 2 * n * DAY),) for n in range(1, 10)],
        ),
        days,
    )
    levels = [value("backlog", cell) for cell in seen.cells()]

    assert levels[:12] == [0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 4, 4]


def test_ages_count_from_when_the_customer_first_wrote():
    days_old = [0.5, 2, 5, 10, 29.9]
    tickets = [
        (("tickets", {"asked_at": int(END - 1 - age * DAY)}), _stay("open", START))
        for age in days_old
    ]
    cell = november(*tickets)
    names = ("under_1d", "1d_3d", "3d_7d", "7d_30d", "over_30d")

    assert [value(f"backlog_{name}", cell) for name in names] == [1, 1, 1, 2, 0]
    assert value("backlog_age_p50", cell) == 5 * DAY


def test_who_wrote_nothing_is_as_old_as_the_ticket():
    cell = november((("tickets", {"created_at": END - 1 - HOUR}), _stay("open", START)))

    assert value("backlog_age_p50", cell) == HOUR


def test_waiting_counts_from_the_oldest_message_that_nobody_has_answered():
    waiting = [
        (("turns", {"opened_at": END - 1 - hours * HOUR}), _stay("open", START))
        for hours in (1, 2, 6)
    ]
    answered: Sequence[Thing] = (("tickets", {"asked_at": START, "first_at": START + 1}),)
    cell = november(*waiting, (*answered, _stay("answered", START)))

    assert told("waiting_p50", cell)[:2] == (2 * HOUR, 3)
    assert told("waiting_max", cell)[:2] == (6 * HOUR, 3)
    assert value("waiting_p50", november()) is None


def test_who_was_answered_after_the_period_waited_at_its_end():
    cell = november(
        (("tickets", {"asked_at": END - HOUR, "first_at": END + HOUR}), _stay("new", START)),
        (("turns", {"opened_at": END - 2 * HOUR, "closed_at": END}), _stay("open", START)),
        (("turns", {"opened_at": END - DAY, "closed_at": END - 1}), _stay("answered", START)),
        (("turns", {"opened_at": END}), _stay("open", START)),
    )

    assert told("waiting_max", cell)[:2] == (2 * HOUR - 1, 2)


def test_days_of_work_are_the_actionable_backlog_over_what_a_working_day_resolves():
    resolved = [(("flow", {"at": END - n * DAY, "kind": "resolved"}),) for n in range(1, 11)]
    long_ago = (("flow", {"at": END - 29 * DAY, "kind": "resolved"}),)
    cell = november(*resolved, long_ago, *[(_stay("open", START),)] * 5)

    # 3 to 30 November has 20 working days; 10 tickets resolved make half a ticket a day.
    assert value("days_of_work", cell) == 10
    assert told("days_of_work", november((_stay("open", START),)))[:2] == (None, 0)
