"""The conversation on a ticket, read from its history."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple, cast

from tix.codec import decode
from tix.domain.event import BODY_HASH, Event
from tix.domain.undo import undone_operations
from tix.domain.verbs import Attachment

if TYPE_CHECKING:
    from collections.abc import Iterable

KINDS = {"opened": "customer", "received": "customer", "replied": "reply", "noted": "note"}


class Message(NamedTuple):
    """One message or note.

    ``kind`` is ``customer``, ``reply`` (the customer sees it) or ``note`` (only agents);
    ``body`` is None if it was erased; ``retracted`` tells that its operation was undone.
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


def thread(history: Iterable[Event]) -> tuple[Message, ...]:
    """Return the messages of *history*, numbered from 1 in their order."""
    events = tuple(history)
    undone = undone_operations(events)
    found: list[Message] = []
    for event in events:
        if event.body is None and BODY_HASH not in event.data:
            continue
        found.append(_message(len(found) + 1, event, event.op in undone))
    return tuple(found)


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
        event.body,
        tuple(decode(Attachment, file) for file in files),
        bool(event.data.get("pinned")),
        retracted,
        event.ticket_id,
    )


def _author(event: Event, kind: str) -> str:
    """Return who said it: the customer for a first message that an agent took down."""
    requester = event.changes.get("requester", (None, None))[1]
    if event.kind != "opened" or kind != "customer" or not event.by.startswith("agent:"):
        return event.by
    return f"customer:C-{requester}" if requester else event.by
