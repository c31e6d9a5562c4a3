"""The ledger of alerts: what was told is told once, until somebody knows or wants quiet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.domain.alert import Alerts, noted
from tix.ops.sla.checking import Scope, clocks_on
from tix.ops.transactions import at_home, tickets_of
from tix.record import replace

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from tix.desk import Desk
    from tix.domain.alert import Item, Order
    from tix.domain.ticket import Ticket
    from tix.store.base import Transaction


def remember(desk: Desk, items: Iterable[Item], orders: Iterable[Order] = ()) -> None:
    """Note that *items* were told and *orders* done; only the ledger changes, in one commit.

    What was told of tickets that are settled by now is forgotten.
    """
    with desk.store.write() as tx:
        for item in items:
            tx.alerts.put(noted(alerts_of(tx, item.ticket.id), item.late, tx.now))
        for order in orders:
            alerts = alerts_of(tx, order.item.ticket.id)
            left = tuple(owed for owed in alerts.owed if owed != order.owed)
            tx.alerts.put(replace(alerts, owed=left))
        for alerts in tx.alerts.all():
            if tx.ticket(alerts.ticket_id).is_settled:
                tx.alerts.drop(alerts.ticket_id)


def acknowledge(desk: Desk, ticket_ids: Sequence[int]) -> list[Ticket]:
    """Note that somebody knows of all that is late on these tickets; return those with any.

    Nobody is reminded of it any more, and told again only of a further step.

    Raises:
        TicketNotFound: Some do not exist.
    """
    known = []
    with desk.store.write() as tx:
        at_home(desk, tx)
        for ticket in tickets_of(tx, ticket_ids):
            late = Scope().late(clocks_on(tx, ticket))
            if late:
                alerts = alerts_of(tx, ticket.id)
                tx.alerts.put(noted(alerts, late, tx.now, acked=True))
                known.append(ticket)
    return known


def silence(desk: Desk, ticket_ids: Sequence[int], until: datetime) -> list[Ticket]:
    """Let nothing be told of these tickets before *until*; return them.

    A time that has passed ends the silence.

    Raises:
        TicketNotFound: Some do not exist.
    """
    with desk.store.write() as tx:
        tickets = tickets_of(tx, ticket_ids)
        silent = until if until > tx.now else None
        for ticket in tickets:
            tx.alerts.put(replace(alerts_of(tx, ticket.id), silent_until=silent))
    return tickets


def alerts_of(tx: Transaction, ticket_id: int) -> Alerts:
    """Return what the checker knows of a ticket."""
    return tx.alerts.get(ticket_id) if ticket_id in tx.alerts else Alerts(ticket_id)
