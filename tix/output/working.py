"""Time spent on tickets: as rows of a list, on the page of a ticket, and in its history."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from tix.codec import encode_time
from tix.domain.span import short_span
from tix.domain.when import local_text
from tix.domain.working import WORKED, running, seconds_of
from tix.table import Column, Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime, tzinfo

    from tix.domain.event import Event
    from tix.domain.ticket import Ticket
    from tix.domain.working import Entry


def table(
    rows: Sequence[Entry], zone: tzinfo, *, footer: str = "", empty: str = ""
) -> Table[Entry]:
    """Return time entries as a table; a timer that runs is one so far."""
    return Table(
        name="time_list",
        columns=[
            Column("ticket_id", lambda row: row.ticket_id, title="ID", align="right"),
            Column("at", lambda row: row.at, human=lambda row: local_text(row.at, zone)),
            Column("agent", _agent),
            Column(
                "seconds",
                lambda row: row.seconds,
                human=lambda row: spent(row.seconds),
                title="TIME",
                align="right",
            ),
            Column(
                "source",
                lambda row: row.source,
                human=lambda row: "runs" if row.runs else row.source,
                style=lambda row: "yellow" if row.runs else None,
            ),
            Column("note", lambda row: row.note or None, human=lambda row: row.note, flexible=True),
        ],
        rows=rows,
        record=_record,
        ident=lambda row: str(row.ticket_id),
        items="entries",
        footer=footer,
        empty=empty,
    )


def more_columns() -> list[Column[Entry]]:
    """Return the columns that only ``--fields`` shows."""
    return [
        Column("runs", lambda row: row.runs),
        Column("by", lambda row: row.by),
        Column("subject", lambda row: row.subject),
    ]


def spent(seconds: int) -> str:
    """Return a length of time as a person reads it."""
    return short_span(timedelta(seconds=seconds))


def work_pairs(ticket: Ticket, now: datetime) -> list[tuple[str, str]]:
    """Return labels and values for the page of a ticket."""
    timers = (f"{_agent(entry)} {spent(entry.seconds)}" for entry in running(ticket, now))
    return [
        ("Worked", spent(ticket.worked) if ticket.worked else ""),
        ("Timer", ", ".join(timers)),
    ]


def work_told(event: Event) -> Iterator[str]:
    """Yield what *event* tells of time spent, and of a rating beside the score that counts."""
    data, worked = event.data, event.changes.get("worked")
    if event.kind == WORKED:
        yield spent(seconds_of(event))
        yield from (str(data[name]) for name in ("source", "note") if data.get(name))
    elif worked:
        before, after = worked
        if isinstance(before, int) and isinstance(after, int):
            yield f"worked {spent(after - before)}"
    if event.kind == "rated":
        yield from ([str(data["score"])] if "rating" not in event.changes else [])
        yield from ([repr(data["comment"])] if data.get("comment") else [])


def _agent(entry: Entry) -> str:
    return entry.by.removeprefix("agent:")


def _record(row: Entry) -> dict[str, object]:
    return {
        "schema": "tix.time_entry/1",
        "ticket_id": row.ticket_id,
        "at": encode_time(row.at),
        "agent": _agent(row),
        "seconds": row.seconds,
        "source": row.source,
        "note": row.note or None,
        "runs": row.runs,
        "subject": row.subject,
    }
