"""The ledger of alerts: what was told is told once, until somebody knows or wants quiet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.domain.alert import Alerts, is_new, noted, quiet_of
from tix.errors import UsageError
from tix.ops.change import Altered, Change, alter, check_revision
from tix.ops.sla.checking import Scope, clocks_on
from tix.ops.transactions import tickets_of
from tix.record import replace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
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


def acknowledge(desk: Desk, ticket_ids: Sequence[int]) -> Change:
    """Note that somebody knows of all that is late on these tickets.

    Nobody is reminded of it any more, and told again only of a further step.

    Raises:
        TicketNotFound: Some do not exist.
        Conflict: ``--if-rev`` does not fit.
    """

    def known(tx: Transaction, ticket: Ticket) -> Alerts:
        alerts = alerts_of(tx, ticket.id)
        late = Scope().late(clocks_on(tx, ticket))
        news = [clock for clock in late if is_new(alerts, clock) or not alerts.of(clock).acked]
        return noted(alerts, news, tx.now, acked=True)

    return _hushed(desk, "sla ack", ticket_ids, known)


def silence(desk: Desk, ticket_ids: Sequence[int], until: datetime | None) -> Change:
    """Let nothing be told of these tickets before *until*; None ends the silence.

    Raises:
        TicketNotFound: Some do not exist.
        Conflict: ``--if-rev`` does not fit.
        UsageError: *until* is past.
    """

    def silent(tx: Transaction, ticket: Ticket) -> Alerts:
        if until is not None and until <= tx.now:
            raise UsageError(f"{until:%Y-%m-%d %H:%M} UTC is past; a time to come is needed")
        return replace(alerts_of(tx, ticket.id), silent_until=until)

    return _hushed(desk, "sla silence", ticket_ids, silent)


def _hushed(
    desk: Desk,
    command: str,
    ticket_ids: Sequence[int],
    hush: Callable[[Transaction, Ticket], Alerts],
) -> Change:
    def work(tx: Transaction) -> Iterator[Altered]:
        tickets = tickets_of(tx, ticket_ids)
        check_revision(tickets, desk.intent.if_rev)
        for ticket in tickets:
            before, after = alerts_of(tx, ticket.id), hush(tx, ticket)
            if before != after:
                tx.hushed.put(after)
            yield Altered("alerts", str(ticket.id), quiet_of(before), quiet_of(after))

    return alter(desk, command, work, creates=False)


def alerts_of(tx: Transaction, ticket_id: int) -> Alerts:
    """Return what the checker knows of a ticket."""
    return tx.alerts.get(ticket_id) if ticket_id in tx.alerts else Alerts(ticket_id)
