"""Time spent on tickets: entries, timers, and what a text in the editor counts."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.tickets import START, Story, act
from tix.domain import verbs
from tix.domain.event import Event
from tix.domain.ticket import Timer, fold
from tix.domain.undo import reverse
from tix.domain.verbs.working import dated, start_timer, stop_timer, work
from tix.domain.working import Entry, editing_shares, entries, running, seconds_of
from tix.errors import Conflict, NotFound, Refused, TransitionRefused, UsageError
from tix.record import replace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tix.domain.ticket import Ticket

    Step = Callable[[Ticket, verbs.Act], Iterable[Event]]

HOUR_S = 3600


def worked(seconds: int, **said: str) -> Step:
    return lambda ticket, by: work(ticket, seconds, by, **said)


def listed(story: Story) -> list[tuple[int, str, str]]:
    return [(e.seconds, e.source, e.note) for e in entries(story.ticket, story.history)]


def test_time_entries_sum_up_on_the_head_of_the_ticket():
    story = Story()
    story.do(worked(1500, note=" Called\nthe bank. "), worked(60, source="call"))

    assert story.ticket.worked == 1560
    assert story.history[1].data["changes"] == {"worked": [0, 1500]}
    assert list(entries(story.ticket, story.history)) == [
        Entry(1, "Refund", "agent:alice", act(1).at, 1500, "manual", "Called the bank."),
        Entry(1, "Refund", "agent:alice", act(2).at, 60, "call"),
    ]


def test_a_correction_takes_time_off_and_leaves_no_less_than_nothing():
    story = Story()
    story.do(worked(600), worked(-200))

    assert (story.ticket.worked, listed(story)[1]) == (400, (-200, "manual", ""))
    assert story.do(worked(-400)).worked == 0
    with pytest.raises(Refused) as refused:
        story.do(worked(-1))
    assert refused.value.message == ("0 s were spent on ticket 1, so 1 s cannot be taken off")


@pytest.mark.parametrize("seconds", [0, 31 * 24 * HOUR_S + 1, -31 * 24 * HOUR_S - 1])
def test_a_time_entry_is_some_time_and_no_more_than_a_month(seconds: int):
    with pytest.raises(UsageError, match="a time entry is from 1 s to 31 days"):
        Story().do(worked(seconds))


def test_a_note_is_a_line_and_not_a_letter():
    with pytest.raises(UsageError, match="at most 500 characters"):
        Story().do(worked(60, note="x" * 501))


def test_no_time_is_spent_on_what_is_in_the_trash():
    story = Story()
    story.do(verbs.trash)

    for step in (worked(60), start_timer, stop_timer):
        with pytest.raises(TransitionRefused, match="ticket 1 is in the trash"):
            story.do(step)


def test_time_can_be_told_of_a_ticket_that_is_closed():
    story = Story()
    story.do(verbs.resolve, verbs.close)

    assert story.do(worked(60)).worked == 60


def test_a_timer_measures_until_it_is_stopped():
    story = Story()

    started = story.do(start_timer)
    assert started.timers == (Timer("alice", act(1).at),)
    assert story.do(start_timer) == started
    assert list(running(started, act(6).at)) == [
        Entry(1, "Refund", "agent:alice", act(1).at, 300, "timer", runs=True)
    ]
    story.tell(stop_timer(story.ticket, act(6), note="found it"))

    assert [event.kind for event in story.history[2:]] == ["timer_stopped", "worked"]
    assert (story.ticket.timers, story.ticket.worked) == ((), 300)
    assert listed(story) == [(300, "timer", "found it")]


def test_each_agent_has_a_timer_of_their_own():
    story = Story()
    story.tell(start_timer(story.ticket, act(1)))
    story.tell(start_timer(story.ticket, act(2, "agent:bob")))

    story.tell(stop_timer(story.ticket, act(3, "agent:bob")))

    assert story.ticket.timers == (Timer("alice", act(1).at),)
    with pytest.raises(NotFound, match="bob has no timer on ticket 1"):
        stop_timer(story.ticket, act(4, "agent:bob"))


def test_a_timer_that_was_forgotten_is_stopped_by_saying_how_long_it_was():
    story = Story()
    story.do(start_timer)
    late = act(1 + 12 * 60)
    assert stop_timer(story.ticket, late)
    late = late._replace(at=late.at + timedelta(seconds=1))

    with pytest.raises(Refused, match="has run for 12 h, so it must have been forgotten") as told:
        stop_timer(story.ticket, late)
    assert told.value.hint == ("say how long it was: tix time 1 --stop --for 45m (0m for nothing)")
    with pytest.raises(UsageError, match="less than nothing"):
        stop_timer(story.ticket, late, seconds=-60)
    assert [e.kind for e in stop_timer(story.ticket, late, seconds=0)] == ["timer_stopped"]
    story.tell(stop_timer(story.ticket, late, seconds=2700))
    assert listed(story) == [(2700, "timer", "")]


def test_a_timer_has_measured_nothing_where_the_clock_was_set_back():
    story = Story()
    story.tell(start_timer(story.ticket, act(10)))

    (entry,) = running(story.ticket, act(5).at)
    assert entry.seconds == 0
    assert [e.kind for e in stop_timer(story.ticket, act(5))] == ["timer_stopped"]


def test_no_timer_runs_on_what_is_settled():
    story = Story()
    story.do(verbs.mark_spam)

    with pytest.raises(TransitionRefused) as refused:
        story.do(start_timer)
    assert refused.value.message == "ticket 1 is spam; no timer can run on it"


def test_time_is_told_of_the_past_but_not_from_before_the_ticket():
    ticket, now = Story().ticket, act(60)
    older = replace(ticket, id=7, created_at=START - timedelta(hours=1))

    assert dated(now, None, "it", ticket) == now
    past = dated(now, act(30).at, "it", ticket)
    assert (past.at, past.recorded_at) == (act(30).at, now.at)
    assert dated(now, older.created_at, "it", ticket, older).at == older.created_at
    with pytest.raises(UsageError, match="it cannot come from the future"):
        dated(now, act(61).at, "it", ticket)
    with pytest.raises(UsageError) as told:
        dated(now, act(-1).at, "it", ticket)
    assert told.value.message == (
        "it at 2026-11-21 18:29 UTC is before ticket 1 was opened, 2026-11-21 18:30 UTC"
    )


def test_undo_takes_one_entry_back_and_leaves_the_others():
    story = Story()
    first = story.tell(work(story.ticket, 600, act(1)))
    second = story.tell(work(story.ticket, 60, act(2)))

    back = story.tell(reverse(story.history, first, act(3)))
    assert (story.ticket.worked, listed(story)) == (60, [(60, "manual", "")])
    story.tell(reverse(story.history, second, act(4)))
    assert (story.ticket.worked, listed(story)) == (0, [])
    story.tell(reverse(story.history, back, act(5)))
    assert (story.ticket.worked, listed(story)) == (600, [(600, "manual", "")])


def test_undo_does_not_take_back_what_a_later_correction_has_taken_off():
    story = Story()
    first = story.tell(work(story.ticket, 600, act(1)))
    story.tell(work(story.ticket, -200, act(2)))

    with pytest.raises(Conflict, match="ticket 1: worked was changed again since then"):
        reverse(story.history, first, act(3))
    story.tell(reverse(story.history, first, act(3), force=True))
    assert story.ticket.worked == 0


def test_undo_lets_a_stopped_timer_run_on():
    story = Story()
    started = story.do(start_timer)
    op = story.tell(stop_timer(story.ticket, act(9)))

    story.tell(reverse(story.history, op, act(10)))

    assert (story.ticket.timers, story.ticket.worked) == (started.timers, 0)


@pytest.mark.parametrize(
    ("seconds", "tickets", "shares"),
    [
        (9.9, 1, (0,)),
        (10, 1, (10,)),
        (754.6, 1, (754,)),
        (4000, 1, (1800,)),
        (101, 3, (34, 34, 33)),
        (5, 2, (0, 0)),
    ],
)
def test_a_text_in_the_editor_counts_from_ten_seconds_to_half_an_hour(
    seconds: float, tickets: int, shares: tuple[int, ...]
):
    assert editing_shares(seconds, tickets) == shares


@pytest.mark.parametrize("seconds", [None, "60", True, 1.5])
def test_an_entry_from_elsewhere_without_whole_seconds_counts_nothing(seconds: Any):
    assert seconds_of(Event("worked", 1, START, "agent:x", data={"seconds": seconds})) == 0


@given(st.lists(st.integers(-5000, 5000).filter(bool), max_size=8), st.integers(1, 8))
def test_the_entries_that_hold_are_the_time_that_was_worked(steps: list[int], undone: int):
    story = Story()
    for seconds in steps:
        with suppress(Refused):
            story.do(worked(seconds))
    if 1 < undone <= len(story.history):
        with suppress(Conflict):
            story.tell(reverse(story.history, undone, story.now))

    assert sum(entry.seconds for entry in entries(story.ticket, story.history)) == (
        fold(story.history).worked
    )
    assert story.ticket.worked >= 0
