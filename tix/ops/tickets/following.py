"""Following a merged ticket to the one it goes on in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.domain.thread import heir

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tix.ops.change import Notice
    from tix.store.base import Transaction


def follow(ticket_ids: list[int]) -> Callable[[Transaction], Iterator[Notice]]:
    """Return what puts its heir in the place of each of *ticket_ids*, with a notice of it.

    ``update`` asks for notices before it looks at the tickets. One that is not there stays,
    for ``update`` to name it.
    """

    def notices(tx: Transaction) -> Iterator[Notice]:
        from tix.errors import TicketNotFound
        from tix.ops.change import Notice

        for place, number in enumerate(ticket_ids):
            try:
                target = heir(tx.ticket, number)
            except TicketNotFound:
                continue
            if target.id != number:
                ticket_ids[place] = target.id
                yield Notice("merged", f"ticket {number} was merged; this is for {target.id}")

    return notices
