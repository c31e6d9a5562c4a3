"""Finding people by what a ticket or a command calls them; customers on first contact."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.domain.nearest import nearest
from tix.domain.people import (
    Customer,
    customer_number,
    is_address,
    normal_address,
    normal_phone,
)
from tix.errors import Conflict, NotFound, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tix.desk import Desk
    from tix.store.base import Transaction

ADDRESS = "address"
PHONE = "phone"


def find_customer(tx: Transaction, text: str) -> Customer:
    """Return the customer that a number (``C-42``), an address or a phone leads to.

    One that was merged leads on to the customer it is part of now.

    Raises:
        NotFound: There is none.
    """
    number = customer_number(text)
    if number is None:
        number = next((n for kind, key in _keys(text) if (n := tx.key(kind, key))), None)
    if number is None or number not in tx.customers:
        raise NotFound(
            f"no customer {text!r}", hint="tix customer list, or tix customer add", ids=(text,)
        )
    customer = tx.customers.get(number)
    while customer.merged_into is not None:
        customer = tx.customers.get(customer.merged_into)
    return customer


def customer_for(tx: Transaction, text: str) -> Customer:
    """Return the customer that *text* leads to, made on first contact.

    Raises:
        NotFound: It is a customer number that does not exist.
        UsageError: It is neither a number, an address nor a phone.
    """
    try:
        return find_customer(tx, text)
    except NotFound:
        if customer_number(text) is not None:
            raise
    if is_address(text.strip()):
        return add_customer(tx, addresses=(text,))
    try:
        return add_customer(tx, phones=(text,))
    except UsageError:
        raise UsageError(
            f"{text!r} is no customer: give a number such as C-42, an address or a phone"
        ) from None


def add_customer(
    tx: Transaction,
    *,
    addresses: Iterable[str] = (),
    phones: Iterable[str] = (),
    **values: object,
) -> Customer:
    """Make a customer with the next number.

    Raises:
        Conflict: An address or phone belongs to somebody already.
        UsageError: An address or phone is none.
    """
    customer = Customer(
        number=tx.next_number("customer"),
        created_at=tx.now,
        addresses=tuple(dict.fromkeys(normal_address(a) for a in addresses)),
        phones=tuple(dict.fromkeys(normal_phone(p) for p in phones)),
        **values,  # type: ignore[arg-type]  # the caller names members of Customer
    )
    put_customer(tx, customer)
    return customer


def put_customer(tx: Transaction, customer: Customer) -> None:
    """Keep *customer*, and let exactly its addresses and phones lead to it.

    Raises:
        Conflict: An address or phone belongs to somebody else.
    """
    known = customer.number in tx.customers
    before = _identities(tx.customers.get(customer.number)) if known else set()
    after = _identities(customer)
    for kind, value in sorted(after - before):
        owner = tx.key(kind, value)
        if owner is not None and owner != customer.number:
            merge = f"tix customer merge {customer.id} --into C-{owner}"
            raise Conflict(
                f"{value} belongs to C-{owner}",
                hint=merge if known else f"tix customer show C-{owner}",
                ids=(f"C-{owner}",),
            )
        tx.claim(kind, value, customer.number)
    for kind, value in sorted(before - after):
        tx.release(kind, value)
    tx.customers.put(customer)


def drop_customer(tx: Transaction, customer: Customer) -> None:
    """Forget *customer*, whom no ticket may need; addresses and phones are free again."""
    for kind, value in _identities(customer):
        tx.release(kind, value)
    tx.customers.drop(customer.number)


def find_agent(tx: Transaction, desk: Desk, text: str) -> str:
    """Return the name of the agent that *text* means; ``@me`` is who acts.

    Raises:
        NotFound: There is none of that name, or they are retired.
    """
    if text == "@me":
        return desk.user
    name = text.strip().removeprefix("@").casefold()
    agents = {agent.name: agent for agent in tx.agents.all()}
    if name in agents and not agents[name].retired:
        return name
    if name == desk.user and name not in agents:
        return name
    if name in agents:
        raise NotFound(f"{name} is retired", hint=f"tix agent edit {name} --active", ids=(name,))
    guess = nearest(name, [n for n, agent in agents.items() if not agent.retired])
    hint = f"Did you mean {guess!r}?" if guess else f"tix agent add {name}"
    raise NotFound(f"no agent {text!r}", hint=hint, ids=(text,))


def find_department(tx: Transaction, text: str) -> str:
    """Return the name of the department that *text* means.

    Raises:
        NotFound: There is none of that name.
    """
    name = text.strip().casefold()
    names = [department.name for department in tx.departments.all()]
    if name in names:
        return name
    guess = nearest(name, names)
    hint = f"Did you mean {guess!r}?" if guess else f"tix dept add {name}"
    raise NotFound(f"no department {text!r}", hint=hint, ids=(text,))


def _identities(customer: Customer) -> set[tuple[str, str]]:
    addresses = {(ADDRESS, address) for address in customer.addresses}
    return addresses | {(PHONE, phone) for phone in customer.phones}


def _keys(text: str) -> list[tuple[str, str]]:
    """Return the keys under which a customer called *text* could be found."""
    found = []
    for kind, normal in ((ADDRESS, normal_address), (PHONE, normal_phone)):
        try:
            found.append((kind, normal(text)))
        except UsageError:
            continue
    return found
