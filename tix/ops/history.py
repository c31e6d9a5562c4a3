"""Looking back: events and operations, the newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.domain.event import Event
from tix.domain.operation import Operation
from tix.errors import TicketNotFound
from tix.ops.transactions import reading, tickets_of
from tix.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tix.desk import Desk
    from tix.store.base import Transaction


class Events(NamedTuple):
    """The newest events; ``total`` counts those beyond the limit as well."""

    rows: tuple[Event, ...]
    total: int


class Operations(NamedTuple):
    """The newest operations; ``total`` counts those beyond the limit as well."""

    rows: tuple[Operation, ...]
    total: int


class Mark(NamedTuple):
    """A place in the log: behind operation *op*, of which *hash* is an event on *ticket_id*."""

    op: int = 0
    ticket_id: int = 0
    hash: str = ""


class News(NamedTuple):
    """Events in the order of ``seq``, and the mark behind them.

    ``restored`` tells that the desk is an earlier one now and the log begins again.
    """

    rows: tuple[Event, ...]
    mark: Mark
    restored: bool = False


@reading
def events(desk: Desk, tx: Transaction, ticket_ids: Sequence[int] = (), limit: int = 0) -> Events:
    """Return what happened to these tickets, else on the whole desk; *limit* 0 is no limit.

    With a limit, only the tickets of the last operations are looked at.

    Raises:
        TicketNotFound: Some do not exist.
    """
    return _events(tx, ticket_ids, limit)


@reading
def last_news(desk: Desk, tx: Transaction, ticket_ids: Sequence[int] = (), limit: int = 0) -> News:
    """Return the last *limit* events of these tickets, else of the whole desk; 0 is all.

    Raises:
        TicketNotFound: Some tickets do not exist.
    """
    return _last_news(tx, ticket_ids, limit)


@reading
def news(
    desk: Desk, tx: Transaction, mark: Mark, ticket_ids: Sequence[int] = (), limit: int = 0
) -> News:
    """Return what has happened since *mark*; on a desk that was restored, the last events."""
    if not _is_there(tx, mark):
        begun = _last_news(tx, (), 0 if ticket_ids else limit)
        rows = [e for e in begun.rows if not ticket_ids or e.ticket_id in ticket_ids]
        return News(tuple(rows[-limit:]), begun.mark, restored=True)
    found: list[Event] = []
    for number in range(mark.op + 1, tx.last_number("operation") + 1):
        if number in tx.operations:
            operation = tx.operations.get(number)
            mark = _behind(tx, operation) or mark
            found += _of(tx, operation, ticket_ids)
    return News(tuple(found), mark)


@reading
def events_of(desk: Desk, tx: Transaction, numbers: Iterable[int]) -> list[Event]:
    """Return the events of the operations with these numbers, but of no import, in order.

    An import tells what happened elsewhere, and is news to nobody.
    """
    there = [tx.operations.get(number) for number in numbers if number in tx.operations]
    return [e for operation in there if operation.command != "import" for e in _of(tx, operation)]


@reading
def operations(
    desk: Desk, tx: Transaction, ticket_ids: Sequence[int] = (), limit: int = 0
) -> Operations:
    """Return what was done to these tickets, else on the whole desk; *limit* 0 is no limit.

    Raises:
        TicketNotFound: Some tickets do not exist.
    """
    if ticket_ids:
        tickets_of(tx, ticket_ids)
        numbers = {event.op for number in ticket_ids for event in tx.history(number)}
        found = [tx.operations.get(n) for n in sorted(numbers, reverse=True) if n in tx.operations]
        return Operations(tuple(found[:limit] if limit else found), len(found))
    total = tx.last_number("operation")
    rows = []
    for operation in latest(tx):
        rows.append(operation)
        if len(rows) == limit:
            break
    return Operations(tuple(rows), total)


def latest(tx: Transaction) -> Iterator[Operation]:
    """Yield the operations, the newest first, reading no more than is asked for."""
    for number in range(tx.last_number("operation"), 0, -1):
        if number in tx.operations:
            yield tx.operations.get(number)


def _events(tx: Transaction, ticket_ids: Sequence[int], limit: int) -> Events:
    if ticket_ids:
        tickets_of(tx, ticket_ids)
        found = [event for number in ticket_ids for event in tx.history(number)]
        rows = _ordered(found)
        return Events(tuple(rows[:limit] if limit else rows), len(rows))
    total = tx.last_number("event")
    if not limit or limit >= total:
        rows = _ordered([event for _, history in tx.scan() for event in history])
        return Events(tuple(rows), len(rows))
    return Events(tuple(_newest(tx, limit)), total)


def _last_news(tx: Transaction, ticket_ids: Sequence[int], limit: int) -> News:
    rows = _events(tx, ticket_ids, limit).rows
    marks = filter(None, (_behind(tx, operation) for operation in latest(tx)))
    in_order = sorted(rows, key=lambda event: event.seq)
    return News(tuple(in_order), next(marks, Mark()))


def _behind(tx: Transaction, operation: Operation) -> Mark | None:
    """Return the mark behind an operation, None if it touched no ticket."""
    if not operation.tickets:
        return None
    number = operation.tickets[-1][1]
    event = next(e for e in tx.history(number) if e.op == operation.number)
    return Mark(operation.number, number, event.hash)


def _is_there(tx: Transaction, mark: Mark) -> bool:
    """Return whether the desk still has what was seen at *mark*."""
    if not mark.op:
        return True
    try:
        return any(event.hash == mark.hash for event in tx.history(mark.ticket_id))
    except TicketNotFound:
        return False


def _of(tx: Transaction, operation: Operation, ticket_ids: Sequence[int] = ()) -> list[Event]:
    """Return the events of an operation in their order, of these tickets or of all."""
    numbers = [n for n in operation.numbers if not ticket_ids or n in ticket_ids]
    found = [e for n in numbers for e in tx.history(n) if e.op == operation.number]
    return sorted(found, key=lambda event: event.seq)


def _newest(tx: Transaction, limit: int) -> Iterator[Event]:
    """Yield the last *limit* events, operation by operation, ticket by ticket."""
    histories: dict[int, tuple[Event, ...]] = {}
    left = limit
    for operation in latest(tx):  # pragma: no branch - there are more events than the limit
        for number in reversed(operation.numbers):
            if number not in histories:
                histories[number] = tx.history(number)
            ours = [event for event in histories[number] if event.op == operation.number]
            yield from ours[::-1][:left]
            left -= len(ours)
            if left <= 0:
                return


def _ordered(found: list[Event]) -> list[Event]:
    """Return events as ``_newest`` does: by operation, then ticket, then order, all falling."""
    return sorted(found, key=lambda event: (event.op, event.ticket_id, event.seq), reverse=True)
