"""A ticket as its source tells it, before the desk has looked at it: texts and times."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from tix.ops.importing.people import People
    from tix.ops.importing.problems import Problem

NOTHING: Mapping[str, str] = MappingProxyType({})

CUSTOMER, REPLY, NOTE = "customer", "reply", "note"


class Person(NamedTuple):
    """A customer as the source names them, with the desk's fields for them.

    *values* are further members of ``Customer``.
    """

    id: str = ""
    address: str = ""
    phone: str = ""
    name: str = ""
    organisation: str = ""
    fields: Mapping[str, str] = NOTHING
    values: Mapping[str, object] = NOTHING


class Staff(NamedTuple):
    """An agent as the source names them."""

    name: str
    address: str = ""
    id: str = ""


class Said(NamedTuple):
    """A message or note: its *kind* is ``customer``, ``reply`` or ``note``."""

    kind: str
    at: datetime
    body: str
    customer: Person | None = None
    agent: Staff | None = None


class Draft(NamedTuple):
    """A ticket to be made; *place* is where it stands in the source, *id* its name there.

    *agent* wrote the body if the customer did not. *links* are kinds of tie with the ids of
    the other tickets in the source.
    """

    place: str
    id: str
    subject: str
    body: str = ""
    customer: Person | None = None
    agent: Staff | None = None
    status: str = ""
    substatus: str = ""
    reason: str = ""
    priority: str = ""
    type: str = ""
    category: str = ""
    assignee: Staff | None = None
    department: str = ""
    channel: str = ""
    tags: tuple[str, ...] = ()
    fields: Mapping[str, str] = NOTHING
    created_at: datetime | None = None
    updated_at: datetime | None = None
    resolved_at: datetime | None = None
    closed_at: datetime | None = None
    due_at: datetime | None = None
    snoozed_until: datetime | None = None
    messages: tuple[Said, ...] = ()
    links: tuple[tuple[str, str], ...] = ()


class Source(Protocol):
    """Where drafts come from; *creates* says which of agents and departments it may make."""

    name: str
    creates: frozenset[str]

    def drafts(self) -> Iterator[Draft | Problem]:
        """Return every ticket or what is wrong with it; each time it is asked, the same."""

    def column(self, field: str) -> str:
        """Return what the source calls a field of a draft."""

    def introduce(self, people: People) -> None:
        """Make the people whom the source knows apart from its tickets."""

    def oddities(self) -> Iterable[str]:
        """Return what was left out or taken otherwise than it stands, a sentence each."""


Watch = Callable[[Iterable[Draft], int], Iterable[Draft]]
