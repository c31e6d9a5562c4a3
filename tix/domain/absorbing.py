"""What a ticket has of others that were merged into it, and what it is without one of them.

Taking one out again is no undo: whatever came since stays. So the history is folded twice
with the same rules, with that ticket and as if it had never been merged, and only what
differs is taken back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from tix.domain.event import undone_operations
from tix.domain.spoken import asks
from tix.domain.status import Status
from tix.domain.ticket import Ticket, evolve, fold
from tix.record import NamedTuple, replace

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from tix.domain.event import Event

OUR_TURN = (Status.NEW, Status.OPEN)
COUNTED = ("messages", "replies", "notes", "attachments")

_DONE = (Status.RESOLVED, Status.CLOSED)
_COUNTS = (*COUNTED, "reopened")
_LISTS = ("tags", "participants", "absorbed")
_ALONE = (*((name,) for name in _LISTS), ("requester",), ("waiting_since",))
_STANDING = (
    "status",
    "substatus",
    "before",
    "snoozed_until",
    "reason",
    "resolved_at",
    "closed_at",
)
"""What tells where a ticket stands; it changes together or not at all."""


class Absorbed(NamedTuple):
    """A ticket as it was when it was merged, and the address at which its requester is found."""

    ticket: Ticket
    address: str | None = None

    @property
    def waiting_since(self) -> datetime | None:
        """Since when its customer waits for us."""
        return self.ticket.waiting_since if self.ticket.status in OUR_TURN else None


def gains(ticket: Ticket, other: Absorbed) -> dict[str, Any]:
    """Return who takes part in *ticket*, and its tags, with the *other* in it."""
    takes_part = ticket.requester not in (None, other.ticket.requester)
    more = (other.address,) if other.address and takes_part else ()
    return {
        "requester": ticket.requester or other.ticket.requester,
        "participants": _union(ticket.participants, _union(other.ticket.participants, more)),
        "tags": _union(ticket.tags, other.ticket.tags),
    }


def without(
    history: Sequence[Event], number: int, absorbed: Mapping[int, Absorbed]
) -> dict[str, Any]:
    """Return the head fields that the ticket of *history* gets when *number* leaves it.

    *absorbed* has all that are in it, by their numbers.
    """
    ticket = fold(history)
    others = {place: other for place, other in absorbed.items() if place != number}
    whole, rest = _as_if(history, absorbed), _as_if(history, others)
    after: dict[str, Any] = {}
    for name in _COUNTS:
        after[name] = getattr(ticket, name) - (getattr(whole, name) - getattr(rest, name))
    for name in _LISTS:
        after[name] = _list_step(getattr(ticket, name), getattr(whole, name), getattr(rest, name))
    for names in (*_ALONE, _STANDING):
        if _part(ticket, names) == _part(whole, names):
            after |= _part(rest, names)
    return after


def _as_if(history: Sequence[Event], absorbed: Mapping[int, Absorbed]) -> Ticket:
    """Return the ticket of *history* as if only *absorbed* had been merged into it.

    What is undone counts as if it had never been done.
    """
    undone = undone_operations(history)
    valid = [event for event in history[1:] if event.op not in undone and event.kind != "undone"]
    joined = {
        cast("int", event.data["ticket"]): event for event in valid if event.kind == "absorbed"
    }
    merges = {event.seq: absorbed[n] for n, event in joined.items() if n in absorbed}
    steps = {event.seq for event in valid if event.kind not in ("absorbed", "released")}
    own = real = evolve(None, history[0])
    for event in history[1:]:
        before, real = real, evolve(real, event)
        if event.seq in steps:
            own = replace(own, **_step(own, before, event, real))
        elif event.seq in merges:
            own = replace(own, **_joined(own, before, event, real, merges[event.seq]))
    return own


def _step(own: Ticket, before: Ticket, event: Event, real: Ticket) -> dict[str, Any]:
    """Return what *own* gets by the *event* that led from *before* to *real*."""
    after = {name: _along(name, own, before, real) for name in event.changes}
    if asks(event) and real.waiting_since:
        came_at = real.waiting_since if "waiting_since" in event.changes else event.at
        return after | _asked(own, real, own.waiting_since or came_at)
    return after | (_part(real, _STANDING) if "status" in event.changes else {})


def _joined(
    own: Ticket, before: Ticket, event: Event, real: Ticket, other: Absorbed
) -> dict[str, Any]:
    """Return what *own* gets when *other* is merged into it."""
    after = gains(own, other)
    gained = replace(own, **after)
    names = {name for name in event.changes if name in (*COUNTED, *_LISTS)}
    if own.requester in (None, other.ticket.requester):
        # Who asks takes no part beside that, also if somebody else asks in the real one.
        names.discard("participants")
    after |= {name: _along(name, gained, before, real) for name in names}
    since = other.waiting_since
    if since is None:
        return after
    return after | _asked(own, real, min(since, own.waiting_since or since))


def _asked(own: Ticket, real: Ticket, since: datetime | None) -> dict[str, Any]:
    """Return what *own* gets when a customer waits since then; *real* is open by that."""
    after: dict[str, Any] = {"waiting_since": since}
    if own.status in OUR_TURN:
        return after | _part(own, _STANDING)
    return after | _part(real, _STANDING) | {"reopened": own.reopened + (own.status in _DONE)}


def _along(name: str, own: Ticket, before: Ticket, after: Ticket) -> Any:
    """Return a member of *own* with the step from *before* to *after*."""
    mine, was, is_ = (getattr(ticket, name) for ticket in (own, before, after))
    if name in _COUNTS:
        return mine + is_ - was
    return _list_step(mine, was, is_) if name in _LISTS else is_


def _list_step(own: tuple[Any, ...], before: tuple[Any, ...], after: tuple[Any, ...]) -> Any:
    kept = tuple(item for item in own if item in after or item not in before)
    return kept + tuple(item for item in after if item not in before and item not in kept)


def _part(ticket: Ticket, names: Sequence[str]) -> dict[str, Any]:
    return {name: getattr(ticket, name) for name in names}


def _union(ours: tuple[str, ...], theirs: tuple[str, ...]) -> tuple[str, ...]:
    return ours + tuple(item for item in theirs if item not in ours)
