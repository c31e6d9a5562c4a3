"""Flagging: a breach becomes an event of its ticket, once for each clock."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.domain import verbs
from tix.domain.alert import name_of
from tix.domain.event import Event
from tix.domain.sla.clock import State
from tix.ops.reactions import record
from tix.ops.sla.checking import clocks_on, numbers_with
from tix.ops.sla.ledger import alerts_of
from tix.ops.transactions import reading, writing
from tix.record import replace

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from tix.desk import Desk
    from tix.domain.alert import Alerts
    from tix.domain.sla.clock import Clock
    from tix.domain.ticket import Ticket
    from tix.store.base import Transaction

BREACHED = "breached"


def flag(
    desk: Desk, words: Sequence[str], kinds: Collection[str], tag: str = ""
) -> tuple[int, ...]:
    """Write the event ``breached`` once for each clock that is; return the tickets concerned.

    Those that match *words* are looked at; with the event they get *tag*. All is one
    operation, and if there is nothing to write nothing is locked.

    Raises:
        UsageError: The words are no query, or *tag* is no tag.
    """
    tags = verbs.checked_tags(tag) if tag else ()
    numbers = unflagged(desk, words, kinds)
    if not numbers:
        return ()
    with writing(desk, "tix-sla") as tx:
        tx.begin("system", "tix-sla")
        return tuple(n for n in numbers if _flag(tx, tx.ticket(n), kinds, tags))


@reading
def unflagged(
    desk: Desk, tx: Transaction, words: Sequence[str], kinds: Collection[str]
) -> tuple[int, ...]:
    """Return the tickets with a breached clock that is not known to be flagged."""

    def lacks(ticket: Ticket, alerts: Alerts, clocks: Sequence[Clock]) -> bool:
        return any(not alerts.of(clock).flagged for clock in _breached(clocks, kinds))

    return numbers_with(desk, tx, words, lacks)


def facts(clock: Clock) -> dict[str, object]:
    """Return what an event tells of the clock that it is about."""
    from tix.codec import encode_time

    return {
        "clock": name_of(clock),
        "level": clock.level,
        "version": clock.version,
        "priority": clock.priority,
        "started_at": encode_time(clock.started_at),
        "due_at": encode_time(clock.due_at) if clock.due_at else None,
    }


def _flag(
    tx: Transaction, ticket: Ticket, kinds: Collection[str], tags: Sequence[str]
) -> list[Event]:
    """Flag what is breached on a ticket; what its history tells is only noted."""
    alerts = alerts_of(tx, ticket.id)
    breached = [
        clock for clock in _breached(clocks_on(tx, ticket), kinds) if not alerts.of(clock).flagged
    ]
    told = _told(tx, ticket) if breached else frozenset()
    events = []
    for clock in breached:
        alerts = alerts.with_told(replace(alerts.of(clock), flagged=True))
        if (facts(clock)["clock"], facts(clock)["started_at"]) not in told:
            event = _event(ticket, clock, tags, tx)
            ticket = record(tx, ticket, [event])
            events.append(event)
    tx.alerts.put(alerts)
    return events


def _event(ticket: Ticket, clock: Clock, tags: Sequence[str], tx: Transaction) -> Event:
    """Return the event of a breach: it happened when the clock was due, and is found now."""
    act = verbs.Act("system", clock.due_at or tx.now, f"sla {clock.level}", tx.now)
    for event in verbs.tag(ticket, tags, act):
        return replace(event, kind=BREACHED, data={**event.data, "sla": facts(clock)})
    data = {"changes": {}, "sla": facts(clock)}
    return Event(BREACHED, ticket.id, act.at, act.by, act.cause, data, act.recorded_at)


def _told(tx: Transaction, ticket: Ticket) -> frozenset[tuple[object, object]]:
    """Return the clocks, by kind and beginning, of which the history tells the breach."""
    found = (e.data.get("sla") for e in tx.history(ticket.id) if e.kind == BREACHED)
    return frozenset((f.get("clock"), f.get("started_at")) for f in found if isinstance(f, dict))


def _breached(clocks: Iterable[Clock], kinds: Collection[str]) -> Iterator[Clock]:
    """Yield the clocks of *kinds* that run and are breached."""
    for clock in clocks:
        if clock.kind in kinds and clock.is_open and clock.state is State.BREACHED:
            yield clock
