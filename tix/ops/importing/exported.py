"""The lines of what ``tix export`` wrote: each a record, checked on its own."""

from __future__ import annotations

import binascii
from itertools import islice
from typing import TYPE_CHECKING, Any, BinaryIO, TypeVar

from tix.codec import decode, encode
from tix.domain.event import BODY, CHANGES, Event
from tix.domain.people import Agent, Customer, Department, normal_address, normal_name, normal_phone
from tix.domain.setup import SavedQuery, Setup
from tix.domain.spoken import is_sound
from tix.domain.ticket import Ticket, evolve
from tix.domain.verbs import Attachment
from tix.errors import BadData, UsageError
from tix.ops.exporting.jsonl import SCHEMA, UNDONE
from tix.ops.importing.objects import lines, parsed
from tix.ops.importing.problems import Problem, Unusable, shown
from tix.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

T = TypeVar("T")

_FIXED = ("id", "rev", "hash", "created_at", "updated_at")


class Past(NamedTuple):
    """A ticket with its events; *ops* counts the operations on it, one for each event."""

    ticket: Ticket
    events: tuple[Event, ...]
    ops: tuple[int, ...]


class File(NamedTuple):
    """The content of an attachment."""

    sha256: str
    content: bytes


Record = Department | Agent | SavedQuery | Customer | File | Past


class Exported:
    """A file that ``tix export`` wrote, read from its start as often as it is asked for.

    Raises:
        BadData: Its first line is not that of an export this tix knows.
    """

    def __init__(self, file: BinaryIO, label: str) -> None:
        self._file = file
        self._label = label
        self.setup = self._setup()

    def records(self) -> Iterator[tuple[str, Record | Problem]]:
        """Return where each record stands, and the record or what is wrong with it."""
        for number, line in islice(lines(self._file, self._label), 1, None):
            place = f"{self._label} line {number}"
            try:
                yield place, _record(parsed(line))
            except Unusable as problem:
                yield place, Problem(place, problem.field, problem.why)

    def _setup(self) -> Setup:
        _, line = next(lines(self._file, self._label), (0, b"{}"))
        try:
            first = parsed(line)
        except Unusable as problem:
            raise BadData(f"{self._label} line 1: {problem.why}") from None
        schema = first.get("schema") if isinstance(first, dict) else None
        if not isinstance(first, dict) or schema != SCHEMA:
            raise BadData(
                f"{self._label} is {shown(str(schema))}, and this tix reads {SCHEMA}",
                hint="a later tix may have written it",
            )
        try:
            return decode(Setup, first.get("setup", {}))
        except (TypeError, ValueError, KeyError) as error:
            raise BadData(f"{self._label} line 1: setup: {_why(error)}") from None


def is_export(line: bytes) -> bool:
    """Return whether *line* can be the first of what ``tix export`` wrote."""
    return line.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b'{"schema":"tix.export/')


def _record(whole: object) -> Record:
    """Return what a line holds.

    Raises:
        Unusable: It is nothing that ``tix export`` writes.
    """
    if not isinstance(whole, dict):
        raise Unusable("", "it is no JSON object")
    document = dict(whole)
    kind = document.pop("record", None)
    if not isinstance(kind, str) or kind not in _READERS:
        raise Unusable("record", f"it is {shown(str(kind))}, not one of {', '.join(_READERS)}")
    return _READERS[kind](document)


def _decoded(kind: type[T], document: Mapping[str, Any], field: str = "") -> T:
    try:
        return decode(kind, document)
    except KeyError as error:
        raise Unusable(field, f"{error} means nothing here") from None
    except (TypeError, ValueError, AttributeError) as error:
        raise Unusable(field, _why(error)) from None


def _department(document: dict[str, Any]) -> Department:
    department = _decoded(Department, document)
    _check_name(department.name, "a department")
    return department


def _agent(document: dict[str, Any]) -> Agent:
    agent = _decoded(Agent, document)
    _check_name(agent.name, "an agent")
    return agent


def _query(document: dict[str, Any]) -> SavedQuery:
    return _decoded(SavedQuery, document)


def _customer(document: dict[str, Any]) -> Customer:
    customer = _decoded(Customer, document)
    if customer.number < 1:
        raise Unusable("number", "it must be 1 or more")
    try:
        known = tuple(map(normal_address, customer.addresses)) == customer.addresses
        known = known and tuple(map(normal_phone, customer.phones)) == customer.phones
    except UsageError as error:
        raise Unusable("addresses", error.message) from None
    if not known:
        raise Unusable("addresses", "an address or phone is not in the form that a desk keeps")
    return customer


def _file(document: dict[str, Any]) -> File:
    from base64 import b64decode
    from hashlib import sha256

    try:
        content = b64decode(document.get("base64", ""), validate=True)
    except (binascii.Error, TypeError, ValueError):
        raise Unusable("base64", "it is no base64") from None
    digest = sha256(content).hexdigest()
    if digest != document.get("sha256"):
        raise Unusable("sha256", "the content has another sum")
    return File(digest, content)


def _past(document: dict[str, Any]) -> Past:
    number, given = document.get("id"), document.pop("events", None)
    if type(number) is not int or number < 1:
        raise Unusable("id", "it must be a number, 1 or more")
    if not isinstance(given, list) or not all(isinstance(one, dict) for one in given) or not given:
        raise Unusable("events", "it must be a list of objects")
    past = _folded(number, given)
    head = encode(past.ticket)
    head.pop("hash", None)
    if head != document:
        raise Unusable("events", "they do not make the ticket that stands beside them")
    return past


def _folded(number: int, given: list[dict[str, Any]]) -> Past:
    ticket: Any = None
    events: list[Event] = []
    ops: list[int] = []
    for place, one in enumerate(given):
        field, event = f"events[{place}]", dict(one)
        ops.append(_ordinal(event.pop("op", 1), ops, field))
        events.append(_event(event, number, field))
        ticket = _evolved(ticket, events[-1], field)
    return Past(ticket, tuple(events), tuple(ops))


def _ordinal(op: object, before: list[int], field: str) -> int:
    """Return which operation on the ticket an event belongs to: the last one, or the next."""
    last = before[-1] if before else 0
    if type(op) is not int or op not in (max(last, 1), last + 1):
        raise Unusable(field, "its op does not follow the one before")
    return op


def _event(document: dict[str, Any], number: int, field: str) -> Event:
    event = _decoded(Event, {**document, "ticket_id": number}, field)
    data = event.data
    _check_changes(data.get(CHANGES, {}), field)
    if not isinstance(data.get(BODY, ""), str):
        raise Unusable(field, "its body is no text")
    files = data.get("attachments", [])
    if not isinstance(files, list):
        raise Unusable(field, "its attachments are no list")
    for file in files:
        _decoded(Attachment, file, field)
    if not is_sound(event):
        raise Unusable(field, "what it tells of a call or chat cannot be")
    if event.kind == UNDONE and type(data.get("op")) is not int:
        raise Unusable(field, "it takes back nothing")
    return event


def _check_changes(changes: object, field: str) -> None:
    if not isinstance(changes, dict):
        raise Unusable(field, "its changes are no object")
    for name, pair in changes.items():
        if name in _FIXED or not isinstance(pair, list) or len(pair) != 2:
            raise Unusable(field, f"its change of {shown(str(name))} cannot be")


def _evolved(ticket: Ticket | None, event: Event, field: str) -> Ticket:
    try:
        return evolve(ticket, event)
    except KeyError as error:
        raise Unusable(field, f"a ticket has no {error}") from None
    except (TypeError, ValueError, AttributeError) as error:
        raise Unusable(field, _why(error)) from None


def _why(error: Exception) -> str:
    """Return what *error* says of a record, in words for who wrote it."""
    text = str(error)
    _, is_short, missing = text.partition(" missing ")
    if is_short:
        return f"it lacks {missing.partition(': ')[2]}"
    return "a part of it is of another kind" if isinstance(error, AttributeError) else text


def _check_name(name: str, what: str) -> None:
    try:
        if normal_name(name, what) == name:
            return
    except UsageError as error:
        raise Unusable("name", error.message) from None
    raise Unusable("name", f"{shown(name)} is not in the form that a desk keeps")


_READERS: dict[str, Callable[[dict[str, Any]], Record]] = {
    "department": _department,
    "agent": _agent,
    "query": _query,
    "customer": _customer,
    "file": _file,
    "ticket": _past,
}
