"""The clocks of promises that agents made themselves: each runs to a time of its own.

No state of the ticket pauses it, and to call a promise off when it is late does not take the
breach back.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from tix.domain.promise import CANCELLED, KEPT, Promise
from tix.domain.sla.clock import Clock, Own, State, marks_reached
from tix.domain.sla.policy import CALENDAR
from tix.domain.status import Status

if TYPE_CHECKING:
    from tix.domain.calendar import Calendar
    from tix.domain.ticket import Ticket

WARNINGS = ("80%",)
"""The marks from which a promise is at risk."""

_SECOND = timedelta(seconds=1)
_LEFT = (Status.MERGED, Status.SPAM, Status.CLOSED)


def promise_clocks(
    ticket: Ticket, calendar: Calendar, now: datetime, warnings: tuple[str, ...] = WARNINGS
) -> tuple[Clock, ...]:
    """Return the clock of each promise on *ticket*, in the order in which they were made.

    One that nobody has to keep, for the ticket is gone, is cancelled. *calendar* tells how
    late a broken one is in working time.
    """
    return tuple(_clock(one, ticket, calendar, now, warnings) for one in ticket.promises)


def _clock(
    promise: Promise, ticket: Ticket, calendar: Calendar, now: datetime, warnings: tuple[str, ...]
) -> Clock:
    stopped_at, ending = _end(promise, ticket)
    end = stopped_at or now
    late = max(end - promise.due_at, timedelta())
    clock = Clock(
        Own.PROMISE,
        _state(promise.due_at, stopped_at, ending, now),
        promise.text,
        promise.number,
        ticket.priority,
        CALENDAR,
        max(promise.due_at - promise.made_at, _SECOND),
        promise.made_at,
        stopped_at,
        promise.due_at,
        promise.due_at - end,
        ending,
    )
    if clock.state is State.BREACHED:
        business = calendar.elapsed(promise.due_at, end)
        clock = clock._replace(late=late, late_business=business)
    return clock if stopped_at else _warned(clock, warnings)


def _end(promise: Promise, ticket: Ticket) -> tuple[datetime | None, str]:
    if promise.ended_at:
        return promise.ended_at, promise.ending
    if ticket.trashed_at:
        return ticket.trashed_at, "trashed"
    if ticket.status in _LEFT:
        return ticket.updated_at, ticket.status.value
    return None, ""


def _state(due_at: datetime, stopped_at: datetime | None, ending: str, now: datetime) -> State:
    if ending not in ("", KEPT, CANCELLED):
        return State.CANCELLED
    if (stopped_at or now) > due_at:
        return State.BREACHED
    if stopped_at is None:
        return State.RUNNING
    return State.MET if ending == KEPT else State.CANCELLED


def _warned(clock: Clock, warnings: tuple[str, ...]) -> Clock:
    reached = marks_reached(warnings, clock.state, clock.target, clock.remaining)
    risky = clock.state is State.RUNNING and bool(reached)
    return clock._replace(reached=reached, state=State.AT_RISK if risky else clock.state)
