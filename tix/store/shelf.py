"""Where a ticket's head and history stand: on the desk while unsettled, then in a block.

Closing moves both into the block of the ticket's number, reopening moves them back. The
move is decided once, when the transaction ends, from what the head then is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tix.codec import decode, encode
from tix.domain.ticket import Ticket
from tix.errors import TicketNotFound
from tix.record import NamedTuple
from tix.store import layout
from tix.store.page import damaged
from tix.store.rows import parsed, written

if TYPE_CHECKING:
    from tix.errors import DeskDamaged
    from tix.store.pages import Pages

HEADS = "tickets"
EVENTS = "events"


class _Place(NamedTuple):
    heads: str
    history: str


class Shelf:
    """The heads and event documents of tickets, wherever they stand."""

    def __init__(self, pages: Pages) -> None:
        self._pages = pages
        self._was: dict[int, _Place | None] = {}
        # By the numbers of events, as they will stand on their pages.
        self._added: dict[int, dict[str, bytes]] = {}
        self.settled: set[int] = set()
        """The tickets that ``settle`` put into a block, or found in one."""

    def head(self, ticket_id: int) -> dict[str, Any]:
        """Return a head's document.

        Raises:
            TicketNotFound: There is none.
        """
        place = self._place(ticket_id)
        head = self._pages.document(place.heads, HEADS, str(ticket_id)) if place else None
        if head is None:
            raise TicketNotFound(f"no ticket {ticket_id}", ids=(ticket_id,))
        return head

    def put_head(self, ticket: Ticket) -> None:
        """Add or replace a head; it moves if it is settled now, or no longer."""
        was = self._place(ticket.id)
        self._was.setdefault(ticket.id, was)
        now = _home(ticket)
        if was is not None and was.heads != now.heads:
            self._pages.put(was.heads, HEADS, str(ticket.id), None)
        self._pages.put(now.heads, HEADS, str(ticket.id), encode(ticket))

    def events(self, ticket_id: int) -> list[dict[str, Any]]:
        """Return the documents of a ticket's events in the order of ``seq``.

        Raises:
            TicketNotFound: There is no such ticket.
        """
        place = self._was[ticket_id] if ticket_id in self._was else self._place(ticket_id)
        added = [*map(parsed, self._added.get(ticket_id, {}).values())]
        if place is None and not added:
            raise TicketNotFound(f"no ticket {ticket_id}", ids=(ticket_id,))
        if place is None:
            return added
        return self._history(ticket_id, place) + added

    def by_ticket(self, page: str) -> dict[int, list[dict[str, Any]]]:
        """Return the documents of events on a page in their order, by ticket; none are kept."""
        found: dict[int, list[dict[str, Any]]] = {}
        for event in self._pages.passing(page, EVENTS):
            found.setdefault(event["ticket_id"], []).append(event)
        return found

    def add_event(self, ticket_id: int, document: dict[str, Any]) -> None:
        """Add the document of an event to a ticket's history."""
        self._added.setdefault(ticket_id, {})[str(document["seq"])] = written(document)

    def put_event(self, ticket_id: int, document: dict[str, Any]) -> None:
        """Replace the document of an event."""
        seq = str(document["seq"])
        where = self._was.get(ticket_id) or self._place(ticket_id)
        if seq in self._added.get(ticket_id, {}):
            self.add_event(ticket_id, document)
        elif where is not None:
            self._pages.put(where.history, EVENTS, seq, document)

    def settle(self) -> list[int]:
        """Put every history where its head now stands; return the touched numbers."""
        for ticket_id in self._added.keys() | self._was.keys():
            now = self._place(ticket_id)
            if now is None:
                raise AssertionError(f"events of ticket {ticket_id} without a head")
            was = self._was.get(ticket_id, now)
            if now.heads != layout.ROOT or (was and was.heads != layout.ROOT):
                self.settled.add(ticket_id)
            stored = self._history(ticket_id, was) if was is not None else []
            if was is not None and was.history != now.history:
                for document in stored:
                    self._pages.put(was.history, EVENTS, str(document["seq"]), None)
                    self._pages.put(now.history, EVENTS, str(document["seq"]), document)
            for seq, event in self._added.pop(ticket_id, {}).items():
                self._pages.put_written(now.history, EVENTS, seq, event)
        touched = self.touched
        self._was = {}
        return touched

    @property
    def touched(self) -> list[int]:
        """The numbers of the tickets whose heads were put, until they are settled."""
        return list(self._was)

    def _history(self, ticket_id: int, place: _Place) -> list[dict[str, Any]]:
        """Return the stored documents of a ticket's events in the order of ``seq``.

        Raises:
            DeskDamaged: There is none, and every ticket has one.
        """
        words = (b'"ticket_id":%d' % ticket_id,)
        documents = self._pages.documents(place.history, EVENTS, words=words)
        found = [dict(d) for d in documents if d["ticket_id"] == ticket_id]
        if not found:
            raise no_history(ticket_id, place.history)
        return sorted(found, key=lambda document: int(document["seq"]))

    def _place(self, ticket_id: int) -> _Place | None:
        """Return where a ticket's head stands, None if nowhere."""
        number = str(ticket_id)
        if self._pages.document(layout.ROOT, HEADS, number):
            return _Place(layout.ROOT, layout.history(ticket_id))
        heads = layout.settled_heads(ticket_id)
        if self._pages.document(heads, HEADS, number):
            return _Place(heads, layout.settled_history(ticket_id))
        return None


def no_history(ticket_id: int, page: str) -> DeskDamaged:
    """Return the error for a ticket of which *page* has no event, as every ticket has one."""
    return damaged(page, f"the history of ticket {ticket_id} is missing")


def _home(ticket: Ticket) -> _Place:
    if ticket.is_settled:
        return _Place(layout.settled_heads(ticket.id), layout.settled_history(ticket.id))
    return _Place(layout.ROOT, layout.history(ticket.id))


def decode_head(document: dict[str, Any]) -> Ticket:
    """Return the ticket of a head's document.

    Raises:
        DeskDamaged: It is no ticket.
    """
    try:
        return decode(Ticket, document)
    except (TypeError, ValueError, KeyError) as error:
        raise damaged(layout.ROOT, f"a head in it cannot be read ({error})") from error
