"""Talking: the first message, the customer's, ours, and notes among agents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tix.codec import encode, encode_value
from tix.domain.event import BODY, CHANGES, Event
from tix.domain.status import Status
from tix.domain.verbs.act import Act, at_hand, event, moved, way_on
from tix.errors import TransitionRefused, UsageError
from tix.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tix.domain.thread import Attachment
    from tix.domain.ticket import Ticket

SUBJECT_LIMIT = 2_000
BODY_LIMIT_BYTES = 32 * 1024 * 1024


def open_ticket(
    ticket_id: int,
    subject: str,
    act: Act,
    *,
    body: str | None = None,
    outbound: bool = False,
    attachments: Iterable[Attachment] = (),
    **values: object,
) -> tuple[Event, ...]:
    """Make a ticket; *values* are further head fields, there from its first moment.

    The body is the first message: the customer's, who then waits for an answer, or ours if
    *outbound*, and then it is the customer's turn.

    Raises:
        UsageError: The subject is empty or too long.
    """
    files = list(attachments)
    after: dict[str, Any] = {"subject": checked_subject(subject), "attachments": len(files)}
    if outbound:
        after |= {"outbound": True, "status": Status.ANSWERED}
        after |= {"replies": 1, "answered_at": act.at} if body else {}
    else:
        after |= {"waiting_since": act.at, "messages": 1 if body else 0}
    after |= values
    born = {name: [None, encode_value(value)] for name, value in after.items() if value}
    data = {CHANGES: born, **_content(body, files)}
    return (Event("opened", ticket_id, act.at, act.by, act.cause, data, act.recorded_at),)


def receive(
    ticket: Ticket, body: str, act: Act, attachments: Iterable[Attachment] = ()
) -> tuple[Event, ...]:
    """Add what the customer wrote; it opens the ticket, and somebody waits now.

    Raises:
        TransitionRefused: The ticket is closed, merged, spam or in the trash.
    """
    files = list(attachments)
    status = ticket.status if ticket.status is Status.NEW else Status.OPEN
    after = {
        "messages": ticket.messages + 1,
        "attachments": ticket.attachments + len(files),
        "waiting_since": ticket.waiting_since or act.at,
        **moved(talking(ticket), status, act),
    }
    return event(ticket, "received", act, after, _content(body, files))


def reply(
    ticket: Ticket,
    body: str,
    act: Act,
    attachments: Iterable[Attachment] = (),
    *,
    status: Status = Status.ANSWERED,
) -> tuple[Event, ...]:
    """Write to the customer, who then no longer waits.

    The ticket becomes *status*; a resolved one stays resolved.

    Raises:
        TransitionRefused: The ticket is closed, merged, spam or in the trash.
    """
    files = list(attachments)
    if ticket.status is Status.RESOLVED:
        status = Status.RESOLVED
    after = {
        "replies": ticket.replies + 1,
        "attachments": ticket.attachments + len(files),
        "first_response_at": ticket.first_response_at or (act.at if _was_asked(ticket) else None),
        "answered_at": act.at,
        "waiting_since": None,
        **moved(talking(ticket), status, act),
    }
    if status is Status.PENDING:
        after["substatus"] = "customer"
    return event(ticket, "replied", act, after, _content(body, files))


def note(
    ticket: Ticket,
    body: str,
    act: Act,
    attachments: Iterable[Attachment] = (),
    *,
    pinned: bool = False,
) -> tuple[Event, ...]:
    """Write for agents only; it changes no status and stops no clock."""
    files = list(attachments)
    after = {"notes": ticket.notes + 1, "attachments": ticket.attachments + len(files)}
    data = _content(body, files) | ({"pinned": True} if pinned else {})
    return event(at_hand(ticket), "noted", act, after, data)


def checked_subject(subject: str) -> str:
    """Return *subject* without blanks around it.

    Raises:
        UsageError: It is empty or too long.
    """
    subject = subject.strip()
    if not one_line(subject):  # only characters that nobody sees are no subject
        raise UsageError("a ticket needs a subject", hint="tix new 'What it is about'")
    if len(subject) > SUBJECT_LIMIT:
        raise UsageError(f"a subject has at most {SUBJECT_LIMIT} characters, not {len(subject)}")
    return subject


def checked_body(body: str) -> str:
    """Return *body* without blank space around it.

    Raises:
        UsageError: It is empty or too long.
    """
    body = body.strip()
    if not body:
        raise UsageError("the text is empty")
    if len(body) > BODY_LIMIT_BYTES:
        raise UsageError(f"a text has at most {BODY_LIMIT_BYTES >> 20} MB")
    return body


def _content(body: str | None, attachments: list[Attachment]) -> dict[str, object]:
    content: dict[str, object] = {BODY: checked_body(body)} if body else {}
    if attachments:
        content["attachments"] = [encode(attachment) for attachment in attachments]
    return content


def talking(ticket: Ticket) -> Ticket:
    """Return *ticket* if somebody may still write on it."""
    if at_hand(ticket).status is Status.CLOSED:
        raise TransitionRefused(
            f"ticket {ticket.id} is closed",
            hint=f"tix reopen {ticket.id}, or open a new one that links to it",
        )
    if ticket.status in (Status.MERGED, Status.SPAM):
        raise TransitionRefused(f"ticket {ticket.id} is {ticket.status}", hint=way_on(ticket))
    return ticket


def _was_asked(ticket: Ticket) -> bool:
    return ticket.waiting_since is not None or ticket.messages > 0
