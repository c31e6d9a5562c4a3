"""Filing: who has it, how pressing it is, and where it belongs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tix.domain import verbs
from tix.domain.field import checked_values
from tix.domain.routing import least_loaded
from tix.errors import Conflict
from tix.ops.change import Change, Events, then, update
from tix.ops.levels import NONE, by_name, put_level
from tix.ops.people import customer_for, find_agent, find_department
from tix.ops.queries import open_by
from tix.ops.tickets.reads import new_categories, new_tags

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tix.desk import Desk
    from tix.domain.ticket import Ticket
    from tix.domain.verbs import Act
    from tix.store.base import Transaction


def assign(desk: Desk, ticket_ids: Sequence[int], agent: str | None) -> Change:
    """Give tickets to an agent, to ``@me``, or (None) to nobody.

    Raises:
        NotFound: There is no such agent.
    """

    def decide(tx: Transaction, ticket: Ticket, act: Act) -> Events:
        return verbs.assign(ticket, find_agent(tx, desk, agent) if agent else None, act)

    return update(desk, "assign", ticket_ids, decide)


def assign_evenly(desk: Desk, ticket_ids: Sequence[int]) -> Change:
    """Give each ticket to the agent who has the fewest others, of its department if any.

    Raises:
        Refused: There is no agent.
    """
    load: dict[str, int] = {}

    def decide(tx: Transaction, ticket: Ticket, act: Act) -> Events:
        if not load:
            load.update(open_by_agent(tx))
        if ticket.is_open and ticket.assignee in load:
            load[ticket.assignee] -= 1
        agent = least_loaded(tx.agents.all(), load, ticket.department)
        load[agent] += ticket.is_open
        return verbs.assign(ticket, agent, act)

    return update(desk, "assign", ticket_ids, decide)


def take(desk: Desk, ticket_ids: Sequence[int]) -> Change:
    """Give tickets to who acts, and open those that are new.

    Raises:
        Conflict: Somebody else took it meanwhile.
    """

    def decide(tx: Transaction, ticket: Ticket, act: Act) -> Events:
        if ticket.assignee not in (None, desk.user):
            raise Conflict(f"{ticket.assignee} took ticket {ticket.id} meanwhile")
        return verbs.take(ticket, desk.user, act)

    return update(desk, "next", ticket_ids, decide)


def prioritize(desk: Desk, ticket_ids: Sequence[int], level: str) -> Change:
    """Set the priority to *level*, or move it by a step: ``up``, ``+``, ``down``.

    Raises:
        UsageError: The scale has no such level.
    """
    steps = {"up": 1, "+": 1, "down": -1}

    def decide(tx: Transaction, ticket: Ticket, act: Act) -> Events:
        setup = tx.setup
        if level in steps:
            return verbs.prioritize(ticket, setup.step(ticket.priority, steps[level]), act)
        return verbs.prioritize(ticket, setup.priority(level), act)

    return update(desk, "prio", ticket_ids, decide)


def tag(
    desk: Desk, ticket_ids: Sequence[int], tags: Sequence[str], *, replace: bool = False
) -> Change:
    """Add tags, or replace all of them."""
    verb = verbs.set_tags if replace else verbs.tag

    def decide(tx: Transaction, ticket: Ticket, act: Act) -> Events:
        return verb(ticket, tags, act)

    return update(desk, "tag", ticket_ids, decide, lambda tx: new_tags(tx, tags))


def untag(desk: Desk, ticket_ids: Sequence[int], tags: Sequence[str]) -> Change:
    """Take tags away."""
    return update(desk, "untag", ticket_ids, lambda tx, t, act: verbs.untag(t, tags, act))


def edit(desk: Desk, ticket_ids: Sequence[int], **values: Any) -> Change:
    """Change fields of tickets; texts as the user wrote them, None empties a field.

    Raises:
        UsageError, NotFound: A value means nothing on this desk.
    """

    def decide(tx: Transaction, ticket: Ticket, act: Act) -> Events:
        after = dict(values)
        if after.get("customer"):
            after["requester"] = customer_for(tx, after.pop("customer")).number
        elif "customer" in after:
            after["requester"] = after.pop("customer")
        if after.get("department"):
            after["department"] = find_department(tx, after["department"])
        if after.get("type"):
            after["type"] = tx.setup.type(after["type"])
        if "fields" in after:
            fields = {**ticket.fields, **checked_values(tx.setup.fields, after["fields"])}
            after["fields"] = {name: value for name, value in fields.items() if value}
        if "sla" not in after:
            return verbs.edit(ticket, act, **after)
        name = by_name(tx.setup, after.pop("sla") or NONE)
        return then(ticket, verbs.edit(ticket, act, **after), lambda t: put_level(tx, t, name, act))

    category = values.get("category")
    return update(desk, "edit", ticket_ids, decide, lambda tx: new_categories(tx, category))


def open_by_agent(tx: Transaction) -> dict[str, int]:
    """Return how many open tickets each agent has."""
    counts = open_by(tx, "assignee")
    return {agent.name: counts.get(agent.name, 0) for agent in tx.agents.all()}
