"""How tickets stand with what was promised for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tix.domain.people import Contact
from tix.domain.sla.clock import Clock
from tix.domain.ticket import Ticket

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from tix.desk import Desk
    from tix.domain.sla.clock import Promises
    from tix.store.base import Transaction


class Standing(NamedTuple):
    """A ticket with its clocks; *tightest* is the one that is due next, or long ago."""

    ticket: Ticket
    contact: Contact | None
    clocks: tuple[Clock, ...]
    tightest: Clock | None


def promises(tx: Transaction) -> Promises:
    """Return what finds a level and its calendar by their versions, each looked for once."""
    return tx.promises


def clocks_of(tx: Transaction, ticket: Ticket, now: datetime | None = None) -> tuple[Clock, ...]:
    """Return the clocks of a ticket at *now*, or else by the clock of *tx*."""
    return tx.clocks(ticket, now or tx.now)


def standings(desk: Desk, tx: Transaction, words: Sequence[str] = ()) -> list[Standing]:
    """Return the open tickets that match *words* and have a level, the tightest clock first.

    Those of which every clock has stopped come last.

    Raises:
        UsageError: The words are no query.
    """
    from tix.domain.query import parse
    from tix.domain.sla.clock import tightest
    from tix.ops.queries import context

    found = []
    for row in tx.find(parse([*words, "is:open"], context(desk, tx))):
        if row.ticket.sla is not None:
            clocks = clocks_of(tx, row.ticket)
            found.append(Standing(row.ticket, row.contact, clocks, tightest(clocks)))
    return sorted(found, key=_tightness)


def _tightness(standing: Standing) -> tuple[int, float, int]:
    """Order by what is due first; then what is paused by what is left, then what has no clock."""
    clock = standing.tightest
    if clock is None:
        return 2, 0, standing.ticket.id
    if clock.due_at is None:
        return 1, clock.remaining.total_seconds(), standing.ticket.id
    return 0, clock.due_at.timestamp(), standing.ticket.id
