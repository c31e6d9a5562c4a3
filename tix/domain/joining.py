"""Tickets and their ties: merging, splitting, linking, and the way back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tix.codec import encode_value
from tix.domain.event import BODY, CHANGES, Event
from tix.domain.status import NEXT, Status
from tix.domain.ticket import LINKS, Link, Ticket, changes
from tix.domain.verbs import Act, open_ticket
from tix.errors import Refused, TransitionRefused, UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tix.domain.thread import Message

_COUNTED = ("messages", "replies", "notes", "attachments")


def merge(source: Ticket, target: Ticket, act: Act) -> tuple[Event, Event]:
    """Let *source* go on in *target*: one event for each.

    The target gets the tags and the counts, and shows the messages of both in order of
    time; the source keeps its own history, so that ``unmerge`` is exact.

    Raises:
        Refused: They are the same ticket, or one of them is past merging.
    """
    if source.id == target.id:
        raise Refused(f"ticket {source.id} cannot be merged into itself")
    if target.is_settled:
        raise Refused(f"ticket {target.id} is settled; nothing can go on in it")
    if source.trashed_at or Status.MERGED not in NEXT[source.status]:
        raise TransitionRefused(f"ticket {source.id} is {source.status}; it cannot be merged")
    gone = {
        "status": Status.MERGED,
        "before": source.status,
        "merged_into": target.id,
    }
    joined = {name: getattr(target, name) + getattr(source, name) for name in _COUNTED}
    return (
        _tell(source, "merged", act, gone),
        _tell(
            target,
            "absorbed",
            act,
            {
                **joined,
                "absorbed": (*target.absorbed, source.id),
                "tags": _union(target.tags, source.tags),
                "participants": _union(target.participants, source.participants),
            },
            {"ticket": source.id},
        ),
    )


def unmerge(source: Ticket, target: Ticket, absorbed: Event, act: Act) -> tuple[Event, Event]:
    """Take *source* out of *target* again; *absorbed* is the event that joined them.

    What the target got since then, and the tags it had before, stay with it.

    Raises:
        Refused: They are not merged.
    """
    if source.merged_into != target.id:
        raise Refused(f"ticket {source.id} is not merged into ticket {target.id}")
    back = {"status": source.before or Status.OPEN, "before": None, "merged_into": None}
    left: dict[str, object] = {
        name: getattr(target, name) - getattr(source, name) for name in _COUNTED
    }
    left["absorbed"] = tuple(n for n in target.absorbed if n != source.id)
    for name in ("tags", "participants"):
        before, after = absorbed.changes.get(name, ((), ()))
        gained = set(_strings(after)) - set(_strings(before))
        left[name] = tuple(x for x in getattr(target, name) if x not in gained)
    return (
        _tell(source, "unmerged", act, back),
        _tell(target, "released", act, left, {"ticket": source.id}),
    )


def split(
    ticket: Ticket, messages: Sequence[Message], new_id: int, act: Act, subject: str = ""
) -> tuple[Event, ...]:
    """Open ticket *new_id* with *messages* of this one; both keep where they came from.

    The first event belongs to the old ticket, the others to the new one, in order.

    Raises:
        UsageError: No message is named.
    """
    if not messages:
        raise UsageError("no message to split off is named")
    first, *rest = messages
    opened = open_ticket(
        new_id,
        subject or ticket.subject,
        act,
        body=first.body,
        requester=ticket.requester,
        channel=ticket.channel,
        priority=ticket.priority,
        split_from=ticket.id,
        messages=sum(m.kind == "customer" for m in messages),
        replies=sum(m.kind == "reply" for m in messages),
        notes=sum(m.kind == "note" for m in messages),
    )
    kinds = {"customer": "received", "reply": "replied", "note": "noted"}
    told = tuple(
        Event(
            kinds[m.kind],
            new_id,
            act.at,
            m.author,
            act.cause,
            {BODY: m.body, "source": {"ticket": ticket.id, "message": m.n}},
        )
        for m in rest
    )
    numbers = [m.n for m in messages]
    off = Event(
        "split", ticket.id, act.at, act.by, act.cause, {"into": new_id, "messages": numbers}
    )
    source = {"ticket": ticket.id, "message": first.n}
    return (off, *(replace(e, data={**e.data, "source": source}) for e in opened), *told)


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
    return Event(kind, ticket.id, max(act.at, ticket.updated_at), act.by, act.cause, content)


def _union(ours: tuple[str, ...], theirs: tuple[str, ...]) -> tuple[str, ...]:
    return ours + tuple(x for x in theirs if x not in ours)


def _strings(value: object) -> list[str]:
    return [str(encode_value(item)) for item in value] if isinstance(value, list) else []
