"""Looking back: events and operations, the newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tix.domain.event import Event
from tix.domain.operation import Operation
from tix.ops.change import tickets_of
from tix.ops.transactions import reading

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

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


@reading
def events(desk: Desk, tx: Transaction, ticket_ids: Sequence[int] = (), limit: int = 0) -> Events:
    """Return what happened to these tickets, else on the whole desk; *limit* 0 is no limit.

    With a limit, only the tickets of the last operations are looked at.

    Raises:
        TicketNotFound: Some do not exist.
    """
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
