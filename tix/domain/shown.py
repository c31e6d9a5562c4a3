"""A ticket as its own page has it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from tix.domain.event import Event
from tix.domain.people import Contact, Customer
from tix.domain.sla.clock import Clock, tightest
from tix.domain.thread import Message
from tix.domain.ticket import Ticket
from tix.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


class Shown(NamedTuple):
    """A ticket with all that is known of it; the messages hold those of absorbed tickets.

    *tied* has the tickets that it names, by number; for a merged one that it goes on in.
    *people* has the customers who wrote on it, by their ids; *clocks* those that it has.
    """

    ticket: Ticket
    customer: Customer | None
    history: tuple[Event, ...]
    messages: tuple[Message, ...]
    tied: Mapping[int, Ticket] = MappingProxyType({})
    people: Mapping[str, Contact] = MappingProxyType({})
    clocks: tuple[Clock, ...] = ()

    @property
    def contact(self) -> Contact | None:
        """What lists show of the requester."""
        return self.customer.contact if self.customer else None


def clock_finder(pages: Iterable[Shown]) -> Callable[[Ticket], Clock | None]:
    """Return what finds the tightest clock of the tickets on *pages*."""
    found = {shown.ticket.id: tightest(shown.clocks) for shown in pages}
    return lambda ticket: found.get(ticket.id)
