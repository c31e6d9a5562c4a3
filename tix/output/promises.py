"""Promises of agents as rows of a list, and on the page of their ticket."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.codec import decode, encode_time
from tix.domain.promise import Promise
from tix.domain.span import short_span
from tix.domain.when import describe, local_text
from tix.table import Column, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime, tzinfo

    from tix.domain.sla.clock import Clock
    from tix.domain.sla.duty import Duty
    from tix.domain.ticket import Ticket

_COLOURS = {"breached": "red", "at_risk": "yellow"}


def table(rows: Sequence[Duty], zone: tzinfo) -> Table[Duty]:
    """Return promises as a table."""
    return Table(
        name="promise_list",
        columns=[
            Column("ticket_id", lambda row: row.ticket.id, title="ID", align="right"),
            Column("number", lambda row: row.clock.version, title="N", align="right"),
            Column("promise", lambda row: row.clock.level, flexible=True),
            Column(
                "due_at",
                lambda row: row.due_at,
                human=lambda row: local_text(row.due_at, zone),
                title="BY",
            ),
            Column(
                "state",
                lambda row: row.clock.state.value,
                human=lambda row: _left(row.clock),
                style=lambda row: _COLOURS.get(row.clock.state),
            ),
            Column("assignee", lambda row: row.ticket.assignee, title="AGENT"),
            Column(
                "customer",
                lambda row: row.customer,
                human=lambda row: row.contact.display if row.contact else "-",
            ),
        ],
        rows=rows,
        record=_record,
        ident=lambda row: str(row.ticket.id),
        items="promises",
        empty="there is no promise to keep",
    )


def more_columns() -> list[Column[Duty]]:
    """Return the columns that only ``--fields`` shows."""
    return [
        Column("made_at", lambda row: row.clock.started_at),
        Column("ended_at", lambda row: row.clock.stopped_at),
        Column("ending", lambda row: row.clock.ending or None),
        Column("late_s", lambda row: int(row.clock.late.total_seconds())),
        Column("subject", lambda row: row.ticket.subject),
    ]


def promise_pairs(ticket: Ticket, now: datetime, zone: tzinfo) -> Iterator[tuple[str, str]]:
    """Yield labels and values for the page of a ticket: each promise, and what became of it."""
    several = len(ticket.promises) > 1
    for place, one in enumerate(ticket.promises):
        number = f"{one.number}. " if several else ""
        yield "" if place else "Promised", f"{number}{one.text} - {_fate(one, now, zone)}"


def promises_told(
    before: object, after: object, when: Callable[[datetime], str] = encode_time
) -> Iterator[str]:
    """Yield what became of each promise that differs, of the JSON of a ticket's promises.

    *when* says a time.
    """
    was, are = (_by_number(side) for side in (before, after))
    for number in sorted({*was, *are}):
        one, former = are.get(number), was.get(number)
        if one is None:
            yield f"no promise {number}"
        elif one != former:
            yield f"{one.text!r} {one.ending or f'by {when(one.due_at)}'}"


def _by_number(promises: object) -> dict[int, Promise]:
    documents = promises if isinstance(promises, list) else []
    return {one.number: one for one in (decode(Promise, document) for document in documents)}


def _fate(promise: Promise, now: datetime, zone: tzinfo) -> str:
    if promise.ended_at is None:
        late = " - broken" if now > promise.due_at else ""
        return f"by {describe(promise.due_at, now, zone)}{late}"
    late = ", too late" if promise.ended_at > promise.due_at else ""
    return f"{promise.ending} {local_text(promise.ended_at, zone)}{late}"


def _left(clock: Clock) -> str:
    if clock.is_open:
        return short_span(abs(clock.remaining)) + (" over" if clock.late else " left")
    late = f", {short_span(clock.late)} late" if clock.late else ""
    return f"{clock.ending}{late}"


def _record(row: Duty) -> dict[str, object]:
    clock = row.clock
    return {
        "schema": "tix.promise/1",
        "ticket_id": row.ticket.id,
        "number": clock.version,
        "promise": clock.level,
        "state": clock.state.value,
        "made_at": encode_time(clock.started_at),
        "due_at": encode_time(row.due_at),
        "ended_at": encode_time(clock.stopped_at) if clock.stopped_at else None,
        "ending": clock.ending or None,
        "late_s": int(clock.late.total_seconds()),
        "assignee": row.ticket.assignee,
        "customer": row.customer,
        "subject": row.ticket.subject,
    }
