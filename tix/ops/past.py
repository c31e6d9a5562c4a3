"""Looking at the desk as it was: tickets folded from what was known at an instant.

People and the set-up have no events; they are today's.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from tix.domain.found import Found
from tix.domain.past import known_at, until
from tix.domain.query import Seen, matcher
from tix.domain.ticket import awake, fold
from tix.domain.when import Moment, local_text
from tix.errors import BadDate, TicketNotFound
from tix.ops.transactions import reading, tickets_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from tix.desk import Desk
    from tix.domain.event import Event
    from tix.domain.people import Contact
    from tix.domain.query import TicketQuery
    from tix.domain.ticket import Ticket
    from tix.store.base import Transaction


@reading
def instant(desk: Desk, tx: Transaction, text: str) -> Moment:
    """Return the instant in the past that *text* means; a date alone is the end of its day.

    Of today that is now.

    Raises:
        BadDate: It cannot be read, or has not come yet.
    """
    from tix.domain.zone import day_end

    dates = desk.dates(tx.setup)
    moment = dates.moment(text, lean="past")
    at = moment.at
    if at > dates.now:
        raise BadDate(
            f"{text[:60]!r} has not come yet: it is {local_text(at, dates.zone)}",
            hint="the past is all that can be looked back at",
        )
    if dates.moment(text, lean="past", end_of_day=True).at != at:
        at = min(day_end(at.astimezone(dates.zone).date(), dates.zone), dates.now)
    return moment._replace(at=at)


def find(tx: Transaction, query: TicketQuery, at: datetime) -> list[Found]:
    """Return the tickets that matched at *at*, in the order of their numbers."""
    test, found = matcher(query), []
    contacts: dict[int | None, Contact | None] = {}
    for head, history in tx.scan():
        known = until(history, at)
        if not known:
            continue
        ticket = awake(head if len(known) == len(history) else fold(known), at)
        if ticket.requester not in contacts:
            contacts[ticket.requester] = contact(tx, ticket)
        whose = contacts[ticket.requester]
        if test(Seen(ticket, whose, at, partial(_text, ticket, known), tx.clocks)):
            found.append(Found(ticket, whose))
    return found


def tickets(tx: Transaction, ticket_ids: Sequence[int], at: datetime) -> Iterator[Ticket]:
    """Yield the tickets with these numbers as they counted at *at*.

    Raises:
        TicketNotFound: Some do not exist, or did not then.
    """
    tickets_of(tx, ticket_ids)
    histories = [until(tx.history(number), at) for number in ticket_ids]
    later = [number for number, known in zip(ticket_ids, histories, strict=True) if not known]
    if later:
        first = later[0]
        opened = known_at(tx.history(first)[0])
        raise TicketNotFound(
            f"ticket {', '.join(map(str, later[:20]))} was not there yet",
            hint=f"ticket {first} was opened at {opened:%Y-%m-%dT%H:%M:%SZ}",
            ids=tuple(later),
        )
    yield from (awake(fold(known), at) for known in histories)


def contact(tx: Transaction, ticket: Ticket) -> Contact | None:
    """Return what lists show of the requester; None if nobody knows them any more."""
    return tx.contact(ticket) if ticket.requester in tx.customers else None


def _text(ticket: Ticket, history: Sequence[Event]) -> str:
    return "\n".join([ticket.subject, *(event.body for event in history if event.body)])
