"""A ticket as its source tells it, before the desk has looked at it: texts and times."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from tix.record import NamedTuple

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
