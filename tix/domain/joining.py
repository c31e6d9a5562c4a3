"""Tickets and their ties: merging, splitting, linking, and the way back."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from tix.codec import encode_value
from tix.domain.event import CHANGES, Event
from tix.domain.status import NEXT, Status
from tix.domain.ticket import LINKS, Link, Ticket, changes, evolve, fold
from tix.domain.verbs import Act, note, open_ticket, receive, reply
from tix.domain.verbs.act import at_hand, moved, timing
from tix.errors import Refused, TransitionRefused, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from tix.domain.thread import Message
    from tix.domain.verbs import Attachment

    _Say = Callable[[Ticket, str, Act, Iterable[Attachment]], tuple[Event, ...]]

_OUR_TURN = (Status.NEW, Status.OPEN)
_COUNTED = ("messages", "replies", "notes", "attachments")


def merge(source: Ticket, target: Ticket, act: Act) -> tuple[Event, Event]:
    """Let *source* go on in *target*: one event for each.

    The target gets the tags and the counts, and shows the messages of both in order of
    time; a customer who waited for an answer waits for it there. The source keeps its own
    history, so that ``unmerge`` is exact.

    Raises:
        Refused: They are the same ticket, or one of them is past merging.
    """
    if source.id == target.id:
        raise Refused(f"ticket {source.id} cannot be merged into itself")
    if target.is_settled:
        raise Refused(f"ticket {target.id} is settled; nothing can go on in it")
    if Status.MERGED not in NEXT[at_hand(source).status]:
        raise TransitionRefused(f"ticket {source.id} is {source.status}; it cannot be merged")
    gone = {
        "status": Status.MERGED,
        "before": source.status,
        "merged_into": target.id,
    }
    joined: dict[str, Any] = {
        **{name: getattr(target, name) + getattr(source, name) for name in _COUNTED},
        "absorbed": (*target.absorbed, source.id),
        "tags": _union(target.tags, source.tags),
        "participants": _union(target.participants, source.participants),
    }
    if source.status in _OUR_TURN and source.waiting_since:
        if target.status not in _OUR_TURN:
            joined |= moved(target, Status.OPEN, act)
        since = source.waiting_since
        joined["waiting_since"] = min(since, target.waiting_since or since)
    return (
        _tell(source, "merged", act, gone),
        _tell(target, "absorbed", act, joined, {"ticket": source.id}),
    )


def unmerge(
    source: Ticket, target: Ticket, merged: Event, absorbed: Event, act: Act
) -> tuple[Event, Event]:
    """Take *source* out of *target* again; *merged* and *absorbed* are what joined them.

    What either got since then, and the tags the target had before, stay with it.

    Raises:
        Refused: They are not merged.
    """
    if source.merged_into != target.id:
        raise Refused(f"ticket {source.id} is not merged into ticket {target.id}")
    back = {name: before for name, (before, _) in merged.changes.items()}
    left = {name: _without(getattr(target, name), *pair) for name, pair in absorbed.changes.items()}
    return (
        _tell(source, "unmerged", act, back),
        _tell(target, "released", act, left, {"ticket": source.id}),
    )


def split(
    ticket: Ticket, messages: Sequence[Message], new_id: int, act: Act, subject: str = ""
) -> tuple[Event, ...]:
    """Open ticket *new_id* with *messages* of this one; both keep where they came from.

    The first event belongs to the old ticket, the others to the new one, in order; they
    happened when the messages came.

    Raises:
        UsageError: No message is named.
        Refused: One of them was erased.
    """
    if not messages:
        raise UsageError("no message to split off is named")
    opened = open_ticket(
        new_id,
        subject or ticket.subject,
        _when_it_came(messages[0], act),
        requester=ticket.requester,
        channel=ticket.channel,
        priority=ticket.priority,
        split_from=ticket.id,
        waiting_since=None,
    )
    new, told = fold(opened), [*opened]
    for message in messages:
        event = _said_again(new, message, act)
        new = evolve(new, event)
        source = {"ticket": ticket.id, "message": message.n}
        told.append(replace(event, data={**event.data, "source": source}))
    numbers = [message.n for message in messages]
    return (_tell(ticket, "split", act, {}, {"into": new_id, "messages": numbers}), *told)


def link(ticket: Ticket, other: Ticket, kind: str, act: Act) -> tuple[Event, ...]:
    """Tie *ticket* to *other*: ``duplicate-of``, ``blocked-by``, ``related`` or ``parent``.

    Raises:
        UsageError: There is no such kind of tie.
        Refused: A ticket cannot be tied to itself.
    """
    if kind not in LINKS:
        raise UsageError(f"{kind!r} is no kind of link; there are {', '.join(LINKS)}")
    if ticket.id == other.id:
        raise Refused(f"ticket {ticket.id} cannot be linked to itself")
    tie = Link(kind, other.id)
    if tie in ticket.links:
        return ()
    return (_tell(ticket, "linked", act, {"links": (*ticket.links, tie)}),)


def unlink(ticket: Ticket, other_id: int, act: Act) -> tuple[Event, ...]:
    """Remove every tie of *ticket* to ticket *other_id*."""
    left = tuple(tie for tie in ticket.links if tie.ticket_id != other_id)
    if left == ticket.links:
        return ()
    return (_tell(ticket, "unlinked", act, {"links": left}),)


def _tell(
    ticket: Ticket,
    kind: str,
    act: Act,
    after: Mapping[str, object],
    data: dict[str, object] | None = None,
) -> Event:
    content = {CHANGES: changes(ticket, after), **(data or {})}
    at, recorded_at = timing(ticket, act)
    return Event(kind, ticket.id, at, act.by, act.cause, content, recorded_at)


def _said_again(new: Ticket, message: Message, act: Act) -> Event:
    """Return the event of *message* on ticket *new*, as who said it and when."""
    if message.body is None:
        raise Refused(f"message {message.n} was erased; it cannot be split off")
    said = _when_it_came(message, act)._replace(by=message.author)
    if message.kind == "note":
        verb: _Say = partial(note, pinned=message.pinned)
    else:
        verb = receive if message.kind == "customer" else reply
    (event,) = verb(new, message.body, said, message.attachments)
    return event


def _when_it_came(message: Message, act: Act) -> Act:
    return act._replace(at=message.at, recorded_at=act.at)


def _union(ours: tuple[str, ...], theirs: tuple[str, ...]) -> tuple[str, ...]:
    return ours + tuple(x for x in theirs if x not in ours)


def _without(now: Any, before: Any, after: Any) -> Any:
    """Return *now* without what the step from *before* to *after*, JSON values, did to it."""
    if isinstance(now, int):
        return now - (after - before)
    if isinstance(now, tuple):
        return tuple(x for x in now if x in before or x not in after)
    return before if encode_value(now) == after else now
