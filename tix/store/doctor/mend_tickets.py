"""Tickets put together again, each from the best that is left of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.domain.event import Event
from tix.domain.ticket import Ticket
from tix.store import layout
from tix.store.doctor.forms import home
from tix.store.doctor.histories import Mender, Pieces, linked
from tix.store.shelf import EVENTS, HEADS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tix.store.doctor.histories import Mended
    from tix.store.doctor.salvage import Found
    from tix.store.doctor.workshop import Workshop


def mend_tickets(shop: Workshop) -> list[int]:
    """Put together all tickets that need it; return their numbers."""
    mender = Mender(shop.view, shop.at, shop.operation, lambda: shop.next_number("event"))
    rest = _by_ticket(shop.sources.rest)
    mended = []
    for number in sorted(_affected(shop, rest)):
        pieces = _pieces(shop, number, rest.get(number, ()))
        if pieces is not None:
            _put(shop, number, mender.mend(number, pieces))
            mended.append(number)
    return mended


def _affected(shop: Workshop, rest: Iterable[int]) -> set[int]:
    """Return the tickets of which a part may stand on a broken page."""
    facts = shop.facts
    numbers = set(shop.view.report.tickets)
    known = facts.tickets | facts.named
    for page in shop.broken:
        if page.startswith("history/"):
            numbers.add(int(page[len("history/") : -len(".json")]))
        elif page.startswith("settled/"):
            first = int(page.rpartition("/")[2].partition(".")[0]) * layout.BLOCK
            numbers.update(known.intersection(range(first, first + layout.BLOCK)))
            numbers.update(_by_ticket(shop.sources.now(layout.settled_heads(first))))
            numbers.update(_by_ticket(shop.sources.now(layout.settled_history(first))))
    if layout.ROOT in shop.broken:
        pages = [name for name in shop.view.names if name.startswith("history/")]
        numbers.update(int(name[len("history/") : -len(".json")]) for name in pages)
        numbers.update(facts.named - facts.tickets)
    # A number beyond the counter is itself a piece of damage.
    last = max(shop.last_number("ticket"), *known, 0)
    return numbers | {number for number in rest if 0 < number <= last}


def _pieces(shop: Workshop, number: int, rest: Iterable[Found]) -> Pieces | None:
    """Return what is left of a ticket, from no more sources than it needs.

    None if it is whole as it stands.
    """
    pages = (
        layout.ROOT,
        layout.settled_heads(number),
        layout.history(number),
        layout.settled_history(number),
    )
    pieces = Pieces()
    _add(pieces, (found for page in pages for found in shop.sources.now(page)), number)
    is_whole = pieces.head is not None and linked(pieces, shop.view).is_whole(pieces.head)
    if is_whole and number not in shop.view.report.tickets:
        return None
    _add(pieces, rest, number)
    if not linked(pieces, shop.view).is_whole(pieces.head):
        _add(pieces, (found for page in pages for found in shop.sources.before(page)), number)
    return pieces


def _add(pieces: Pieces, records: Iterable[Found], number: int) -> None:
    for found in records:
        if isinstance(found.record, Event) and found.record.ticket_id == number:
            pieces.add_event(found.record)
        elif isinstance(found.record, Ticket) and found.record.id == number:
            pieces.add_head(found.record)


def _put(shop: Workshop, number: int, mended: Mended) -> None:
    """Let a ticket stand where it belongs, and nowhere else."""
    bench, key = shop.bench, str(number)
    for page in (layout.ROOT, layout.settled_heads(number)):
        bench.drop(page, HEADS, key)
    for page in (layout.history(number), layout.settled_history(number)):
        rows = bench.rows(page, EVENTS)
        for seq in [seq for seq, event in rows.items() if event.get("ticket_id") == number]:
            bench.drop(page, EVENTS, seq)
    place = home(mended.head)
    bench.put(place.heads, HEADS, key, mended.head)
    for event in mended.history:
        bench.put(place.history, EVENTS, str(event.seq), event)
    shop.lost += [f"ticket {number}: {what}" for what in mended.lost]
    shop.facts.tickets.add(number)
    if mended.head.requester is not None:
        shop.facts.requesters[mended.head.requester] = number


def _by_ticket(records: Iterable[Found]) -> dict[int, list[Found]]:
    found: dict[int, list[Found]] = {}
    for one in records:
        if isinstance(one.record, Event):
            found.setdefault(one.record.ticket_id, []).append(one)
        elif isinstance(one.record, Ticket):
            found.setdefault(one.record.id, []).append(one)
    return found
