"""A ticket as lists have it."""

from __future__ import annotations

from tix.domain.people import Contact
from tix.domain.ticket import Ticket
from tix.record import NamedTuple


class Found(NamedTuple):
    """A ticket with what lists show of its requester."""

    ticket: Ticket
    contact: Contact | None
