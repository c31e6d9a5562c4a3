"""Keeping departments: made, changed, staffed, looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tix.domain.people import Agent, Department, normal_address, normal_name, normal_phone
from tix.errors import Conflict
from tix.ops.change import Altered, Change, alter
from tix.ops.people.agents import any_agent
from tix.ops.people.finding import find_department
from tix.ops.queries import open_by
from tix.ops.transactions import reading
from tix.record import NamedTuple, replace

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tix.desk import Desk
    from tix.store.base import Transaction


class Pile(NamedTuple):
    """A department with its agents, who are not retired, and the number of its open tickets."""

    department: Department
    members: tuple[str, ...]
    open_count: int


def add(desk: Desk, name: str, **values: Any) -> Change:
    """Make a department of members of ``Department``.

    Raises:
        Conflict: There is a department of that name or address.
        UsageError: A value is not what it must be.
    """
    name = normal_name(name, "a department")

    def work(tx: Transaction) -> Iterator[Altered]:
        if name in tx.departments:
            hint = f"tix dept edit {name}"
            raise Conflict(f"there is a department {name} already", hint=hint, ids=(name,))
        after = replace(Department(name), **_checked(tx, name, values))
        tx.departments.put(after)
        yield Altered("department", name, None, after)

    return alter(desk, "dept add", work)


def edit(desk: Desk, name: str, **values: Any) -> Change:
    """Change members of a department.

    Raises:
        NotFound: There is no such department.
        Conflict: Another department has the address.
        UsageError: A value is not what it must be.
    """

    def work(tx: Transaction) -> Iterator[Altered]:
        before = tx.departments.get(find_department(tx, name))
        after = replace(before, **_checked(tx, before.name, values))
        tx.departments.put(after)
        yield Altered("department", before.name, before, after)

    return alter(desk, "dept edit", work)


def staff(
    desk: Desk,
    name: str,
    *,
    add: Sequence[str] = (),
    remove: Sequence[str] = (),
    everyone: bool = False,
) -> Change:
    """Let agents work on a department's tickets, or no longer; *everyone* is all agents.

    Raises:
        NotFound: There is no such department or agent.
    """

    def work(tx: Transaction) -> Iterator[Altered]:
        department = find_department(tx, name)
        joining = [any_agent(tx, text) for text in add]
        if everyone:
            joining += [agent for agent in tx.agents.all() if not agent.retired]
        leaving = [any_agent(tx, text) for text in remove]
        stay = {agent.name: True for agent in joining} | {agent.name: False for agent in leaving}
        for agent in {agent.name: agent for agent in (*joining, *leaving)}.values():
            after = _staffed(agent, department, stays=stay[agent.name])
            tx.agents.put(after)
            yield Altered("agent", agent.name, agent, after)

    return alter(desk, "dept members", work)


@reading
def departments(desk: Desk, tx: Transaction) -> list[Pile]:
    """Return the departments by name."""
    counts, agents = open_by(tx, "department"), tx.agents.all()
    return [
        Pile(one, _members(agents, one.name), counts.get(one.name, 0))
        for one in tx.departments.all()
    ]


@reading
def department(desk: Desk, tx: Transaction, name: str) -> Pile:
    """Return a department.

    Raises:
        NotFound: There is none of that name.
    """
    found = tx.departments.get(find_department(tx, name))
    members = _members(tx.agents.all(), found.name)
    return Pile(found, members, open_by(tx, "department").get(found.name, 0))


def _members(agents: Sequence[Agent], department: str) -> tuple[str, ...]:
    return tuple(a.name for a in agents if department in a.departments and not a.retired)


def _staffed(agent: Agent, department: str, *, stays: bool) -> Agent:
    others = tuple(name for name in agent.departments if name != department)
    if not stays:
        return replace(agent, departments=others)
    if department in agent.departments:
        return agent
    return replace(agent, departments=(*others, department))


def _checked(tx: Transaction, name: str, values: dict[str, Any]) -> dict[str, Any]:
    """Return *values* in the form that is kept."""
    after = dict(values)
    if after.get("phone"):
        after["phone"] = normal_phone(after["phone"])
    if after.get("address"):
        after["address"] = normal_address(after["address"])
        for other in tx.departments.all():
            if other.address == after["address"] and other.name != name:
                raise Conflict(f"{other.address} belongs to {other.name}", ids=(other.name,))
    return after
