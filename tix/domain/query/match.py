"""Which tickets a query finds: the reference for every store."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from tix.domain.people import customer_number, is_address
from tix.domain.query.fields import Kind, field_named, fold
from tix.domain.query.states import STATES

if TYPE_CHECKING:
    from tix.domain.people import Contact
    from tix.domain.query.fields import Field, Seen
    from tix.domain.query.terms import Term, TicketQuery
    from tix.domain.ticket import Link

Test = Callable[[Any], bool]
# Cheap questions come first; for the last one a file may have to be read.
_COSTS = {Kind.TEXT: 1, Kind.CUSTOMER: 1, Kind.SEARCH: 2}


def matches(query: TicketQuery, seen: Seen) -> bool:
    """Return whether *query* finds the ticket."""
    return matcher(query)(seen)


@lru_cache(maxsize=8)
def matcher(query: TicketQuery) -> Callable[[Seen], bool]:
    """Return ``matches`` for *query*, made ready for many tickets."""
    fields = [(term, field_named(term.field, term.word)) for term in query.terms]
    fields.sort(key=lambda pair: _COSTS.get(pair[1].kind, 0))
    tests = [_term_test(term, field, query.me) for term, field in fields]

    def test(seen: Seen) -> bool:
        return all(holds(seen) for holds in tests)

    return test


def _term_test(term: Term, field: Field, me: str | None) -> Callable[[Seen], bool]:
    get, wanted = field.get, not term.negated
    if term.is_presence:
        return lambda seen: bool(get(seen)) is wanted
    accepts = _state(term, me) if field.kind is Kind.STATE else _TESTS[field.kind](term)
    accepts_none = None in term.values

    def test(seen: Seen) -> bool:
        value = get(seen)
        found = accepts_none if value is None or value == () else accepts(value)
        return found is wanted

    return test


def _folded(term: Term) -> tuple[str, ...]:
    return tuple(fold(value) for value in term.values if value is not None)


def _name(term: Term) -> Test:
    wanted = frozenset(_folded(term))
    return lambda value: fold(value) in wanted


def _flag(term: Term) -> Test:
    return lambda value: ("yes" if value else "no") in term.values


def _tags(term: Term) -> Test:
    names = frozenset(_folded(term))
    prefixes = tuple(name for name in names if name.endswith(":"))
    return lambda tags: any(tag in names or tag.startswith(prefixes) for tag in map(fold, tags))


def _part(term: Term) -> Test:
    parts = _folded(term)

    def test(text: str) -> bool:
        folded = fold(text)
        return any(part in folded for part in parts)

    return test


def _path(term: Term) -> Test:
    paths = frozenset(_folded(term))
    below = tuple(f"{path}/" for path in paths)

    def test(text: str) -> bool:
        folded = fold(text)
        return folded in paths or folded.startswith(below)

    return test


def _ordered(term: Term) -> Test:
    if len(term.ranges) == 1:
        return term.ranges[0].holds
    return lambda value: any(bounds.holds(value) for bounds in term.ranges)


def _customer(term: Term) -> Test:
    wanted = _folded(term)
    numbers = frozenset(filter(None, map(customer_number, wanted)))
    addresses = frozenset(text for text in wanted if is_address(text))
    parts = [text for text in wanted if text not in addresses and not customer_number(text)]

    def test(contact: Contact) -> bool:
        if contact.number in numbers:
            return True
        address = fold(contact.address or "")
        if address in addresses:
            return True
        names = fold(f"{contact.name or ''}\n{contact.organisation or ''}")
        return any(part in (address if "@" in part else names) for part in parts)

    return test


def _link(term: Term) -> Test:
    kinds = frozenset(term.values)

    def test(links: tuple[Link, ...]) -> bool:
        return any(
            link.kind in kinds or any(bounds.holds(link.ticket_id) for bounds in term.ranges)
            for link in links
        )

    return test


def _state(term: Term, me: str | None) -> Test:
    states = [STATES[name] for name in term.values if name]
    return lambda seen: any(state.holds(seen, me) for state in states)


_TESTS: dict[Kind, Callable[[Term], Test]] = {
    Kind.NAME: _name,
    Kind.CHOICE: _name,
    Kind.SCALE: _name,
    Kind.TAGS: _tags,
    Kind.TEXT: _part,
    Kind.SEARCH: _part,
    Kind.PATH: _path,
    Kind.CUSTOMER: _customer,
    Kind.NUMBER: _ordered,
    Kind.ID: _ordered,
    Kind.TIME: _ordered,
    Kind.SPAN: _ordered,
    Kind.FLAG: _flag,
    Kind.LINK: _link,
}
