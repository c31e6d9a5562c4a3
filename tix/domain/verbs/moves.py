"""Moving: from status to status by the table of moves, and into the trash and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.domain.event import CHANGES, Event
from tix.domain.status import Status
from tix.domain.ticket import Ticket, changes, waking
from tix.domain.verbs.act import Act, event, moved
from tix.domain.verbs.promising import without_promises
from tix.errors import UsageError

if TYPE_CHECKING:
    from datetime import datetime


_OPENING = {
    Status.RESOLVED: "reopened",
    Status.CLOSED: "reopened",
    Status.SPAM: "unmarked_spam",
}


def wait(
    ticket: Ticket, act: Act, *, on: str = "customer", until: datetime | None = None
) -> tuple[Event, ...]:
    """Wait for the customer or a third party, at the latest *until*.

    Raises:
        UsageError: *until* is past.
    """
    after = moved(ticket, Status.PENDING, act)
    after |= {"substatus": on, "snoozed_until": _future(until, act) if until else None}
    return event(ticket, "waiting", act, after)


def postpone(ticket: Ticket, until: datetime, act: Act) -> tuple[Event, ...]:
    """Put the ticket out of sight until a time; then it is what it was before.

    Raises:
        UsageError: *until* is past.
    """
    before = ticket.before if ticket.status is Status.POSTPONED else ticket.status
    after = moved(ticket, Status.POSTPONED, act)
    after |= {"before": before, "snoozed_until": _future(until, act)}
    after["substatus"] = ticket.substatus
    return event(ticket, "postponed", act, after)


def wake(ticket: Ticket, recorded_at: datetime) -> tuple[Event, ...]:
    """Bring a postponed or waiting ticket back at the time that was set for it."""
    if ticket.snoozed_until is None:
        return ()
    data = {CHANGES: changes(ticket, waking(ticket))}
    at = ticket.snoozed_until
    return (Event("woken", ticket.id, at, "system", "its time came", data, recorded_at),)


def resolve(ticket: Ticket, act: Act, reason: str = "solved") -> tuple[Event, ...]:
    """Call it done; nobody waits any more.

    Raises:
        TransitionRefused: The table of moves has no such step.
    """
    after = moved(ticket, Status.RESOLVED, act)
    return event(ticket, "resolved", act, after | {"reason": reason})


def close(ticket: Ticket, act: Act) -> tuple[Event, ...]:
    """Close a resolved ticket for good.

    Raises:
        TransitionRefused: The ticket is not resolved.
        Refused: There is a promise on it to keep.
    """
    after = moved(ticket, Status.CLOSED, act)
    return event(without_promises(ticket, "closed"), "closed", act, after)


def reopen(ticket: Ticket, act: Act) -> tuple[Event, ...]:
    """Open a ticket again, whatever it waits for or ended as.

    Raises:
        TransitionRefused: It is merged or in the trash.
    """
    kind = _OPENING.get(ticket.status, "set_open")
    return event(ticket, kind, act, moved(ticket, Status.OPEN, act))


def mark_spam(ticket: Ticket, act: Act) -> tuple[Event, ...]:
    """Call it spam: settled, and in no figure.

    Raises:
        TransitionRefused: The table of moves has no such step.
    """
    return event(ticket, "marked_spam", act, moved(ticket, Status.SPAM, act))


def trash(ticket: Ticket, act: Act) -> tuple[Event, ...]:
    """Put the ticket into the trash; its status stays for the way back."""
    return event(ticket, "trashed", act, {"trashed_at": ticket.trashed_at or act.at})


def restore(ticket: Ticket, act: Act) -> tuple[Event, ...]:
    """Take the ticket out of the trash, as it was."""
    return event(ticket, "restored", act, {"trashed_at": None})


def _future(until: datetime, act: Act) -> datetime:
    if until <= act.at:
        raise UsageError(f"{until:%Y-%m-%d %H:%M} UTC is past; a time to come is needed")
    return until
