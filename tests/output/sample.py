"""A small table and a card that every format has to print."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import NamedTuple

from tix.output import View, render
from tix.table import Block, Card, Column, Table


class Ticket(NamedTuple):
    id: int
    subject: str
    priority: str = "normal"
    assignee: str | None = None
    due_at: datetime | None = None
    tags: tuple[str, ...] = ()
    vip: bool = False


CET = timezone(timedelta(hours=1))

TICKETS = (
    Ticket(
        12,
        "Refund not received",
        "urgent",
        "alice",
        datetime(2026, 11, 21, 18, 50, tzinfo=CET),
        ("refund", "vip"),
        vip=True,
    ),
    Ticket(
        7, "日本語 | a\tb\n\x1b[31m\\red", "low", due_at=datetime(2026, 1, 2, 3, 4, 5, 600, UTC)
    ),
    Ticket(115, '=1+1, "quoted" ελ…', tags=("-x",)),
)

COLUMNS: tuple[Column[Ticket], ...] = (
    Column("id", lambda ticket: ticket.id, align="right"),
    Column(
        "priority",
        lambda ticket: ticket.priority,
        title="PRIO",
        style=lambda ticket: "bold red" if ticket.priority == "urgent" else None,
    ),
    Column("assignee", lambda ticket: ticket.assignee, human=lambda t: t.assignee or "—"),
    Column(
        "due_at",
        lambda ticket: ticket.due_at,
        title="DUE",
        human=lambda ticket: f"{ticket.due_at:%d.%m.}" if ticket.due_at else "",
    ),
    Column("tags", lambda ticket: ticket.tags),
    Column("vip", lambda ticket: ticket.vip),
    Column("subject", lambda ticket: ticket.subject, flexible=True),
)

TABLE = Table(
    name="ticket_list",
    columns=COLUMNS,
    rows=TICKETS,
    record=lambda ticket: {
        "schema": "tix.ticket/1",
        "id": ticket.id,
        "subject": ticket.subject,
        "due_at": ticket.due_at,
        "tags": ticket.tags,
    },
    ident=lambda ticket: str(ticket.id),
    items="tickets",
    envelope={"as_of": datetime(2026, 11, 21, 18, 30, tzinfo=UTC), "total": 3},
)

CARD = Card(
    name="ticket",
    title="12  Refund not received",
    pairs=(("Status", "open"), ("Customer", "Acme \x1b[5m<ops@acme.test>"), ("Tags", "")),
    fields=(("id", 12), ("subject", "Refund\tnot received"), ("tags", ("refund", "vip"))),
    record={"id": 12, "subject": "Refund\tnot \x9breceived"},
    ident="12",
    blocks=(
        Block(
            "Acme, Sat 21 Nov 17:20",
            "Hello,\nwhere is my money? I have been waiting.\n\n    Order *12*\n# now\n",
            "cyan",
        ),
        Block("note by alice", "\x1b]0;x\x07call back"),
    ),
)


def printed(thing: Table[Ticket] | Card, fmt: str, view: View | None = None) -> str:
    """Return all that *fmt* gives of *thing*."""
    return "".join(render(thing, fmt, view or View(tool="tix 0.1.0")))
