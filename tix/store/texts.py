"""What full-text search knows of tickets, read from the pages of one state of a desk."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from tix.codec import decode
from tix.domain.event import BODY, BODY_HASH, Event, undone_operations
from tix.domain.secrets import masked
from tix.domain.status import Status
from tix.record import NamedTuple
from tix.store import layout
from tix.store.page import damaged
from tix.store.shelf import EVENTS, HEADS, decode_head

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from tix.domain.ticket import Ticket
    from tix.store.pages import Pages

BODY_FILE = "body_file"

Documents = Sequence[dict[str, Any]]


class Text(NamedTuple):
    """A ticket with the words on it: of its subject, and of its messages and notes.

    What was taken back is not among them, nor are secrets. ``erased`` counts the texts that
    were erased from the desk; ``hash`` is that of the ticket's last event.
    """

    ticket_id: int
    subject: str
    body: str
    status: str
    hash: str
    is_settled: bool
    is_hidden: bool
    erased: int


def texts(pages: Pages, get_blob: Callable[[str], bytes], numbers: Iterable[int]) -> Iterator[Text]:
    """Return the texts of those *numbers* that are tickets."""
    blocks: dict[int, list[int]] = {}
    for number in numbers:
        head = pages.document(layout.ROOT, HEADS, str(number))
        if head is not None:
            events = list(pages.passing(layout.history(number), EVENTS))
            yield _text(decode_head(head), events, get_blob)
        else:
            blocks.setdefault(number // layout.BLOCK, []).append(number)
    for wanted in blocks.values():
        yield from _settled(pages, get_blob, wanted)


def _settled(
    pages: Pages, get_blob: Callable[[str], bytes], wanted: Sequence[int]
) -> Iterator[Text]:
    """Return the texts of those numbers, all of one block, that are settled tickets."""
    heads = pages.passing(layout.settled_heads(wanted[0]), HEADS)
    chosen = {int(head.doc_id): head for head in heads if int(head.doc_id) in wanted}
    if not chosen:
        return
    events: dict[int, list[dict[str, Any]]] = {number: [] for number in chosen}
    for event in pages.passing(layout.settled_history(wanted[0]), EVENTS):
        if event["ticket_id"] in events:
            events[event["ticket_id"]].append(event)
    for number, head in chosen.items():
        yield _text(decode_head(head), events[number], get_blob)


def _text(ticket: Ticket, events: Documents, get_blob: Callable[[str], bytes]) -> Text:
    try:
        bodies, subject = list(_bodies(events, get_blob)), ticket.subject
        erased = sum(BODY_HASH in event.get("data", {}) for event in events)
    except (TypeError, ValueError, KeyError, AttributeError) as error:
        raise damaged("a history", f"an event in it cannot be read ({error})") from error
    if ticket.secrets:
        bodies, subject = [*map(masked, bodies)], masked(subject)
    return Text(
        ticket.id,
        subject,
        "\n".join(bodies),
        ticket.status.value,
        ticket.hash,
        ticket.is_settled,
        ticket.trashed_at is not None or ticket.status is Status.SPAM,
        erased,
    )


def _bodies(events: Documents, get_blob: Callable[[str], bytes]) -> Iterator[str]:
    """Return the texts of the messages that stand, in their order."""
    undone: frozenset[int] = frozenset()
    if any(event["kind"] == "undone" for event in events):
        undone = undone_operations(decode(Event, event) for event in events)
    for event in sorted(events, key=lambda event: int(event["seq"])):
        data = event.get("data", {})
        if event.get("op", 0) in undone:
            continue
        if BODY in data:
            yield data[BODY]
        elif BODY_FILE in data:
            yield get_blob(data[BODY_FILE]).decode()
