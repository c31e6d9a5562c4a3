"""What will be breached next, as rows of a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.codec import encode_time
from tix.domain.span import short_span
from tix.domain.when import local_text
from tix.table import Column, Table

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime, tzinfo

    from tix.domain.sla.duty import Duty


def table(
    rows: Sequence[Duty], now: datetime, until: datetime, breached: int, zone: tzinfo
) -> Table[Duty]:
    """Return clocks as a table; so many others are *breached* already."""
    already = f"{breached} {'are' if breached > 1 else 'is'} breached already"
    end = local_text(until, zone)
    return Table(
        name="breach_list",
        columns=[
            Column("ticket_id", lambda row: row.ticket.id, title="ID", align="right"),
            Column("clock", lambda row: row.clock.kind.value),
            Column(
                "due_at",
                lambda row: row.due_at,
                human=lambda row: local_text(row.due_at, zone),
                title="DUE",
            ),
            Column(
                "left_s",
                lambda row: int((row.due_at - now).total_seconds()),
                human=lambda row: short_span(row.due_at - now),
                title="IN",
                align="right",
            ),
            Column("level", lambda row: row.clock.level, flexible=True),
            Column("priority", lambda row: row.ticket.priority, title="PRIO"),
            Column("assignee", lambda row: row.ticket.assignee, title="AGENT"),
            Column(
                "customer",
                lambda row: row.customer,
                human=lambda row: row.contact.display if row.contact else "-",
            ),
            Column("subject", lambda row: row.ticket.subject, flexible=True),
        ],
        rows=rows,
        record=_record,
        ident=lambda row: str(row.ticket.id),
        items="breaches",
        envelope={
            "as_of": encode_time(now),
            "until": encode_time(until),
            "breached": breached,
        },
        footer=f"until {end}" + (f"; {already}" if breached else ""),
        empty=f"nothing will be breached until {end}",
    )


def _record(row: Duty) -> dict[str, object]:
    return {
        "schema": "tix.breach/1",
        "ticket_id": row.ticket.id,
        "clock": row.clock.kind.value,
        "due_at": encode_time(row.due_at),
        "level": row.clock.level,
        "priority": row.ticket.priority,
        "assignee": row.ticket.assignee,
        "customer": row.customer,
        "subject": row.ticket.subject,
    }
