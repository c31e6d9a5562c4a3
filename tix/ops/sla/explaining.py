"""Why promises are due when they are, and what would be promised."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.domain.sla.clock import Clock
from tix.domain.sla.explain import Explained, segments
from tix.domain.ticket import Ticket
from tix.ops.tickets.talking import Draft, open_ticket
from tix.ops.transactions import reading, tickets_of
from tix.record import NamedTuple

if TYPE_CHECKING:
    from tix.desk import Desk
    from tix.domain.calendar import Calendar
    from tix.store.base import Transaction


class Simulated(NamedTuple):
    """A ticket that nobody opened, with the clocks that would run."""

    ticket: Ticket
    clocks: tuple[Clock, ...]


@reading
def explain(desk: Desk, tx: Transaction, ticket_id: int) -> tuple[Ticket, tuple[Explained, ...]]:
    """Return every clock that a ticket ever had, with what was counted and what was not.

    Raises:
        TicketNotFound: There is no such ticket.
    """
    from tix.domain.sla.reading import all_clocks
    from tix.domain.sla.run import heads

    (ticket,) = tickets_of(tx, [ticket_id])
    found = []
    steps = tuple(heads(tx.history(ticket_id)))
    calendars = _calendars(tx, steps[-1][1])
    for clock in all_clocks(steps, tx.promises, tx.now):
        calendar = calendars[clock.level, clock.version]
        found.append(Explained(clock, calendar, segments(clock, calendar, tx.now)))
    return ticket, tuple(found)


def simulate(desk: Desk, draft: Draft) -> Simulated:
    """Return what would be promised if *draft* became a ticket now; nothing is kept.

    Raises:
        UsageError, NotFound: A part of *draft* means nothing on this desk.
    """
    desk.intent = desk.intent._replace(dry_run=True, key="")
    (made,) = open_ticket(desk, draft).changed
    return Simulated(made.after, _clocks(desk, made.after))


@reading
def _clocks(desk: Desk, tx: Transaction, ticket: Ticket) -> tuple[Clock, ...]:
    return tx.clocks(ticket, tx.now)


def _calendars(tx: Transaction, ticket: Ticket) -> dict[tuple[str, int], Calendar]:
    """Return the calendar of each level that the ticket had."""
    found = {}
    for term in ticket.course.terms:
        promise = tx.promises(term.sla) if term.sla else None
        if promise:
            level, calendar = promise
            found[level.name, level.version] = calendar
    return found
