"""Tickets and their ties: merging, splitting, linking, and the way back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from tix.domain.absorbing import COUNTED, OUR_TURN, Absorbed, gains, without
from tix.domain.event import CHANGES, Event
from tix.domain.people import customer_number
from tix.domain.status import NEXT, Status
from tix.domain.ticket import INVERSE_LINKS, Link, Ticket, changes, evolve, fold
from tix.domain.verbs import Act, note, open_ticket, receive, reply
from tix.domain.verbs.act import at_hand, moved, timing, way_on
from tix.domain.verbs.promising import without_promises
from tix.errors import Refused, TransitionRefused, UsageError
from tix.record import replace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from tix.domain.thread import Message
    from tix.domain.verbs import Attachment

    _Say = Callable[[Ticket, str, Act, Iterable[Attachment]], tuple[Event, ...]]

REVERSE = {**INVERSE_LINKS, **{back: kind for kind, back in INVERSE_LINKS.items()}}
"""Every kind of tie with what it is from the other end."""

_CUSTOMER = "customer:"


def merge(
    source: Ticket, target: Ticket, act: Act, address: str | None = None
) -> tuple[Event, Event]:
    """Let *source* go on in *target*: one event for each.

    The target gets the tags, the participants and the counts, and shows the messages of both
    in order of time; a customer who waited for an answer waits for it there. The requester
    of the source, found under *address*, takes part in a target that has another one. The
    source keeps its own history, so that ``unmerge`` is exact.

    Raises:
        Refused: They are the same ticket, one of them is past merging, or there is a promise
            on the source to keep.
    """
    if source.id == target.id:
        raise Refused(f"ticket {source.id} cannot be merged into itself")
    _check_room(target)
    without_promises(source, "merged")
    if Status.MERGED not in NEXT[at_hand(source).status]:
        raise TransitionRefused(
            f"ticket {source.id} is {source.status}; it cannot be merged", hint=way_on(source)
        )
    gone = {"status": Status.MERGED, "before": source.status, "merged_into": target.id}
    other = Absorbed(source, address)
    joined: dict[str, Any] = {
        **{name: getattr(target, name) + getattr(source, name) for name in COUNTED},
        "absorbed": (*target.absorbed, source.id),
        **gains(target, other),
    }
    if since := other.waiting_since:
        if target.status not in OUR_TURN:
            joined |= moved(target, Status.OPEN, act)
        joined["waiting_since"] = min(since, target.waiting_since or since)
    return (
        _tell(source, "merged", act, gone),
        _tell(target, "absorbed", act, joined, {"ticket": source.id}),
    )


def unmerge(
    source_history: Sequence[Event],
    target_history: Sequence[Event],
    absorbed: Mapping[int, Absorbed],
    act: Act,
) -> tuple[Event, Event]:
    """Take a ticket out of the one it goes on in: one event for each.

    It is again what it was. The other is what it would be without it: what either got since
    then stays with it, and so does what others brought that are merged into it. *absorbed*
    has all that are merged into it, as ``as_absorbed`` gives them.

    Raises:
        Refused: They are not merged, or the other is merged itself.
    """
    source, target = fold(source_history), fold(target_history)
    if source.merged_into != target.id:
        raise Refused(f"ticket {source.id} is not merged into ticket {target.id}")
    if target.merged_into is not None:
        raise Refused(
            f"ticket {target.id}, in which {source.id} goes on, "
            f"is merged into {target.merged_into} itself",
            hint=f"tix unmerge {target.id} comes first",
        )
    place = _place_of_merging(source_history, target.id)
    if not place:
        raise Refused(f"nothing tells what ticket {source.id} was before it was merged")
    back = {name: before for name, (before, _) in source_history[place].changes.items()}
    left = without(target_history, source.id, absorbed)
    return (
        _tell(at_hand(source), "unmerged", act, back),
        _tell(target, "released", act, left, {"ticket": source.id}),
    )


def as_absorbed(history: Sequence[Event], target_id: int, address: str | None = None) -> Absorbed:
    """Return the ticket of *history* as it was when it was merged into another.

    *address* is where its requester is found.
    """
    place = _place_of_merging(history, target_id)
    return Absorbed(fold(history[:place] if place else history), address)


def split(
    ticket: Ticket, messages: Sequence[Message], new_id: int, act: Act, subject: str = ""
) -> tuple[Event, ...]:
    """Open ticket *new_id* with *messages* of this one; both keep where they came from.

    The first event belongs to the old ticket, the others to the new one, in order; they
    happened when the messages came. It is of the customer who wrote the first of them.

    Raises:
        UsageError: No message is named.
        Refused: One of them was erased or taken back, or the ticket is in the trash.
    """
    if not messages:
        raise UsageError("no message to split off is named")
    opened = open_ticket(
        new_id,
        subject or at_hand(ticket).subject,
        _when_it_came(messages[0], act),
        requester=_asked_by(messages) or ticket.requester,
        channel=ticket.channel,
        department=ticket.department,
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
    """Tie *ticket* to *other* by one of the kinds in ``REVERSE``; none if it is so already.

    The other end is tied by the reverse kind, in a call of its own.

    Raises:
        UsageError: There is no such kind of tie.
        Refused: A ticket cannot be tied to itself, nor in the trash.
    """
    if kind not in REVERSE:
        raise UsageError(f"{kind!r} is no kind of link; there are {', '.join(REVERSE)}")
    if ticket.id == other.id:
        raise Refused(f"ticket {ticket.id} cannot be linked to itself")
    tie = Link(kind, other.id)
    if tie in at_hand(ticket).links:
        return ()
    return (_tell(ticket, "linked", act, {"links": (*ticket.links, tie)}),)


def circle(ticket: Ticket, other: Ticket, kind: str, find: Callable[[int], Ticket]) -> list[int]:
    """Return the way by ties of *kind* that leads from *other* back to *ticket*, or nothing.

    *find* gives the ticket with a number. Related tickets make no circle.
    """
    if REVERSE[kind] == kind:
        return []
    ways, seen = [[other.id]], {other.id}
    for way in ways:
        if way[-1] == ticket.id:
            return way
        for tie in find(way[-1]).links:
            if tie.kind == kind and tie.ticket_id not in seen:
                seen.add(tie.ticket_id)
                ways.append([*way, tie.ticket_id])
    return []


def unlink(ticket: Ticket, other_id: int, act: Act) -> tuple[Event, ...]:
    """Remove every tie of *ticket* to ticket *other_id*, also in the trash."""
    left = tuple(tie for tie in ticket.links if tie.ticket_id != other_id)
    if left == ticket.links:
        return ()
    return (_tell(ticket, "unlinked", act, {"links": left}),)


def _check_room(target: Ticket) -> None:
    """Refuse if nothing can go on in *target*."""
    if at_hand(target).status in (Status.CLOSED, Status.SPAM):
        raise Refused(
            f"ticket {target.id} is {target.status}; nothing can go on in it",
            hint=f"tix reopen {target.id}",
        )
    if target.is_settled:
        raise Refused(
            f"ticket {target.id} is {target.status}; nothing can go on in it", hint=way_on(target)
        )


def _place_of_merging(history: Sequence[Event], target_id: int) -> int:
    """Return where *history* tells that its ticket goes on in another; 0 if it does not."""
    for place in range(len(history) - 1, 0, -1):
        event = history[place]
        if event.kind == "merged" and event.changes["merged_into"][1] == target_id:
            return place
    return 0


def _asked_by(messages: Iterable[Message]) -> int | None:
    """Return the customer who wrote the first of *messages* that one wrote."""
    for message in messages:
        if message.kind == "customer" and message.author.startswith(_CUSTOMER):
            return customer_number(message.author.removeprefix(_CUSTOMER))
    return None


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
    if message.body is None or message.retracted:
        why = "erased" if message.body is None else "taken back"
        raise Refused(f"message {message.n} was {why}; it cannot be split off")
    if message.spoken:
        raise Refused(f"message {message.n} is a {message.kind}; it stays where it was logged")
    said = _when_it_came(message, act)._replace(by=message.author)
    if message.kind == "note":
        verb: _Say = partial(note, pinned=message.pinned)
    else:
        verb = receive if message.kind == "customer" else reply
    (event,) = verb(new, message.body, said, message.attachments)
    return event


def _when_it_came(message: Message, act: Act) -> Act:
    return act._replace(at=message.at, recorded_at=act.at)
