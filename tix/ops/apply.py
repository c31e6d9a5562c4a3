"""Many changes as one: a single transaction, a single operation, all of it or nothing."""

from __future__ import annotations

from contextlib import contextmanager
from copy import copy
from typing import TYPE_CHECKING, Any, TypeVar, cast

from tix.domain.found import Found
from tix.domain.operation import FINAL, Operation
from tix.domain.query import EVERYTHING_UNSETTLED
from tix.errors import Refused
from tix.ops.change import Change, Changed, outcome, record_id
from tix.ops.transactions import writing
from tix.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import datetime

    from tix.desk import Desk
    from tix.domain.people import Customer
    from tix.domain.query import TicketQuery
    from tix.domain.ticket import Ticket
    from tix.store.base import Records, Store, Transaction

T = TypeVar("T")


class Applied(NamedTuple):
    """What came of many changes: the *whole*, and its *parts* one by one."""

    whole: Change
    parts: tuple[Change, ...] = ()


def apply(
    desk: Desk,
    steps: Callable[[Desk], Iterable[Change]],
    *,
    command: str = "apply",
    creates: bool = True,
) -> Applied:
    """Let *steps* change the desk that they are given; a key that was used does nothing again.

    Each step sees what those before it did, and one that raises takes all of them back. What
    two steps do under one key is done once.
    """
    key, dry_run = desk.intent.key, desk.intent.dry_run
    with writing(desk, command, creates=creates) as tx:
        known = tx.key("operation", key) if key else None
        if known:
            return Applied(_known(tx, command, known)._replace(dry_run=dry_run))
        inner = copy(desk)
        inner.intent = desk.intent._replace(key="", if_rev=None)
        inner.store = cast("Store", _Inside(tx))
        parts = tuple(steps(inner))
        op = next((part.op for part in parts if part.op), None)
        if op and key:
            tx.claim("operation", key, op)
    return Applied(_whole(desk, command, parts, op), parts)


def _whole(desk: Desk, command: str, parts: Sequence[Change], op: int | None) -> Change:
    """Return what *parts* come to: tickets and records as they were before and are after all."""
    tickets: dict[int, Changed] = {}
    for changed in (one for part in parts for one in part.changed):
        first = tickets.get(changed.after.id, changed)
        tickets[changed.after.id] = changed._replace(before=first.before)
    records = (record for part in parts for record in part.records)
    whole = outcome(desk, command, [*tickets.values(), *records], op)
    about = {*tickets, *(record.id for record in whole.records)}
    unchanged = dict.fromkeys([*whole.unchanged, *(n for part in parts for n in part.unchanged)])
    return whole._replace(
        unchanged=tuple(ident for ident in unchanged if ident not in about),
        notices=tuple(notice for part in parts for notice in part.notices),
        undoes=next((part.undoes for part in parts), None),
    )


def _known(tx: Transaction, command: str, number: int) -> Change:
    """Return the change that does nothing again of what operation *number* did."""
    operation = tx.operations.get(number)
    records = dict.fromkeys(record_id(one.kind, one.key) for one in operation.records)
    return Change(command, unchanged=(*records, *operation.numbers), undoes=operation.undoes)


class _Inside:
    """A store whose transaction is open: who opened it keeps it or drops it."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = cast("Transaction", _Part(tx))

    def read(self, work: Callable[[Transaction], T]) -> T:
        return work(self._tx)

    @contextmanager
    def write(self, *, keep: bool = True) -> Iterator[Transaction]:
        yield self._tx


class _Part:
    """A transaction that goes on: its operation has begun, and upkeep came before that.

    It remembers the unsettled tickets, for many steps ask for all of them: a thousand new
    tickets with tags would read half a million heads.
    """

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx
        self._unsettled: dict[int, Found] = {}
        self.customers = _Watched(tx.customers, self._unsettled.clear)
        self.operations = _Begun(tx.operations, tx.now)

    def begin(self, by: str, command: str, why: str = "", undoes: int | None = None) -> None:
        """Go on with the operation, but for one that takes back another: it has to say so.

        Raises:
            Refused: It is an operation that nothing takes back, and must stand by itself.
        """
        if command in FINAL:
            raise Refused(
                "what erases cannot be a part of an apply", hint="put it into a file of its own"
            )
        if undoes is not None:
            self._tx.begin(by, command, why, undoes)

    def ripe(self, quiet_since: datetime) -> list[Ticket]:
        return []

    def find(self, query: TicketQuery) -> list[Found]:
        if query != EVERYTHING_UNSETTLED:
            return self._tx.find(query)
        if not self._unsettled:
            self._unsettled |= {row.ticket.id: row for row in self._tx.find(query)}
        return [self._unsettled[number] for number in sorted(self._unsettled)]

    def put_ticket(self, ticket: Ticket) -> None:
        self._tx.put_ticket(ticket)
        if self._unsettled:
            self._unsettled.pop(ticket.id, None)
            if not ticket.is_settled:
                head = self._tx.ticket(ticket.id)
                self._unsettled[ticket.id] = Found(head, self._tx.contact(head))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._tx, name)


class _Begun:
    """The operations, with the one that goes on, of which nothing is written yet."""

    def __init__(self, operations: Records[int, Operation], now: datetime) -> None:
        self._operations = operations
        self._now = now

    def get(self, number: int) -> Operation:
        if number in self._operations:
            return self._operations.get(number)
        return Operation(number, self._now, "", "apply")

    def __contains__(self, key: object) -> bool:
        return key in self._operations

    def __getattr__(self, name: str) -> Any:
        return getattr(self._operations, name)


class _Watched:
    """The customers; *changed* is called when one changes whom tickets know already."""

    def __init__(self, customers: Records[int, Customer], changed: Callable[[], None]) -> None:
        self._customers = customers
        self._changed = changed

    def put(self, record: Customer) -> None:
        if record.number in self._customers:
            self._changed()
        self._customers.put(record)

    def __contains__(self, key: object) -> bool:
        return key in self._customers

    def __getattr__(self, name: str) -> Any:
        return getattr(self._customers, name)
