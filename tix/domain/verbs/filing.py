"""Filing: who has it, how pressing it is, and where it belongs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tix.domain.status import Status
from tix.domain.verbs.act import Act, at_hand, event, moved
from tix.domain.verbs.messages import checked_subject
from tix.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tix.domain.event import Event
    from tix.domain.ticket import Ticket


def assign(ticket: Ticket, agent: str | None, act: Act) -> tuple[Event, ...]:
    """Give the ticket to *agent*, or to nobody."""
    return event(at_hand(ticket), "assigned", act, {"assignee": agent})


def take(ticket: Ticket, agent: str, act: Act) -> tuple[Event, ...]:
    """Give the ticket to *agent* and open it if it is new."""
    after: dict[str, Any] = {"assignee": agent}
    if ticket.status is Status.NEW:
        after |= moved(ticket, Status.OPEN, act)
    return event(at_hand(ticket), "assigned", act, after)


def prioritize(ticket: Ticket, priority: str, act: Act) -> tuple[Event, ...]:
    """Set the priority; that it is on the desk's scale is the caller's to know."""
    return event(at_hand(ticket), "prioritized", act, {"priority": priority})


def tag(ticket: Ticket, tags: Iterable[str], act: Act) -> tuple[Event, ...]:
    """Add *tags*, keeping the order in which they came."""
    new = tuple(dict.fromkeys(t for t in tags if t not in ticket.tags))
    return event(at_hand(ticket), "tagged", act, {"tags": ticket.tags + new})


def untag(ticket: Ticket, tags: Iterable[str], act: Act) -> tuple[Event, ...]:
    """Take *tags* away; one that it does not have is no error."""
    gone = frozenset(tags)
    left = tuple(t for t in ticket.tags if t not in gone)
    return event(at_hand(ticket), "untagged", act, {"tags": left})


def set_tags(ticket: Ticket, tags: Iterable[str], act: Act) -> tuple[Event, ...]:
    """Replace all tags."""
    return event(at_hand(ticket), "tagged", act, {"tags": tuple(dict.fromkeys(tags))})


def retag(ticket: Ticket, tags: Iterable[str], new: str | None, act: Act) -> tuple[Event, ...]:
    """Put *new* in the place of the first of *tags* and take the others away.

    A ticket in the trash is no exception, for it is the tag that changes.
    """
    gone = frozenset(tags)
    after = [new if t in gone else t for t in ticket.tags]
    left = tuple(dict.fromkeys(t for t in after if t))
    return event(ticket, "tagged" if new else "untagged", act, {"tags": left})


def hand_over(ticket: Ticket, customer: int, act: Act) -> tuple[Event, ...]:
    """Make the ticket another customer's, in the trash as well: its own goes on in that one."""
    return event(ticket, "edited", act, {"requester": customer})


def edit(ticket: Ticket, act: Act, **values: object) -> tuple[Event, ...]:
    """Change head fields; a new department is told as a transfer, a higher tier as escalation.

    Raises:
        UsageError: The subject is empty or too long.
    """
    if "subject" in values:
        values["subject"] = checked_subject(str(values["subject"]))
    kind = "edited"
    if values.get("department", ticket.department) != ticket.department:
        kind = "transferred"
    elif values.get("tier", ticket.tier) != ticket.tier:
        kind = "escalated"
    return event(at_hand(ticket), kind, act, values)


def checked_tags(text: str) -> tuple[str, ...]:
    """Return the tags of ``a,b``: folded, each once.

    Raises:
        UsageError: There is none, or one has a blank or a control character in it.
    """
    tags = tuple(dict.fromkeys(t.strip().casefold() for t in text.split(",") if t.strip()))
    if not tags:
        raise UsageError("no tag given")
    for name in tags:
        if not name.isprintable() or any(c.isspace() for c in name) or len(name) > 100:
            raise UsageError(f"{name!r} cannot be a tag: one word, at most 100 characters")
    return tags
