"""Tickets, or events, as CSV for a spreadsheet.

The columns of tickets are named as the fields of a map, so that ``tix import`` takes them
without one.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, BinaryIO

from tix.ops.exporting.chosen import ALL, Wanted, chosen
from tix.ops.transactions import reading
from tix.output.cells import machine_text
from tix.text import clean, safe_cell

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from tix.desk import Desk
    from tix.domain.event import Event
    from tix.domain.people import Customer
    from tix.domain.ticket import Ticket
    from tix.store.base import Transaction
    from tix.table import Cell

TICKET = (
    "id",
    "subject",
    "status",
    "substatus",
    "reason",
    "priority",
    "type",
    "category",
    "tags",
    "customer.name",
    "customer.email",
    "customer.phone",
    "customer.organisation",
    "assignee",
    "department",
    "channel",
    "created",
    "updated",
    "due",
    "snoozed",
    "resolved",
    "closed",
    "body",
)
EVENT = ("ticket", "seq", "at", "kind", "by", "cause", "op", "body", "changes")


@reading
def export_csv(
    desk: Desk, tx: Transaction, out: BinaryIO, wanted: Wanted = ALL, *, raw: bool = False
) -> int:
    """Write a row for each ticket to *out*, from its start; return how many.

    The desk's own fields are columns after all others. Cells that a spreadsheet would take
    for formulas get a ``'`` before them unless *raw*.

    Raises:
        UsageError: What is wanted is no query.
    """
    names = sorted({name for ticket, _ in chosen(desk, tx, wanted) for name in ticket.fields})
    header = [*TICKET, *(f"fields.{name}" for name in names)]
    rows = (
        [*_cells(tx, ticket, history[0]), *(ticket.fields.get(name) for name in names)]
        for ticket, history in chosen(desk, tx, wanted)
    )
    return _write(out, header, rows, raw=raw)


@reading
def export_events(
    desk: Desk, tx: Transaction, out: BinaryIO, wanted: Wanted = ALL, *, raw: bool = False
) -> int:
    """Write a row for each event of the tickets to *out*, from its start; return how many.

    Raises:
        UsageError: What is wanted is no query.
    """
    rows = (_event_cells(event) for _, history in chosen(desk, tx, wanted) for event in history)
    return _write(out, EVENT, rows, raw=raw)


def _cells(tx: Transaction, ticket: Ticket, opened: Event) -> Iterator[Cell]:
    customer = None if ticket.requester is None else tx.customers.get(ticket.requester)
    yield ticket.id
    yield ticket.subject
    yield "trash" if ticket.trashed_at else ticket.status.value
    yield ticket.substatus
    yield ticket.reason
    yield ticket.priority
    yield ticket.type
    yield ticket.category
    yield ticket.tags
    yield from _who(customer)
    yield ticket.assignee
    yield ticket.department
    yield ticket.channel
    yield ticket.created_at
    yield ticket.updated_at
    yield ticket.due_at
    yield ticket.snoozed_until
    yield ticket.resolved_at
    yield ticket.closed_at
    yield opened.body


def _who(customer: Customer | None) -> tuple[Cell, ...]:
    if customer is None:
        return ("", "", "", "")
    address = next(iter(customer.addresses), "")
    return customer.name, address, next(iter(customer.phones), ""), customer.organisation


def _event_cells(event: Event) -> Iterator[Cell]:
    yield event.ticket_id
    yield event.seq
    yield event.at
    yield event.kind
    yield event.by
    yield event.cause
    yield event.op
    yield event.body
    yield json.dumps(dict(event.changes), ensure_ascii=False)


def _write(
    out: BinaryIO, header: Iterable[str], rows: Iterable[Iterable[Cell]], *, raw: bool
) -> int:
    from csv import writer

    out.seek(0)
    out.truncate()
    line: Callable[[Iterable[str]], bytes] = writer(_Bytes(), lineterminator="\n").writerow
    out.write(line(header))
    return sum(bool(out.write(line(_text(cell, raw=raw) for cell in row))) for row in rows)


class _Bytes:
    """A file that hands back as UTF-8 what is written to it."""

    def write(self, line: str) -> bytes:
        return line.encode("utf-8", "replace")


def _text(cell: Cell, *, raw: bool) -> str:
    """Return the text of *cell*; numbers and times are ours, a sign makes no formula of them."""
    text = clean(machine_text(cell), keep_newlines=True)
    return text if raw or not isinstance(cell, str | tuple) else safe_cell(text)
