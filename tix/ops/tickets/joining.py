"""Joining: tickets merged and parted again, split, and tied to each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.domain import joining
from tix.domain.thread import conversation, heir
from tix.errors import NotFound, Refused
from tix.ops.change import Change, Changed, Notice, check_revision
from tix.ops.reactions import record
from tix.ops.transactions import acting, repeated, tickets_of, writing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tix.desk import Desk
    from tix.domain.event import Event
    from tix.domain.thread import Message
    from tix.domain.ticket import Ticket
    from tix.domain.verbs import Act
    from tix.store.base import Transaction

    Work = Callable[[Transaction, Act], Iterator[Event | Notice]]

_SPLIT = "split"


def merge(desk: Desk, sources: Sequence[int], into: int) -> Change:
    """Let each of *sources* go on in the ticket *into*, all or none.

    If that one is merged itself, they go on where it does.

    Raises:
        TicketNotFound: Some do not exist.
        Refused: One of them cannot be merged, or *into* goes on in it.
    """

    def work(tx: Transaction, act: Act) -> Iterator[Event | Notice]:
        tickets_of(tx, (*sources, into))
        target = heir(tx.ticket, into)
        if target.id != into:
            yield Notice("merged", f"ticket {into} was merged; it goes on in ticket {target.id}")
        for number in sources:
            source, target = tx.ticket(number), tx.ticket(target.id)
            if source.merged_into == target.id:
                continue
            if number == target.id != into:
                raise Refused(f"ticket {number} cannot be merged into {into}, which goes on in it")
            yield from _of_somebody_else(tx, source, target)
            yield from joining.merge(source, target, act, _address(tx, source))

    return _together(desk, "merge", sources, work)


def unmerge(desk: Desk, ticket_ids: Sequence[int]) -> Change:
    """Take merged tickets out of those they go on in, all or none; what came since stays there.

    Raises:
        TicketNotFound: Some do not exist.
        Refused: One is not merged, or what it goes on in is merged itself.
    """

    def work(tx: Transaction, act: Act) -> Iterator[Event]:
        for number in ticket_ids:
            target = tx.ticket(number).merged_into
            if target is None:
                raise Refused(f"ticket {number} is not merged", ids=(number,))
            absorbed = {
                other: joining.as_absorbed(
                    tx.history(other), target, _address(tx, tx.ticket(other))
                )
                for other in tx.ticket(target).absorbed
            }
            histories = tx.history(number), tx.history(target)
            yield from joining.unmerge(*histories, absorbed, act)

    return _together(desk, "unmerge", ticket_ids, work)


def split(desk: Desk, ticket_id: int, numbers: Sequence[int], subject: str = "") -> Change:
    """Open a ticket with those messages of this one; a key that was used leads to it again.

    Raises:
        NotFound: There is no such ticket, or some messages do not exist.
        Refused: A message was erased or taken back, or the ticket is in the trash.
    """
    with writing(desk, "split") as tx:
        key, dry_run = desk.intent.key, desk.intent.dry_run
        known = tx.key(_SPLIT, key) if key else None
        if known is not None:
            return Change("split", unchanged=(known,), dry_run=dry_run)
        (ticket,) = tickets_of(tx, (ticket_id,))
        check_revision((ticket,), desk.intent.if_rev)
        messages = _messages(tx, ticket, numbers)
        new_id = tx.next_number("ticket")
        off, *told = joining.split(ticket, messages, new_id, acting(desk, tx), subject)
        record(tx, ticket, [off])
        new = record(tx, None, told)
        if key:
            tx.claim(_SPLIT, key, new_id)
        op = None if dry_run else tx.operation
    return Change("split", (Changed(None, new),), (), op, dry_run)


def link(desk: Desk, ticket_id: int, others: Sequence[int], kind: str) -> Change:
    """Tie a ticket to *others*, and each of them back to it.

    Raises:
        TicketNotFound: Some do not exist.
        Refused: It would lead in a circle, or one is in the trash.
    """

    def work(tx: Transaction, act: Act) -> Iterator[Event]:
        for other in _others(tx, ticket_id, others):
            ticket = tx.ticket(ticket_id)
            way = joining.circle(ticket, other, kind, tx.ticket)
            if way and other.id != ticket_id:
                named = f" {kind} ".join(map(str, (ticket_id, *way)))
                raise Refused(
                    f"that would lead in a circle: {named}",
                    hint=f"tix unlink {way[-2]} {way[-1]}",
                    ids=(other.id,),
                )
            yield from joining.link(ticket, other, kind, act)
            yield from joining.link(other, ticket, joining.REVERSE[kind], act)

    return _together(desk, "link", (ticket_id,), work)


def unlink(desk: Desk, ticket_id: int, others: Sequence[int]) -> Change:
    """Remove every tie between a ticket and *others*, at both ends.

    Raises:
        TicketNotFound: Some do not exist.
    """

    def work(tx: Transaction, act: Act) -> Iterator[Event]:
        for other in _others(tx, ticket_id, others):
            yield from joining.unlink(tx.ticket(ticket_id), other.id, act)
            yield from joining.unlink(other, ticket_id, act)

    return _together(desk, "unlink", (ticket_id,), work)


def _together(desk: Desk, command: str, named: Sequence[int], work: Work) -> Change:
    """Record what *work* says of several tickets, each step seeing the one before; all or none.

    The tickets *named* are those of ``--if-rev``, and they are told first, also if unchanged.
    """
    with writing(desk, command) as tx:
        intent = desk.intent
        if repeated(desk, tx, command, named):
            return Change(command, unchanged=tuple(named), dry_run=intent.dry_run)
        check_revision(tickets_of(tx, named), intent.if_rev)
        first: dict[int, Ticket] = {}
        notices = []
        for step in work(tx, acting(desk, tx)):
            if isinstance(step, Notice):
                notices.append(step)
                continue
            ticket = tx.ticket(step.ticket_id)
            first.setdefault(ticket.id, ticket)
            record(tx, ticket, [step])
        order = dict.fromkeys(number for number in (*named, *first) if number in first)
        changed = tuple(Changed(first[number], tx.ticket(number)) for number in order)
        unchanged = tuple(number for number in named if number not in first)
        op = tx.operation if changed else None
        if op and intent.key:
            tx.claim("operation", intent.key, op)
    op = None if intent.dry_run else op
    return Change(command, changed, unchanged, op, intent.dry_run, tuple(notices))


def _others(tx: Transaction, ticket_id: int, others: Sequence[int]) -> Iterator[Ticket]:
    """Yield the tickets *others*, as they stand when it is their turn."""
    tickets_of(tx, (ticket_id, *others))
    yield from map(tx.ticket, others)


def _messages(tx: Transaction, ticket: Ticket, numbers: Sequence[int]) -> list[Message]:
    """Return the messages of *ticket* that its page shows under *numbers*, in their order.

    Raises:
        NotFound: Some do not exist; all that are missing are named.
    """
    found = {message.n: message for message in conversation(ticket, tx.history)}
    missing = [number for number in numbers if number not in found]
    if missing:
        named = ", ".join(map(str, missing))
        raise NotFound(
            f"ticket {ticket.id} has no message{'s' * (len(missing) > 1)} {named}",
            hint=f"tix show {ticket.id} numbers them; the last is {len(found)}"
            if found
            else "it has none",
            ids=tuple(missing),
        )
    return [found[number] for number in sorted(set(numbers))]


def _of_somebody_else(tx: Transaction, source: Ticket, target: Ticket) -> Iterator[Notice]:
    """Yield a notice if the two tickets are of different customers."""
    ours, theirs = tx.contact(target), tx.contact(source)
    if ours is None or theirs is None or ours == theirs:
        return
    then = f"takes part in {target.id} now" if theirs.address else "has no address to take part by"
    yield Notice(
        "other_customer",
        f"ticket {source.id} is from {theirs.display}, ticket {target.id} from {ours.display}; "
        f"{theirs.display} {then}",
    )


def _address(tx: Transaction, ticket: Ticket) -> str | None:
    contact = tx.contact(ticket)
    return contact.address if contact else None
