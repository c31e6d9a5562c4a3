"""One history under two sets of promises: what each would have kept, and where they differ.

Tickets are taken in one after the other and let go again; what stays of each is a count.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from heapq import heappush, heappushpop
from typing import TYPE_CHECKING

from tix.domain.sla.clock import Clock, State
from tix.domain.sla.compliance import Share
from tix.domain.sla.solve import Tightest
from tix.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

WORST = 10
"""So many of the worst cases are kept."""

_JUDGED = (State.MET, State.BREACHED)
_GONE = (State.CANCELLED, State.SUPERSEDED)

Kept = dict[tuple[str, str], Counter[State]]


class Sums(NamedTuple):
    """What one set of promises came to, by kind of clock and level, and by ticket.

    ``running`` and ``excluded``, by how they ended, are in no share.
    """

    by_clock: Mapping[tuple[str, str], Share]
    by_ticket: Share
    running: int
    excluded: Mapping[str, int]


class Late(NamedTuple):
    """A clock that would have been breached, and on which ticket."""

    ticket_id: int
    clock: Clock


class Outcome(NamedTuple):
    """A history under the promises *before* and *after*.

    ``lost`` are the tickets that were kept before and would be breached after, ``won`` the
    other way round. ``worst`` are the latest clocks after, the latest first.
    """

    tickets: int
    before: Sums
    after: Sums
    lost: tuple[int, ...]
    won: tuple[int, ...]
    worst: tuple[Late, ...]

    @property
    def flips(self) -> tuple[int, ...]:
        """The tickets that are lost or won, by number."""
        return tuple(sorted((*self.lost, *self.won)))


class Tested(NamedTuple):
    """What came of a backtest of [since, until); *tightest* is empty if nothing was solved."""

    outcome: Outcome
    tightest: tuple[Tightest, ...]
    now: datetime
    since: datetime | None
    until: datetime | None


class Backtest:
    """Takes in tickets; only clocks that started in [since, until) count."""

    def __init__(self, since: datetime | None = None, until: datetime | None = None) -> None:
        self._since, self._until = since, until
        self._tickets = 0
        self._before, self._after = _Side(), _Side()
        self._lost: list[int] = []
        self._won: list[int] = []
        self._worst: list[tuple[float, int, int, Clock]] = []

    def add(self, ticket_id: int, before: Iterable[Clock], after: Iterable[Clock]) -> None:
        """Take in all the clocks of a ticket, under either set of promises."""
        old, new = self.in_period(before), self.in_period(after)
        if not old and not new:
            return
        self._tickets += 1
        was, would = self._before.add(old), self._after.add(new)
        if was is State.MET and would is State.BREACHED:
            self._lost.append(ticket_id)
        elif was is State.BREACHED and would is State.MET:
            self._won.append(ticket_id)
        for place, clock in enumerate(new):
            if clock.state is State.BREACHED:
                self._keep((clock.late.total_seconds(), -ticket_id, -place, clock))

    def in_period(self, clocks: Iterable[Clock]) -> Sequence[Clock]:
        """Return those of *clocks* that started in the period."""
        return [
            clock
            for clock in clocks
            if (self._since is None or self._since <= clock.started_at)
            and (self._until is None or clock.started_at < self._until)
        ]

    def outcome(self) -> Outcome:
        """Return what has come of it so far."""
        worst = [Late(-ticket_id, clock) for _, ticket_id, _, clock in sorted(self._worst)[::-1]]
        return Outcome(
            self._tickets,
            self._before.sums(),
            self._after.sums(),
            tuple(self._lost),
            tuple(self._won),
            tuple(worst),
        )

    def _keep(self, late: tuple[float, int, int, Clock]) -> None:
        if len(self._worst) < WORST:
            heappush(self._worst, late)
        else:
            heappushpop(self._worst, late)


class _Side:
    """Counts what became of the clocks under one set of promises."""

    def __init__(self) -> None:
        self._clocks: Kept = {}
        self._tickets: Counter[State] = Counter()
        self._running = 0
        self._excluded: Counter[str] = Counter()

    def add(self, clocks: Iterable[Clock]) -> State | None:
        """Count the clocks of a ticket; return what became of it, None if none is over."""
        found: State | None = None
        for clock in clocks:
            if clock.state in _JUDGED:
                self._clocks.setdefault((clock.kind, clock.level), Counter())[clock.state] += 1
                found = State.BREACHED if State.BREACHED in (found, clock.state) else State.MET
            elif clock.state in _GONE:
                self._excluded[clock.ending] += 1
            else:
                self._running += 1
        self._tickets.update([found] if found else [])
        return found

    def sums(self) -> Sums:
        return Sums(
            {key: _share(counts) for key, counts in sorted(self._clocks.items())},
            _share(self._tickets),
            self._running,
            dict(sorted(self._excluded.items())),
        )


def _share(counts: Mapping[State, int]) -> Share:
    return Share(counts.get(State.MET, 0), counts.get(State.BREACHED, 0))
