"""How events and operations look: lists, the newest first, and their JSON records."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.codec import encode_time
from tix.domain.when import local_text
from tix.output.tickets.page import told
from tix.output.tickets.records import event_record
from tix.table import Column, Table

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import tzinfo

    from tix.domain.event import Event
    from tix.domain.operation import Operation


def events(rows: Sequence[Event], zone: tzinfo) -> Table[Event]:
    """Return the table of events; the id of a row is that of its ticket."""
    return Table(
        name="event_list",
        columns=[
            Column("at", lambda e: e.at, human=lambda e: local_text(e.at, zone)),
            Column("op", lambda e: e.op, align="right"),
            Column("ticket_id", lambda e: e.ticket_id, title="ID", align="right"),
            Column("by", lambda e: e.by),
            Column("kind", lambda e: e.kind, human=told, title="EVENT", flexible=True),
        ],
        rows=rows,
        record=event_record,
        ident=lambda e: str(e.ticket_id),
        items="events",
        empty="nothing has happened yet",
    )


def more_of_events() -> list[Column[Event]]:
    """Return the columns that only ``--fields`` shows."""
    return [
        Column("seq", lambda e: e.seq),
        Column("cause", lambda e: e.cause or None),
        Column("recorded_at", lambda e: e.recorded_at),
        Column("what", told),
        Column("body", lambda e: e.body),
        Column("hash", lambda e: e.hash),
    ]


def operations(rows: Sequence[Operation], zone: tzinfo) -> Table[Operation]:
    """Return the table of operations."""
    return Table(
        name="operation_list",
        columns=[
            Column("number", lambda o: o.number, title="OP", align="right"),
            Column("at", lambda o: o.at, human=lambda o: local_text(o.at, zone)),
            Column("by", lambda o: o.by),
            Column("command", lambda o: o.command),
            Column("tickets", _ranges, flexible=True),
            Column("undoes", lambda o: o.undoes, align="right"),
            Column("undone_by", lambda o: o.undone_by, title="UNDONE BY", align="right"),
            Column("why", lambda o: o.why or None),
        ],
        rows=rows,
        record=operation_record,
        ident=lambda o: str(o.number),
        items="operations",
        empty="nothing was done yet",
    )


def operation_record(operation: Operation) -> dict[str, object]:
    """Return the ``tix.operation/1`` object; tickets are ranges, first to last."""
    return {
        "schema": "tix.operation/1",
        "number": operation.number,
        "at": encode_time(operation.at),
        "by": operation.by,
        "command": operation.command,
        "why": operation.why or None,
        "tickets": [list(pair) for pair in operation.tickets],
        "records": [{"kind": kind, "key": key} for kind, key, _, _ in operation.records],
        "undoes": operation.undoes,
        "undone_by": operation.undone_by,
    }


def _ranges(operation: Operation) -> str:
    """Return the tickets as other commands take them: ``3,7-9``."""
    return ",".join(f"{a}-{b}" if a != b else str(a) for a, b in operation.tickets)
