"""What time alone does, done by the clock of cron and not by the next change."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from tix.domain import verbs
from tix.domain.ticket import Ticket
from tix.ops.reactions import record
from tix.ops.transactions import reading, writing
from tix.record import Record

if TYPE_CHECKING:
    from tix.desk import Desk
    from tix.store.base import Transaction

COMMAND = "tix-sla"


class Upkeep(Record):
    """The tickets that came back, and those that were closed."""

    woken: tuple[Ticket, ...] = ()
    closed: tuple[Ticket, ...] = ()


def wake(desk: Desk) -> Upkeep:
    """Bring back what was postponed until now, and close what has long been quiet.

    It is what the next change would do; if no ticket's time has come, nothing is locked.
    """
    ripe = _ripe(desk)
    if not ripe:
        return Upkeep()
    with writing(desk, COMMAND) as tx:
        woken = tuple(tx.ticket(one.id) for one in ripe if one.snoozed_until is not None)
        closed = tuple(tx.ticket(one.id) for one in ripe if one.snoozed_until is None)
    return Upkeep(woken, closed)


def close_quiet(desk: Desk, days: int) -> tuple[Ticket, ...]:
    """Close what was resolved and has been quiet for *days*; return it.

    If there is nothing to close, nothing is locked.
    """
    if not _quiet(desk, days):
        return ()
    with writing(desk, COMMAND) as tx:
        tx.begin("system", COMMAND)
        act = verbs.Act("system", tx.now, f"quiet for {days} days")
        quiet = _quiet_on(tx, days)
        return tuple(record(tx, ticket, verbs.close(ticket, act)) for ticket in quiet)


@reading
def _ripe(desk: Desk, tx: Transaction) -> list[Ticket]:
    return tx.ripe(tx.now - tx.setup.quiet)


@reading
def _quiet(desk: Desk, tx: Transaction, days: int) -> list[Ticket]:
    return _quiet_on(tx, days)


def _quiet_on(tx: Transaction, days: int) -> list[Ticket]:
    ripe = tx.ripe(tx.now - timedelta(days=days))
    return [ticket for ticket in ripe if ticket.snoozed_until is None]
