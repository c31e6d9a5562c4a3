"""Looking: tickets with their history, what comes next, which tags are in use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.domain.shown import Shown
from tix.domain.thread import thread
from tix.ops.change import Notice, tickets_of
from tix.ops.transactions import reading

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tix.desk import Desk
    from tix.domain.setup import Setup
    from tix.store.base import Transaction

NEXT = ("status:new,open", "assignee:none,@me")
"""The words that find what to work on next."""


@reading
def show(desk: Desk, tx: Transaction, ticket_ids: Sequence[int]) -> tuple[list[Shown], Setup]:
    """Return the tickets with their histories, in the order of *ticket_ids*, and the set-up.

    Raises:
        TicketNotFound: Some do not exist.
    """
    shown = []
    for ticket in tickets_of(tx, ticket_ids):
        history = tx.history(ticket.id)
        others = [event for number in ticket.absorbed for event in tx.history(number)]
        messages = thread(sorted((*history, *others), key=lambda event: (event.at, event.seq)))
        customer = None if ticket.requester is None else tx.customers.get(ticket.requester)
        shown.append(Shown(ticket, customer, history, messages))
    return shown, tx.setup


def next_ids(desk: Desk, words: Sequence[str] = (), limit: int = 1) -> tuple[int, ...]:
    """Return the tickets to work on next, the most important first."""
    from tix.ops.queries import find

    rows = find(desk, [*words, *NEXT], limit=limit).rows
    return tuple(row.ticket.id for row in rows)


def tags_in_use(tx: Transaction) -> dict[str, int]:
    """Return the tags of the unsettled tickets with how many have each, by name."""
    from tix.domain.query import EVERYTHING_UNSETTLED

    counts: dict[str, int] = {}
    for row in tx.find(EVERYTHING_UNSETTLED):
        for name in row.ticket.tags:
            counts[name] = counts.get(name, 0) + 1
    return dict(sorted(counts.items()))


def new_tags(tx: Transaction, tags: Iterable[str]) -> tuple[Notice, ...]:
    """Return a notice for each tag that no open ticket has, with the nearest that one has."""
    from tix.domain.nearest import nearest

    known = set(tags_in_use(tx))
    notices = []
    for name in tags:
        if name in known or not known:
            continue
        guess = nearest(name, known)
        notices.append(
            Notice(
                "new_tag", f"new tag {name!r}" + (f" (did you mean {guess!r}?)" if guess else "")
            )
        )
    return tuple(notices)
