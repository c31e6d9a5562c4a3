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
from tix.domain.people import Contact
from tix.domain.sla.clock import Clock, Own, State, pressing
from tix.domain.sla.policy import Kind
from tix.domain.ticket import Ticket
from tix.ops.transactions import reading
from tix.record import NamedTuple, Record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import datetime

    from tix.desk import Desk
    from tix.domain.query import TicketQuery
    from tix.store.base import Transaction

CLOCKS = (*Kind, Own.PROMISE)
"""The kinds of clocks: those of levels, and that of promises which agents made."""

NOBODY = Alerts(0)
"""What is known of a ticket that nobody was told of."""


class Standing(NamedTuple):
    """A ticket with the clocks that somebody has to see to, of its level and promises."""

    ticket: Ticket
    contact: Contact | None
    clocks: tuple[Clock, ...]


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
    """Return how the tickets that match *words* stand with what was promised.

    Those are looked at that are open, and resolved ones with a promise to keep.

    Raises:
        UsageError: The words are no query.
    """
    return checked(looked_at(desk, tx, words), known_alerts(tx), scope, tx.now)


def looked_at(desk: Desk, tx: Transaction, words: Sequence[str]) -> list[Standing]:
    """Return the tickets to look at that match *words*, with their clocks, by number.

    Raises:
        UsageError: The words are no query.
    """
    rows = tx.find(_meant(desk, tx, words))
    return [Standing(row.ticket, row.contact, clocks_on(tx, row.ticket)) for row in rows]


def numbers_with(
    desk: Desk,
    tx: Transaction,
    words: Sequence[str],
    test: Callable[[Ticket, Alerts, Sequence[Clock]], bool],
) -> tuple[int, ...]:
    """Return the tickets to look at of which *test* holds, given what was told and their clocks.

    Raises:
        UsageError: The words are no query.
    """
    known = known_alerts(tx)
    return tuple(
        ticket.id
        for ticket, _, clocks in looked_at(desk, tx, words)
        if test(ticket, known.get(ticket.id, NOBODY), clocks)
    )


def _meant(desk: Desk, tx: Transaction, words: Sequence[str]) -> TicketQuery:
    """Return the query of *words*; without any, nothing is loaded that reads one."""
    from tix.domain.query import Term, TicketQuery

    wanted = Term("is", "is:open,promised", ("open", "promised"))
    if not words:
        return TicketQuery((wanted,))
    from tix.domain.query import parse
    from tix.ops.queries import context

    query = parse(words, context(desk, tx))
    return query._replace(terms=(*query.terms, wanted))


def clocks_on(tx: Transaction, ticket: Ticket) -> tuple[Clock, ...]:
    """Return the clocks of a ticket that somebody has to see to, of its level and promises."""
    return pressing(ticket, tx.clocks(ticket, tx.now))


def checked(
    found: Sequence[Standing], known: Mapping[int, Alerts], scope: Scope, now: datetime
) -> Check:
    """Return the check of tickets with their clocks; *known* is what was told, by ticket."""
    items, states = [], []
    over = timedelta()
    for ticket, contact, clocks in found:
        late = scope.late(clocks)
        if not late:
            states.append(_resting(clocks))
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
    for ticket, contact, clocks in found:
        alerts = known.get(ticket.id, NOBODY)
        for owed in alerts.owed:
            for clock in clocks:
                if (name_of(clock), clock.started_at) == (owed.clock, owed.started_at):
                    yield Order(Item(ticket, contact, clock, (clock,)), owed)


def _resting(clocks: Sequence[Clock]) -> State:
    """Return how a ticket stands that is not late: paused if all its clocks are."""
    paused = bool(clocks) and all(clock.state is State.PAUSED for clock in clocks)
    return State.PAUSED if paused else State.RUNNING


def _counts(states: Sequence[State]) -> Counts:
    at_risk, breached = states.count(State.AT_RISK), states.count(State.BREACHED)
    ok = len(states) - at_risk - breached
    return Counts(len(states), ok, at_risk, breached, states.count(State.PAUSED))


def _place(item: Item) -> tuple[tuple[int, datetime], int]:
    return worst_first(item.clock), item.ticket.id
