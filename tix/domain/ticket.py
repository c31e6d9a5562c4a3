"""The ticket: the head that lists and filters need, folded from its events.

``evolve`` applies one event and never refuses: what happened, happened. The verbs that
decide, and may refuse, stand in ``tix.domain.verbs``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from tix.codec import encode_value, member_decoders
from tix.domain.course import Applied, Course, follow
from tix.domain.promise import Promise
from tix.domain.status import SETTLED, UNRESOLVED, Status
from tix.record import NOTHING, NamedTuple, Record, replace

if TYPE_CHECKING:
    from tix.domain.event import Event

LINKS = ("duplicate-of", "blocked-by", "related", "parent")
INVERSE_LINKS = {
    "duplicate-of": "duplicated-by",
    "blocked-by": "blocks",
    "related": "related",
    "parent": "child",
}

SCORES = ("good", "neutral", "bad")


class Link(NamedTuple):
    """A tie to another ticket, seen from this one."""

    kind: str
    ticket_id: int


class Timer(NamedTuple):
    """A watch that runs while an agent works on the ticket."""

    agent: str
    since: datetime


class Ticket(Record):
    """What is known of a ticket at a glance; its messages stand in its history.

    ``before`` is the status that a postponed or merged ticket goes back to; ``secrets`` are
    the kinds of those that were written on it;
    ``waiting_since`` the oldest message that nobody has answered; ``sla`` the level that is
    promised, and ``course`` what its clocks need of the history; ``worked`` the seconds that
    were spent on it and ``rating`` the score that counts; ``rev`` the number of events folded
    in and ``hash`` that of the last one.
    """

    id: int
    subject: str
    created_at: datetime
    updated_at: datetime
    status: Status = Status.NEW
    substatus: str | None = None
    before: Status | None = None
    reason: str | None = None
    priority: str = "normal"
    type: str | None = None
    category: str | None = None
    requester: int | None = None
    participants: tuple[str, ...] = ()
    assignee: str | None = None
    department: str | None = None
    tier: int = 1
    tags: tuple[str, ...] = ()
    channel: str | None = None
    fields: Mapping[str, str] = NOTHING
    links: tuple[Link, ...] = ()
    due_at: datetime | None = None
    sla: Applied | None = None
    promises: tuple[Promise, ...] = ()
    snoozed_until: datetime | None = None
    waiting_since: datetime | None = None
    first_response_at: datetime | None = None
    answered_at: datetime | None = None
    resolved_at: datetime | None = None
    closed_at: datetime | None = None
    trashed_at: datetime | None = None
    merged_into: int | None = None
    absorbed: tuple[int, ...] = ()
    split_from: int | None = None
    messages: int = 0
    replies: int = 0
    notes: int = 0
    attachments: int = 0
    reopened: int = 0
    outbound: bool = False
    secrets: tuple[str, ...] = ()
    worked: int = 0
    timers: tuple[Timer, ...] = ()
    rating: str | None = None
    course: Course = Course()
    rev: int = 0
    hash: str = ""

    @property
    def is_settled(self) -> bool:
        """True if it needs no more work: closed, merged, spam or in the trash."""
        return self.trashed_at is not None or self.status in SETTLED

    @property
    def is_open(self) -> bool:
        """True if it is not yet resolved: ``is:open``."""
        return self.trashed_at is None and self.status in UNRESOLVED

    @property
    def is_promised(self) -> bool:
        """True if an agent's promise on it is still to be kept: ``is:promised``."""
        return any(one.is_open for one in self.promises)


def evolve(ticket: Ticket | None, event: Event) -> Ticket:
    """Return *ticket* after *event*; None stands before the first one."""
    decoders = member_decoders(Ticket)
    after: dict[str, Any] = {name: decoders[name](pair[1]) for name, pair in event.changes.items()}
    if ticket is None:
        changed = Ticket(
            id=event.ticket_id,
            created_at=event.at,
            updated_at=event.at,
            rev=1,
            hash=event.hash,
            **after,
        )
        return _with_course(changed, Course(), event)
    after["updated_at"] = max(ticket.updated_at, event.at)
    changed = replace(ticket, **after, rev=ticket.rev + 1, hash=event.hash)
    return _with_course(changed, ticket.course, event)


def _with_course(ticket: Ticket, course: Course, event: Event) -> Ticket:
    """Return *ticket*, which *event* made, with what that makes of its *course*."""
    followed = follow(course, event, ticket)
    return ticket if followed == ticket.course else replace(ticket, course=followed)


def fold(history: Iterable[Event]) -> Ticket:
    """Return the ticket that *history*, in its order, makes.

    Raises:
        ValueError: There is no event.
    """
    ticket = None
    for event in history:
        ticket = evolve(ticket, event)
    if ticket is None:
        raise ValueError("a ticket without a history")
    return ticket


def changes(ticket: Ticket, after: Mapping[str, object]) -> dict[str, list[object]]:
    """Return those of *after* that differ from *ticket*, as ``{field: [before, after]}``."""
    found = {}
    for name, value in after.items():
        was = getattr(ticket, name)
        if was != value:
            found[name] = [encode_value(was), encode_value(value)]
    return found


def awake(ticket: Ticket, now: datetime) -> Ticket:
    """Return *ticket* as it counts at *now*: one whose time has come is back where it was.

    The event is written by the next commit; until then every reader sees it so. A settled
    ticket sleeps on.
    """
    if ticket.snoozed_until is None or ticket.snoozed_until > now or ticket.is_settled:
        return ticket
    return replace(ticket, **waking(ticket))


def waking(ticket: Ticket) -> dict[str, Any]:
    """Return the head fields that a postponed or waiting ticket gets when its time comes."""
    if ticket.status is Status.POSTPONED:
        return {"status": ticket.before or Status.OPEN, "before": None, "snoozed_until": None}
    if ticket.status is Status.PENDING:
        return {"status": Status.OPEN, "substatus": None, "snoozed_until": None}
    return {"snoozed_until": None}
