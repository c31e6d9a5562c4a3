"""Following a merged ticket to the one it goes on in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.ops.change import Notice

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tix.domain.ticket import Ticket
    from tix.store.base import Transaction


def heir(find: Callable[[int], Ticket], ticket_id: int) -> Ticket:
    """Return the ticket that this one goes on in, through any number of merges; else itself.

    *find* gives the ticket with a number.

    Raises:
        TicketNotFound: There is none.
    """
    ticket, seen = find(ticket_id), {ticket_id}
    while ticket.merged_into is not None and ticket.merged_into not in seen:
        seen.add(ticket.merged_into)
        ticket = find(ticket.merged_into)
    return ticket


def follow(ticket_ids: list[int]) -> Callable[[Transaction], Iterator[Notice]]:
    """Return what puts its heir in the place of each of *ticket_ids*, with a notice of it.

    ``update`` asks for notices before it looks at the tickets. One that is not there stays,
    for ``update`` to name it.
    """

    def notices(tx: Transaction) -> Iterator[Notice]:
        from tix.errors import TicketNotFound

        for place, number in enumerate(ticket_ids):
            try:
                target = heir(tx.ticket, number)
            except TicketNotFound:
                continue
            if target.id != number:
                ticket_ids[place] = target.id
                yield Notice("merged", f"ticket {number} was merged; this is for {target.id}")

    return notices
