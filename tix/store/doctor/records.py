"""Whether customers, agents, operations and keys are all there and lead to each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.store import layout
from tix.store.doctor.facts import Identity
from tix.store.doctor.forms import RECORDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tix.domain.operation import Operation
    from tix.domain.people import Customer
    from tix.store.doctor.facts import Facts
    from tix.store.doctor.forms import Key
    from tix.store.doctor.view import View

_OWNERS = {
    "address": "customer",
    "phone": "customer",
    "source": "customer",
    "new": "ticket",
    "import": "ticket",
    "operation": "operation",
}
"""What the number of a key is, by the first part of its kind."""


def examine_records(view: View, facts: Facts) -> None:
    """Look at customers, agents, departments, saved queries and the set-up."""
    for name in view.names:
        if name.startswith("customers/") or name in (layout.PEOPLE, layout.SETUP):
            for table, rows in (view.records(name) or {}).items():
                if table in RECORDS:
                    facts.records.update((table, key) for key in rows)
                if table == "customers":
                    for customer in rows.values():
                        note_customer(facts, customer)


def examine_operations(view: View, facts: Facts) -> None:
    """Look at the operations, from the first to the last."""
    pages = [name for name in view.names if name.startswith("ops/")]
    for name in sorted(pages, key=lambda name: (len(name), name)):
        operations = (view.records(name) or {}).get("operations", {})
        for operation in sorted(operations.values(), key=lambda one: one.number):
            note_operation(facts, operation)


def examine_keys(view: View, facts: Facts) -> None:
    """Compare the keys with the records that they lead to, both ways.

    Customers, tickets and operations must have been looked at.
    """
    missing = dict(facts.identities)
    for name in view.names:
        if not name.startswith("keys/"):
            continue
        records = view.records(name)
        if records is None:
            missing = {digest: one for digest, one in missing.items() if one.page != name}
            continue
        for digest, key in records.get("keys", {}).items():
            _examine_key(view, facts, name, digest, key)
            missing.pop(digest, None)
    for identity in missing.values():
        what = f"the {identity.kind} of C-{identity.number} leads nowhere"
        view.report.add_page("wrong_key", identity.page, what)


def identities(customer: Customer) -> Iterator[Identity]:
    """Return the keys that must lead to *customer*."""
    known = [("address", address) for address in customer.addresses]
    for kind, value in known + [("phone", phone) for phone in customer.phones]:
        yield Identity(*layout.key(kind, value), kind, customer.number)


def survivor(number: int, merged: dict[int, int | None]) -> int:
    """Return the customer that customer *number* is part of now."""
    for _ in range(len(merged)):
        following = merged.get(number)
        if following is None:
            break
        number = following
    return number


def note_customer(facts: Facts, customer: Customer) -> None:
    """Note what of a customer has to be compared."""
    facts.customers[customer.number] = customer.merged_into
    facts.count("customer", customer.number)
    if customer.number in facts.at_work:
        facts.contacts[customer.number] = customer.contact
    if customer.merged_into is None:
        facts.identities |= {identity.digest: identity for identity in identities(customer)}


def note_operation(facts: Facts, operation: Operation) -> None:
    """Note what of an operation has to be compared."""
    facts.operations.add(operation.number)
    facts.count("operation", operation.number)
    if operation.setup is not None:
        facts.count("setup", operation.setup)
    for first, last in operation.tickets:
        facts.count("ticket", last)
        facts.named.update(range(first, last + 1))
    for change in operation.records:
        facts.made[change.kind, change.key] = change.after is not None


def _examine_key(view: View, facts: Facts, name: str, digest: str, key: Key) -> None:
    identity = facts.identities.get(digest)
    if identity and survivor(key.number, facts.customers) != identity.number:
        what = f"the {key.kind} of C-{identity.number} leads to C-{key.number}"
        view.report.add_page("wrong_key", name, what)
    elif leads_nowhere(key, facts) and not _may_be_on(view, key):
        what = f"a key ({key.kind}) leads to {owner(key)} {key.number}, which is nowhere"
        view.report.add_page("dead_key", name, what)


def _may_be_on(view: View, key: Key) -> bool:
    """Return whether what *key* leads to may stand on a page that is damaged."""
    pages = {
        "customer": (layout.customers(key.number),),
        "ticket": (layout.ROOT, layout.settled_heads(key.number)),
        "operation": (layout.operations(key.number),),
    }
    return not view.report.pages.isdisjoint(pages[owner(key)])


def leads_nowhere(key: Key, facts: Facts) -> bool:
    """Return whether what *key* leads to is not there."""
    numbers = {
        "customer": facts.customers,
        "ticket": facts.tickets,
        "operation": facts.operations,
    }
    return owner(key) in numbers and key.number not in numbers[owner(key)]


def owner(key: Key) -> str:
    """Return what *key* leads to: ``customer``, ``ticket`` or ``operation``, empty if unknown."""
    return _OWNERS.get(key.kind.partition(":")[0], "")
