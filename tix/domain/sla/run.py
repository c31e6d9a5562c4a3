"""When the clocks of a ticket run: from what starts one to what ends it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from tix.domain.course import TAKEN_BACK, Course, Stay, state_of
from tix.domain.sla.policy import Kind
from tix.domain.spoken import answers
from tix.domain.status import Status
from tix.domain.ticket import Ticket, awake, evolve
from tix.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tix.domain.event import Event

ANSWERED, RESOLVED, WITHDRAWN = "answered", "resolved", "withdrawn"
UNANSWERED = "resolved-unanswered"

_DONE = (Status.RESOLVED, Status.CLOSED)
_LEFT = (Status.MERGED, Status.SPAM)


class Run(NamedTuple):
    """A clock between its start and its end; *ending* tells how it came to that.

    Answered is the one good end; with any other the clock is cancelled.
    """

    kind: Kind
    started_at: datetime
    stopped_at: datetime | None = None
    ending: str = ""


def heads(history: Iterable[Event]) -> Iterator[tuple[Event, Ticket]]:
    """Yield each event with the ticket as it was after it."""
    ticket = None
    for event in history:
        ticket = evolve(ticket, event)
        yield event, ticket


def running(ticket: Ticket, course: Course) -> tuple[Run, ...]:
    """Return the clocks that have not ended; the resolution clock of a closed ticket is one.

    Until somebody has answered there is no update to wait for, and no next response.
    """
    if ticket.trashed_at or ticket.status in _LEFT:
        return ()
    runs = []
    first = course.turn_at == course.asked_at and not ticket.outbound
    if course.turn_at and ticket.is_open:
        runs.append(Run(Kind.FIRST if first else Kind.NEXT, course.turn_at, None, ""))
    if course.told_at and ticket.status is not Status.CLOSED:
        runs.append(Run(Kind.UPDATE, course.told_at, None, ""))
    started = course.asked_at or (None if ticket.outbound else ticket.created_at)
    if started:
        runs.append(Run(Kind.RESOLUTION, started, None, ""))
    return tuple(runs)


def runs_of(steps: Iterable[tuple[Event, Ticket]]) -> tuple[tuple[Run, ...], Course]:
    """Return every clock that ever ran, in the order of their beginnings, and the course.

    A clock that goes on because its end was undone is one clock.
    """
    course = Course()
    state: tuple[object, ...] = ()
    found: dict[tuple[Kind, datetime], Run] = {}
    before: dict[tuple[Kind, datetime], Run] = {}
    for event, ticket in steps:
        former, state = state, (ticket.status, ticket.trashed_at)
        if ticket.course is course and state == former:
            continue  # as after most events
        course = ticket.course
        going = {(run.kind, run.started_at): run for run in running(ticket, course)}
        for kind, started_at in before.keys() - going.keys():
            ending = _ending(kind, event, ticket)
            # The call that answered may have begun before the question was written down.
            stopped_at = max(event.at, started_at)
            found[kind, started_at] = Run(kind, started_at, stopped_at, ending)
        found |= going
        before = going
    return tuple(sorted(found.values(), key=lambda run: (run.started_at, run.kind))), course


def stays_until(ticket: Ticket, course: Course, now: datetime) -> tuple[Stay, ...]:
    """Return the stays at *now*, also if the time of a ticket has come and no event tells it."""
    stays = course.stays
    if not stays or stays[-1].until is None or stays[-1].until > now:
        return stays
    state = state_of(awake(ticket, now))
    return (*stays, Stay(state, stays[-1].until)) if state else stays


def _ending(kind: Kind, event: Event, ticket: Ticket) -> str:
    """Return how a clock ends that *event* ended."""
    if event.kind in TAKEN_BACK:
        return WITHDRAWN
    if ticket.trashed_at:
        return "trashed"
    if ticket.status in _LEFT:
        return ticket.status.value
    if answers(event) or ticket.status is Status.ANSWERED:
        return ANSWERED
    if ticket.status not in _DONE:
        return WITHDRAWN
    return UNANSWERED if kind is Kind.FIRST else RESOLVED
