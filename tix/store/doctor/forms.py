"""The form of every table of a desk: what each document is, its key, and the page it is on."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from tix.codec import decode
from tix.domain.alert import Alerts
from tix.domain.event import Event
from tix.domain.operation import Operation
from tix.domain.people import Agent, Contact, Customer, Department
from tix.domain.setup import SavedQuery, Setup
from tix.domain.ticket import Ticket
from tix.record import NamedTuple
from tix.store import layout
from tix.store.pages import DESK
from tix.store.shelf import EVENTS, HEADS
from tix.store.transaction import CONTACTS, TOUCHED

if TYPE_CHECKING:
    from tix.store.page import Tables


class DeskRecord(NamedTuple):
    """What the root tells of the desk as a whole."""

    format: str
    schema: int
    id: str
    created_at: datetime
    app: str
    generation: int
    counters: Mapping[str, int]
    pages: Mapping[str, str] | None = None


class Key(NamedTuple):
    """Where an exact key leads."""

    kind: str
    number: int


class Touched(NamedTuple):
    """The tickets that one generation touched, as ranges."""

    tickets: tuple[tuple[int, int], ...] = ()


class Form(NamedTuple):
    """What the documents of a table are: records of *kind*.

    *key* gives the key that a record must have, None if it cannot be told from the record;
    *pages* the pages that it may be on.
    """

    kind: type
    key: Callable[[Any], str] | None
    pages: Callable[[str, Any], tuple[str, ...]]


class Place(NamedTuple):
    """Where a ticket's head and its events stand."""

    heads: str
    history: str


def home(ticket: Ticket) -> Place:
    """Return where *ticket* belongs."""
    if ticket.is_settled:
        return Place(layout.settled_heads(ticket.id), layout.settled_history(ticket.id))
    return Place(layout.ROOT, layout.history(ticket.id))


def _on(page: str) -> Callable[[str, Any], tuple[str, ...]]:
    return lambda key, record: (page,)


def _named(page: str, kind: type) -> Form:
    return Form(kind, lambda record: str(record.name), _on(page))


def _of_key(key: str) -> tuple[str, ...]:
    is_digest = len(key) == 64 and not key.strip("0123456789abcdef")
    return (f"keys/{key[:2]}.json",) if is_digest else ()


FORMS: Mapping[str, Form] = {
    DESK: Form(DeskRecord, lambda _: "1", _on(layout.ROOT)),
    HEADS: Form(Ticket, lambda t: str(t.id), lambda _, t: (home(t).heads,)),
    CONTACTS: Form(Contact, lambda c: str(c.number), _on(layout.ROOT)),
    TOUCHED: Form(Touched, None, _on(layout.ROOT)),
    layout.ALERTS: Form(Alerts, lambda a: str(a.ticket_id), _on(layout.ROOT)),
    EVENTS: Form(
        Event,
        lambda e: str(e.seq),
        lambda _, e: (layout.history(e.ticket_id), layout.settled_history(e.ticket_id)),
    ),
    "customers": Form(
        Customer, lambda c: str(c.number), lambda _, c: (layout.customers(c.number),)
    ),
    "operations": Form(
        Operation, lambda o: str(o.number), lambda _, o: (layout.operations(o.number),)
    ),
    "agents": _named(layout.PEOPLE, Agent),
    "departments": _named(layout.PEOPLE, Department),
    "queries": _named(layout.SETUP, SavedQuery),
    "setup": Form(Setup, lambda s: str(s.version), _on(layout.SETUP)),
    "keys": Form(Key, None, lambda key, _: _of_key(key)),
}

RECORDS = ("customers", "agents", "departments", "queries", "setup")
"""The tables whose changes operations remember."""


_FILES = (
    r"(tickets|people|setup|commit)\.json|lock|sla\.lock|(customers|ops|history)/\d+\.json"
    r"|settled/\d{2,}/\d+(\.history|\.measures)?\.json|keys/[0-9a-f]{2}\.json"
    r"|files/(?P<two>[0-9a-f]{2})/(?P=two)[0-9a-f]{62}"
)


def is_ours(name: str) -> bool:
    """Return whether tix makes a file of that name, the backups left aside."""
    return re.fullmatch(_FILES, name, re.ASCII) is not None


def read_record(table: str, key: str, document: object) -> Any:
    """Return the record that *document* is.

    Raises:
        ValueError: It is none, or one of another key; the sentence says which.
    """
    form = FORMS[table]
    try:
        record: Any = decode(form.kind, document)
    except (TypeError, ValueError, KeyError, AttributeError) as error:
        raise ValueError(f"{key} in {table} cannot be read: {error}") from None
    if form.key is not None and form.key(record) != key:
        raise ValueError(f"{key} in {table} is {form.key(record)}")
    return record


def documents(tables: Tables) -> Iterator[tuple[str, str, object]]:
    """Return all documents of the tables that have a form, with table and key."""
    for table, rows in tables.items():
        if table in FORMS and isinstance(rows, dict):
            for key, document in rows.items():
                yield table, key, document


def page_of(table: str, key: str) -> str | None:
    """Return the page of a record whose changes operations remember; None if it is unknown."""
    if table == "customers":
        return layout.customers(int(key)) if key.isdecimal() else None
    pages = {"agents": layout.PEOPLE, "departments": layout.PEOPLE}
    return pages.get(table, layout.SETUP if table in RECORDS else None)
