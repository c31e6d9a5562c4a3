"""Erasing tickets: what was said on them goes for good, and that they were there stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.codec import decode, encode
from tix.domain import verbs
from tix.domain.erasure import GONE, erasing, forgotten, redaction, without_words
from tix.domain.operation import FINAL, RecordChange
from tix.domain.people import Customer
from tix.domain.thread import split_off
from tix.domain.ticket import Ticket, fold
from tix.ops.change import Change, Changed, Notice, check_revision, then
from tix.ops.reactions import record
from tix.ops.transactions import acting, repeated, tickets_of, writing
from tix.record import replace

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from tix.desk import Desk
    from tix.domain.erasure import Erase
    from tix.domain.verbs import Act
    from tix.store.base import Transaction

PURGE, FORGET = FINAL


def purge(desk: Desk, ticket_ids: Sequence[int]) -> Change:
    """Put tickets into the trash and erase all that people wrote on them, for good.

    The tickets that were merged into them go along, as their messages are shown there.

    Raises:
        TicketNotFound: Some do not exist; all that are missing are named.
        Conflict: ``--if-rev`` does not fit.
    """
    with writing(desk, PURGE) as tx:
        if repeated(desk, tx, PURGE, ticket_ids):
            return Change(PURGE, unchanged=tuple(ticket_ids), dry_run=desk.intent.dry_run)
        tickets = tickets_of(tx, tuple(dict.fromkeys(ticket_ids)))
        check_revision(tickets, desk.intent.if_rev)
        act = acting(desk, tx)
        numbers = list(_with_absorbed(tx, tickets))
        done = [erased(tx, number, without_words, act, trash=True) for number in numbers]
        erase_operations(tx, numbers)
        op = finished(desk, tx, any(done))
        notices = (*what_is_left(desk), *_copies_left(tx, numbers))
    forget_index(desk)
    changed = tuple(one for one in done if one)
    unchanged = tuple(number for number, one in zip(numbers, done, strict=True) if not one)
    return Change(PURGE, changed, unchanged, op, desk.intent.dry_run, notices)


def erased(
    tx: Transaction, number: int, erase: Erase, act: Act, *, trash: bool = False
) -> Changed | None:
    """Return a ticket of which *erase* took what it takes; None if there is nothing to take.

    What it was before is told without what was taken.
    """
    left = erasing(tx.history(number), erase)
    tx.redact(number, left, erase)
    history = tx.history(number)
    ticket = fold(history)
    # Why it was done stands on the event of the erasure, which no later one erases.
    events = verbs.trash(ticket, act._replace(cause="")) if trash else ()
    if left:
        events = tuple(then(ticket, events, lambda t: (redaction(t, history, act),)))
    return Changed(ticket, record(tx, ticket, events)) if events else None


def erase_operations(
    tx: Transaction, tickets: Iterable[int], customers: Collection[int] = ()
) -> None:
    """Take from the operations on these tickets and customers why they were done, and who it was.

    Of an erasure it stays why it was done.
    """
    numbers = frozenset(tickets)
    for operation in tx.operations.all():
        records = tuple(_without_person(change, customers) for change in operation.records)
        is_about = records != operation.records or not numbers.isdisjoint(operation.numbers)
        why = "" if is_about and operation.command not in FINAL else operation.why
        left = replace(operation, why=why, records=records)
        if left != operation:
            tx.operations.put(left)


def finished(desk: Desk, tx: Transaction, is_changed: object) -> int | None:
    """Let nothing of the past stay, and return the number of the operation if it did anything.

    That also holds where nothing is left to erase: an earlier try may have been cut short.
    """
    tx.forget_past()
    if not is_changed:
        return None
    if desk.intent.key:
        tx.claim("operation", desk.intent.key, tx.operation)
    return None if desk.intent.dry_run else tx.operation


def forget_index(desk: Desk) -> None:
    """Let the full-text index go, which still knows the words; a search makes it anew."""
    if desk.intent.dry_run or not desk.exists:
        return
    from tix.config.places import cache_dir
    from tix.store.fulltext import forget_texts

    forget_texts(desk.folder.path, cache_dir(desk.config.environ))


def what_is_left(desk: Desk) -> Iterator[Notice]:
    """Yield what the person should know who wanted something erased."""
    yield Notice(
        "past_erased",
        "the earlier states of this desk ('tix backup list') held it and are erased as well; "
        "files that 'tix backup' or 'tix export' wrote elsewhere still hold it",
    )
    if desk.exists and any((desk.folder.path / "damaged").glob("**/*")):
        yield Notice(
            "damaged_files", "what 'tix doctor' has put away in damaged/ may hold it: look there"
        )


def _with_absorbed(tx: Transaction, tickets: Iterable[Ticket]) -> dict[int, None]:
    """Return the numbers of *tickets* and of those that were merged into them."""
    found: dict[int, None] = {}
    waiting = [ticket.id for ticket in tickets]
    while waiting:
        number = waiting.pop(0)
        if number not in found:
            found[number] = None
            waiting += tx.ticket(number).absorbed
    return found


def _copies_left(tx: Transaction, numbers: Iterable[int]) -> Iterator[Notice]:
    """Yield a notice for each ticket that still has what a split copied to or from those erased."""
    gone = frozenset(numbers)
    for number in sorted(gone):
        ways = [(part, part, number) for part, _ in split_off(tx.history(number))]
        if (source := tx.ticket(number).split_from) is not None:
            ways.append((source, number, source))
        for other, part, whole in ways:
            if other not in gone and tx.ticket(other).subject != GONE:
                yield Notice(
                    "copy_left",
                    f"ticket {part} was split off from {whole}, so ticket {other} has some of the "
                    f"same messages; tix delete {other} --purge erases them as well",
                )


def _without_person(change: RecordChange, customers: Collection[int]) -> RecordChange:
    if change.kind != "customers" or int(change.key) not in customers:
        return change
    return change._replace(before=_forgotten(change.before), after=_forgotten(change.after))


def _forgotten(document: Mapping[str, object] | None) -> Mapping[str, object] | None:
    return None if document is None else encode(forgotten(decode(Customer, document)))
