"""Recording: every event goes through here, into the history and onto the head.

What an event makes of the promises to the customer is recorded with it: a new ticket gets
its level, and a change that makes the rules choose another one brings that. A level that was
put on by hand stays until then.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tix.codec import encode_value
from tix.domain.course import TAKEN_BACK, Course
from tix.domain.event import CHANGES
from tix.domain.ticket import evolve, fold
from tix.domain.verbs.act import Act
from tix.domain.verbs.levels import apply_level
from tix.ops.levels import applied, choice, priority_of
from tix.ops.masking import noted
from tix.record import replace

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from tix.domain.event import Event
    from tix.domain.ticket import Ticket
    from tix.store.base import Transaction

SLA, PRIORITY, REQUESTER = "sla", "priority", "requester"
IMPORTED = "import:"


def record(
    tx: Transaction,
    ticket: Ticket | None,
    events: Iterable[Event],
    *,
    by_hand: Collection[str] = (),
) -> Ticket:
    """Log *events* of one ticket and return what it is after them; None stands before it.

    Of a new ticket, *by_hand* are the fields that no policy may set.

    Raises:
        ValueError: There is neither a ticket nor an event.
    """
    told = tuple(events)
    if ticket is None:
        told = tuple(_with_level(tx, event, by_hand) for event in told[:1]) + told[1:]
        after = _logged(tx, None, told)
    else:
        before = _with_course(tx, ticket)
        after = _logged(tx, before, told)
        after = _logged(tx, after, _chosen_anew(tx, before, after, told))
    tx.put_ticket(after)
    return after


def _logged(tx: Transaction, ticket: Ticket | None, events: Iterable[Event]) -> Ticket:
    for event in events:
        logged = tx.log(noted(ticket, event), ticket.hash if ticket else "")
        ticket = evolve(ticket, logged)
    if ticket is None:
        raise ValueError("nothing to record")
    return ticket


def _with_course(tx: Transaction, ticket: Ticket) -> Ticket:
    """Return a head with its course; those that an older tix wrote have none."""
    if ticket.course != Course():
        return ticket
    return replace(ticket, course=fold(tx.history(ticket.id)).course)


def _with_level(tx: Transaction, event: Event, by_hand: Collection[str]) -> Event:
    """Return *event*, the first of a ticket, with the level that the ticket gets.

    One that is imported has what its history tells, and no more.
    """
    changes: dict[str, Any] = dict(event.changes)
    if SLA not in by_hand:
        if SLA in changes or event.by.startswith(IMPORTED):
            return event
        sla = applied(tx.setup, choice(tx, evolve(None, event), [event]))
        changes |= {SLA: [None, encode_value(sla)]} if sla else {}
    if SLA not in changes:
        return event
    priority = priority_of(tx.setup, changes[SLA][1]["level"])
    if priority is not None and PRIORITY not in by_hand:
        changes[PRIORITY] = [None, priority]
    return replace(event, data={**event.data, CHANGES: changes})


def _chosen_anew(
    tx: Transaction, before: Ticket, after: Ticket, events: Sequence[Event]
) -> tuple[Event, ...]:
    """Return the event of another level, if *events* made the policy choose another one."""
    changed = {name for event in events for name in event.changes}
    if after.is_settled or SLA in changed or not (tx.setup.policy.rules or REQUESTER in changed):
        return ()
    if any(event.kind in TAKEN_BACK or event.by.startswith(IMPORTED) for event in events):
        return ()
    name = choice(tx, after)
    if name == choice(tx, before) or name == (after.sla.level if after.sla else None):
        return ()

    act = Act("system", after.updated_at, f"the policy chooses {name or 'no level'}")
    priority = None if PRIORITY in changed else priority_of(tx.setup, name)
    return apply_level(after, applied(tx.setup, name), act, priority)
