"""Recording: every event goes through here, into the history and onto the head."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.domain.ticket import evolve
from tix.ops.masking import noted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tix.domain.event import Event
    from tix.domain.ticket import Ticket
    from tix.store.base import Transaction


def record(tx: Transaction, ticket: Ticket | None, events: Iterable[Event]) -> Ticket:
    """Log *events* of one ticket and return what it is after them; None stands before it.

    Raises:
        ValueError: There is neither a ticket nor an event.
    """
    for event in events:
        logged = tx.log(noted(ticket, event), ticket.hash if ticket else "")
        ticket = evolve(ticket, logged)
    if ticket is None:
        raise ValueError("nothing to record")
    tx.put_ticket(ticket)
    return ticket
