"""Compliance: how many promises were kept, by clock and by ticket.

A promise that is broken counts from its due instant, whether its clock has stopped or not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from tix.domain.sla.clock import State
from tix.domain.statistics import wilson
from tix.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from tix.domain.sla.clock import Clock

ALL, TICKETS = "all", "tickets"

_BY: Mapping[str, Callable[[Clock], datetime | None]] = {
    "due": lambda clock: clock.due_at,
    "stop": lambda clock: clock.stopped_at or clock.due_at,
    "start": lambda clock: clock.started_at,
}


class Share(NamedTuple):
    """So many *met* and so many *breached*."""

    met: int = 0
    breached: int = 0

    @property
    def n(self) -> int:
        """How many there are."""
        return self.met + self.breached

    @property
    def rate(self) -> float | None:
        """The share that was met, None of none."""
        return self.met / self.n if self.n else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Between which rates the true one lies, with 95 % certainty (Wilson), None of none."""
        return wilson(self.met, self.n)


class Lateness(NamedTuple):
    """How late the breached clocks were."""

    median: timedelta = timedelta()
    longest: timedelta = timedelta()


class Compliance(NamedTuple):
    """The promises of a period.

    ``by_ticket`` counts tickets with a finished clock, breached if one of theirs is. Open
    breaches are among the breached; ``running`` are not due yet, or paused, and in no
    share. ``excluded`` counts the cancelled and superseded clocks by how they ended.
    """

    by_clock: Share = Share()
    by_ticket: Share = Share()
    open_breaches: int = 0
    running: int = 0
    late: Lateness = Lateness()
    late_business: Lateness = Lateness()
    penalty: float = 0.0
    excluded: Mapping[str, int] = {}


class Row(NamedTuple):
    """The figures of one clock, of ``all`` clocks, or of the ``tickets`` that have some.

    What counts tickets has a *share* and no more.
    """

    clock: str
    share: Share
    whole: Compliance


class Report(NamedTuple):
    """What was due in [since, until), as it is at *now*."""

    since: datetime | None
    until: datetime | None
    now: datetime
    by: str
    rows: tuple[Row, ...]


def compliance(
    tickets: Iterable[Sequence[Clock]],
    since: datetime | None = None,
    until: datetime | None = None,
    *,
    by: str = "due",
) -> Compliance:
    """Return how far the promises were kept; each of *tickets* is all the clocks of one.

    Of clocks that ended, those count whose due instant, or with *by* their ``stop`` or
    ``start``, lies in [since, until); those that run on count if they run.
    """
    finished: list[Clock] = []
    excluded: Counter[str] = Counter()
    kept = broken = running = 0
    for ticket in tickets:
        judged = []
        for clock in ticket:
            if clock.state in (State.MET, State.BREACHED):
                judged += [clock] if _lies(_BY[by](clock), since, until) else []
            elif clock.stopped_at is None:
                running += 1
            elif _lies(_BY[by](clock), since, until):
                excluded[clock.ending] += 1
        is_broken = any(clock.state is State.BREACHED for clock in judged)
        kept, broken = kept + (bool(judged) and not is_broken), broken + is_broken
        finished += judged
    return _summed(finished, Share(kept, broken), running, dict(sorted(excluded.items())))


def _summed(
    finished: Sequence[Clock], by_ticket: Share, running: int, excluded: Mapping[str, int]
) -> Compliance:
    breached = [clock for clock in finished if clock.state is State.BREACHED]
    return Compliance(
        Share(len(finished) - len(breached), len(breached)),
        by_ticket,
        sum(clock.is_open for clock in breached),
        running,
        _lateness([clock.late for clock in breached]),
        _lateness([clock.late_business for clock in breached]),
        sum(clock.penalty for clock in breached),
        excluded,
    )


def _lies(at: datetime | None, since: datetime | None, until: datetime | None) -> bool:
    return at is not None and (since is None or since <= at) and (until is None or at < until)


def _lateness(late: Iterable[timedelta]) -> Lateness:
    ordered = sorted(late)
    if not ordered:
        return Lateness()
    middle = len(ordered) // 2
    return Lateness((ordered[middle] + ordered[-middle - 1]) / 2, ordered[-1])
