"""The columns of lists of tickets.

The plain ones and their order are a contract with scripts; what else there is to see comes
by ``--fields``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from tix.domain.found import Found
from tix.domain.span import short_span
from tix.output.tickets.clocks import AT_RISK, BREACHED, sla_cell, sla_style, sla_word
from tix.output.tickets.records import record
from tix.table import Cell, Column, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from tix.output.tickets.scene import Scene


PLAIN = (
    "id",
    "status",
    "prio",
    "assignee",
    "customer",
    "due_at",
    "sla",
    "updated_at",
    "tags",
    "subject",
)


def plain_columns(scene: Scene) -> list[Column[Found]]:
    """Return the columns that scripts read; their order is frozen."""
    values: tuple[Callable[[Found], Cell], ...] = (
        lambda row: row.ticket.id,
        lambda row: row.ticket.status.value,
        lambda row: row.ticket.priority,
        lambda row: row.ticket.assignee,
        _customer_cell,
        lambda row: row.ticket.due_at,
        lambda row: sla_cell(scene.ranking.clock_of(row.ticket)),
        lambda row: row.ticket.updated_at,
        lambda row: row.ticket.tags,
        lambda row: row.ticket.subject,
    )
    return [Column(name, value) for name, value in zip(PLAIN, values, strict=True)]


def screen_columns(scene: Scene) -> list[Column[Found]]:
    """Return the columns that a person reads."""
    colours = {priority.name: priority.colour for priority in scene.setup.priorities}
    return [
        Column("id", lambda row: row.ticket.id, align="right"),
        Column("status", lambda row: row.ticket.status.value),
        Column(
            "prio",
            lambda row: row.ticket.priority,
            style=lambda row: colours.get(row.ticket.priority) or None,
        ),
        Column("waits", _waiting(scene), align="right"),
        Column(
            "sla",
            lambda row: sla_word(scene.ranking.clock_of(row.ticket)),
            align="right",
            style=lambda row: sla_style(row, scene),
        ),
        Column("due", _due(scene), style=lambda row: "red" if _is_overdue(row, scene) else None),
        Column("agent", lambda row: row.ticket.assignee or "-"),
        Column("customer", _customer_name),
        Column("tags", lambda row: ",".join(row.ticket.tags)),
        Column("subject", lambda row: row.ticket.subject, flexible=True),
    ]


def inbox_columns(scene: Scene) -> list[Column[Found]]:
    """Return the columns of the inbox: what presses stands in front."""
    by_name = {column.name: column for column in screen_columns(scene)}
    mark = Column[Found](
        "mark",
        lambda row: _mark(row, scene),
        title="",
        style=lambda row: "red" if _mark(row, scene) == "!!" else "yellow",
    )
    names = ("id", "prio", "waits", "sla", "due", "agent", "customer", "subject")
    return [mark, *(by_name[name] for name in names)]


def more_columns() -> list[Column[Found]]:
    """Return the columns that only ``--fields`` shows."""
    simple = [
        "substatus",
        "reason",
        "type",
        "category",
        "department",
        "tier",
        "channel",
        "participants",
        "created_at",
        "first_response_at",
        "answered_at",
        "resolved_at",
        "closed_at",
        "snoozed_until",
        "waiting_since",
        "trashed_at",
        "rating",
        "rev",
        "merged_into",
        "split_from",
    ]
    return [
        *(Column(name, _member(name)) for name in simple),
        Column("absorbed", lambda row: tuple(map(str, row.ticket.absorbed))),
        Column("links", lambda row: tuple(f"{kind} {n}" for kind, n in row.ticket.links)),
        Column("priority", lambda row: row.ticket.priority),
        Column("worked_s", lambda row: row.ticket.worked),
        Column("timers", lambda row: tuple(timer.agent for timer in row.ticket.timers)),
        Column("message_count", lambda row: row.ticket.messages + row.ticket.replies),
        Column("reply_count", lambda row: row.ticket.replies),
        Column("note_count", lambda row: row.ticket.notes),
        Column("attachment_count", lambda row: row.ticket.attachments),
    ]


def table(
    rows: Sequence[Found],
    columns: Sequence[Column[Found]],
    scene: Scene,
    *,
    envelope: Mapping[str, object],
    footer: str = "",
    empty: str = "no tickets match",
    group: Callable[[Found], str] | None = None,
) -> Table[Found]:
    """Return the table of a list of tickets."""
    return Table(
        name="ticket_list",
        columns=columns,
        rows=rows,
        record=lambda row: record(row.ticket, row.contact, scene),
        ident=lambda row: str(row.ticket.id),
        items="tickets",
        envelope=envelope,
        footer=footer,
        empty=empty,
        group=group,
    )


def _member(name: str) -> Callable[[Found], Cell]:
    return lambda row: cast("Cell", getattr(row.ticket, name))


def _customer_cell(row: Found) -> str | None:
    return (row.contact.address or row.contact.id) if row.contact else None


def _customer_name(row: Found) -> str:
    return row.contact.display if row.contact else "-"


def _waiting(scene: Scene) -> Callable[[Found], str]:
    def waits(row: Found) -> str:
        since = row.ticket.waiting_since
        # A clock that was set back leaves tickets whose time has not come.
        return short_span(scene.now - min(since, scene.now)) if since else ""

    return waits


def _due(scene: Scene) -> Callable[[Found], str]:
    def due(row: Found) -> str:
        at = row.ticket.due_at
        if at is None:
            return ""
        late = at < scene.now
        return short_span(abs(at - scene.now)) + (" over" if late else " left")

    return due


def _is_overdue(row: Found, scene: Scene) -> bool:
    return row.ticket.is_open and row.ticket.due_at is not None and row.ticket.due_at < scene.now


def _mark(row: Found, scene: Scene) -> str:
    """Return ``!!`` for what is late and ``!`` for what soon will be."""
    from datetime import timedelta

    due, clock = row.ticket.due_at, scene.ranking.clock_of(row.ticket)
    state = clock.state.value if clock else ""
    if state == BREACHED or (due and due < scene.now):
        return "!!"
    return "!" if state == AT_RISK or (due and due < scene.now + timedelta(hours=1)) else ""
