"""How tickets look: the columns of lists, the page of one, and their JSON.

The plain columns and the members of the JSON records are a contract with scripts: new ones
may be added to the records, and to the columns only by ``--fields``.
"""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, NamedTuple, cast

from tix.codec import encode, encode_time
from tix.domain.found import Found, Shown
from tix.domain.importance import Ranking
from tix.domain.setup import Setup
from tix.domain.span import short_span
from tix.domain.when import describe, local_text
from tix.table import Block, Card, Column, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from tix.domain.event import Event
    from tix.domain.people import Contact, Customer
    from tix.domain.thread import Message
    from tix.domain.ticket import Ticket
    from tix.table import Cell

TICKET = "tix.ticket/1"


class Scene(NamedTuple):
    """What the look of a ticket depends on beside itself."""

    now: datetime
    zone: tzinfo
    setup: Setup
    ranking: Ranking


def record(ticket: Ticket, contact: Contact | None, scene: Scene) -> dict[str, object]:
    """Return the ``tix.ticket/1`` object; every member is there, null when unknown."""
    times = (
        "created_at",
        "updated_at",
        "first_response_at",
        "answered_at",
        "resolved_at",
        "closed_at",
        "due_at",
        "snoozed_until",
        "waiting_since",
        "trashed_at",
    )
    return {
        "schema": TICKET,
        "id": ticket.id,
        "rev": ticket.rev,
        "subject": ticket.subject,
        "status": ticket.status.value,
        "substatus": ticket.substatus,
        "reason": ticket.reason,
        "priority": ticket.priority,
        "type": ticket.type,
        "category": ticket.category,
        "tags": list(ticket.tags),
        "assignee": ticket.assignee,
        "customer": customer_record(contact),
        "participants": list(ticket.participants),
        "department": ticket.department,
        "tier": ticket.tier,
        "channel": ticket.channel,
        **{name: _time(getattr(ticket, name)) for name in times},
        "sla": None,
        "importance": scene.ranking.terms(ticket, contact).total,
        "message_count": ticket.messages + ticket.replies,
        "reply_count": ticket.replies,
        "note_count": ticket.notes,
        "attachment_count": ticket.attachments,
        "outbound": ticket.outbound,
        "merged_into": ticket.merged_into,
        "absorbed": list(ticket.absorbed),
        "split_from": ticket.split_from,
        "links": [{"as": link.kind, "id": link.ticket_id} for link in ticket.links],
        "fields": dict(ticket.fields),
    }


def customer_record(contact: Contact | None) -> dict[str, object] | None:
    """Return what a ticket's record tells of its requester."""
    if contact is None:
        return None
    return {"id": contact.id, "name": contact.name, "email": contact.address}


def message_record(message: Message) -> dict[str, object]:
    """Return a message as a member of ``messages``."""
    return {
        "n": message.n,
        "kind": message.kind,
        "author": message.author,
        "at": encode_time(message.at),
        "body": message.body,
        "pinned": message.pinned,
        "retracted": message.retracted,
        "ticket_id": message.ticket_id,
        "attachments": [encode(attachment) for attachment in message.attachments],
    }


def event_record(event: Event) -> dict[str, object]:
    """Return an event with every member, null when unknown."""
    return {
        "seq": event.seq,
        "kind": event.kind,
        "ticket_id": event.ticket_id,
        "at": encode_time(event.at),
        "recorded_at": _time(event.recorded_at),
        "by": event.by,
        "cause": event.cause or None,
        "data": dict(event.data),
        "op": event.op,
        "hash": event.hash,
    }


def plain_columns() -> list[Column[Found]]:
    """Return the columns that scripts read; their order is frozen."""
    return [
        Column("id", lambda row: row.ticket.id),
        Column("status", lambda row: row.ticket.status.value),
        Column("prio", lambda row: row.ticket.priority),
        Column("assignee", lambda row: row.ticket.assignee),
        Column("customer", _customer_cell),
        Column("due_at", lambda row: row.ticket.due_at),
        Column("sla", lambda row: None),
        Column("updated_at", lambda row: row.ticket.updated_at),
        Column("tags", lambda row: row.ticket.tags),
        Column("subject", lambda row: row.ticket.subject),
    ]


def screen_columns(scene: Scene) -> list[Column[Found]]:
    """Return the columns that a person reads."""
    colours = {priority.name: priority.colour for priority in scene.setup.priorities}
    return [
        Column("id", lambda row: row.ticket.id, align="right"),
        Column("status", lambda row: row.ticket.status.value),
        Column(
            "prio",
            lambda row: row.ticket.priority,
            style=lambda row: colours.get(row.ticket.priority) or None,
        ),
        Column("waits", _waiting(scene), align="right"),
        Column("due", _due(scene), style=lambda row: "red" if _is_overdue(row, scene) else None),
        Column("agent", lambda row: row.ticket.assignee or "-"),
        Column("customer", _customer_name),
        Column("tags", lambda row: ",".join(row.ticket.tags)),
        Column("subject", lambda row: row.ticket.subject, flexible=True),
    ]


def inbox_columns(scene: Scene) -> list[Column[Found]]:
    """Return the columns of the inbox: what presses stands in front."""
    by_name = {column.name: column for column in screen_columns(scene)}
    mark = Column[Found](
        "mark",
        lambda row: _mark(row, scene),
        title="",
        style=lambda row: "red" if _is_overdue(row, scene) else "yellow",
    )
    names = ("id", "prio", "waits", "due", "agent", "customer", "subject")
    return [mark, *(by_name[name] for name in names)]


def more_columns() -> list[Column[Found]]:
    """Return the columns that only ``--fields`` shows."""
    simple = [
        "substatus",
        "reason",
        "type",
        "category",
        "department",
        "tier",
        "channel",
        "participants",
        "created_at",
        "first_response_at",
        "answered_at",
        "resolved_at",
        "closed_at",
        "snoozed_until",
        "waiting_since",
        "trashed_at",
        "rev",
        "merged_into",
    ]
    return [
        *(Column(name, _member(name)) for name in simple),
        Column("priority", lambda row: row.ticket.priority),
        Column("message_count", lambda row: row.ticket.messages + row.ticket.replies),
        Column("reply_count", lambda row: row.ticket.replies),
        Column("note_count", lambda row: row.ticket.notes),
        Column("attachment_count", lambda row: row.ticket.attachments),
    ]


def table(
    rows: Sequence[Found],
    columns: Sequence[Column[Found]],
    scene: Scene,
    *,
    envelope: Mapping[str, object],
    footer: str = "",
    empty: str = "no tickets match",
    group: Callable[[Found], str] | None = None,
) -> Table[Found]:
    """Return the table of a list of tickets."""
    return Table(
        name="ticket_list",
        columns=columns,
        rows=rows,
        record=lambda row: record(row.ticket, row.contact, scene),
        ident=lambda row: str(row.ticket.id),
        items="tickets",
        envelope=envelope,
        footer=footer,
        empty=empty,
        group=group,
    )


def card(shown: Shown, scene: Scene, *, log: bool = False) -> Card:
    """Return the page of one ticket: its fields, then the conversation, then (*log*) events."""
    ticket, contact = shown.ticket, shown.contact
    whole = record(ticket, contact, scene)
    whole["messages"] = [message_record(message) for message in shown.messages]
    whole["events"] = [event_record(event) for event in shown.history]
    blocks = [_message_block(message, scene) for message in shown.messages]
    if log:
        blocks += [Block("History", "\n".join(_event_line(e, scene) for e in shown.history))]
    fields = [
        (c.name, c.value(Found(shown.ticket, shown.contact)))
        for c in (*plain_columns(), *more_columns())
    ]
    return Card(
        name="ticket",
        title=f"{ticket.id}  {ticket.subject}",
        pairs=[pair for pair in _pairs(shown, scene) if pair[1]],
        fields=fields,
        record=whole,
        ident=str(ticket.id),
        blocks=blocks,
    )


def _pairs(shown: Shown, scene: Scene) -> list[tuple[str, str]]:
    ticket, customer = shown.ticket, shown.customer
    status = f"{ticket.status} ({ticket.substatus})" if ticket.substatus else str(ticket.status)
    if ticket.reason:
        status += f" ({ticket.reason})"
    if ticket.trashed_at:
        status += ", in the trash"
    where = ", ".join(filter(None, (ticket.department, ticket.category, ticket.type)))
    return [
        ("Status", status),
        ("Priority", ticket.priority),
        ("Assignee", ticket.assignee or "nobody"),
        ("Customer", _customer_line(customer) if customer else ""),
        ("Participants", ", ".join(ticket.participants)),
        ("Filed under", where),
        ("Tags", ", ".join(ticket.tags)),
        ("Channel", ticket.channel or ""),
        ("Tier", str(ticket.tier) if ticket.tier > 1 else ""),
        ("Due", _when(ticket.due_at, scene)),
        ("Until", _when(ticket.snoozed_until, scene)),
        ("Opened", _when(ticket.created_at, scene)),
        ("Waiting since", _when(ticket.waiting_since, scene)),
        ("Resolved", _when(ticket.resolved_at, scene)),
        ("Closed", _when(ticket.closed_at, scene)),
        ("Links", ", ".join(f"{kind} {number}" for kind, number in ticket.links)),
        ("Merged", _joined(ticket)),
        *((name, value) for name, value in sorted(ticket.fields.items())),
    ]


def _joined(ticket: Ticket) -> str:
    parts = []
    if ticket.merged_into:
        parts.append(f"goes on in {ticket.merged_into}")
    if ticket.absorbed:
        parts.append("holds " + ", ".join(map(str, ticket.absorbed)))
    if ticket.split_from:
        parts.append(f"split from {ticket.split_from}")
    return "; ".join(parts)


def _customer_line(customer: Customer) -> str:
    address = customer.addresses[0] if customer.addresses else None
    phone = customer.phones[0] if customer.phones else None
    parts = [customer.id, customer.name, address and f"<{address}>", phone, customer.organisation]
    parts += [customer.plan and f"plan {customer.plan}", "vip" if customer.vip else None]
    return " ".join(part for part in parts if part)


def _message_block(message: Message, scene: Scene) -> Block:
    kinds = {"customer": "customer", "reply": "reply", "note": "note, agents only"}
    heading = f"#{message.n} {local_text(message.at, scene.zone)}  {kinds[message.kind]}"
    heading += f"  {message.author}"
    if message.pinned:
        heading += "  pinned"
    if message.retracted:
        heading += "  taken back"
    text = "(erased)" if message.body is None else message.body
    for file in message.attachments:
        text += f"\n[{file.name}, {file.size_bytes} bytes]"
    return Block(heading, text, "yellow" if message.kind == "note" else None)


def _event_line(event: Event, scene: Scene) -> str:
    return f"{local_text(event.at, scene.zone)}  {event.by}  {told(event)}"


def told(event: Event) -> str:
    """Return one line of what an event did: its kind, what changed, and why."""
    quiet = {
        "attachments",
        "answered_at",
        "before",
        "closed_at",
        "first_response_at",
        "messages",
        "notes",
        "outbound",
        "replies",
        "reopened",
        "resolved_at",
        "trashed_at",
        "waiting_since",
    }
    parts = [
        f"{name} {_shown(before)} -> {_shown(after)}"
        if before not in (None, [], {})
        else f"{name} {_shown(after)}"
        for name, (before, after) in event.changes.items()
        if name not in quiet
    ]
    line = event.kind.replace("_", " ") + (": " + ", ".join(parts) if parts else "")
    return line + (f" ({event.cause})" if event.cause else "")


def _shown(value: object) -> str:
    if isinstance(value, list):
        return ",".join(_shown(item) for item in value) or "none"
    if isinstance(value, dict):
        return " ".join(f"{name}={_shown(item)}" for name, item in value.items()) or "none"
    return "none" if value is None else str(value)


def _when(at: datetime | None, scene: Scene) -> str:
    return describe(at, scene.now, scene.zone) if at else ""


def _time(at: datetime | None) -> str | None:
    return encode_time(at) if at else None


def _member(name: str) -> Callable[[Found], Cell]:
    return lambda row: cast("Cell", getattr(row.ticket, name))


def _customer_cell(row: Found) -> str | None:
    return (row.contact.address or row.contact.id) if row.contact else None


def _customer_name(row: Found) -> str:
    return row.contact.display if row.contact else "-"


def _waiting(scene: Scene) -> Callable[[Found], str]:
    def waits(row: Found) -> str:
        since = row.ticket.waiting_since
        return short_span(scene.now - since) if since else ""

    return waits


def _due(scene: Scene) -> Callable[[Found], str]:
    def due(row: Found) -> str:
        at = row.ticket.due_at
        if at is None:
            return ""
        late = at < scene.now
        return short_span(abs(at - scene.now)) + (" over" if late else " left")

    return due


def _is_overdue(row: Found, scene: Scene) -> bool:
    return row.ticket.is_open and row.ticket.due_at is not None and row.ticket.due_at < scene.now


def _mark(row: Found, scene: Scene) -> str:
    from datetime import timedelta

    due = row.ticket.due_at
    if due is None:
        return ""
    if due < scene.now:
        return "!!"
    return "!" if due < scene.now + timedelta(hours=1) else ""
