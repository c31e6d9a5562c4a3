"""How customers, agents and departments look: lists, pages and JSON records."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.codec import encode_time
from tix.domain.when import describe, local_text
from tix.table import Block, Card, Column, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime, tzinfo

    from tix.domain.found import Found
    from tix.domain.people import Agent, Customer, Department
    from tix.table import Cell, R

Counted = tuple["Customer", int]
Colleague = tuple["Agent", int]
Pile = tuple["Department", tuple[str, ...], int]


def customer_record(customer: Customer, open_count: int) -> dict[str, object]:
    """Return the ``tix.customer/1`` object."""
    merged = customer.merged_into
    return {
        "schema": "tix.customer/1",
        "id": customer.id,
        "name": customer.name,
        "emails": list(customer.addresses),
        "phones": list(customer.phones),
        "organisation": customer.organisation,
        "location": customer.location,
        "plan": customer.plan,
        "group": customer.group,
        "kind": customer.kind,
        "vip": customer.vip,
        "since": customer.since.isoformat() if customer.since else None,
        "tags": list(customer.tags),
        "preferences": dict(customer.preferences),
        "fields": dict(customer.fields),
        "merged_into": None if merged is None else f"C-{merged}",
        "created_at": encode_time(customer.created_at),
        "open_count": open_count,
    }


def customers(rows: Sequence[Counted], *, on_screen: bool) -> Table[Counted]:
    """Return the table of customers with the number of their open tickets."""
    columns = _on_screen() if on_screen else _plain()
    return Table(
        name="customer_list",
        columns=columns,
        rows=rows,
        record=lambda row: customer_record(*row),
        ident=lambda row: row[0].id,
        items="customers",
        empty="no customers match",
    )


def more_of_customers() -> list[Column[Counted]]:
    """Return the columns that only ``--fields`` shows."""
    return [
        *_plain(),
        Column("location", lambda row: row[0].location),
        Column("since", lambda row: row[0].since.isoformat() if row[0].since else None),
        Column("tags", lambda row: row[0].tags),
        Column("preferences", lambda row: _pairs(row[0].preferences)),
        Column("fields", lambda row: _pairs(row[0].fields)),
        Column("created_at", lambda row: row[0].created_at),
    ]


def customer_card(
    customer: Customer, tickets: Sequence[Found], now: datetime, zone: tzinfo
) -> Card:
    """Return the page of a customer with their tickets, the newest first."""
    open_count = sum(row.ticket.is_open for row in tickets)
    whole = customer_record(customer, open_count)
    row = (customer, open_count)
    lines = "\n".join(_ticket_line(row, zone) for row in tickets)
    heading = f"{len(tickets)} ticket{'s' if len(tickets) > 1 else ''}, {open_count} open"
    pairs = [
        ("Addresses", ", ".join(customer.addresses)),
        ("Phones", ", ".join(customer.phones)),
        ("Organisation", customer.organisation or ""),
        ("Location", customer.location or ""),
        ("Plan", customer.plan or ""),
        ("Group", customer.group or ""),
        ("Kind", customer.kind or ""),
        ("VIP", "yes" if customer.vip else ""),
        ("Since", customer.since.isoformat() if customer.since else ""),
        ("Tags", ", ".join(customer.tags)),
        ("Preferences", ", ".join(_pairs(customer.preferences))),
        *sorted(customer.fields.items()),
        ("Known since", describe(customer.created_at, now, zone)),
    ]
    return Card(
        name="customer",
        title=f"{customer.id}  {customer.contact.display}",
        pairs=[pair for pair in pairs if pair[1]],
        fields=_cells([*_plain(), *more_of_customers()], row),
        record={**whole, "tickets": [_ticket_record(row) for row in tickets]},
        ident=customer.id,
        blocks=[Block(heading, lines)] if tickets else [],
    )


def agent_record(agent: Agent, open_count: int) -> dict[str, object]:
    """Return the ``tix.agent/1`` object."""
    return {
        "schema": "tix.agent/1",
        "name": agent.name,
        "display_name": agent.display_name,
        "email": agent.address,
        "departments": list(agent.departments),
        "tier": agent.tier,
        "skills": list(agent.skills),
        "zone": agent.zone,
        "retired": agent.retired,
        "open_count": open_count,
    }


def agents(rows: Sequence[Colleague]) -> Table[Colleague]:
    """Return the table of agents with the number of their open tickets."""
    return Table(
        name="agent_list",
        columns=_agent_columns(),
        rows=rows,
        record=lambda row: agent_record(*row),
        ident=lambda row: row[0].name,
        items="agents",
        empty="there are no agents; tix agent add NAME makes one",
    )


def agent_card(agent: Agent, open_count: int) -> Card:
    """Return the page of an agent."""
    pairs = [
        ("Address", agent.address or ""),
        ("Departments", ", ".join(agent.departments)),
        ("Tier", str(agent.tier)),
        ("Skills", ", ".join(agent.skills)),
        ("Time zone", agent.zone or ""),
        ("Retired", "yes" if agent.retired else ""),
        ("Open tickets", str(open_count)),
    ]
    return Card(
        name="agent",
        title=f"{agent.name}  {agent.display_name or ''}".strip(),
        pairs=[pair for pair in pairs if pair[1]],
        fields=_cells(_agent_columns(), (agent, open_count)),
        record=agent_record(agent, open_count),
        ident=agent.name,
    )


def department_record(
    department: Department, members: Sequence[str], open_count: int
) -> dict[str, object]:
    """Return the ``tix.department/1`` object."""
    return {
        "schema": "tix.department/1",
        "name": department.name,
        "title": department.title,
        "kind": department.kind,
        "email": department.address,
        "phone": department.phone,
        "channels": list(department.channels),
        "signature": department.signature,
        "members": list(members),
        "open_count": open_count,
    }


def departments(rows: Sequence[Pile]) -> Table[Pile]:
    """Return the table of departments with their agents and the number of open tickets."""
    return Table(
        name="department_list",
        columns=_department_columns(),
        rows=rows,
        record=lambda row: department_record(*row),
        ident=lambda row: row[0].name,
        items="departments",
        empty="there are no departments; tix dept add NAME makes one",
    )


def department_card(department: Department, members: tuple[str, ...], open_count: int) -> Card:
    """Return the page of a department."""
    pairs = [
        ("Kind", department.kind or ""),
        ("Address", department.address or ""),
        ("Phone", department.phone or ""),
        ("Channels", ", ".join(department.channels)),
        ("Agents", ", ".join(members) or "none"),
        ("Open tickets", str(open_count)),
    ]
    signature = department.signature
    return Card(
        name="department",
        title=f"{department.name}  {department.title or ''}".strip(),
        pairs=[pair for pair in pairs if pair[1]],
        fields=_cells(_department_columns(), (department, members, open_count)),
        record=department_record(department, members, open_count),
        ident=department.name,
        blocks=[Block("Signature", signature)] if signature else [],
    )


def _plain() -> list[Column[Counted]]:
    """Return the columns of customers that scripts read; their order is frozen."""
    return [
        Column("id", lambda row: row[0].id),
        Column("name", lambda row: row[0].name),
        Column("emails", lambda row: row[0].addresses),
        Column("phones", lambda row: row[0].phones),
        Column("organisation", lambda row: row[0].organisation),
        Column("group", lambda row: row[0].group),
        Column("plan", lambda row: row[0].plan),
        Column("kind", lambda row: row[0].kind),
        Column("vip", lambda row: row[0].vip),
        Column("merged_into", lambda row: _merged(row[0])),
        Column("open_count", lambda row: row[1]),
    ]


def _on_screen() -> list[Column[Counted]]:
    return [
        Column("id", lambda row: row[0].id),
        Column("name", lambda row: row[0].name, human=lambda row: row[0].contact.display),
        Column("email", lambda row: row[0].contact.address),
        Column("phone", lambda row: row[0].phones[0] if row[0].phones else None),
        Column("organisation", lambda row: row[0].organisation, flexible=True),
        Column("plan", lambda row: row[0].plan),
        Column("vip", lambda row: row[0].vip, human=lambda row: "vip" if row[0].vip else ""),
        Column("open_count", lambda row: row[1], title="OPEN", align="right"),
    ]


def _agent_columns() -> list[Column[Colleague]]:
    return [
        Column("name", lambda row: row[0].name),
        Column("display_name", lambda row: row[0].display_name, title="DISPLAY NAME"),
        Column("email", lambda row: row[0].address, flexible=True),
        Column("departments", lambda row: row[0].departments),
        Column("tier", lambda row: row[0].tier, align="right"),
        Column("skills", lambda row: row[0].skills),
        Column("zone", lambda row: row[0].zone),
        Column("retired", lambda row: row[0].retired, human=_retired),
        Column("open_count", lambda row: row[1], title="OPEN", align="right"),
    ]


def _department_columns() -> list[Column[Pile]]:
    return [
        Column("name", lambda row: row[0].name),
        Column("title", lambda row: row[0].title, flexible=True),
        Column("kind", lambda row: row[0].kind),
        Column("email", lambda row: row[0].address),
        Column("phone", lambda row: row[0].phone),
        Column("channels", lambda row: row[0].channels),
        Column("members", lambda row: row[1], title="AGENTS"),
        Column("open_count", lambda row: row[2], title="OPEN", align="right"),
    ]


def _retired(row: Colleague) -> str:
    return "retired" if row[0].retired else ""


def _merged(customer: Customer) -> str | None:
    return None if customer.merged_into is None else f"C-{customer.merged_into}"


def _pairs(values: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(f"{name}={value}" for name, value in sorted(values.items()))


def _cells(columns: Iterable[Column[R]], row: R) -> list[tuple[str, Cell]]:
    """Return name and value of each column, once."""
    return list({column.name: column.value(row) for column in columns}.items())


def _ticket_record(row: Found) -> dict[str, object]:
    ticket = row.ticket
    return {
        "id": ticket.id,
        "subject": ticket.subject,
        "status": ticket.status.value,
        "priority": ticket.priority,
        "created_at": encode_time(ticket.created_at),
        "updated_at": encode_time(ticket.updated_at),
    }


def _ticket_line(row: Found, zone: tzinfo) -> str:
    ticket = row.ticket
    begin = f"{ticket.id:>6}  {local_text(ticket.created_at, zone)}  {ticket.status:<9}"
    return f"{begin}  {ticket.priority:<8}  {ticket.subject}"
