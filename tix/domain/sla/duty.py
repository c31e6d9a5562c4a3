"""What is owed to a customer: a clock, and the ticket that it runs on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.domain.people import Contact
from tix.domain.sla.clock import Clock
from tix.domain.ticket import Ticket
from tix.record import NamedTuple

if TYPE_CHECKING:
    from datetime import datetime


class Duty(NamedTuple):
    """A clock with its ticket and requester."""

    ticket: Ticket
    contact: Contact | None
    clock: Clock

    @property
    def due_at(self) -> datetime:
        """When it is due; of one in a pause, since when it runs."""
        return self.clock.due_at or self.clock.started_at

    @property
    def customer(self) -> str | None:
        """The address or number of the requester, as scripts read it."""
        return (self.contact.address or self.contact.id) if self.contact else None


def in_order(duty: Duty) -> tuple[bool, datetime, int, str, int]:
    """Return the place of a clock in a list: what is due first comes first, what is over last."""
    clock = duty.clock
    return not clock.is_open, duty.due_at, duty.ticket.id, clock.kind, clock.version
