"""Talking: opening, answering, noting, and what the customer says."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

from tix.domain import verbs
from tix.domain.status import Status
from tix.errors import UsageError
from tix.ops.change import Change, Changed, Events, Notice, secret_notices, then, update
from tix.ops.levels import applied, by_name
from tix.ops.people import customer_for, find_agent, find_department
from tix.ops.reactions import record
from tix.ops.tickets.following import follow
from tix.ops.transactions import acting, writing
from tix.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tix.desk import Desk
    from tix.domain.ticket import Ticket
    from tix.domain.verbs import Act, Attachment
    from tix.store.base import Transaction

T = TypeVar("T")


class Draft(NamedTuple):
    """What is known of a ticket that is to be made; texts as the user wrote them."""

    subject: str
    body: str | None = None
    customer: str | None = None
    priority: str | None = None
    assignee: str | None = None
    tags: tuple[str, ...] = ()
    type: str | None = None
    category: str | None = None
    department: str | None = None
    channel: str | None = None
    due_at: datetime | None = None
    outbound: bool = False
    attachments: tuple[tuple[str, bytes], ...] = ()
    sla: str | None = None


def open_ticket(desk: Desk, draft: Draft) -> Change:
    """Make a ticket; a key that was used before leads to the ticket it made.

    Raises:
        UsageError, NotFound: A part of *draft* means nothing on this desk.
    """
    with writing(desk, "new", creates=True) as tx:
        key = desk.intent.key
        known = tx.key("new", key) if key else None
        if known is not None:
            return Change("new", unchanged=(known,), dry_run=desk.intent.dry_run)
        notices = _notices(tx, draft)
        values = _values(tx, desk, draft)
        files = [attach(tx, name, content) for name, content in draft.attachments]
        number = tx.next_number("ticket")
        events = verbs.open_ticket(
            number,
            draft.subject,
            acting(desk, tx),
            body=draft.body,
            outbound=draft.outbound,
            attachments=files,
            **values,
        )
        notices = (*notices, *secret_notices(events))
        ticket = record(tx, None, events, by_hand=_by_hand(draft))
        if key:
            tx.claim("new", key, number)
        op = None if desk.intent.dry_run else tx.operation
    return Change("new", (Changed(None, ticket),), (), op, desk.intent.dry_run, notices)


def reply(
    desk: Desk,
    ticket_id: int,
    body: str,
    *,
    status: Status = Status.ANSWERED,
    resolve: str | None = None,
    attachments: Sequence[tuple[str, bytes]] = (),
    at: datetime | None = None,
) -> Change:
    """Write to the customer; *resolve* is the reason to resolve the ticket as well.

    What is for a merged ticket is written on the one it goes on in.

    Raises:
        TransitionRefused: Nobody can write on this ticket any more.
    """
    body = verbs.checked_body(body)

    def decide(tx: Transaction, ticket: Ticket, act: Act) -> Events:
        act = _as_of(act, at)
        files = [attach(tx, name, content) for name, content in attachments]
        events = verbs.reply(ticket, body, act, files, status=status)
        return then(ticket, events, lambda t: verbs.resolve(t, act, resolve) if resolve else ())

    numbers = [ticket_id]
    return update(desk, "reply", numbers, decide, follow(numbers))


def receive(
    desk: Desk,
    ticket_id: int,
    body: str,
    *,
    attachments: Sequence[tuple[str, bytes]] = (),
    at: datetime | None = None,
) -> Change:
    """Add what the customer wrote or said; for a merged ticket to the one it goes on in.

    Raises:
        TransitionRefused: Nobody can write on this ticket any more.
    """
    body = verbs.checked_body(body)

    def decide(tx: Transaction, ticket: Ticket, act: Act) -> Events:
        asked = tx.ticket(ticket_id).requester or ticket.requester
        by = f"customer:C-{asked}" if asked else "customer"
        act = _as_of(act, at)._replace(by=by)
        files = [attach(tx, name, content) for name, content in attachments]
        return verbs.receive(ticket, body, act, files)

    numbers = [ticket_id]
    return update(desk, "receive", numbers, decide, follow(numbers))


def note(
    desk: Desk,
    ticket_ids: Sequence[int],
    body: str,
    *,
    pinned: bool = False,
    attachments: Sequence[tuple[str, bytes]] = (),
) -> Change:
    """Write for agents only; for a merged ticket on the one it goes on in."""
    body = verbs.checked_body(body)

    def decide(tx: Transaction, ticket: Ticket, act: Act) -> Events:
        files = [attach(tx, name, content) for name, content in attachments]
        return verbs.note(ticket, body, act, files, pinned=pinned)

    numbers = [*ticket_ids]
    return update(desk, "note", numbers, decide, follow(numbers))


def attach(tx: Transaction, name: str, content: bytes) -> Attachment:
    """Keep a file and return what a message tells of it."""
    from mimetypes import guess_type
    from pathlib import PurePath

    kind = guess_type(name)[0] or "application/octet-stream"
    return verbs.Attachment(PurePath(name).name, tx.attach(content), len(content), kind)


def _notices(tx: Transaction, draft: Draft) -> tuple[Notice, ...]:
    if not (draft.tags or draft.category):
        return ()
    from tix.ops.tickets.reads import new_categories, new_tags

    return (*new_tags(tx, draft.tags), *new_categories(tx, draft.category))


def _values(tx: Transaction, desk: Desk, draft: Draft) -> dict[str, object]:
    setup = tx.setup
    return {
        "requester": _given(draft.customer, lambda text: customer_for(tx, text).number),
        "priority": _given(draft.priority, setup.priority) or setup.default_priority,
        "assignee": _given(draft.assignee, lambda text: find_agent(tx, desk, text)),
        "tags": draft.tags,
        "type": _given(draft.type, setup.type),
        "category": draft.category,
        "department": _given(draft.department, lambda text: find_department(tx, text)),
        "channel": draft.channel,
        "due_at": draft.due_at,
        "sla": _given(draft.sla, lambda text: applied(setup, by_name(setup, text))),
    }


def _by_hand(draft: Draft) -> tuple[str, ...]:
    """Return what the policy may not set, for it was given."""
    given = {"sla": draft.sla, "priority": draft.priority}
    return tuple(name for name, value in given.items() if value is not None)


def _given(text: str | None, meaning: Callable[[str], T]) -> T | None:
    """Return what *text* means, None if there is none; an empty one is looked at as well."""
    return None if text is None else meaning(text)


def _as_of(act: Act, at: datetime | None) -> Act:
    """Return *act* at a time that has passed.

    Raises:
        UsageError: *at* is to come.
    """
    if at is None:
        return act
    if at > act.at:
        raise UsageError("a message cannot come from the future")
    return act._replace(at=at, recorded_at=act.at)
