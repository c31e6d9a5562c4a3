"""Clocks: what was promised for a ticket, until when, and whether it was kept.

They are computed whenever somebody looks, from the ticket's course or its whole history, so
that no figure can go stale. A clock that stops at its due instant has stopped in time.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from tix.domain.calendar import Calendar
from tix.domain.course import DONE, Applied, Course, Stay, Term
from tix.domain.sla.policy import (
    ANY,
    BUSINESS,
    FIRST_TIME,
    PAUSES,
    RESUME,
    Goal,
    Kind,
    Level,
    Mark,
    mark,
)
from tix.domain.sla.run import (
    ANSWERED,
    RESOLVED,
    UNANSWERED,
    Run,
    running,
    runs_of,
    stays_until,
)
from tix.domain.sla.way import Way

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tix.domain.event import Event
    from tix.domain.ticket import Ticket

Promises = Callable[[Applied], tuple[Level, Calendar] | None]

KEPT = (ANSWERED, "solved")
"""How a clock ends by what it waited for, in time or late."""

_NOTHING = timedelta()
_HOUR = timedelta(hours=1)


class Own(StrEnum):
    """The kind of a clock that no level starts."""

    PROMISE = "promise"


class State(StrEnum):
    """How a clock stands."""

    RUNNING = "running"
    AT_RISK = "at_risk"
    PAUSED = "paused"
    BREACHED = "breached"
    MET = "met"
    CANCELLED = "cancelled"
    SUPERSEDED = "superseded"


class Clock(NamedTuple):
    """One promise about one ticket, and what became of it.

    Of an agent's own promise, ``level`` is the text and ``version`` the number. ``due_at``
    is None while it is paused. ``remaining`` is what is left in the base of the promise,
    below nothing after a breach; ``late`` and ``late_business`` are how far a breach went,
    in real and in working time. ``reached`` has the marks that it passed.
    """

    kind: Kind | Own
    state: State
    level: str
    version: int
    priority: str
    base: str
    target: timedelta
    started_at: datetime
    stopped_at: datetime | None
    due_at: datetime | None
    remaining: timedelta
    ending: str = ""
    pauses: tuple[Stay, ...] = ()
    reached: tuple[str, ...] = ()
    late: timedelta = _NOTHING
    late_business: timedelta = _NOTHING
    penalty: float = 0.0

    @property
    def is_open(self) -> bool:
        """True if it still waits for something to happen."""
        return self.stopped_at is None

    @property
    def met_at(self) -> datetime | None:
        """When the promise was kept, None if it was not."""
        return self.stopped_at if self.state is State.MET else None

    @property
    def breached_at(self) -> datetime | None:
        """When the promise was broken, None if it was not."""
        return self.due_at if self.state is State.BREACHED else None


def clocks(
    ticket: Ticket,
    course: Course,
    promises: Promises,
    now: datetime,
    warnings: tuple[str, ...] | None = None,
) -> tuple[Clock, ...]:
    """Return the clocks that a ticket has at *now*, from its head alone.

    A clock has its place until it ends, and that of the resolution for good. *promises*
    finds a level and its calendar by their versions; *warnings* stand in for the level's.
    """
    reader = _Reader(course, ticket, promises, now, warnings=warnings)
    found = (clock for run in running(ticket, course) for clock in reader.clocks(run))
    return tuple(clock for clock in found if clock.state is not State.SUPERSEDED)


def all_clocks(
    steps: Iterable[tuple[Event, Ticket]], promises: Promises, now: datetime
) -> tuple[Clock, ...]:
    """Return every clock that ever ran, ended or not; *steps* are what ``heads`` yields.

    Raises:
        ValueError: There is no event.
    """
    told = tuple(steps)
    if not told:
        raise ValueError("a ticket without a history")
    return clocks_in(*runs_of(told), told[-1][1], promises, now)


def clocks_in(
    runs: Iterable[Run], course: Course, ticket: Ticket, promises: Promises, now: datetime
) -> tuple[Clock, ...]:
    """Return the clocks of *runs*, under the terms of *course*."""
    reader = _Reader(course, ticket, promises, now)
    return tuple(clock for run in runs for clock in reader.clocks(run))


def tightest(found: Iterable[Clock]) -> Clock | None:
    """Return the clock that is due next, or long ago; a paused one only if no other runs."""
    waiting = [clock for clock in found if clock.is_open]
    return min(waiting, key=_tightness, default=None)


def _tightness(clock: Clock) -> tuple[bool, float]:
    if clock.due_at is None:
        return True, clock.remaining.total_seconds()
    return False, clock.due_at.timestamp()


class _Reader:
    """Reads clocks from the runs of one ticket."""

    def __init__(
        self,
        course: Course,
        ticket: Ticket,
        promises: Promises,
        now: datetime,
        *,
        warnings: tuple[str, ...] | None = None,
    ) -> None:
        self._terms = course.terms
        self._stays = stays_until(ticket, course, now)
        self._reason = ticket.reason or ""
        self._promises = promises
        self._now = now
        self._warnings = warnings

    def clocks(self, run: Run) -> Iterator[Clock]:
        """Yield the clock of *run*, behind those that other terms took the place of.

        New terms count from the beginning. The same level in a new version is not put on a
        clock that runs, and one that was breached keeps the terms which it broke.
        """
        began = sum(term.at <= run.started_at for term in self._terms)
        term = self._terms[began - 1] if began else None
        clock = self._clock(run, term)
        for change in self._terms[began:]:
            if _is_over(clock, change.at) or (run.stopped_at and run.stopped_at <= change.at):
                break
            carried = _carried(term, change)
            if term and (term.priority, term.sla) == (carried.priority, carried.sla):
                continue
            if clock:
                yield _superseded(clock, change.at)
            term = carried
            clock = self._clock(run, term)
        if clock:
            yield clock

    def _clock(self, run: Run, term: Term | None) -> Clock | None:
        promise = self._promises(term.sla) if term and term.sla else None
        goal = promise[0].goal(run.kind) if promise else None
        if promise is None or goal is None or term is None:
            return None
        text = goal.targets.get(term.priority) or goal.targets.get(ANY)
        if not text:
            return None
        level, calendar = promise
        stopped_at, ending = self._end(run, goal)
        pauses = self._pauses(run, goal, stopped_at)
        way = Way(run.started_at, calendar, goal.base, pauses)
        target, due_at, remaining = way.measured(text, stopped_at or self._now)
        clock = Clock(
            run.kind,
            _state(due_at, stopped_at, ending, self._now),
            level.name,
            level.version,
            term.priority,
            goal.base,
            target,
            run.started_at,
            stopped_at,
            due_at,
            remaining,
            ending,
            pauses,
        )
        if clock.state is State.BREACHED:
            clock = _breached(clock, goal, calendar, self._now)
        return clock if stopped_at else self._warned(clock, level)

    def _end(self, run: Run, goal: Goal) -> tuple[datetime | None, str]:
        """Return when and how a run ended; what ends the resolution, depends on its mode."""
        if run.kind is not Kind.RESOLUTION or run.ending:
            return run.stopped_at, run.ending
        done = [stay for stay in self._stays if stay.state == DONE]
        if goal.mode == FIRST_TIME:
            done = done[:1]
        elif done and done[-1].until is not None:
            done = []
        if not done:
            return None, ""
        solved = done[-1].until is not None or self._reason in ("", *KEPT)
        return done[-1].since, "solved" if solved else self._reason

    def _pauses(self, run: Run, goal: Goal, stopped_at: datetime | None) -> tuple[Stay, ...]:
        """Return when the clock stood; a pause that is not over has no end."""
        states = PAUSES[run.kind] if goal.pause is None else goal.pause
        if run.kind is Kind.RESOLUTION and goal.mode == RESUME:
            states = (*states, DONE)
        found = []
        for stay in self._stays:
            since, until = max(stay.since, run.started_at), stay.until
            if stay.state not in states or since > self._now:
                continue
            if stopped_at:
                until = min(until or stopped_at, stopped_at)
            elif until and until > self._now:
                until = None
            if until is None or since < until:
                found.append(Stay(stay.state, since, until))
        return tuple(found)

    def _warned(self, clock: Clock, level: Level) -> Clock:
        """Return *clock* with the marks it has reached, at risk if one is a warning."""
        warnings = level.warnings if self._warnings is None else self._warnings
        marks = (*warnings, *(s.at for s in level.ladder if clock.kind in (s.clocks or Kind)))
        reached = tuple(text for text in dict.fromkeys(marks) if has_reached(clock, mark(text)))
        if not reached:
            return clock
        risky = clock.state is State.RUNNING and any(text in reached for text in warnings)
        return clock._replace(reached=reached, state=State.AT_RISK if risky else clock.state)


def _state(
    due_at: datetime | None, stopped_at: datetime | None, ending: str, now: datetime
) -> State:
    """Return how a clock stands; to resolve a ticket does not take a breach back."""
    if due_at is None:
        return State.PAUSED
    if ending and ending not in (*KEPT, RESOLVED, UNANSWERED):
        return State.CANCELLED
    if (stopped_at or now) > due_at:
        return State.BREACHED
    if stopped_at is None:
        return State.RUNNING
    return State.MET if ending in KEPT else State.CANCELLED


def _breached(clock: Clock, goal: Goal, calendar: Calendar, now: datetime) -> Clock:
    """Return *clock* with how late it is, and what that costs."""
    due_at, end = clock.due_at or now, clock.stopped_at or now
    is_business = goal.base == BUSINESS
    hours = -clock.remaining / _HOUR
    return clock._replace(
        late=end - due_at,
        late_business=-clock.remaining if is_business else calendar.elapsed(due_at, end),
        penalty=goal.penalty + goal.hourly_penalty * hours,
    )


def _superseded(clock: Clock, at: datetime) -> Clock:
    return clock._replace(state=State.SUPERSEDED, stopped_at=at, ending="superseded", reached=())


def _is_over(clock: Clock | None, at: datetime) -> bool:
    """Return whether terms of *at* come too late: it had stopped, or was breached by then."""
    if clock is None:
        return False
    if clock.stopped_at and clock.stopped_at <= at:
        return True
    return clock.due_at is not None and clock.due_at < at


def _carried(term: Term | None, change: Term) -> Term:
    """Return new terms as a running clock takes them: a level stays in its version."""
    if term and term.sla and change.sla and term.sla.level == change.sla.level:
        return change._replace(sla=term.sla)
    return change


def has_reached(clock: Clock, point: Mark) -> bool:
    """Return whether *clock* is at or past a mark; a breach only if it is breached."""
    if point == Mark():
        return clock.state is State.BREACHED
    target = clock.target
    used, at = (target - clock.remaining) * 100, target * point.percent
    if point.seconds:
        at += timedelta(seconds=100 * point.seconds)
    return used >= at and (clock.state is State.BREACHED or at < target * 100)
