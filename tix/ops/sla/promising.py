"""Promises of agents: made, kept, called off and listed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.domain.promise import CANCELLED, KEPT
from tix.domain.verbs import promising as verbs
from tix.ops.change import Change, update
from tix.ops.transactions import reading

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from tix.desk import Desk
    from tix.domain.sla.duty import Duty
    from tix.store.base import Transaction


def promise(desk: Desk, ticket_ids: Sequence[int], text: str, due_at: datetime) -> Change:
    """Promise to do something by a time, on each of the tickets."""
    return update(
        desk, "promise", ticket_ids, lambda tx, t, act: verbs.promise(t, text, due_at, act)
    )


def keep(desk: Desk, ticket_ids: Sequence[int], number: int | None = None) -> Change:
    """Call a promise on each of the tickets kept: that numbered *number*, or the only one."""
    return update(
        desk,
        "promise done",
        ticket_ids,
        lambda tx, t, act: verbs.end_promise(t, number, KEPT, act),
    )


def cancel(desk: Desk, ticket_ids: Sequence[int], number: int | None = None) -> Change:
    """Call a promise on each of the tickets off."""
    return update(
        desk,
        "promise cancel",
        ticket_ids,
        lambda tx, t, act: verbs.end_promise(t, number, CANCELLED, act),
    )


@reading
def promises(
    desk: Desk, tx: Transaction, words: Sequence[str] = (), *, ended: bool = False
) -> list[Duty]:
    """Return the promises to keep on the tickets that match, the one that is due first first.

    With *ended* those are among them that were kept, called off or lost with their ticket,
    on any ticket.

    Raises:
        UsageError: The words are no query.
    """
    from tix.domain.query import EVERYTHING_UNSETTLED, TicketQuery, parse
    from tix.domain.sla.duty import Duty, in_order
    from tix.ops.queries import context

    query = TicketQuery() if ended else EVERYTHING_UNSETTLED
    if words:
        query = parse(words, context(desk, tx))
    found = [
        Duty(row.ticket, row.contact, clock)
        for row in tx.find(query)
        for clock in tx.clocks.of_promises(row.ticket, tx.now)
        if ended or clock.is_open
    ]
    return sorted(found, key=in_order)
