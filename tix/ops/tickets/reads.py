"""Looking: tickets with their history, what comes next, which tags are in use."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from tix.domain.past import until
from tix.domain.people import customer_number
from tix.domain.shown import Shown
from tix.domain.thread import conversation, heir, split_off
from tix.domain.ticket import awake, fold
from tix.errors import TicketNotFound
from tix.ops.transactions import reading, tickets_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime

    from tix.desk import Desk
    from tix.domain.event import Event
    from tix.domain.people import Contact, Customer
    from tix.domain.setup import Setup
    from tix.domain.thread import Message
    from tix.domain.ticket import Ticket
    from tix.ops.change import Notice
    from tix.store.base import Transaction

NEXT = ("status:new,open", "assignee:none,@me")
"""The words that find what to work on next."""


@reading
def show(
    desk: Desk, tx: Transaction, ticket_ids: Sequence[int], as_of: datetime | None = None
) -> tuple[list[Shown], Setup]:
    """Return the tickets with their histories, in the order of *ticket_ids*, and the set-up.

    With *as_of* they are as they were then.

    Raises:
        TicketNotFound: Some do not exist.
    """
    if as_of is None:
        return [_shown(tx, ticket) for ticket in tickets_of(tx, ticket_ids)], tx.setup
    from tix.ops import past

    return [_shown(tx, one, as_of) for one in past.tickets(tx, ticket_ids, as_of)], tx.setup


@reading
def attachment(desk: Desk, tx: Transaction, sha256: str) -> bytes:
    """Return the content of a file that came with a message.

    Raises:
        NotFound: It was erased, or never there.
    """
    return tx.attachment(sha256)


def _shown(tx: Transaction, ticket: Ticket, as_of: datetime | None = None) -> Shown:
    def history(number: int) -> tuple[Event, ...]:
        events = tx.history(number)
        return until(events, as_of) if as_of else events

    def find(number: int) -> Ticket:
        if as_of is None:
            return tx.ticket(number)
        if not (known := history(number)):
            raise TicketNotFound(f"ticket {number} was not there yet")
        return awake(fold(known), as_of)

    own = history(ticket.id)
    messages = conversation(ticket, history)
    return Shown(
        ticket,
        _requester(tx, ticket, as_of),
        own,
        messages,
        tied=_tied(ticket, own, find),
        people=_people(tx, messages),
        clocks=tx.clocks(ticket, as_of or tx.now),
    )


def _people(tx: Transaction, messages: Iterable[Message]) -> dict[str, Contact]:
    """Return the customers who wrote *messages*, or spoke in them, by their ids."""
    told = list(messages)
    named = {message.author.removeprefix("customer:") for message in told}
    named |= {message.spoken.customer or "" for message in told if message.spoken}
    numbers = filter(None, map(customer_number, named))
    found = [tx.customers.get(number) for number in numbers if number in tx.customers]
    return {customer.id: customer.contact for customer in found}


def _tied(
    ticket: Ticket, history: Sequence[Event], find: Callable[[int], Ticket]
) -> dict[int, Ticket]:
    """Return the tickets that a page names, by number; for a merged one that it goes on in."""
    numbers = {ticket.merged_into, ticket.split_from, *ticket.absorbed}
    numbers |= {tie.ticket_id for tie in ticket.links}
    numbers |= {number for number, _ in split_off(history)}
    tied = {}
    for number in filter(None, numbers):
        with suppress(TicketNotFound):  # an import may have left a tie to what is not here
            tied[number] = heir(find, number)
    return tied


def _requester(tx: Transaction, ticket: Ticket, as_of: datetime | None) -> Customer | None:
    """Return whose ticket it is; of the past perhaps nobody that is known any more."""
    if ticket.requester is None or (as_of and ticket.requester not in tx.customers):
        return None
    return tx.customers.get(ticket.requester)


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
    """Return a notice for each tag that neither an open ticket has nor the set-up knows."""
    known = {*tags_in_use(tx), *(tag.name for tag in tx.setup.tags)}
    return _new("tag", tags, known)


def new_categories(tx: Transaction, category: str | None) -> tuple[Notice, ...]:
    """Return a notice if the set-up knows categories, and *category* is none of them."""
    return _new("category", [category] if category else [], set(tx.setup.categories))


def _new(what: str, names: Iterable[str], known: set[str]) -> tuple[Notice, ...]:
    """Return a notice for each name that is not *known*, with the nearest that is."""
    from tix.domain.nearest import nearest
    from tix.ops.change import Notice

    notices = []
    for name in names:
        if name in known or not known:
            continue
        guess = nearest(name, known)
        message = f"new {what} {name!r}" + (f" (did you mean {guess!r}?)" if guess else "")
        notices.append(Notice(f"new_{what}", message))
    return tuple(notices)
