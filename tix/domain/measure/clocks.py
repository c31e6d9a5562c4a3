"""The clocks of a ticket as facts: its first response, its turns, and every promise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.codec import member_decoders
from tix.domain.course import Course, follow
from tix.domain.measure.hours import Hours, seconds
from tix.domain.sla.policy import PAUSES, Kind
from tix.domain.sla.run import WITHDRAWN, Run, runs_of
from tix.domain.ticket import Ticket
from tix.record import NamedTuple, replace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import datetime, timedelta

    from tix.domain.course import Applied
    from tix.domain.event import Event
    from tix.domain.measure.timeline import Row
    from tix.domain.sla.clock import Clock
    from tix.domain.sla.reading import Promises, Reader

    Who = Callable[[int], tuple[str, str]]

_LOOKED_AT = frozenset(
    (
        *("status", "substatus", "before", "reason", "priority", "sla", "waiting_since"),
        *("answered_at", "snoozed_until", "trashed_at", "merged_into", "outbound"),
    )
)


class Watched(NamedTuple):
    """The clocks of a ticket, its course, and its head as far as clocks look at it."""

    runs: tuple[Run, ...]
    course: Course
    ticket: Ticket


class Turn(NamedTuple):
    """From a message that nobody had answered to what ended that; 0 and empty while it is open."""

    opened_at: int
    closed_at: int
    ending: str


def watched(events: Sequence[Event], history: Sequence[Event]) -> Watched:
    """Return what clocks make of *events*, those of *history* that count."""
    steps = tuple(_steps(events))
    runs, course = runs_of(steps)
    *_, (_, ticket) = steps if events is history else _steps(history)
    return Watched(runs, course, ticket)


def _steps(history: Iterable[Event]) -> Iterator[tuple[Event, Ticket]]:
    """Yield the events that touch a clock, each with the ticket after it."""
    decoders = member_decoders(Ticket)
    ticket = None
    for event in history:
        changes = event.changes
        names = _LOOKED_AT.intersection(changes)
        if ticket is not None and not names:
            continue
        after = {name: decoders[name](changes[name][1]) for name in names}
        if ticket is None:
            at = event.at
            ticket = Ticket(id=event.ticket_id, subject="", created_at=at, updated_at=at, **after)
        else:
            ticket = replace(ticket, **after)
        course = follow(ticket.course, event, ticket)
        if course is not ticket.course:
            ticket = replace(ticket, course=course)
        yield event, ticket


def turns(runs: Iterable[Run], kind: Kind) -> list[Turn]:
    """Return the turns in *runs*, the first response or the next ones, that nobody took back."""
    return [
        Turn(seconds(run.started_at), seconds(run.stopped_at) if run.stopped_at else 0, run.ending)
        for run in runs
        if run.kind is kind and run.ending != WITHDRAWN
    ]


def clock_rows(watched: Watched, reader: Reader, now: datetime, who: Who) -> list[Row]:
    """Return the rows of the clocks that ever ran; *who* tells whose one was that stopped then."""
    runs, course, ticket = watched
    if not course.terms:
        return []
    found = reader.ever(runs, course, ticket, now)
    return [clock_row(ticket.id, clock, who) for clock in found]


def clock_row(number: int, clock: Clock, who: Who) -> Row:
    """Return the row of one clock of the ticket with this number."""
    stopped_at = seconds(clock.stopped_at) if clock.stopped_at else 0
    return (
        *(number, clock.kind, clock.level, clock.version, clock.priority, *who(stopped_at)),
        *(seconds(clock.started_at), seconds(clock.due_at) if clock.due_at else 0, stopped_at),
        *(clock.state, _whole(clock.late), _whole(clock.late_business)),
        round(clock.penalty * 100),
    )


def _whole(length: timedelta) -> int:
    return int(length.total_seconds())


class Terms:
    """The hours in which a ticket is measured: those of its level at an instant, else others.

    *known* keeps the hours of each level for all tickets.
    """

    def __init__(
        self,
        course: Course,
        promises: Promises,
        standard: Hours,
        known: dict[Applied, tuple[Hours, tuple[str, ...]]],
    ) -> None:
        self._promises = promises
        self._known = known
        self._standard = standard, PAUSES[Kind.RESOLUTION]
        self._terms = [(seconds(term.at), term.sla) for term in course.terms]

    def hours(self, at: int) -> Hours:
        """Return the hours that count from *at* on."""
        return self._at(at)[0]

    def pauses(self, at: int) -> tuple[str, ...]:
        """Return the states in which the time to a resolution stands, from *at* on."""
        return self._at(at)[1]

    def _at(self, at: int) -> tuple[Hours, tuple[str, ...]]:
        sla = None
        for since, applied in self._terms:
            if since > at:
                break
            sla = applied
        if sla is None:
            return self._standard
        if sla not in self._known:
            self._known[sla] = self._of(sla)
        return self._known[sla]

    def _of(self, sla: Applied) -> tuple[Hours, tuple[str, ...]]:
        promise = self._promises(sla)
        if promise is None:
            return self._standard
        level, calendar = promise
        goal = level.resolution
        pauses = PAUSES[Kind.RESOLUTION] if goal is None or goal.pause is None else goal.pause
        return Hours(calendar), pauses
