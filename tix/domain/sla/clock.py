"""Clocks: what was promised for a ticket, until when, and whether it was kept.

They are computed whenever somebody looks (``tix.domain.sla.reading``), so that no figure can
go stale. A clock that stops at its due instant has stopped in time.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from tix.domain.course import Stay
from tix.domain.sla.policy import Kind, Mark, mark
from tix.domain.sla.run import ANSWERED
from tix.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tix.domain.ticket import Ticket

KEPT = (ANSWERED, "solved")
"""How a clock ends by what it waited for, in time or late."""

_NOTHING = timedelta()
_BREACH = Mark()


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


def tightest(found: Iterable[Clock]) -> Clock | None:
    """Return the clock that is due next, or long ago; a paused one only if no other runs."""
    going = (clock for clock in found if clock.is_open)
    return min(going, key=lambda clock: tightness(clock.due_at, clock.remaining), default=None)


def tightness(due_at: datetime | None, remaining: timedelta) -> tuple[bool, float]:
    """Return the place of a clock that runs among others: what is due first comes first."""
    if due_at is None:
        return True, remaining.total_seconds()
    return False, due_at.timestamp()


def pressing(ticket: Ticket, found: Iterable[Clock]) -> tuple[Clock, ...]:
    """Return the clocks that somebody has to see to; once it is resolved, only own promises."""
    is_open = ticket.is_open
    return tuple(c for c in found if c.is_open and (is_open or c.kind is Own.PROMISE))


def marks_reached(
    marks: Iterable[str], state: State, target: timedelta, remaining: timedelta
) -> tuple[str, ...]:
    """Return those of *marks* that a clock is at or past; a breach only if it is breached."""
    broken, used = state is State.BREACHED, (target - remaining) * 100
    return tuple(text for text in marks if _is_reached(mark(text), broken, target, used))


def _is_reached(point: Mark, broken: bool, target: timedelta, used: timedelta) -> bool:
    if point == _BREACH:
        return broken
    at = target * point.percent
    if point.seconds:
        at += timedelta(seconds=100 * point.seconds)
    return used >= at and (broken or at < target * 100)
