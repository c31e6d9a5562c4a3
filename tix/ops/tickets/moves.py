"""Moving: from status to status, and into the trash and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.domain import verbs
from tix.ops.change import Change, Events, then, update

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from tix.desk import Desk
    from tix.domain.ticket import Ticket
    from tix.domain.verbs import Act
    from tix.store.base import Transaction


def wait(desk: Desk, ticket_ids: Sequence[int], on: str, until: datetime | None) -> Change:
    """Wait for the customer or a third party."""
    return update(
        desk, "wait", ticket_ids, lambda tx, t, act: verbs.wait(t, act, on=on, until=until)
    )


def snooze(desk: Desk, ticket_ids: Sequence[int], until: datetime) -> Change:
    """Put tickets out of sight until a time."""
    return update(desk, "snooze", ticket_ids, lambda tx, t, act: verbs.postpone(t, until, act))


def resolve(
    desk: Desk,
    ticket_ids: Sequence[int],
    reason: str = "solved",
    *,
    body: str | None = None,
    close: bool = False,
) -> Change:
    """Call tickets done, with a last reply if there is a *body*, and for good if *close*."""

    def decide(tx: Transaction, ticket: Ticket, act: Act) -> Events:
        events: Events = verbs.reply(ticket, body, act) if body else ()
        events = then(ticket, events, lambda t: verbs.resolve(t, act, reason))
        return then(ticket, events, lambda t: verbs.close(t, act) if close else ())

    return update(desk, "resolve", ticket_ids, decide)


def close(desk: Desk, ticket_ids: Sequence[int]) -> Change:
    """Close resolved tickets for good."""
    return update(desk, "close", ticket_ids, lambda tx, t, act: verbs.close(t, act))


def reopen(desk: Desk, ticket_ids: Sequence[int]) -> Change:
    """Open tickets again."""
    return update(desk, "reopen", ticket_ids, lambda tx, t, act: verbs.reopen(t, act))


def mark_spam(desk: Desk, ticket_ids: Sequence[int]) -> Change:
    """Call tickets spam."""
    return update(desk, "spam", ticket_ids, lambda tx, t, act: verbs.mark_spam(t, act))


def trash(desk: Desk, ticket_ids: Sequence[int]) -> Change:
    """Put tickets into the trash."""
    return update(desk, "delete", ticket_ids, lambda tx, t, act: verbs.trash(t, act))


def restore(desk: Desk, ticket_ids: Sequence[int]) -> Change:
    """Take tickets out of the trash."""
    return update(desk, "restore", ticket_ids, lambda tx, t, act: verbs.restore(t, act))
