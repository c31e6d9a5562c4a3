"""Who acts and when, and how an act becomes an event."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from tix.domain.event import CHANGES, Event
from tix.domain.status import NEXT, Status
from tix.domain.ticket import Ticket, changes
from tix.errors import TransitionRefused
from tix.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


class Act(NamedTuple):
    """Who acts, when (UTC), and why.

    ``recorded_at`` tells that ``at`` is meant to lie in the past (an import, ``--at``);
    without it an act never comes before the ticket's last event, whatever the clock says.
    """

    by: str
    at: datetime
    cause: str = ""
    recorded_at: datetime | None = None


def event(
    ticket: Ticket,
    kind: str,
    act: Act,
    after: Mapping[str, object],
    content: Mapping[str, object] | None = None,
) -> tuple[Event, ...]:
    """Return the event that changes *ticket* to *after*, or none if nothing changes."""
    changed = changes(ticket, after)
    if not changed:
        return ()
    data = {CHANGES: changed, **(content or {})}
    at, recorded_at = timing(ticket, act)
    return (Event(kind, ticket.id, at, act.by, act.cause, data, recorded_at),)


def timing(ticket: Ticket, act: Act) -> tuple[datetime, datetime | None]:
    """Return when *act* happens to *ticket*, and when it was recorded if that differs."""
    if act.recorded_at is None and act.at < ticket.updated_at:
        return ticket.updated_at, act.at
    return act.at, act.recorded_at


def moved(ticket: Ticket, status: Status, act: Act) -> dict[str, Any]:
    """Return the head fields of the move to *status*; none if it is there already.

    Raises:
        TransitionRefused: The table of moves has no such step.
    """
    was = at_hand(ticket).status
    if status is was:
        return {}
    if status not in NEXT[was]:
        raise TransitionRefused(
            f"ticket {ticket.id} is {was}; it cannot become {status}", hint=way_on(ticket)
        )
    after: dict[str, Any] = {"status": status, "substatus": None, "before": None}
    after["snoozed_until"] = None
    if status in (Status.RESOLVED, Status.SPAM):
        after["waiting_since"] = None
    if status is Status.RESOLVED:
        after["resolved_at"] = act.at
    elif status is Status.CLOSED:
        after["closed_at"] = act.at
    elif was in (Status.RESOLVED, Status.CLOSED):
        after |= {"resolved_at": None, "closed_at": None, "reason": None}
        after["reopened"] = ticket.reopened + 1
    return after


def way_on(ticket: Ticket) -> str:
    """Return what can be done with *ticket* instead, as a hint."""
    if ticket.status is Status.MERGED:
        return f"it goes on in ticket {ticket.merged_into}"
    return "it can become " + ", ".join(NEXT[ticket.status])


def at_hand(ticket: Ticket) -> Ticket:
    """Return *ticket* unless it is in the trash.

    Raises:
        TransitionRefused: It is.
    """
    if ticket.trashed_at is not None:
        raise TransitionRefused(
            f"ticket {ticket.id} is in the trash", hint=f"tix restore {ticket.id}"
        )
    return ticket
