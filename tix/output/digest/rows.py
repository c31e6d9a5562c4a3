"""A digest as rows: what every look of it is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.codec import encode_time
from tix.domain.digest import Heading
from tix.domain.span import short_span
from tix.domain.when import local_text
from tix.table import Column, Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tix.domain.digest import Digest, Item

SHOWN = ("id", "at", "about", "priority", "assignee", "customer", "subject")
"""The columns that stand under a heading."""

_AHEAD = frozenset((Heading.TODAY, Heading.PROMISED, Heading.WAKING))


def headline(digest: Digest) -> str:
    """Return how much there is, and when that was."""
    n = len(digest.items)
    tickets = "1 ticket needs" if n == 1 else f"{n or 'No'} tickets need"
    return f"{tickets} attention on {local_text(digest.as_of, digest.zone)} {digest.zone}"


def title(digest: Digest, heading: Heading) -> str:
    """Return a heading with how many tickets are under it."""
    return f"{heading.capitalize()} ({len(digest.under(heading))})"


def table(digest: Digest, items: Sequence[Item] | None = None) -> Table[Item]:
    """Return the digest as a table, or only *items* of it, with what each heading is about."""
    headings = {heading: title(digest, heading) for heading in Heading}
    return Table(
        name="digest",
        columns=[
            Column("id", lambda item: item.ticket.id, title="ID", align="right"),
            Column("heading", lambda item: item.heading.value, title="WHY"),
            Column(
                "at",
                lambda item: item.at,
                human=lambda item: distance(digest, item),
                title="WHEN",
                style=lambda item: "red" if item.heading is Heading.OVERDUE else None,
            ),
            Column("about", lambda item: item.about or None, human=lambda item: item.about),
            Column("priority", lambda item: item.ticket.priority, title="PRIO"),
            Column("assignee", lambda item: item.ticket.assignee, human=who, title="AGENT"),
            Column("customer", customer, human=lambda item: customer(item) or "-"),
            Column("subject", lambda item: item.ticket.subject, flexible=True),
        ],
        rows=digest.items if items is None else items,
        record=lambda item: record(digest, item),
        ident=lambda item: str(item.ticket.id),
        items="items",
        envelope={
            "as_of": encode_time(digest.as_of),
            "tz": str(digest.zone),
            "counts": digest.counts,
        },
        footer=headline(digest),
        empty="nothing needs attention",
        group=lambda item: headings[item.heading],
    )


def record(digest: Digest, item: Item) -> dict[str, object]:
    """Return an item as a member of ``items``: ``tix.digest_row/1`` with its schema."""
    ticket = item.ticket
    return {
        "id": ticket.id,
        "heading": item.heading.value,
        "at": encode_time(item.at),
        "seconds": int((digest.as_of - item.at).total_seconds()),
        "about": item.about or None,
        "priority": ticket.priority,
        "status": ticket.status.value,
        "assignee": ticket.assignee,
        "department": ticket.department,
        "customer": customer(item),
        "subject": ticket.subject,
    }


def distance(digest: Digest, item: Item) -> str:
    """Return how long ago or ahead the instant of an item is."""
    if item.heading in _AHEAD:
        return f"in {short_span(item.at - digest.as_of)}"
    ago = short_span(digest.as_of - item.at)
    return f"{ago} over" if item.heading is Heading.OVERDUE else ago


def who(item: Item) -> str:
    """Return who works on it, a dash if nobody does."""
    return item.ticket.assignee or "-"


def customer(item: Item) -> str | None:
    """Return how the requester is called, None if there is none."""
    return item.contact.display if item.contact else None
