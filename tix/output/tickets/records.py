"""Tickets as JSON: the objects that scripts read.

Their members are a contract: new ones may come, and none goes or changes its meaning.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.codec import encode_time
from tix.output.tickets.clocks import sla_record

if TYPE_CHECKING:
    from datetime import datetime

    from tix.domain.event import Event
    from tix.domain.people import Contact
    from tix.domain.promise import Promise
    from tix.domain.thread import Message
    from tix.domain.ticket import Ticket
    from tix.output.tickets.scene import Scene

TICKET = "tix.ticket/1"

_TIMES = (
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


def record(ticket: Ticket, contact: Contact | None, scene: Scene) -> dict[str, object]:
    """Return the ``tix.ticket/1`` object; every member is there, null when unknown."""
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
        **{name: _time(getattr(ticket, name)) for name in _TIMES},
        "sla": sla_record(ticket, scene.ranking.clock_of(ticket)),
        "promises": [promise_record(promise) for promise in ticket.promises],
        "worked_s": ticket.worked,
        "timers": [
            {"agent": timer.agent, "since": encode_time(timer.since)} for timer in ticket.timers
        ],
        "rating": ticket.rating,
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


def promise_record(promise: Promise) -> dict[str, object]:
    """Return a promise as a member of a ticket's ``promises``."""
    return {
        "number": promise.number,
        "promise": promise.text,
        "made_at": encode_time(promise.made_at),
        "due_at": encode_time(promise.due_at),
        "ended_at": _time(promise.ended_at),
        "ending": promise.ending or None,
    }


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
        "spoken": message.spoken._asdict() if message.spoken else None,
        "attachments": [attachment._asdict() for attachment in message.attachments],
    }


def event_record(event: Event) -> dict[str, object]:
    """Return an event with every member, null when unknown."""
    return {
        "schema": "tix.event/1",
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


def _time(at: datetime | None) -> str | None:
    return encode_time(at) if at else None
