"""A ticket with what belongs to it, as reads give it."""

from __future__ import annotations

from typing import NamedTuple

from tix.domain.event import Event
from tix.domain.people import Contact, Customer
from tix.domain.thread import Message
from tix.domain.ticket import Ticket


class Found(NamedTuple):
    """A ticket with what lists show of its requester."""

    ticket: Ticket
    contact: Contact | None


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
