"""Keeping agents: made, changed, retired, looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tix.domain.nearest import nearest
from tix.domain.people import Agent, normal_address, normal_name
from tix.domain.query import EVERYTHING_UNSETTLED
from tix.errors import ConfigInvalid, Conflict, NotFound, Refused, UsageError
from tix.ops.change import Altered, Change, alter
from tix.ops.people.finding import find_department
from tix.ops.queries import open_by
from tix.ops.transactions import reading
from tix.record import NamedTuple, replace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tix.desk import Desk
    from tix.store.base import Transaction


class Colleague(NamedTuple):
    """An agent with the number of open tickets they have."""

    agent: Agent
    open_count: int


def add(desk: Desk, name: str, **values: Any) -> Change:
    """Make an agent of members of ``Agent``.

    Raises:
        Conflict: There is an agent of that name or address.
        NotFound: There is no such department.
        UsageError: A value is not what it must be.
    """
    name = normal_name(name, "an agent")

    def work(tx: Transaction) -> Iterator[Altered]:
        if name in tx.agents:
            hint = f"tix agent edit {name}"
            raise Conflict(f"there is an agent {name} already", hint=hint, ids=(name,))
        after = replace(Agent(name), **_checked(tx, name, values))
        tx.agents.put(after)
        yield Altered("agent", name, None, after)

    return alter(desk, "agent add", work)


def edit(desk: Desk, name: str, **values: Any) -> Change:
    """Change members of an agent, a retired one as well.

    Raises:
        Conflict: Another agent has the address.
        NotFound: There is no such agent or department.
        UsageError: A value is not what it must be.
    """

    def work(tx: Transaction) -> Iterator[Altered]:
        before = any_agent(tx, name)
        after = replace(before, **_checked(tx, before.name, values))
        tx.agents.put(after)
        yield Altered("agent", before.name, before, after)

    return alter(desk, "agent edit", work)


def retire(desk: Desk, name: str) -> Change:
    """Let an agent get no more tickets; what they did stays theirs.

    Raises:
        NotFound: There is no such agent.
        Refused: They have open tickets.
    """

    def work(tx: Transaction) -> Iterator[Altered]:
        before = any_agent(tx, name)
        found = tx.find(EVERYTHING_UNSETTLED)
        theirs = [row.ticket for row in found if row.ticket.assignee == before.name]
        held = [ticket.id for ticket in theirs if ticket.is_open]
        if held:
            raise Refused(
                f"{before.name} has {len(held)} open ticket{'s' if len(held) > 1 else ''}",
                hint=f"tix assign --where 'is:open assignee:{before.name}' AGENT, then retire",
                ids=tuple(held),
            )
        after = replace(before, retired=True)
        tx.agents.put(after)
        yield Altered("agent", before.name, before, after)

    return alter(desk, "agent retire", work)


@reading
def agents(desk: Desk, tx: Transaction, *, retired: bool = False) -> list[Colleague]:
    """Return the agents by name; those who are *retired* if asked for."""
    counts = open_by(tx, "assignee")
    return [
        Colleague(agent, counts.get(agent.name, 0))
        for agent in tx.agents.all()
        if retired or not agent.retired
    ]


@reading
def agent(desk: Desk, tx: Transaction, name: str) -> Colleague:
    """Return an agent, a retired one as well.

    Raises:
        NotFound: There is none of that name.
    """
    found = any_agent(tx, desk.user if name == "@me" else name)
    return Colleague(found, open_by(tx, "assignee").get(found.name, 0))


def any_agent(tx: Transaction, text: str) -> Agent:
    """Return the agent of this name, a retired one as well.

    Raises:
        NotFound: There is none; the hint has the nearest.
    """
    name = text.strip().removeprefix("@").casefold()
    if name in tx.agents:
        return tx.agents.get(name)
    guess = nearest(name, [agent.name for agent in tx.agents.all()])
    hint = f"Did you mean {guess!r}?" if guess else "tix agent list"
    raise NotFound(f"no agent {text[:60]!r}", hint=hint, ids=(text,))


def _checked(tx: Transaction, name: str, values: dict[str, Any]) -> dict[str, Any]:
    """Return *values* in the form that is kept."""
    after = dict(values)
    if after.get("address"):
        after["address"] = normal_address(after["address"])
        for other in tx.agents.all():
            if other.address == after["address"] and other.name != name:
                raise Conflict(f"{other.address} belongs to {other.name}", ids=(other.name,))
    if "departments" in after:
        found = [find_department(tx, text) for text in after["departments"]]
        after["departments"] = tuple(dict.fromkeys(found))
    if after.get("zone"):
        _check_zone(after["zone"])
    return after


def _check_zone(name: str) -> None:
    from tix.domain.zone import zone_named

    try:
        zone_named(name)
    except ConfigInvalid as error:
        raise UsageError(error.message, hint=error.hint) from None
