"""A ticket as lists have it."""

from __future__ import annotations

from typing import NamedTuple

from tix.domain.people import Contact
from tix.domain.ticket import Ticket


class Found(NamedTuple):
    """A ticket with what lists show of its requester."""

    ticket: Ticket
    contact: Contact | None
