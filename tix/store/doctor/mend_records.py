"""Operations, customers and all other records without events, put together again."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from tix.codec import decode
from tix.domain.operation import Operation, ranges
from tix.domain.people import Customer
from tix.record import replace
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
_IDENTITIES = ("address", "phone")
"""The kinds of keys that follow from what customers have."""


def mend_operations(shop: Workshop) -> None:
    """Put together the pages of operations, and find those that events are of."""
    for page in sorted(shop.broken):
        if page.startswith("ops/"):
            doubtful = []
            for key, versions in shop.sources.of_page(page, _OPERATIONS):
                proven = [version.record for version in versions if version.is_proven]
                operation = versions[0].record
                if proven:
                    # Beside whether it was undone, nothing of an operation ever changes.
                    operation = replace(proven[0], undone_by=operation.undone_by)
                else:
                    doubtful.append(key)
                _put_operation(shop, operation)
            shop.doubt("operation", doubtful)
    for number in sorted(shop.facts.used.keys() - shop.facts.operations):
        found = shop.find(layout.operations(number), _OPERATIONS, str(number))
        if found is None:
            shop.lost.append(f"operation {number}: nothing of it is left")
        _put_operation(shop, found or Operation(number, shop.at, "system", LOST_NAME))
    _miss_operations(shop)


def mend_records(shop: Workshop) -> None:
    """Put together the pages of records; what operations say of one stands above all else."""
    facts = shop.facts
    missing = {page_of(table, key) for table, key in missing_records(shop.view, facts)}
    pages = {page for page in shop.broken if page.startswith("customers/")}
    pages |= {layout.PEOPLE, layout.SETUP} & shop.broken
    pages |= {page for page in missing if page}
    made = _made(shop) if pages else {}
    for page in sorted(pages):
        _mend_page(shop, page, made)
        for document in shop.bench.rows(page, _CUSTOMERS).values():
            note_customer(facts, decode(Customer, document))


def mend_customers(shop: Workshop) -> None:
    """Find the customers whom tickets are of and who are nowhere."""
    for number in sorted(shop.facts.requesters.keys() - shop.facts.customers.keys()):
        page = layout.customers(number)
        found = shop.find(page, _CUSTOMERS, str(number))
        if found is None:
            shop.lost.append(f"customer C-{number}: nothing of them is left")
        customer = found or Customer(number, shop.at, LOST_NAME)
        shop.put_record(page, _CUSTOMERS, str(number), customer)
        note_customer(shop.facts, customer)


def mend_keys(shop: Workshop) -> None:
    """Put together the pages of keys, and let addresses and phones lead to who has them."""
    identities = shop.facts.identities
    pages = {page for page in shop.broken if page.startswith("keys/")}
    for page in sorted(pages):
        doubtful = []
        for key, versions in shop.sources.of_page(page, _KEYS):
            proven = [version.record for version in versions if version.is_proven]
            record = proven[0] if proven else versions[0].record
            if record.kind in _IDENTITIES or leads_nowhere(record, shop.facts):
                continue
            shop.bench.put(page, _KEYS, key, record)
            if not proven:
                doubtful.append(key)
        shop.doubt("key", doubtful)
        if page not in shop.view.names and not shop.sources.before(page):
            shop.lost.append(f"{page}: no backup has it; only addresses and phones are known")
    for identity in identities.values():
        if identity.page in pages:
            owned = Key(identity.kind, identity.number)
            shop.bench.put(identity.page, _KEYS, identity.digest, owned)


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


def _miss_operations(shop: Workshop) -> None:
    """Tell of the operations that stood on a page which is gone, and are nowhere else."""
    for page in sorted(shop.broken.difference(shop.view.names)):
        rows = shop.bench.rows(page, _OPERATIONS)
        numbers = range(1, shop.operation) if page.startswith("ops/") else ()
        here = [number for number in numbers if layout.operations(number) == page]
        for first, last in ranges([number for number in here if str(number) not in rows]):
            which = f"operation {first}" if first == last else f"operations {first} to {last}"
            shop.lost.append(f"{which}: nothing of it is left")


def _put_operation(shop: Workshop, operation: Operation) -> None:
    key = str(operation.number)
    shop.bench.put(layout.operations(operation.number), _OPERATIONS, key, operation)
    note_operation(shop.facts, operation)


def _mend_page(shop: Workshop, page: str, made: Mapping[tuple[str, str], Any]) -> None:
    for (table, key), document in made.items():
        if page_of(table, key) == page and document is not None:
            with suppress(ValueError):
                shop.bench.put(page, table, key, read_record(table, key, document))
    for table in RECORDS:
        doubtful = []
        for key, versions in shop.sources.of_page(page, table):
            if (table, key) not in made and key not in shop.bench.rows(page, table):
                shop.put_record(page, table, key, versions[0].record)
                if not versions[0].is_proven:
                    doubtful.append(key)
        shop.doubt(table, doubtful)


def _made(shop: Workshop) -> Mapping[tuple[str, str], Any]:
    """Return the last that operations tell of each record, None if it was removed."""
    made: dict[tuple[str, str], Any] = {}
    for first in range(0, shop.last_number("operation") + 1, layout.OPERATION_BLOCK):
        rows = shop.bench.rows(layout.operations(first), _OPERATIONS)
        for number in sorted(rows, key=int):
            for change in decode(Operation, rows[number]).records:
                made[change.kind, change.key] = change.after
    return made
