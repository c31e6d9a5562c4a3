"""Keeping customers: made, changed, looked at, and made one where they were two."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tix.domain import verbs
from tix.domain.people import is_about, joined_customer, normal_address, normal_phone
from tix.domain.query import Term, TicketQuery
from tix.errors import NotFound, UsageError
from tix.ops.change import Altered, Change, Changed, alter
from tix.ops.people.finding import add_customer, find_customer, put_customer
from tix.ops.queries import open_by
from tix.ops.reactions import record
from tix.ops.transactions import acting, reading
from tix.record import replace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from tix.desk import Desk
    from tix.domain.found import Found
    from tix.domain.people import Customer
    from tix.store.base import Transaction

_IDENTITIES: dict[str, Callable[[str], str]] = {
    "addresses": normal_address,
    "phones": normal_phone,
}
_MAPPINGS = ("preferences", "fields")


def add(desk: Desk, **values: Any) -> Change:
    """Make a customer of members of ``Customer``.

    Raises:
        UsageError: There is neither a name, an address nor a phone, or one of them is none.
        Conflict: An address or phone belongs to somebody already.
    """
    if not any(values.get(name) for name in ("name", *_IDENTITIES)):
        raise UsageError("a customer needs a name, an address or a phone")

    def work(tx: Transaction) -> Iterator[Altered]:
        customer = add_customer(tx, **values)
        yield Altered("customer", customer.id, None, customer)

    return alter(desk, "customer add", work)


def edit(
    desk: Desk,
    who: str,
    *,
    without: Mapping[str, Sequence[str]] | None = None,
    **values: Any,
) -> Change:
    """Change a customer: addresses, phones and members of maps are added, others replaced.

    *without* names addresses and phones to take away; empty text empties a member of a map.

    Raises:
        NotFound: There is no such customer, or they have no such address or phone.
        Conflict: An address or phone belongs to somebody else.
    """

    def work(tx: Transaction) -> Iterator[Altered]:
        before = find_customer(tx, who)
        after = dict(values)
        for name in _IDENTITIES:
            gone = (without or {}).get(name, ())
            after[name] = _identities(before, name, after.get(name, ()), gone)
        for name in _MAPPINGS:
            whole = {**getattr(before, name), **after.get(name, {})}
            after[name] = {key: value for key, value in whole.items() if value}
        customer = replace(before, **after)
        put_customer(tx, customer)
        yield Altered("customer", customer.id, before, customer)

    return alter(desk, "customer edit", work)


def merge(desk: Desk, sources: Sequence[str], into: str) -> Change:
    """Let each of *sources* go on in the customer *into*, with all they have.

    Addresses and phones lead to *into* from now on, and so do the numbers of *sources*. All
    their tickets become those of *into*, the settled and the trashed ones as well.

    Raises:
        NotFound: There is no such customer.
    """

    def work(tx: Transaction) -> Iterator[Altered | Changed]:
        target = first = find_customer(tx, into)
        for text in sources:
            source = find_customer(tx, text)
            if source.number == target.number:
                continue
            gone = replace(source, addresses=(), phones=(), merged_into=target.number)
            put_customer(tx, gone)
            yield Altered("customer", source.id, source, gone)
            target = joined_customer(target, source)
            put_customer(tx, target)
            yield from _hand_over(desk, tx, source, target)
        yield Altered("customer", target.id, first, target)

    return alter(desk, "customer merge", work)


@reading
def customers(
    desk: Desk, tx: Transaction, words: Sequence[str] = (), *, merged: bool = False
) -> list[tuple[Customer, int]]:
    """Return the customers who are about all *words*, each with how many open tickets they have.

    They come by number; those who were *merged* only if asked for.
    """
    counts = open_by(tx, "requester")
    return [
        (customer, counts.get(customer.number, 0))
        for customer in tx.customers.all()
        if (merged or customer.merged_into is None) and is_about(customer, words)
    ]


@reading
def customer(desk: Desk, tx: Transaction, who: str) -> tuple[Customer, list[Found]]:
    """Return a customer with all tickets that are not in the trash, the newest first.

    Raises:
        NotFound: There is no such customer.
    """
    found = find_customer(tx, who)
    rows = tx.find(_of(found))[::-1]
    return found, [row for row in rows if row.ticket.trashed_at is None]


def _identities(
    customer: Customer, name: str, more: Sequence[str], gone: Sequence[str]
) -> tuple[str, ...]:
    """Return the addresses or phones of *customer* with *more* and without those *gone*."""
    normal, known = _IDENTITIES[name], getattr(customer, name)
    dropped = [normal(text) for text in gone]
    for value in dropped:
        if value not in known:
            raise NotFound(f"{customer.id} has no {value}", ids=(customer.id,))
    kept = [value for value in known if value not in dropped]
    return tuple(dict.fromkeys([*kept, *map(normal, more)]))


def _hand_over(
    desk: Desk, tx: Transaction, source: Customer, target: Customer
) -> Iterator[Changed]:
    act = acting(desk, tx)
    act = act._replace(cause=act.cause or f"{source.id} was merged into {target.id}")
    for ticket, _ in tx.find(_of(source)):
        events = verbs.hand_over(ticket, target.number, act)
        yield Changed(ticket, record(tx, ticket, events))


def _of(customer: Customer) -> TicketQuery:
    """Return the query that finds exactly the tickets of *customer*."""
    return TicketQuery((Term("customer", f"customer:{customer.id}", (customer.id,)),))
