"""Time spent on tickets: told afterwards, measured by a timer or in the editor, and listed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.domain.verbs import working as verbs
from tix.domain.working import EDITOR, MANUAL, Entry, editing_shares, entries, running
from tix.errors import NotFound, Refused
from tix.ops.change import Change, Notice, update
from tix.ops.tickets.following import follow
from tix.ops.transactions import reading, tickets_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from tix.desk import Desk
    from tix.domain.ticket import Ticket
    from tix.domain.verbs import Act
    from tix.ops.change import Events
    from tix.store.base import Transaction


def work(
    desk: Desk,
    ticket_id: int,
    seconds: int,
    *,
    source: str = MANUAL,
    note: str = "",
    at: datetime | None = None,
) -> Change:
    """Add to the time spent on a ticket; for a merged one to that of the one it goes on in."""

    def decide(tx: Transaction, ticket: Ticket, act: Act) -> Events:
        act = verbs.dated(act, at, "time spent", ticket, tx.ticket(ticket_id))
        return verbs.work(ticket, seconds, act, source=source, note=note)

    numbers = [ticket_id]
    return update(desk, "time", numbers, decide, follow(numbers))


def edited(desk: Desk, ticket_ids: Sequence[int], seconds: float) -> Change:
    """Add the time that a text about the tickets was open in the editor, shared among them."""
    shares = dict(zip(ticket_ids, editing_shares(seconds, len(ticket_ids)), strict=True))

    def decide(tx: Transaction, ticket: Ticket, act: Act) -> Events:
        share = shares[ticket.id]
        return verbs.work(ticket, share, act, source=EDITOR) if share else ()

    return update(desk, "time", [number for number, share in shares.items() if share], decide)


def start(desk: Desk, ticket_id: int, *, switch: bool = False) -> Change:
    """Start a timer of who acts; with *switch* the one that runs elsewhere is stopped first.

    Raises:
        Refused: One runs elsewhere, and not *switch*; or it was forgotten.
        TransitionRefused: The ticket is settled.
    """
    numbers = [ticket_id]

    def decide(tx: Transaction, ticket: Ticket, act: Act) -> Events:
        if ticket.id == numbers[-1]:
            return verbs.start_timer(ticket, act)
        return verbs.stop_timer(ticket, act)

    def notices(tx: Transaction) -> Iterator[Notice]:
        yield from follow(numbers)(tx)
        other = _with_timer_of(tx, desk.user)
        if other is None or other.id in numbers:
            return
        if not switch:
            raise Refused(
                f"{desk.user} has a timer running on ticket {other.id}, {other.subject!r}",
                hint=f"tix time --stop, or tix time {numbers[0]} --start --switch",
                ids=(other.id,),
            )
        numbers.insert(0, other.id)

    return update(desk, "time start", numbers, decide, notices)


def stop(
    desk: Desk, ticket_id: int | None = None, *, note: str = "", seconds: int | None = None
) -> Change:
    """Stop the timer of who acts, wherever it runs unless a ticket is named.

    What it has measured is added to the time spent, or *seconds* instead.

    Raises:
        NotFound: None runs, or not there.
        Refused: It was forgotten, and *seconds* are not told.
    """
    numbers = [] if ticket_id is None else [ticket_id]

    def notices(tx: Transaction) -> Iterator[Notice]:
        if not numbers:
            ticket = _with_timer_of(tx, desk.user)
            if ticket is None:
                raise NotFound(f"no timer of {desk.user} is running", hint="tix time ID --start")
            numbers.append(ticket.id)
        yield from ()

    return update(
        desk,
        "time stop",
        numbers,
        lambda tx, t, act: verbs.stop_timer(t, act, note=note, seconds=seconds),
        notices,
    )


@reading
def spent(desk: Desk, tx: Transaction, ticket_id: int) -> list[Entry]:
    """Return the time entries of a ticket in their order, and the timers that run on it.

    Raises:
        TicketNotFound: There is none.
    """
    (ticket,) = tickets_of(tx, [ticket_id])
    return [*entries(ticket, tx.history(ticket.id)), *running(ticket, tx.now)]


@reading
def timers(desk: Desk, tx: Transaction) -> list[Entry]:
    """Return the timers that run, the oldest first."""
    found = (entry for ticket in _timed(tx) for entry in running(ticket, tx.now))
    return sorted(found, key=lambda entry: (entry.at, entry.ticket_id))


def _timed(tx: Transaction) -> Iterator[Ticket]:
    """Yield the tickets with timers; a settled one is left aside, as nobody works on it."""
    from tix.domain.query import EVERYTHING_UNSETTLED

    yield from (row.ticket for row in tx.find(EVERYTHING_UNSETTLED) if row.ticket.timers)


def _with_timer_of(tx: Transaction, agent: str) -> Ticket | None:
    """Return the ticket on which a timer of *agent* runs."""
    found = (t for t in _timed(tx) if any(timer.agent == agent for timer in t.timers))
    return next(found, None)
