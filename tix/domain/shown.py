"""A ticket as its own page has it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from tix.domain.event import Event
from tix.domain.people import Contact, Customer
from tix.domain.thread import Message
from tix.domain.ticket import Ticket


class Shown(NamedTuple):
    """A ticket with all that is known of it; the messages hold those of absorbed tickets.

    *tied* has the tickets that it names, by number; for a merged one that it goes on in.
    *people* has the customers who wrote on it, by their ids.
    """

    ticket: Ticket
    customer: Customer | None
    history: tuple[Event, ...]
    messages: tuple[Message, ...]
    tied: Mapping[int, Ticket] = MappingProxyType({})
    people: Mapping[str, Contact] = MappingProxyType({})

    @property
    def contact(self) -> Contact | None:
        """What lists show of the requester."""
        return self.customer.contact if self.customer else None
