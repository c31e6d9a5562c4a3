"""A ticket as its own page has it."""

from __future__ import annotations

from typing import NamedTuple

from tix.domain.event import Event
from tix.domain.people import Contact, Customer
from tix.domain.thread import Message
from tix.domain.ticket import Ticket


class Shown(NamedTuple):
    """A ticket with all that is known of it; the messages hold those of absorbed tickets."""

    ticket: Ticket
    customer: Customer | None
    history: tuple[Event, ...]
    messages: tuple[Message, ...]

    @property
    def contact(self) -> Contact | None:
        """What lists show of the requester."""
        return self.customer.contact if self.customer else None
