"""Checking: which tickets are late, and what of it is news."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from typing import TYPE_CHECKING

from tix.domain.alert import (
    Alerts,
    Check,
    Counts,
    Item,
    Order,
    graded,
    is_late,
    item_of,
    name_of,
    to_tell,
    worst_first,
)
from tix.domain.sla.clock import Own, State, tightest
from tix.domain.sla.policy import Kind
from tix.ops.sla.standing import Standing, clocks_of
from tix.ops.transactions import reading
from tix.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from tix.desk import Desk
    from tix.domain.sla.clock import Clock
    from tix.domain.ticket import Ticket
    from tix.store.base import Transaction

CLOCKS = (*Kind, Own.PROMISE)
"""The kinds of clocks: those of levels, and that of promises which agents made."""

NOBODY = Alerts(0)
"""What is known of a ticket that nobody was told of."""


class Scope(Record):
    """What a check looks at: clocks of these *kinds*, at risk with *window* or less left.

    Without *window* a clock is at risk as its level says. With *news* only what was not told
    before is late, or was told so long ago as *remind*.
    """

    kinds: Collection[str] = CLOCKS
    window: timedelta | None = None
    news: bool = False
    remind: timedelta | None = None

    def late(self, clocks: Sequence[Clock]) -> tuple[Clock, ...]:
        """Return those of *clocks* that are late, as they are graded."""
        seen = [clock for clock in clocks if clock.kind in self.kinds]
        if self.window is not None:
            seen = [graded(clock, self.window) for clock in seen]
        return tuple(clock for clock in seen if is_late(clock))

    def told(self, alerts: Alerts, late: Sequence[Clock], now: datetime) -> Sequence[Clock]:
        """Return those of the clocks that are to be told."""
        return to_tell(alerts, late, now, self.remind) if self.news else late


@reading
def check(desk: Desk, tx: Transaction, words: Sequence[str], scope: Scope) -> Check:
    """Return how the open tickets that match *words* stand with what was promised.

    Raises:
        UsageError: The words are no query.
    """
    return checked(looked_at(desk, tx, words), known_alerts(tx), scope, tx.now)


def looked_at(desk: Desk, tx: Transaction, words: Sequence[str]) -> list[Standing]:
    """Return the open tickets that match *words* with all their clocks, by number.

    Raises:
        UsageError: The words are no query.
    """
    from tix.domain.query import parse
    from tix.ops.queries import context

    rows = tx.find(parse([*words, "is:open"], context(desk, tx)))
    standing = ((row, clocks_on(tx, row.ticket)) for row in rows)
    return [Standing(*row, clocks, tightest(clocks)) for row, clocks in standing]


def clocks_on(tx: Transaction, ticket: Ticket) -> tuple[Clock, ...]:
    """Return the clocks of a ticket: those of its level, and of promises that agents made."""
    clocks = clocks_of(tx, ticket)
    if not ticket.promises:
        return clocks
    from tix.ops.sla.promising import promise_clocks_of

    return (*clocks, *promise_clocks_of(tx, ticket))


def checked(
    found: Sequence[Standing], known: Mapping[int, Alerts], scope: Scope, now: datetime
) -> Check:
    """Return the check of tickets with their clocks; *known* is what was told, by ticket."""
    items, states = [], []
    over = timedelta()
    for ticket, contact, clocks, next_due in found:
        late = scope.late(clocks)
        if not late:
            states.append(_resting(next_due))
            continue
        states.append(min(late, key=worst_first).state)
        over = max(over, *(clock.late for clock in late))
        alerts = known.get(ticket.id, NOBODY)
        item = item_of(ticket, contact, scope.told(alerts, late, now), alerts)
        if item is not None:
            items.append(item)
    items.sort(key=_place)
    return Check(now, tuple(items), _counts(states), over, orders=tuple(_orders(found, known)))


def known_alerts(tx: Transaction) -> dict[int, Alerts]:
    """Return what was told, by ticket."""
    return {alerts.ticket_id: alerts for alerts in tx.alerts.all()}


def _orders(found: Sequence[Standing], known: Mapping[int, Alerts]) -> Iterator[Order]:
    """Yield what is owed for clocks that still run."""
    for ticket, contact, clocks, _ in found:
        alerts = known.get(ticket.id, NOBODY)
        for owed in alerts.owed:
            for clock in clocks:
                if (name_of(clock), clock.started_at) == (owed.clock, owed.started_at):
                    yield Order(Item(ticket, contact, clock, (clock,)), owed)


def _resting(clock: Clock | None) -> State:
    paused = clock is not None and clock.state is State.PAUSED
    return State.PAUSED if paused else State.RUNNING


def _counts(states: Sequence[State]) -> Counts:
    at_risk, breached = states.count(State.AT_RISK), states.count(State.BREACHED)
    ok = len(states) - at_risk - breached
    return Counts(len(states), ok, at_risk, breached, states.count(State.PAUSED))


def _place(item: Item) -> tuple[tuple[int, datetime], int]:
    return worst_first(item.clock), item.ticket.id
