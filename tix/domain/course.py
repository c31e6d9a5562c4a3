"""The course of a ticket: the little that its clocks need of its history, kept on its head.

``follow`` takes in one event after the other, like ``evolve``. What a clock shows is never
kept: it follows from the course, the promises and the time (``tix.domain.sla.clock``).
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from tix.codec import decode
from tix.domain.status import Status
from tix.record import NamedTuple, Record

if TYPE_CHECKING:
    from typing import Protocol

    from tix.domain.event import Event

    class Head(Protocol):
        """What ``follow`` looks at; every ticket has it."""

        @property
        def status(self) -> Status: ...
        @property
        def substatus(self) -> str | None: ...
        @property
        def priority(self) -> str: ...
        @property
        def waiting_since(self) -> datetime | None: ...
        @property
        def answered_at(self) -> datetime | None: ...
        @property
        def snoozed_until(self) -> datetime | None: ...


DONE = "resolved"
TAKEN_BACK = ("undone", "released")

_SAID = ("received", "replied")
_WATCHED = frozenset(
    ("answered_at", "priority", "sla", "snoozed_until", "status", "substatus", "waiting_since")
)
_DONE = (Status.RESOLVED, Status.CLOSED)


class Applied(NamedTuple):
    """A level as it was put on a ticket, with its version and that of its calendar."""

    level: str
    version: int = 1
    calendar: int = 1


class Term(NamedTuple):
    """What has been promised since *at*."""

    at: datetime
    priority: str
    sla: Applied | None


class Stay(NamedTuple):
    """Time that a ticket spent in a state which may pause clocks; *until* may be to come."""

    state: str
    since: datetime
    until: datetime | None = None


class Course(Record):
    """What the clocks of a ticket depend on, beside its head.

    *asked_at* is the customer's first message, *turn_at* the oldest one that no person has
    answered, *told_at* our last public message.
    """

    asked_at: datetime | None = None
    turn_at: datetime | None = None
    told_at: datetime | None = None
    terms: tuple[Term, ...] = ()
    stays: tuple[Stay, ...] = ()


def follow(course: Course, event: Event, ticket: Head) -> Course:
    """Return *course* after *event*, which made *ticket* what it is."""
    if _WATCHED.isdisjoint(event.changes):
        return course
    turn_at, told_at = course.turn_at, course.told_at
    if not (event.kind in _SAID and _is_automatic(event)):
        if "answered_at" in event.changes:
            told_at = ticket.answered_at
        # A ticket that takes in another one keeps the clock it has.
        if "waiting_since" in event.changes and not (turn_at and event.kind == "absorbed"):
            turn_at = ticket.waiting_since
    return Course(
        course.asked_at or turn_at,
        turn_at,
        told_at,
        _promised(course.terms, event, ticket.priority),
        _stayed(course.stays, event, ticket),
    )


def state_of(ticket: Head) -> str:
    """Return the state that a policy may name; empty if there is work to do."""
    if ticket.status is Status.PENDING:
        return f"pending:{ticket.substatus or 'customer'}"
    if ticket.status is Status.POSTPONED:
        return "postponed"
    return DONE if ticket.status in _DONE else ""


def _promised(terms: tuple[Term, ...], event: Event, priority: str) -> tuple[Term, ...]:
    """Return the terms after *event*; they begin with the first level that is applied."""
    sla = terms[-1].sla if terms else None
    if "sla" in event.changes:
        after = event.changes["sla"][1]
        sla = None if after is None else decode(Applied, after)
    if not terms and sla is None:
        return ()
    if terms and (terms[-1].priority, terms[-1].sla) == (priority, sla):
        return terms
    at = max(event.at, terms[-1].at) if terms else event.at
    return (*(term for term in terms if term.at < at), Term(at, priority, sla))


def _stayed(stays: tuple[Stay, ...], event: Event, ticket: Head) -> tuple[Stay, ...]:
    """Return the stays after *event*.

    What takes a departure back takes the stay up again, and a resolution that is undone
    never was; any other stay has lasted until the event, whatever that is.
    """
    at, state = event.at, state_of(ticket)
    until = ticket.snoozed_until if state else None
    last = stays[-1] if stays else None
    if last and (last.until is None or last.until > at):
        if last.state == state:
            return stays if last.until == until else (*stays[:-1], last._replace(until=until))
        counts = last.since < at and not _unresolves(event, last)
        stays = (*stays[:-1], last._replace(until=at)) if counts else stays[:-1]
    elif last and last.state == state and event.kind in TAKEN_BACK:
        return (*stays[:-1], last._replace(until=until))
    return (*stays, Stay(state, at, until)) if state else stays


def _unresolves(event: Event, stay: Stay) -> bool:
    """Return whether *event* undoes a resolution; one that redoes a reopening counts it."""
    return event.kind == "undone" and stay.state == DONE and "reopened" not in event.changes


def _is_automatic(event: Event) -> bool:
    """Return whether no person wrote it."""
    return bool(event.data.get("automatic")) or event.by.startswith(("rule:", "system"))
