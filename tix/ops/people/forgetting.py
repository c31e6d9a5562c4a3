"""Forgetting a customer: who they were and what they wrote; reports still count their tickets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.domain.erasure import forgotten, without_addresses, without_words
from tix.ops.change import Altered, Change
from tix.ops.erasing import (
    FORGET,
    erase_operations,
    erased,
    finished,
    forget_index,
    what_is_left,
)
from tix.ops.people.finding import find_customer, put_customer
from tix.ops.transactions import acting, repeated, writing
from tix.record import replace

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from tix.desk import Desk
    from tix.domain.erasure import Erase
    from tix.domain.event import Event
    from tix.domain.people import Customer
    from tix.store.base import Transaction


def forget(desk: Desk, who: str) -> Change:
    """Erase a customer, and those who were merged into them, with all that was said.

    On their own tickets every text goes, whoever wrote it; on those of others, what they wrote
    and their addresses.

    Raises:
        NotFound: There is no such customer.
    """
    with writing(desk, FORGET) as tx:
        if repeated(desk, tx, FORGET):
            return Change(FORGET, unchanged=(who,), dry_run=desk.intent.dry_run)
        customer = find_customer(tx, who)
        person = _Person(tx, customer)
        act = acting(desk, tx)
        # All of them are found before any is changed.
        tickets = dict(person.tickets(tx))
        done = [erased(tx, number, erase, act) for number, erase in tickets.items()]
        erase_operations(tx, tickets, person.numbers)
        records = tuple(_forgotten(tx, one) for one in person.records)
        op = finished(desk, tx, any(done) or any(records))
    forget_index(desk)
    return Change(
        FORGET,
        tuple(one for one in done if one),
        () if any(records) else (customer.id,),
        op,
        desk.intent.dry_run,
        tuple(what_is_left(desk)),
        tuple(record for record in records if record),
    )


class _Person:
    """A customer under all numbers and addresses they ever had."""

    def __init__(self, tx: Transaction, customer: Customer) -> None:
        self.records = [customer, *_parts_of(tx, {customer.number})]
        self.numbers = frozenset(record.number for record in self.records)
        self._addresses = {address for one in self.records for address in one.addresses}
        for operation in tx.operations.all():
            for kind, key, *sides in operation.records:
                if kind == "customers" and int(key) in self.numbers:
                    self._addresses.update(_addresses_in(sides))
        self._by = {f"customer:C-{number}" for number in self.numbers}

    def tickets(self, tx: Transaction) -> Iterator[tuple[int, Erase]]:
        """Yield the tickets that they had to do with, and what of them is to go."""
        for ticket, history in tx.scan():
            if ticket.requester in self.numbers:
                yield ticket.id, without_words
            elif any(self._without(event) != event for event in history):
                yield ticket.id, self._without

    def _without(self, event: Event) -> Event:
        """Return *event* on somebody else's ticket without what was theirs."""
        requester = event.changes.get("requester", (None, None))[1]
        spoke = f"customer:{event.data.get('customer')}"  # in a call or chat
        if event.by in self._by or spoke in self._by or requester in self.numbers:
            return without_words(event)
        return without_addresses(event, self._addresses)


def _parts_of(tx: Transaction, numbers: Collection[int]) -> list[Customer]:
    """Return those who were merged into the customers with these *numbers*, however far."""
    parts = [one for one in tx.customers.all() if one.merged_into in numbers]
    return [*parts, *_parts_of(tx, {part.number for part in parts})] if parts else []


def _addresses_in(sides: Iterable[object]) -> Iterator[str]:
    for side in sides:
        yield from side.get("addresses", ()) if isinstance(side, dict) else ()


def _forgotten(tx: Transaction, customer: Customer) -> Altered | None:
    """Return what became of *customer*, without who it was; None if that is known already."""
    after = forgotten(customer)
    if after == customer:
        return None
    put_customer(tx, after)
    return Altered("customer", customer.id, replace(after, name=None), after)
