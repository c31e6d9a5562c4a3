"""The page of one ticket: its fields, the conversation, the history."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.domain.found import Found
from tix.domain.when import describe, local_text
from tix.output.promises import promise_pairs, promises_told
from tix.output.spoken import did, spoken_told
from tix.output.tickets.clocks import clock_pairs
from tix.output.tickets.columns import more_columns, plain_columns
from tix.output.tickets.records import event_record, message_record, record
from tix.output.tickets.ties import tie_pairs
from tix.table import Block, Card

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from tix.domain.event import Event
    from tix.domain.people import Contact, Customer
    from tix.domain.shown import Shown
    from tix.domain.thread import Message
    from tix.domain.ticket import Ticket
    from tix.output.tickets.scene import Scene


def card(shown: Shown, scene: Scene, *, log: bool = False) -> Card:
    """Return the page of one ticket: its fields, then the conversation, then (*log*) events."""
    ticket, contact = shown.ticket, shown.contact
    whole = record(ticket, contact, scene)
    whole["messages"] = [message_record(message) for message in shown.messages]
    whole["events"] = [event_record(event) for event in shown.history]
    blocks = [_message_block(message, shown, scene) for message in shown.messages]
    if log:
        blocks += [Block("History", "\n".join(_event_line(e, scene) for e in shown.history))]
    fields = [
        (c.name, c.value(Found(shown.ticket, shown.contact)))
        for c in (*plain_columns(scene), *more_columns())
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
        *clock_pairs(ticket, shown.clocks, scene),
        ("Due", _when(ticket.due_at, scene)),
        *promise_pairs(ticket, scene.now, scene.zone),
        ("Until", _when(ticket.snoozed_until, scene)),
        *_work_pairs(ticket, scene.now),
        ("Rating", ticket.rating or ""),
        ("Opened", _when(ticket.created_at, scene)),
        ("Waiting since", "" if ticket.merged_into else _when(ticket.waiting_since, scene)),
        ("Resolved", _when(ticket.resolved_at, scene)),
        ("Closed", _when(ticket.closed_at, scene)),
        *tie_pairs(shown),
        *((name, value) for name, value in sorted(ticket.fields.items())),
    ]


def _work_pairs(ticket: Ticket, now: datetime) -> list[tuple[str, str]]:
    if not (ticket.worked or ticket.timers):
        return []
    from tix.output.working import work_pairs

    return work_pairs(ticket, now)


def _customer_line(customer: Customer) -> str:
    address = customer.addresses[0] if customer.addresses else None
    phone = customer.phones[0] if customer.phones else None
    parts = [customer.id, customer.name, address and f"<{address}>", phone, customer.organisation]
    parts += [customer.plan and f"plan {customer.plan}", "vip" if customer.vip else None]
    return " ".join(part for part in parts if part)


def _message_block(message: Message, shown: Shown, scene: Scene) -> Block:
    said = f"{_who(message.author, shown.people)} {did(message, shown.people)}"
    heading = f"#{message.n} {local_text(message.at, scene.zone)}  {said}"
    if message.ticket_id != shown.ticket.id:
        heading += f", in {message.ticket_id}"
    if message.pinned:
        heading += ", pinned"
    if message.retracted:
        heading += ", taken back"
    text = "(erased)" if message.body is None else message.body
    for file in message.attachments:
        text += f"\n[{file.name}, {file.size_bytes} bytes]"
    return Block(heading, text, "yellow" if message.kind == "note" else None)


def _who(author: str, people: Mapping[str, Contact]) -> str:
    """Return the author as a person would call them."""
    kind, _, name = author.partition(":")
    if name in people:
        return people[name].display
    return name if kind in ("agent", "customer") and name else author


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
        "promises",
        "replies",
        "reopened",
        "resolved_at",
        "secrets",
        "timers",
        "trashed_at",
        "waiting_since",
        "worked",
    }
    parts = [
        f"{name} {_shown(before)} -> {_shown(after)}"
        if before not in (None, [], {})
        else f"{name} {_shown(after)}"
        for name, (before, after) in event.changes.items()
        if name not in quiet
    ]
    parts += promises_told(*event.changes.get("promises", ((), ())))
    if event.kind == "rated" or "worked" in event.changes:
        from tix.output.working import work_told

        parts += work_told(event)
    parts = spoken_told(event) + parts
    if event.kind == "split":
        parts += [f"into {event.data['into']}, messages {_shown(event.data['messages'])}"]
    line = event.kind.replace("_", " ") + (": " + ", ".join(parts) if parts else "")
    return line + (f" ({event.cause})" if event.cause else "")


def _shown(value: object) -> str:
    if isinstance(value, list):
        return ",".join(_shown(item) for item in value) or "none"
    if isinstance(value, dict) and value.keys() == {"kind", "ticket_id"}:
        return f"{value['kind']} {value['ticket_id']}"
    if isinstance(value, dict) and "level" in value:
        return str(value["level"])
    if isinstance(value, dict):
        return " ".join(f"{name}={_shown(item)}" for name, item in value.items()) or "none"
    return "none" if value is None else str(value)


def _when(at: datetime | None, scene: Scene) -> str:
    return describe(at, scene.now, scene.zone) if at else ""
