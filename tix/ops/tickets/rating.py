"""What customers think of tickets: a rating, and one that is withdrawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.domain.verbs import rating as verbs
from tix.domain.verbs.working import dated
from tix.ops.change import Change, update
from tix.ops.tickets.following import follow

if TYPE_CHECKING:
    from datetime import datetime

    from tix.desk import Desk
    from tix.domain.event import Event
    from tix.domain.ticket import Ticket
    from tix.domain.verbs import Act
    from tix.ops.change import Events
    from tix.store.base import Transaction


def rate(
    desk: Desk,
    ticket_id: int,
    score: str,
    *,
    comment: str = "",
    at: datetime | None = None,
    by_customer: bool = False,
    force: bool = False,
) -> Change:
    """Give a ticket a score, or for a merged one that which it goes on in.

    With *by_customer* it is the requester who does, else the agent who acts.

    Raises:
        Refused: Nobody has answered or resolved it, and not *force*.
    """

    def decide(tx: Transaction, ticket: Ticket, act: Act) -> Events:
        act = dated(act, at, "a rating", ticket, tx.ticket(ticket_id))
        if by_customer:
            act = act._replace(by=customer_of(ticket))
        return rated(tx, ticket, score, act, comment, force=force)

    numbers = [ticket_id]
    return update(desk, "rate", numbers, decide, follow(numbers))


def withdraw(desk: Desk, ticket_id: int) -> Change:
    """Let the rating of a ticket that counts count no more; it stays in the history.

    Raises:
        NotFound: No rating counts.
    """
    numbers = [ticket_id]
    return update(
        desk,
        "rate withdraw",
        numbers,
        lambda tx, t, act: verbs.withdraw(t, tx.history(t.id), act),
        follow(numbers),
    )


def rated(
    tx: Transaction, ticket: Ticket, score: str, act: Act, comment: str, *, force: bool
) -> tuple[Event, ...]:
    """Return the event that gives a ticket a score, for what it has absorbed as well.

    Raises:
        Refused: Nobody has answered or resolved it, and not *force*.
    """
    said = [event for number in ticket.absorbed for event in tx.history(number)]
    history = tx.history(ticket.id)
    return verbs.rate(ticket, history, score, act, comment=comment, said=said, force=force)


def customer_of(ticket: Ticket) -> str:
    """Return the requester, as who an event is by."""
    return f"customer:C-{ticket.requester}" if ticket.requester else "customer"
