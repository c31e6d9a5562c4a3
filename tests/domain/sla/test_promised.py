"""The clocks of promises that agents made."""

from __future__ import annotations

from datetime import UTC, timedelta

import pytest

from tests.domain.sla.cases import HOUR, OFFICE, Life, act, at
from tix.domain import verbs
from tix.domain.promise import CANCELLED, KEPT
from tix.domain.sla.clock import Clock, Own, State
from tix.domain.sla.promised import promise_clocks
from tix.domain.status import Status
from tix.domain.verbs.promising import end_promise, promise
from tix.record import replace

MADE, DUE = "01-16 10:00", "01-19 10:00"


def promising() -> Life:
    """A ticket on which a fix was promised on Friday for Monday."""
    life = Life("01-16 09:00", level=None)
    return life.tell(promise(life.ticket, "fix", at(DUE).astimezone(UTC), act(MADE)))


def clock(life: Life, now: str) -> Clock:
    (found,) = promise_clocks(life.ticket, OFFICE, at(now))
    return found


def ended(when: str, ending: str) -> Life:
    life = promising()
    return life.tell(end_promise(life.ticket, None, ending, act(when)))


def test_a_promise_runs_to_its_own_time_day_and_night():
    assert clock(promising(), "01-17 10:00") == Clock(
        Own.PROMISE,
        State.RUNNING,
        "fix",
        1,
        "normal",
        "calendar",
        72 * HOUR,
        at(MADE),
        None,
        at(DUE),
        48 * HOUR,
    )


def test_a_promise_is_at_risk_when_most_of_its_time_is_gone():
    found = clock(promising(), "01-19 00:00")

    assert (found.state, found.reached) == (State.AT_RISK, ("80%",))


def test_a_promise_is_kept_up_to_its_last_second():
    assert clock(ended(DUE, KEPT), "01-20 10:00").state is State.MET
    assert clock(promising(), DUE).state is State.AT_RISK


def test_a_promise_that_nobody_kept_is_breached_and_gets_later():
    found = clock(promising(), "01-20 10:00")

    assert (found.state, found.late, found.late_business) == (State.BREACHED, 24 * HOUR, 8 * HOUR)
    assert (found.remaining, found.reached) == (-24 * HOUR, ("80%",))


@pytest.mark.parametrize("ending", [KEPT, CANCELLED])
def test_a_promise_that_ends_late_stays_breached(ending: str):
    found = clock(ended("01-19 11:00", ending), "01-30 10:00")

    assert (found.state, found.stopped_at) == (State.BREACHED, at("01-19 11:00"))
    assert (found.late, found.ending) == (HOUR, ending)


def test_a_promise_that_is_called_off_in_time_is_in_no_figure():
    assert clock(ended("01-19 09:00", CANCELLED), "01-30 10:00").state is State.CANCELLED


def test_nobody_keeps_the_promise_of_a_ticket_that_is_gone():
    trashed = promising()
    trashed.tell(verbs.trash(trashed.ticket, act("01-16 12:00")))
    spam = promising()
    spam.tell(verbs.mark_spam(spam.ticket, act("01-16 12:00")))

    for life, ending in ((trashed, "trashed"), (spam, "spam")):
        found = clock(life, "01-30 10:00")
        assert (found.state, found.ending) == (State.CANCELLED, ending)
        assert found.stopped_at == at("01-16 12:00")


def test_a_ticket_that_waits_does_not_pause_a_promise():
    found = clock(promising().waits("01-16 12:00"), "01-20 10:00")

    assert found.state is State.BREACHED


def test_a_promise_for_the_very_moment_has_a_target_all_the_same():
    made = promising().ticket.promises[0]
    ticket = replace(promising().ticket, promises=(replace(made, due_at=made.made_at),))

    (found,) = promise_clocks(ticket, OFFICE, at(MADE))

    assert found.target == timedelta(seconds=1)
    assert ticket.status is Status.NEW
