"""Drafts from plain JSONL: one object a ticket, with its messages if there are any."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, BinaryIO

from tix.domain.nearest import nearest
from tix.errors import BadData
from tix.ops.importing.drafts import CUSTOMER, NOTE, REPLY, Draft, Said
from tix.ops.importing.identity import Ids, person
from tix.ops.importing.people import staff
from tix.ops.importing.problems import Problem, Unusable, shown
from tix.ops.importing.times import Times

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime, tzinfo

    from tix.ops.importing.drafts import Person
    from tix.ops.importing.people import People

LINE_LIMIT_BYTES = 256 * 1024 * 1024
_TEXTS = [
    "subject",
    "body",
    "status",
    "substatus",
    "reason",
    "priority",
    "type",
    "category",
    "channel",
    "department",
]
_TIMES = {
    "created": "created_at",
    "updated": "updated_at",
    "resolved": "resolved_at",
    "closed": "closed_at",
    "due": "due_at",
    "snoozed": "snoozed_until",
}
_MEMBERS = ("id", *_TEXTS, *_TIMES, "customer", "assignee", "tags", "fields", "messages")
_CUSTOMER = ("id", "email", "phone", "name", "organisation")
_MESSAGE = ("kind", "at", "body", "author")


class Objects:
    """The lines of a JSONL file as drafts; times without a zone are in *zone*."""

    creates = frozenset({"agents", "departments"})

    def __init__(self, file: BinaryIO, label: str, name: str, zone: tzinfo) -> None:
        self.name = name
        self._file = file
        self._label = label
        self._time = Times(("iso", "epoch"), zone)

    def drafts(self) -> Iterator[Draft | Problem]:
        """Return every line as a draft or as what is wrong with it; blank ones are none."""
        ids = Ids()
        for number, line in lines(self._file, self._label):
            place = f"{self._label} line {number}"
            try:
                yield self._draft(place, line, ids)
            except Unusable as problem:
                yield Problem(place, problem.field, problem.why)

    def column(self, field: str) -> str:
        """Return what the member is called from which a field of a draft comes."""
        return field.removesuffix("_at").removesuffix("_until")

    def introduce(self, people: People) -> None:
        """Make nobody: only tickets name people."""

    def oddities(self) -> Iterable[str]:
        """Return nothing: a line is good or bad."""
        return ()

    def _draft(self, place: str, line: bytes, ids: Ids) -> Draft:
        whole = members(parsed(line), _MEMBERS)
        known = _text("id", whole.get("id"))
        texts: dict[str, Any] = {name: _text(name, whole.get(name)) for name in _TEXTS}
        times: dict[str, Any] = {at: self._at(name, whole.get(name)) for name, at in _TIMES.items()}
        assignee = _text("assignee", whole.get("assignee"))
        customer = _customer(whole.get("customer"))
        draft = Draft(
            place,
            ids.given(known, place) if known else ids.content([line.decode().strip()]),
            **texts,
            **times,
            customer=customer,
            assignee=staff(assignee) if assignee else None,
            tags=_tags(whole.get("tags")),
            fields=_fields(whole.get("fields")),
            messages=self._messages(whole.get("messages"), customer),
        )
        return _begun(draft)

    def _messages(self, given: object, customer: Person | None) -> tuple[Said, ...]:
        if given is None:
            return ()
        if not isinstance(given, list):
            raise Unusable("messages", "it must be a list of objects")
        said = [self._said(n, message, customer) for n, message in enumerate(given, 1)]
        return tuple(sorted(said, key=lambda message: message.at))

    def _said(self, n: int, given: object, customer: Person | None) -> Said:
        try:
            return self._message(members(given, _MESSAGE), customer)
        except Unusable as problem:
            raise Unusable(f"messages[{n}].{problem.field}".rstrip("."), problem.why) from None

    def _message(self, message: Mapping[str, Any], customer: Person | None) -> Said:
        kind = _text("kind", message.get("kind")) or CUSTOMER
        if kind not in (CUSTOMER, REPLY, NOTE):
            raise Unusable("kind", f"{shown(kind)} is none of {CUSTOMER}, {REPLY}, {NOTE}")
        at = self._at("at", message.get("at"))
        body = _text("body", message.get("body"))
        if at is None or not body:
            raise Unusable("at" if at is None else "body", "it is missing")
        author = _text("author", message.get("author"))
        if kind == CUSTOMER:
            return Said(kind, at, body, customer=_customer(author) or customer)
        return Said(kind, at, body, agent=staff(author) if author else None)

    def _at(self, field: str, given: object) -> datetime | None:
        text = _text(field, given)
        try:
            return self._time(text, end_of_day=field == "due") if text else None
        except ValueError as error:
            raise Unusable(field, f"{shown(text)} is {error}") from None


def lines(file: BinaryIO, label: str) -> Iterator[tuple[int, bytes]]:
    """Return the lines of a file that are not blank, with their numbers.

    Raises:
        BadData: One is too long to be a ticket.
    """
    file.seek(0)
    for number, raw in enumerate(iter(lambda: file.readline(LINE_LIMIT_BYTES), b""), 1):
        if len(raw) >= LINE_LIMIT_BYTES:
            raise BadData(f"{label} line {number} is longer than {LINE_LIMIT_BYTES >> 20} MB")
        line = raw.removeprefix(b"\xef\xbb\xbf") if number == 1 else raw
        if line.strip():
            yield number, line


def parsed(line: bytes) -> object:
    """Return the JSON value on a line.

    Raises:
        Unusable: It is none, or holds what cannot be kept.
    """
    import json

    def refused(constant: str) -> None:
        raise Unusable("", f"{constant} is no JSON value")

    try:
        text = line.decode()
        value = json.loads(text, parse_constant=refused)
        if "\\" in text:
            # An escape can make half a character, which nothing could write again.
            json.dumps(value, ensure_ascii=False).encode()
    except UnicodeDecodeError as error:
        raise Unusable("", f"byte {error.start + 1} is not UTF-8") from None
    except UnicodeEncodeError:
        raise Unusable("", "an escape in it is half a character") from None
    except RecursionError:
        raise Unusable("", "it is nested too deeply") from None
    except json.JSONDecodeError as error:
        why = f"it is no JSON: {error.msg.lower()} at character {error.pos + 1}"
        raise Unusable("", why) from None
    except ValueError:
        raise Unusable("", "a number in it has too many digits") from None
    return value


def members(value: object, names: Iterable[str]) -> Mapping[str, Any]:
    """Return *value* if it is an object that has only members of these *names*.

    Raises:
        Unusable: It is something else.
    """
    if not isinstance(value, dict):
        raise Unusable("", "it is no JSON object")
    for name in value:
        if name not in names:
            guess = nearest(name, names)
            known = f"did you mean {guess!r}?" if guess else f"there are {', '.join(names)}"
            raise Unusable(name, f"it means nothing here ({known})")
    return value


def _begun(draft: Draft) -> Draft:
    """Return *draft* as it began: what the customer wrote at that moment is its body."""
    if not draft.messages:
        return draft
    first, *rest = draft.messages
    opened = min(draft.created_at or first.at, first.at)
    is_body = first.kind == CUSTOMER and first.customer == draft.customer and first.at == opened
    if draft.body or not is_body:
        return draft._replace(created_at=opened)
    return draft._replace(created_at=opened, body=first.body, messages=tuple(rest))


def _customer(given: object) -> Person | None:
    if not isinstance(given, dict):
        return person(_text("customer", given))
    try:
        part = members(given, _CUSTOMER)
        texts = {name: _text(name, part.get(name)) for name in _CUSTOMER}
    except Unusable as problem:
        raise Unusable(f"customer.{problem.field}".rstrip("."), problem.why) from None
    return person(address=texts.pop("email"), **texts)


def _tags(given: object) -> tuple[str, ...]:
    if isinstance(given, list):
        return tuple(_text("tags", tag) for tag in given)
    return tuple(tag for tag in _text("tags", given).split(",") if tag.strip())


def _fields(given: object) -> dict[str, str]:
    if given is None:
        return {}
    if not isinstance(given, dict):
        raise Unusable("fields", "it must be an object")
    texts = {name: _text(f"fields.{name}", value) for name, value in given.items()}
    return {name: text for name, text in texts.items() if text}


def _text(field: str, given: object) -> str:
    """Return what a member says as text: a text, a number, or nothing for null.

    Raises:
        Unusable: It is something else.
    """
    if given is None:
        return ""
    if isinstance(given, bool) or not isinstance(given, str | int | float):
        raise Unusable(field, "it must be a text")
    return given.strip() if isinstance(given, str) else str(given)
