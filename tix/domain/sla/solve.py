"""The tightest target that would have been met, out of what clocks have really taken."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from tix.domain.sla.clock import KEPT
from tix.domain.sla.policy import BUSINESS
from tix.domain.sla.run import RESOLVED, UNANSWERED
from tix.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tix.domain.calendar import Calendar
    from tix.domain.sla.clock import Clock

_SECOND = timedelta(seconds=1)
_UNKEPT = ("", RESOLVED, UNANSWERED)
_MINUTE_S, _HOUR_S, _DAY_S = 60, 3600, 86_400
_UNITS = (
    (10 * _MINUTE_S, _MINUTE_S),
    (_HOUR_S, 5 * _MINUTE_S),
    (4 * _HOUR_S, 15 * _MINUTE_S),
    (8 * _HOUR_S, 30 * _MINUTE_S),
    (2 * _DAY_S, _HOUR_S),
)
"""Up to so many seconds a target is a multiple of so many."""


class Group(NamedTuple):
    """Clocks that one target is for: their kind, level, priority, and the base of the target."""

    kind: str
    level: str
    priority: str
    base: str


class Tightest(NamedTuple):
    """The tightest target for a group, in seconds and as a policy would say it.

    *met* of the *n* that are over then, or were at the time, would have met it.
    """

    group: Group
    seconds: int
    target: str
    met: int
    n: int


class Durations:
    """Takes in clocks, and keeps of each the target that it needs."""

    def __init__(self, calendar_of: Callable[[str], Calendar], now: datetime) -> None:
        self._calendar_of = calendar_of
        self._now = now
        self._over: dict[Group, array[int]] = {}
        self._others: dict[Group, array[int]] = {}

    def add(self, clocks: Iterable[Clock]) -> None:
        """Take in the clocks of a ticket.

        One that runs on, or ended without an answer, can break a target and not meet it; one
        that was cancelled says nothing.
        """
        for clock in clocks:
            if clock.ending not in (*KEPT, *_UNKEPT):
                continue
            found = self._over if clock.ending in KEPT else self._others
            group = Group(clock.kind, clock.level, clock.priority, clock.base)
            seconds = needed(clock, self._calendar_of(clock.level), self._now)
            found.setdefault(group, array("q")).append(seconds)

    def tightest(self, percent: float) -> tuple[Tightest, ...]:
        """Return for each group the tightest target that so many percent would have met."""
        return tuple(
            _solved(group, sorted(over), sorted(self._others.get(group, ())), percent)
            for group, over in sorted(self._over.items())
        )


def needed(clock: Clock, calendar: Calendar, now: datetime) -> int:
    """Return the shortest target, in seconds, that *clock* would not have breached by *now*.

    It is the time that it ran, and a second more if it stopped in a pause or out of hours:
    a target that is used up exactly is due when that begins.
    """
    end = clock.stopped_at or now
    spent = _ran(clock, calendar, clock.started_at, end)
    if clock.started_at < end and _ran(clock, calendar, end - timedelta.resolution, end):
        return -(-spent // _SECOND)
    return spent // _SECOND + 1


def rounded(seconds: int, base: str) -> str:
    """Return the next target that a person would write: ``10m``, ``1h15m``, ``30h``, ``3d``."""
    longest = _HOUR_S if base == BUSINESS else _DAY_S
    unit = next((unit for limit, unit in _UNITS if seconds <= limit), longest)
    whole = -(-seconds // unit) * unit
    if unit == _DAY_S:
        return f"{whole // _DAY_S}d"
    hours, minutes = divmod(whole // _MINUTE_S, 60)
    return (f"{hours}h" if hours else "") + (f"{minutes}m" if minutes else "")


def _ran(clock: Clock, calendar: Calendar, start: datetime, end: datetime) -> timedelta:
    """Return for how long *clock* ran in [start, end), in the base of its target."""

    def counted(since: datetime, until: datetime) -> timedelta:
        if clock.base == BUSINESS:
            return calendar.elapsed(since, until)
        return max(until - since, timedelta())

    total = counted(start, end)
    for pause in clock.pauses:
        total -= counted(max(pause.since, start), min(pause.until or end, end))
    return total


def _solved(group: Group, over: list[int], others: list[int], percent: float) -> Tightest:
    """Return the tightest target; *others* count only where it is too short for them.

    The longer the target, the more have met it, and the fewer have not.
    """

    def counts(seconds: int) -> tuple[int, int]:
        met = bisect_right(over, seconds)
        return met, len(over) + len(others) - bisect_right(others, seconds)

    def is_enough(seconds: int) -> bool:
        met, n = counts(seconds)
        return met * 100 >= percent * n

    candidates = sorted({*over, *others})
    seconds = candidates[bisect_left(candidates, True, key=is_enough)]
    return Tightest(group, seconds, rounded(seconds, group.base), *counts(seconds))
