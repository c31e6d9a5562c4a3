"""Reading clocks: from a ticket's course, or its whole history, and what its levels promise.

A clock is drafted first, up to the instant at which it is due. The rest costs as much again,
and is worked out only for the clocks that somebody looks at.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from tix.domain.calendar import Calendar
from tix.domain.course import DONE, Applied, Course, Stay, Term
from tix.domain.sla.clock import KEPT, Clock, State, marks_reached, tightness
from tix.domain.sla.policy import (
    ANY,
    BUSINESS,
    FIRST_TIME,
    PAUSES,
    RESUME,
    Goal,
    Kind,
    Length,
    Level,
    length,
)
from tix.domain.sla.run import WITHDRAWN, Run, running, runs_of, stays_until
from tix.domain.sla.way import Way
from tix.domain.status import Status
from tix.record import NamedTuple, Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tix.domain.event import Event
    from tix.domain.ticket import Ticket

Promises = Callable[[Applied], tuple[Level, Calendar] | None]

_CALLED_OFF = (WITHDRAWN, "trashed", Status.MERGED, Status.SPAM)
_HOUR = timedelta(hours=1)
_ON_TIME = timedelta(), timedelta(), 0.0


class Deal(Record):
    """What is promised for one clock: how soon, what it pauses for, and the marks on its way."""

    level: Level
    calendar: Calendar
    goal: Goal
    length: Length
    pausing: tuple[str, ...]
    warnings: tuple[str, ...]
    marks: tuple[str, ...]


class Draft(NamedTuple):
    """A clock as far as its due instant; *remaining* is what is left of one in a pause."""

    run: Run
    priority: str
    deal: Deal
    stopped_at: datetime | None
    ending: str
    way: Way
    due_at: datetime | None
    remaining: timedelta


class Reader:
    """Reads the clocks of tickets; what a level promises is worked out once.

    *promises* finds a level and its calendar by their versions; *warnings* stand in for the
    level's.
    """

    def __init__(self, promises: Promises, warnings: tuple[str, ...] | None = None) -> None:
        self._promises = promises
        self._warnings = warnings
        self._deals: dict[tuple[Applied, str, Kind], Deal | None] = {}

    def clocks(self, ticket: Ticket, course: Course, now: datetime) -> tuple[Clock, ...]:
        """Return the clocks that a ticket has at *now*, from its head alone.

        A clock has its place until it ends, and that of the resolution for good.
        """
        look = _Look(self, ticket, course, now)
        drafts = (look.draft(run) for run in running(ticket, course))
        return tuple(look.clock(draft) for draft in drafts if draft)

    def tightest(self, ticket: Ticket, course: Course, now: datetime) -> Clock | None:
        """Return the one of the clocks that is due next, or long ago, None if none runs."""
        look = _Look(self, ticket, course, now)
        drafts = [look.draft(run) for run in running(ticket, course)]
        going = (draft for draft in drafts if draft and draft.stopped_at is None)
        first = min(going, key=lambda one: tightness(one.due_at, one.remaining), default=None)
        return look.clock(first) if first else None

    def ever(
        self, runs: Iterable[Run], course: Course, ticket: Ticket, now: datetime
    ) -> tuple[Clock, ...]:
        """Return the clocks of *runs*, each behind those that other terms took the place of."""
        look = _Look(self, ticket, course, now)
        return tuple(clock for run in runs for clock in look.clocks(run))

    def deal(self, term: Term | None, kind: Kind) -> Deal | None:
        """Return what *term* promises for a clock, None if nothing."""
        if term is None or term.sla is None:
            return None
        key = term.sla, term.priority, kind
        if key not in self._deals:
            self._deals[key] = self._deal(*key)
        return self._deals[key]

    def _deal(self, applied: Applied, priority: str, kind: Kind) -> Deal | None:
        promise = self._promises(applied)
        goal = promise[0].goal(kind) if promise else None
        text = (goal.targets.get(priority) or goal.targets.get(ANY)) if goal else None
        if promise is None or goal is None or not text:
            return None
        level, calendar = promise
        pausing = PAUSES[kind] if goal.pause is None else goal.pause
        if kind is Kind.RESOLUTION and goal.mode == RESUME:
            pausing = (*pausing, DONE)
        warnings = level.warnings if self._warnings is None else self._warnings
        steps = (step.at for step in level.ladder if kind in (step.clocks or Kind))
        marks = tuple(dict.fromkeys((*warnings, *steps)))
        return Deal(level, calendar, goal, length(text, goal.base), pausing, warnings, marks)


def clocks(
    ticket: Ticket,
    course: Course,
    promises: Promises,
    now: datetime,
    warnings: tuple[str, ...] | None = None,
) -> tuple[Clock, ...]:
    """Return the clocks that a ticket has at *now*, as a ``Reader`` reads them."""
    return Reader(promises, warnings).clocks(ticket, course, now)


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
    return Reader(promises).ever(runs, course, ticket, now)


class _Look:
    """A look at one ticket at one moment."""

    def __init__(self, reader: Reader, ticket: Ticket, course: Course, now: datetime) -> None:
        self._reader = reader
        self._terms = course.terms
        self._stays = stays_until(ticket, course, now)
        self._reason = ticket.reason or ""
        self._now = now

    def draft(self, run: Run) -> Draft | None:
        """Return the clock that counts for *run*, under the terms that count."""
        return self._drafted(run)[0]

    def clocks(self, run: Run) -> Iterator[Clock]:
        """Yield the clock of *run*, behind those that other terms took the place of."""
        draft, former = self._drafted(run)
        for one, at in former:
            yield _superseded(self.clock(one), at)
        if draft:
            yield self.clock(draft)

    def _drafted(self, run: Run) -> tuple[Draft | None, list[tuple[Draft, datetime]]]:
        """Return the draft that counts, and those before it with when they no longer did.

        New terms count from the beginning. The same level in a new version is not put on a
        clock that runs, and one that was breached keeps the terms which it broke.
        """
        term, changes = None, []
        for one in self._terms:
            if one.at <= run.started_at:
                term = one
            else:
                changes.append(one)
        draft, former = self._draft(run, term), []
        for change in changes:
            if _is_over(draft, change.at) or (run.stopped_at and run.stopped_at <= change.at):
                break
            carried = _carried(term, change)
            if term and (term.priority, term.sla) == (carried.priority, carried.sla):
                continue
            if draft:
                former.append((draft, change.at))
            term = carried
            draft = self._draft(run, term)
        return draft, former

    def _draft(self, run: Run, term: Term | None) -> Draft | None:
        deal = self._reader.deal(term, run.kind)
        if term is None or deal is None:
            return None
        stopped_at, ending = run.stopped_at, run.ending
        pauses: tuple[Stay, ...] = ()
        if self._stays:
            stopped_at, ending = self._end(run, deal.goal)
            pauses = self._pauses(run, deal, stopped_at)
        way = Way(run.started_at, deal.calendar, deal.goal.base, pauses)
        return Draft(run, term.priority, deal, stopped_at, ending, way, *way.reach(deal.length))

    def clock(self, draft: Draft) -> Clock:
        """Return the clock that was drafted."""
        run, priority, deal, stopped_at, ending, way, due_at, remaining = draft
        end = stopped_at or self._now
        target = way.target(deal.length, due_at)
        if due_at:
            remaining = way.remaining(due_at, end)
        state = _state(due_at, stopped_at, ending, self._now)
        late = _lateness(deal, due_at, end, remaining) if state is State.BREACHED else _ON_TIME
        marks: tuple[str, ...] = ()
        if deal.marks and not stopped_at:
            marks = marks_reached(deal.marks, state, target, remaining)
            if state is State.RUNNING and not set(deal.warnings).isdisjoint(marks):
                state = State.AT_RISK
        return Clock(
            run.kind,
            state,
            deal.level.name,
            deal.level.version,
            priority,
            deal.goal.base,
            target,
            run.started_at,
            stopped_at,
            due_at,
            remaining,
            ending,
            way.pauses,
            marks,
            *late,
        )

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

    def _pauses(self, run: Run, deal: Deal, stopped_at: datetime | None) -> tuple[Stay, ...]:
        """Return when the clock stood; a pause that is not over has no end."""
        found = []
        for stay in self._stays:
            since, until = max(stay.since, run.started_at), stay.until
            if stay.state not in deal.pausing or since > self._now:
                continue
            if stopped_at:
                until = min(until or stopped_at, stopped_at)
            elif until and until > self._now:
                until = None
            if until is None or since < until:
                found.append(Stay(stay.state, since, until))
        return tuple(found)


def _state(
    due_at: datetime | None, stopped_at: datetime | None, ending: str, now: datetime
) -> State:
    """Return how a clock stands but for risks; to resolve a ticket takes no breach back."""
    if due_at is None:
        return State.PAUSED
    if ending in _CALLED_OFF:
        return State.CANCELLED
    if (stopped_at or now) > due_at:
        return State.BREACHED
    if stopped_at is None:
        return State.RUNNING
    return State.MET if ending in KEPT else State.CANCELLED


def _lateness(
    deal: Deal, due_at: datetime | None, end: datetime, remaining: timedelta
) -> tuple[timedelta, timedelta, float]:
    """Return how late a breach is, in real and in working time, and what that costs."""
    goal, late = deal.goal, end - (due_at or end)
    business = -remaining if goal.base == BUSINESS else deal.calendar.elapsed(end - late, end)
    return late, business, goal.penalty + goal.hourly_penalty * (-remaining / _HOUR)


def _superseded(clock: Clock, at: datetime) -> Clock:
    return clock._replace(state=State.SUPERSEDED, stopped_at=at, ending="superseded", reached=())


def _is_over(draft: Draft | None, at: datetime) -> bool:
    """Return whether terms of *at* come too late: it had stopped, or was breached by then."""
    if draft is None:
        return False
    if draft.stopped_at and draft.stopped_at <= at:
        return True
    return draft.due_at is not None and draft.due_at < at


def _carried(term: Term | None, change: Term) -> Term:
    """Return new terms as a running clock takes them: a level stays in its version."""
    if term and term.sla and change.sla and term.sla.level == change.sla.level:
        return change._replace(sla=term.sla)
    return change
