"""Alerts: what is late, what was told of it, and what is told again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tix.domain.alert import (
    Alerts,
    Check,
    Item,
    Order,
    Owed,
    Quiet,
    Told,
    graded,
    is_late,
    is_new,
    item_of,
    keys_of,
    loud_again,
    marked,
    noted,
    quiet_of,
    steps_of,
    to_tell,
)
from tix.domain.sla.clock import Clock, State
from tix.domain.sla.policy import Kind
from tix.domain.ticket import Ticket
from tix.record import replace

START = datetime(2026, 11, 23, 8, tzinfo=UTC)
HOUR = timedelta(hours=1)
TICKET = Ticket(7, "Refund", START, START)


def clock(state: State = State.BREACHED, kind: Kind = Kind.FIRST, left: float = -1) -> Clock:
    return Clock(
        kind,
        state,
        "standard",
        1,
        "high",
        "business",
        4 * HOUR,
        START,
        None,
        START + 4 * HOUR,
        left * HOUR,
        reached=("80%",) if state is not State.RUNNING else (),
    )


def test_a_window_decides_what_is_at_risk_and_nothing_else():
    running, risky, paused, broken = (
        clock(State.RUNNING, left=0.5),
        clock(State.AT_RISK, left=0.5),
        clock(State.PAUSED, left=0.5),
        clock(State.BREACHED),
    )

    assert graded(running, HOUR).state is State.AT_RISK
    assert graded(risky, HOUR / 4).state is State.RUNNING
    assert [graded(one, HOUR) for one in (paused, broken)] == [paused, broken]


def test_late_is_what_runs_and_is_breached_or_at_risk():
    ended = clock()._replace(stopped_at=START)

    states = (State.BREACHED, State.AT_RISK, State.RUNNING, State.PAUSED)
    assert [is_late(clock(state)) for state in states] == [True, True, False, False]
    assert not is_late(ended)


def test_a_step_is_told_once_and_again_after_a_while_unless_somebody_knows():
    late = [clock(State.AT_RISK, left=0.5)]
    fresh = Alerts(7)
    told = noted(fresh, late, START)

    assert to_tell(fresh, late, START) == tuple(late)
    assert to_tell(told, late, START + HOUR) == ()
    assert to_tell(told, late, START + HOUR, HOUR) == tuple(late)
    assert to_tell(noted(told, late, START, acked=True), late, START + HOUR, HOUR) == ()
    assert to_tell(told, [clock()], START) == (clock(),)
    assert not is_new(told, late[0])


def test_who_knew_of_a_risk_is_told_of_the_breach_and_reminded_of_it():
    known = noted(Alerts(7), [clock(State.AT_RISK, left=0.5)], START, acked=True)

    told = noted(known, [clock()], START + HOUR)

    assert told.of(clock()) == Told(
        "first", START, ("80%", "at_risk", "breach"), START + HOUR, acked=False
    )


def test_a_silence_ends_at_its_time():
    silent = Alerts(7, silent_until=START + HOUR)

    assert to_tell(silent, [clock()], START) == ()
    assert to_tell(silent, [clock()], START + HOUR) == (clock(),)


def test_of_each_kind_of_clock_the_latest_is_known():
    later = clock()._replace(started_at=START + HOUR)
    told = noted(noted(Alerts(7), [clock()], START), [later], START)

    assert [one.started_at for one in told.told] == [START + HOUR]
    assert told.of(clock()) == Told("first", START)


def test_an_item_is_about_the_worst_clock_and_has_all():
    risky, broken = clock(State.AT_RISK, Kind.RESOLUTION, 0.5), clock()

    item = item_of(TICKET, None, [risky, broken], Alerts(7))

    assert item == Item(TICKET, None, broken, (broken, risky))
    assert item_of(TICKET, None, [], Alerts(7)) is None
    known = noted(Alerts(7), [broken], START, acked=True)
    assert item_of(TICKET, None, [broken], known) == Item(
        TICKET, None, broken, (broken,), is_new=False, is_acked=True
    )


def test_keys_name_each_step_and_mark_what_may_have_been_told():
    item = Item(TICKET, None, clock(), (clock(),))
    keys = keys_of(item)

    assert keys == ("7 first 2026-11-23T08:00:00 80%", "7 first 2026-11-23T08:00:00 breach")
    assert [one.is_repeated for one in marked([item], {keys[1]: 1})] == [True]
    assert [one.is_repeated for one in marked([item], {"8": 1})] == [False]
    order = Order(item, Owed("notify", "boss", "first", START))
    assert order.key == "7 first 2026-11-23T08:00:00 notify boss"
    assert steps_of(clock(State.AT_RISK)) == {"80%", "at_risk"}


def test_the_state_of_a_check_is_its_worst():
    risky, broken = (
        Item(TICKET, None, clock(state), ()) for state in (State.AT_RISK, State.BREACHED)
    )
    paused = Item(TICKET, None, clock(State.PAUSED), ())

    assert Check(START).state is State.RUNNING
    assert Check(START, (risky,)).state is State.AT_RISK
    assert Check(START, (risky, broken)).state is State.BREACHED
    assert paused.clock.state is State.PAUSED


def test_what_is_quiet_are_the_clocks_that_somebody_knows_of_and_the_silence():
    alerts = noted(Alerts(7), [clock()], START, acked=True)

    assert quiet_of(Alerts(7)) == Quiet()
    assert quiet_of(replace(alerts, silent_until=START)) == Quiet(("first",), START)


def test_taken_back_an_acknowledgement_leaves_what_the_checker_told_since():
    before = Alerts(7, (Told("resolution", START),))
    made = noted(before, [clock()], START, acked=True)
    assert loud_again(made, before, made) == before
    assert loud_again(before, made, before) == made

    since = noted(made, [clock()], START + HOUR)
    told_since = loud_again(since, before, made)
    assert told_since.of(clock()) == replace(since.of(clock()), acked=False)
    assert loud_again(told_since, made, before) == since


def test_a_clock_that_was_forgotten_since_stays_forgotten():
    made = noted(Alerts(7), [clock()], START, acked=True)

    assert loud_again(Alerts(7), Alerts(7), made) == Alerts(7)
    told = noted(Alerts(7), [clock()], START)
    assert loud_again(Alerts(7), told, made) == Alerts(7)


def test_what_was_not_told_since_is_news_again_also_if_its_breach_was_flagged():
    made = noted(Alerts(7), [clock()], START, acked=True)
    flagged = made.with_told(replace(made.of(clock()), flagged=True))
    undone = loud_again(flagged, Alerts(7), made)

    assert undone == Alerts(7, (Told("first", START, flagged=True),))
    assert is_new(undone, clock())


def test_what_was_told_since_of_another_clock_stays():
    other = clock(kind=Kind.RESOLUTION)
    before = noted(Alerts(7), [other], START)
    made = noted(before, [clock()], START, acked=True)
    since = noted(made, [other], START + HOUR)

    assert loud_again(since, before, made) == noted(before, [other], START + HOUR)


def test_taken_back_a_silence_leaves_another_one():
    silent = Alerts(7, silent_until=START + HOUR)
    longer = Alerts(7, silent_until=START + 2 * HOUR)

    assert loud_again(silent, Alerts(7), silent) == Alerts(7)
    assert loud_again(longer, Alerts(7), silent) == longer
