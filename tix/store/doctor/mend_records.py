"""Operations, customers and all other records without events, put together again."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from tix.codec import decode
from tix.domain.operation import Operation
from tix.domain.people import Customer
from tix.store import layout
from tix.store.doctor.examine import missing_records
from tix.store.doctor.forms import RECORDS, Key, page_of, read_record
from tix.store.doctor.records import leads_nowhere, note_customer, note_operation
from tix.store.shelf import HEADS
from tix.store.transaction import CONTACTS, TOUCHED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tix.store.doctor.workshop import Workshop

LOST_NAME = "(lost)"
_CUSTOMERS, _OPERATIONS, _KEYS = "customers", "operations", "keys"
_RELEASED = ("address", "phone")
"""Keys of these kinds may be let go; a backup that has one says nothing about today."""


def mend_operations(shop: Workshop) -> None:
    """Put together the pages of operations, and find those that events are of."""
    for page in sorted(shop.broken):
        if page.startswith("ops/"):
            for found in shop.sources.of_page(page):
                if found.key not in shop.bench.rows(page, _OPERATIONS):
                    shop.bench.put(page, _OPERATIONS, found.key, found.record)
                    note_operation(shop.facts, found.record)
    for number in sorted(shop.facts.used.keys() - shop.facts.operations - {0}):
        _find_operation(shop, number)


def mend_records(shop: Workshop) -> None:
    """Put together the pages of records; what operations say of one stands above all else."""
    facts, view = shop.facts, shop.view
    pages = {page for page in shop.broken if page.startswith("customers/")}
    pages |= {layout.PEOPLE, layout.SETUP} & shop.broken
    pages |= {page for table, key in missing_records(view, facts) if (page := page_of(table, key))}
    made = _made(shop) if pages else {}
    for page in sorted(pages):
        for (table, key), document in made.items():
            if page_of(table, key) == page and document is not None:
                with suppress(ValueError):
                    shop.bench.put(page, table, key, read_record(table, key, document))
        for found in shop.sources.of_page(page):
            is_new = found.key not in shop.bench.rows(page, found.table)
            if is_new and found.table in RECORDS and (found.table, found.key) not in made:
                shop.put_record(page, *found)
        for document in shop.bench.rows(page, _CUSTOMERS).values():
            note_customer(facts, decode(Customer, document))


def mend_customers(shop: Workshop) -> None:
    """Find the customers whom tickets are of and who are nowhere."""
    for number in sorted(shop.facts.requesters.keys() - shop.facts.customers.keys()):
        page = layout.customers(number)
        known = (f for f in shop.sources.before(page) if f[:2] == (_CUSTOMERS, str(number)))
        found = next(known, None)
        customer = found.record if found else Customer(number, shop.at, LOST_NAME)
        if found is None:
            shop.lost.append(f"customer C-{number}: nothing of them is left")
        shop.put_record(page, _CUSTOMERS, str(number), customer)
        note_customer(shop.facts, customer)


def mend_keys(shop: Workshop) -> None:
    """Put together the pages of keys, and let addresses and phones lead to who has them."""
    pages = {page for page in shop.broken if page.startswith("keys/")}
    for page in sorted(pages):
        known = [*shop.sources.now(page), *shop.sources.rest]
        earlier = [f for f in shop.sources.before(page) if f.record.kind not in _RELEASED]
        for found in (*known, *earlier):
            is_here = found.table == _KEYS and f"keys/{found.key[:2]}.json" == page
            if is_here and found.key not in shop.bench.rows(page, _KEYS):
                if not leads_nowhere(found.record, shop.facts):
                    shop.bench.put(page, _KEYS, found.key, found.record)
    for identity in shop.facts.identities.values():
        if identity.page in pages:
            key = Key(identity.kind, identity.number)
            shop.bench.put(identity.page, _KEYS, identity.digest, key)


def mend_root(shop: Workshop) -> None:
    """Let the root show the requesters as they are, and let indexes begin anew."""
    root, bench = layout.ROOT, shop.bench
    bench.clear(root, TOUCHED)
    bench.clear(root, CONTACTS)
    for head in bench.rows(root, HEADS).values():
        number = head.get("requester")
        if number is not None:
            customer = bench.rows(layout.customers(number), _CUSTOMERS)[str(number)]
            bench.put(root, CONTACTS, str(number), decode(Customer, customer).contact)


def _find_operation(shop: Workshop, number: int) -> None:
    page = layout.operations(number)
    known = (f for f in shop.sources.before(page) if f[:2] == (_OPERATIONS, str(number)))
    found = next(known, None)
    operation = found.record if found else Operation(number, shop.at, "system", LOST_NAME)
    if found is None:
        shop.lost.append(f"operation {number}: nothing of it is left")
    shop.bench.put(page, _OPERATIONS, str(number), operation)
    note_operation(shop.facts, operation)


def _made(shop: Workshop) -> Mapping[tuple[str, str], Any]:
    """Return the last that operations tell of each record, None if it was removed."""
    made: dict[tuple[str, str], Any] = {}
    for first in range(0, shop.last_number("operation") + 1, layout.OPERATION_BLOCK):
        rows = shop.bench.rows(layout.operations(first), _OPERATIONS)
        for number in sorted(rows, key=int):
            for change in decode(Operation, rows[number]).records:
                made[change.kind, change.key] = change.after
    return made
