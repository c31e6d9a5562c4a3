"""The desk as JSONL, from which ``tix import`` makes an equal one.

The first line is the desk (``tix.export/1``). Then come departments, agents, saved queries,
customers, and each ticket with all its events, before it the files of its messages. What only
counts on one desk is left out: the numbers of events and operations, and the hashes with
their salts. Two desks are equal if their exports are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, BinaryIO

from tix.codec import encode
from tix.domain.event import ERASED, REDACTED, SALT
from tix.domain.people import customer_number
from tix.domain.ticket import fold
from tix.errors import NotFound
from tix.ops.exporting.chosen import ALL, Wanted, chosen
from tix.ops.transactions import reading
from tix.output.as_json import encode as as_json

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from tix.desk import Desk
    from tix.domain.event import Event
    from tix.store.base import Transaction

SCHEMA = "tix.export/1"
UNDONE = "undone"

_OWN = ("ticket_id", "op", "seq", "hash")


@reading
def export_jsonl(
    desk: Desk, tx: Transaction, out: BinaryIO, wanted: Wanted = ALL, *, files: bool = True
) -> int:
    """Write tickets and all that they need to *out*, from its start; return how many.

    Without *files* the contents of attachments are left out.

    Raises:
        UsageError: What is wanted is no query.
    """
    out.seek(0)
    out.truncate()
    lines = _Lines(tx, out)
    lines.set_up()
    if not wanted.words:
        lines.customers(customer.number for customer in tx.customers.all())
    count = 0
    for _, history in chosen(desk, tx, wanted):
        lines.customers(_customers_of(history))
        if files:
            lines.files(files_of(history), desk.warn)
        lines.ticket(history)
        count += 1
    return count


def files_of(history: Iterable[Event]) -> Iterator[str]:
    """Return the sums of the files that came with messages."""
    for event in history:
        files = event.data.get("attachments")
        yield from (str(file["sha256"]) for file in (files if isinstance(files, list) else ()))


class _Lines:
    """Writes records, a line each, and none of them twice."""

    def __init__(self, tx: Transaction, out: BinaryIO) -> None:
        self._tx = tx
        self._out = out
        self._customers: set[int] = set()
        self._files: set[str] = set()

    def set_up(self) -> None:
        """Write the desk, its departments, agents and saved queries."""
        setup = encode(self._tx.setup)
        # Every desk counts the versions of its set-up for itself.
        setup.pop("version", None)
        self._write({"schema": SCHEMA, "setup": setup})
        for department in self._tx.departments.all():
            self._write({"record": "department", **encode(department)})
        for agent in self._tx.agents.all():
            self._write({"record": "agent", **encode(agent)})
        for query in self._tx.queries.all():
            self._write({"record": "query", **encode(query)})

    def customers(self, numbers: Iterable[int]) -> None:
        """Write customers, and those whom they are part of now."""
        for number in numbers:
            following: Any = number
            while following not in self._customers and following in self._tx.customers:
                self._customers.add(following)
                customer = self._tx.customers.get(following)
                self._write({"record": "customer", **encode(customer)})
                following = customer.merged_into

    def files(self, sums: Iterable[str], warn: Callable[[str], None]) -> None:
        """Write the contents of attachments; *warn* is told of those that are gone."""
        from base64 import b64encode

        for sha256 in sums:
            if sha256 in self._files:
                continue
            self._files.add(sha256)
            try:
                content = self._tx.attachment(sha256)
            except NotFound as error:
                warn(f"{error.message}; it is left out")
            else:
                base64 = b64encode(content).decode()
                self._write({"record": "file", "sha256": sha256, "base64": base64})

    def ticket(self, history: tuple[Event, ...]) -> None:
        """Write a ticket: what it is, and how it became so."""
        # What stands beside the events is what they make: an import holds it against them.
        head = encode(fold(history))
        head.pop("hash")
        self._write({"record": "ticket", **head, "events": _events(history)})

    def _write(self, record: dict[str, Any]) -> None:
        self._out.write(as_json(record).encode() + b"\n")


def _events(history: tuple[Event, ...]) -> list[dict[str, Any]]:
    """Return *history* without what only counts on its desk.

    Where an operation was taken back, each event says to which of the operations on this
    ticket it belongs, counted from 1.
    """
    counted = any(event.kind == UNDONE for event in history)
    ordinals: dict[object, int] = {}
    found = []
    for event in history:
        ordinal = ordinals.setdefault(event.op, len(ordinals) + 1)
        document = encode(event)
        for name in _OWN:
            document.pop(name, None)
        data = document["data"] = {**document.get("data", {})}
        for name in (SALT, ERASED) if event.kind == REDACTED else (SALT,):
            data.pop(name, None)
        if counted:
            document["op"] = ordinal
            if "op" in event.data:
                data["op"] = ordinals.get(event.data["op"], 0)
        found.append(document)
    return found


def _customers_of(history: tuple[Event, ...]) -> Iterator[int]:
    """Return the customers who ever had to do with a ticket, in their order."""
    for event in history:
        before, after = event.changes.get("requester", (None, None))
        by = customer_number(event.by.removeprefix("customer:"))
        yield from (number for number in (by, before, after) if isinstance(number, int))
