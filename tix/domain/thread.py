"""The conversation on a ticket, read from its history."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, cast

from tix.codec import decode
from tix.domain.event import BODY_HASH, Event, undone_operations
from tix.domain.spoken import KINDS as SPOKEN
from tix.domain.spoken import Spoken, spoken
from tix.domain.ticket import fold
from tix.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from tix.domain.ticket import Ticket

_WRITTEN = {"opened": "customer", "received": "customer", "replied": "reply", "noted": "note"}
KINDS = _WRITTEN | SPOKEN


class Attachment(NamedTuple):
    """A file that came with a message; its content is stored under its SHA-256."""

    name: str
    sha256: str
    size_bytes: int
    type: str = "application/octet-stream"


class Message(NamedTuple):
    """One message, note, call or chat.

    ``kind`` is ``customer``, ``reply`` (the customer sees it), ``note`` (only agents), ``call``
    or ``chat``, of which ``spoken`` tells the rest; ``body`` is None if it was erased;
    ``retracted`` tells that its operation was undone.
    """

    n: int
    kind: str
    author: str
    at: datetime
    body: str | None
    attachments: tuple[Attachment, ...] = ()
    pinned: bool = False
    retracted: bool = False
    ticket_id: int = 0
    spoken: Spoken | None = None


def thread(history: Iterable[Event]) -> tuple[Message, ...]:
    """Return the messages of *history*, numbered from 1 in their order."""
    events = tuple(history)
    undone = undone_operations(events)
    found: list[Message] = []
    for event in events:
        if event.body is None and BODY_HASH not in event.data and event.kind not in SPOKEN:
            continue
        found.append(_message(len(found) + 1, event, event.op in undone))
    return tuple(found)


def conversation(ticket: Ticket, history: Callable[[int], Sequence[Event]]) -> tuple[Message, ...]:
    """Return the messages of a ticket and of all that go on in it, numbered in order of time.

    *history* gives what happened to the ticket with a number.
    """
    events = [*history(ticket.id)]
    left, seen = [*ticket.absorbed], {ticket.id}
    for number in left:
        if number not in seen:
            seen.add(number)
            others = history(number)
            events += others
            left += fold(others).absorbed if others else ()
    return thread(sorted(events, key=lambda event: (event.at, event.seq)))


def split_off(history: Iterable[Event]) -> list[tuple[int, list[int]]]:
    """Return the tickets that were split off from one, each with the numbers of its messages."""
    events = tuple(history)
    undone = undone_operations(events)
    return [
        (cast("int", event.data["into"]), cast("list[int]", event.data["messages"]))
        for event in events
        if event.kind == "split" and event.op not in undone and event.data["into"] is not None
    ]


def _message(n: int, event: Event, retracted: bool) -> Message:
    kind = KINDS.get(event.kind, "note")
    if event.kind == "opened" and event.changes.get("outbound"):
        kind = "reply"
    files = cast("list[object]", event.data.get("attachments", []))
    return Message(
        n,
        kind,
        _author(event, kind),
        event.at,
        event.body or (None if BODY_HASH in event.data else ""),
        tuple(decode(Attachment, file) for file in files),
        bool(event.data.get("pinned")),
        retracted,
        event.ticket_id,
        spoken(event),
    )


def _author(event: Event, kind: str) -> str:
    """Return who said it: the customer for a first message that an agent took down."""
    requester = event.changes.get("requester", (None, None))[1]
    if event.kind != "opened" or kind != "customer" or not event.by.startswith("agent:"):
        return event.by
    return f"customer:C-{requester}" if requester else event.by


def heir(find: Callable[[int], Ticket], ticket_id: int) -> Ticket:
    """Return the ticket that this one goes on in, through any number of merges; else itself.

    *find* gives the ticket with a number.

    Raises:
        TicketNotFound: There is none.
    """
    ticket, seen = find(ticket_id), {ticket_id}
    while ticket.merged_into is not None and ticket.merged_into not in seen:
        seen.add(ticket.merged_into)
        ticket = find(ticket.merged_into)
    return ticket
