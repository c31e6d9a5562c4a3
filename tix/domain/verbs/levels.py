"""Levels: what is promised for a ticket from now on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.domain.verbs.act import Act, at_hand, event

if TYPE_CHECKING:
    from tix.domain.course import Applied
    from tix.domain.event import Event
    from tix.domain.ticket import Ticket


def apply_level(
    ticket: Ticket, level: Applied | None, act: Act, priority: str | None = None
) -> tuple[Event, ...]:
    """Promise *level* for the ticket, or (None) nothing, and set the *priority* along with it.

    Raises:
        TransitionRefused: The ticket is in the trash.
    """
    after: dict[str, object] = {"sla": level}
    if priority is not None:
        after["priority"] = priority
    return event(at_hand(ticket), "sla_applied", act, after)
