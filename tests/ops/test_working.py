"""Time spent on tickets: entries and timers as operations."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.ops.desks import START, history, make_desk, meaning, opened, ticket
from tix.domain.ticket import Timer
from tix.errors import NotFound, Refused, TicketNotFound, UsageError
from tix.ops.tickets import joining, moves, working
from tix.ops.undo import undo

if TYPE_CHECKING:
    from tests.ops.desks import Clock
    from tix.desk import Desk
    from tix.domain.working import Entry


def told(entries: list[Entry]) -> list[tuple[int, str, int, str, bool]]:
    return [(e.ticket_id, e.by, e.seconds, e.source, e.runs) for e in entries]


def test_time_is_an_operation_that_can_be_taken_back(desk: Desk):
    number = opened(desk)

    change = working.work(meaning(desk, why="late"), number, 1500, note="called")

    assert (change.operation, change.ids) == ("time", (number,))
    assert history(desk, number)[-1].cause == "late"
    assert ticket(desk, number).worked == 1500
    undo(desk)
    assert ticket(desk, number).worked == 0
    assert working.spent(desk, number) == []


def test_time_is_told_of_when_it_was(desk: Desk, clock: Clock):
    number = opened(desk)
    clock.move(hours=2)

    working.work(desk, number, 60, at=START + timedelta(hours=1))

    event = history(desk, number)[-1]
    assert (event.at, event.recorded_at) == (START + timedelta(hours=1), clock.at)
    with pytest.raises(UsageError, match="time spent cannot come from the future"):
        working.work(desk, number, 60, at=START + timedelta(hours=3))


def test_time_for_a_merged_ticket_is_spent_on_the_one_it_goes_on_in(desk: Desk, clock: Clock):
    first = opened(desk)
    clock.move(hours=1)
    second = opened(desk)
    joining.merge(desk, [first], second)

    change = working.work(desk, first, 60, at=START)

    assert [notice.code for notice in change.notices] == ["merged"]
    assert (ticket(desk, first).worked, ticket(desk, second).worked) == (0, 60)


def test_a_timer_is_stopped_wherever_it_runs(desk: Desk, clock: Clock):
    number = opened(desk)
    assert working.start(desk, number).operation == "time start"
    clock.move(minutes=5)
    assert told(working.timers(desk)) == [(number, "agent:alice", 300, "timer", True)]

    change = working.stop(desk, note="found it")

    assert (change.operation, change.ids) == ("time stop", (number,))
    assert working.timers(desk) == []
    assert told(working.spent(desk, number)) == [(number, "agent:alice", 300, "timer", False)]
    undo(desk)
    assert ticket(desk, number).timers == (Timer("alice", START),)
    with pytest.raises(NotFound, match="alice has no timer on ticket 2"):
        working.stop(desk, opened(desk))


def test_an_agent_has_one_timer(desk: Desk, clock: Clock):
    first, second = opened(desk, "First"), opened(desk, "Second")
    working.start(desk, first)
    clock.move(minutes=5)

    assert working.start(desk, first).unchanged == (first,)
    with pytest.raises(Refused) as refused:
        working.start(desk, second)
    assert refused.value.message == "alice has a timer running on ticket 1, 'First'"
    assert refused.value.hint == "tix time --stop, or tix time 2 --start --switch"

    change = working.start(desk, second, switch=True)

    assert change.ids == (first, second)
    assert told(working.timers(desk)) == [(second, "agent:alice", 0, "timer", True)]
    assert ticket(desk, first).worked == 300
    undo(desk)
    assert told(working.timers(desk)) == [(first, "agent:alice", 300, "timer", True)]


def test_timers_of_others_run_on(desk: Desk, clock: Clock):
    first, second = opened(desk), opened(desk)
    working.start(desk, second)
    bob = make_desk(clock, "bob")
    bob.__dict__["store"] = desk.store
    clock.move(minutes=1)
    working.start(bob, first)

    assert [(e.ticket_id, e.by) for e in working.timers(desk)] == [
        (second, "agent:alice"),
        (first, "agent:bob"),
    ]
    working.stop(desk)
    with pytest.raises(NotFound) as missing:
        working.stop(desk)
    assert missing.value.message == "no timer of alice is running"
    assert missing.value.hint == "tix time ID --start"


def test_a_timer_on_a_ticket_that_was_closed_is_stopped_by_name(desk: Desk, clock: Clock):
    number = opened(desk)
    working.start(desk, number)
    moves.resolve(desk, [number], close=True)
    clock.move(minutes=5)

    assert working.timers(desk) == []
    assert len(working.spent(desk, number)) == 1
    working.stop(desk, number, seconds=60)
    assert (ticket(desk, number).timers, ticket(desk, number).worked) == ((), 60)


def test_a_timer_that_was_forgotten_is_not_switched_off_in_passing(desk: Desk, clock: Clock):
    first, second = opened(desk), opened(desk)
    working.start(desk, first)
    clock.move(hours=13)

    with pytest.raises(Refused, match="the timer on ticket 1 has run for 13 h"):
        working.start(desk, second, switch=True)
    assert ticket(desk, second).timers == ()


def test_time_in_the_editor_is_shared_by_the_tickets_of_a_note(desk: Desk):
    numbers = [opened(desk), opened(desk)]

    change = working.edited(desk, numbers, 61.5)

    assert change.ids == (1, 2)
    assert [ticket(desk, number).worked for number in numbers] == [31, 30]
    assert told(working.spent(desk, 1)) == [(1, "agent:alice", 31, "editor", False)]


def test_a_glance_into_the_editor_is_no_time(desk: Desk):
    number = opened(desk)

    change = working.edited(desk, [number], 9.9)

    assert (change.changed, change.op) == ((), None)
    assert len(history(desk, number)) == 1


def test_what_is_not_there_has_no_time(desk: Desk):
    with pytest.raises(TicketNotFound):
        working.spent(desk, 9)
    with pytest.raises(TicketNotFound):
        working.work(desk, 9, 60)
