"""The first reading of an export: what is bad, what is here already, what gets which number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.codec import encode_time
from tix.domain.people import Customer
from tix.errors import NotFound, UsageError
from tix.ops.exporting.jsonl import files_of
from tix.ops.importing.exported import File, Past
from tix.ops.importing.identity import Ids, brought
from tix.ops.importing.problems import Problem, Problems, Unusable, counted, named
from tix.ops.importing.renumber import Numbers
from tix.ops.people import ADDRESS, PHONE, find_customer
from tix.record import replace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tix.domain.setup import Setup
    from tix.ops.importing.exported import Exported, Record
    from tix.store.base import Transaction

_HIGHEST = 10_000_000


class Survey:
    """What an export called *name* brings to a desk.

    *tickets* and *customers* are the numbers over there of those that are new here; what
    they are here, and all others, is in *numbers*.
    """

    def __init__(self, tx: Transaction, source: Exported, name: str) -> None:
        self.is_empty = not (tx.last_number("ticket") or tx.last_number("customer"))
        self.setup = source.setup if self.is_empty else tx.setup
        self.differs = _unversioned(source.setup) != _unversioned(tx.setup)
        self.name = name
        self.problems = Problems()
        self.numbers = Numbers()
        self.tickets: dict[int, str] = {}
        self.customers: dict[int, str] = {}
        self.files: set[str] = set()
        self.known = self.known_customers = self.rows = 0
        self._tx = tx
        self._source = source
        self._ids = Ids()
        self._bad: set[str] = set()
        self._identities: dict[tuple[str, str], int] = {}
        self._contents: set[str] = set()
        for place, one in source.records():
            self.rows += 1
            self._look_at(place, one)
        self._take_numbers()

    def records(self) -> Iterator[Record]:
        """Return the records that are good, in their order."""
        for place, one in self._source.records():
            if not isinstance(one, Problem) and place not in self._bad:
                yield one

    def oddities(self) -> Iterator[str]:
        """Return what was left out or found here already, a sentence each."""
        if self.known_customers:
            yield f"{counted(self.known_customers, 'customer')} here already, left as they are"
        if self.differs and not self.is_empty:
            yield "the set-up of the other desk left out: this one has its own"
        lost = sorted(self.numbers.lost)
        if lost:
            count = counted(len(lost), "number")
            yield f"{count} of tickets or customers that are not there left out: {named(lost)}"
        gone = sorted(filter(self._is_gone, self.files - self._contents))
        if gone:
            yield f"{counted(len(gone), 'file')} not in the export: {named(gone)}"

    def _look_at(self, place: str, one: Record | Problem) -> None:
        try:
            if isinstance(one, Problem):
                self.problems.add(one)
            elif isinstance(one, Past):
                self._ticket(one)
            elif isinstance(one, Customer):
                self._customer(one)
            elif isinstance(one, File):
                self._contents.add(one.sha256)
        except Unusable as problem:
            self._bad.add(place)
            self.problems.add(Problem(place, problem.field, problem.why))

    def _ticket(self, past: Past) -> None:
        ticket, opened = past.ticket, past.events[0]
        if ticket.id in self.tickets or ticket.id in self.numbers.tickets:
            raise Unusable("id", f"ticket {ticket.id} comes twice")
        if ticket.requester is not None and not self._has_customer(ticket.requester):
            raise Unusable("requester", f"no line before it is customer {ticket.requester}")
        try:
            self.setup.priority(ticket.priority)
        except UsageError as error:
            raise Unusable("priority", error.message) from None
        # Numbers differ from desk to desk; how a ticket began does not.
        began = [encode_time(opened.at), str(opened.changes["subject"]), opened.body or ""]
        known = self._ids.content(began)
        number = brought(self._tx, self.name, known)
        if number is not None:
            self.known += 1
            self.numbers.tickets[ticket.id] = number
            return
        self.tickets[ticket.id] = known
        self.files.update(files_of(past.events))

    def _customer(self, customer: Customer) -> None:
        if self._has_customer(customer.number):
            raise Unusable("number", f"{customer.id} comes twice")
        keys = _keys(customer)
        for key in keys:
            owner = self._identities.setdefault(key, customer.number)
            if owner != customer.number:
                raise Unusable("addresses", f"{key[1]} belongs to C-{owner} as well")
        known = f"{encode_time(customer.created_at)}/{customer.number}"
        here = self._tx.key(f"source:{self.name}", known)
        if here is None or here not in self._tx.customers:
            here = next((n for key in keys if (n := self._tx.key(*key)) is not None), None)
            self.known_customers += here is not None
        if here is None:
            self.customers[customer.number] = known
        else:
            self.numbers.customers[customer.number] = find_customer(self._tx, f"C-{here}").number

    def _has_customer(self, number: int) -> bool:
        return number in self.customers or number in self.numbers.customers

    def _take_numbers(self) -> None:
        """Give what is new its numbers: on an empty desk those that it had."""
        for counter, new, numbers in (
            ("ticket", self.tickets, self.numbers.tickets),
            ("customer", self.customers, self.numbers.customers),
        ):
            highest = max(new, default=0)
            if self.is_empty and highest <= _HIGHEST:
                numbers |= {number: number for number in new}
                while self._tx.last_number(counter) < highest:
                    self._tx.next_number(counter)
            else:
                numbers |= {number: self._tx.next_number(counter) for number in new}

    def _is_gone(self, sha256: str) -> bool:
        try:
            self._tx.attachment(sha256)
        except NotFound:
            return True
        return False


def _keys(customer: Customer) -> list[tuple[str, str]]:
    addresses = [(ADDRESS, address) for address in customer.addresses]
    return addresses + [(PHONE, phone) for phone in customer.phones]


def _unversioned(setup: Setup) -> Setup:
    return replace(setup, version=1)
