"""Who is named: customers, agents and departments of the desk, found or made."""

from __future__ import annotations

from itertools import chain, count
from typing import TYPE_CHECKING

from tix.domain.nearest import nearest
from tix.domain.people import Agent, Department, is_address, normal_name
from tix.errors import UsageError
from tix.ops.importing.drafts import Staff
from tix.ops.importing.problems import Unusable, shown
from tix.ops.people import ADDRESS, PHONE, add_customer

if TYPE_CHECKING:
    from collections.abc import Collection

    from tix.ops.importing.drafts import Person
    from tix.store.base import Transaction


class People:
    """Finds the people of one source on the desk, and makes those who are not there yet.

    *creates* says which of agents and departments may be made; customers always may. Without
    *writes* nobody is made, and the answers are those that writing would give.
    """

    def __init__(
        self,
        tx: Transaction,
        source: str,
        *,
        creates: Collection[str] = (),
        me: str = "",
        writes: bool = True,
    ) -> None:
        self._tx = tx
        self._source = source
        self._creates = creates
        self._me = me
        self._writes = writes
        self._agents = {agent.name: agent for agent in tx.agents.all()}
        self._departments = {d.name: d for d in tx.departments.all()}
        self._known_agents: dict[Staff, str] = {}
        self._known_departments: dict[str, str] = {}
        self._customers: dict[tuple[str, str, str, str], int] = {}
        self._with_id: set[int] = set()
        self.shared: dict[str, int] = {}

    def agent(self, staff: Staff) -> str:
        """Return the name that an agent has on the desk.

        Raises:
            Unusable: There is no such agent, and none may be made.
        """
        if staff not in self._known_agents:
            self._known_agents[staff] = self._agent(staff)
        return self._known_agents[staff]

    def department(self, text: str) -> str:
        """Return the name that a department has on the desk.

        Raises:
            Unusable: There is no such department, and none may be made.
        """
        if text not in self._known_departments:
            self._known_departments[text] = self._department(text)
        return self._known_departments[text]

    def customer(self, person: Person) -> int:
        """Return the number of a customer."""
        known = (person.id, person.address, person.phone, "" if person.id else person.name)
        if known not in self._customers:
            self._customers[known] = self._customer(person)
        return self._customers[known]

    def _agent(self, staff: Staff) -> str:
        found = self._found_agent(staff)
        if found:
            return found
        if "agents" not in self._creates:
            raise Unusable("assignee", _unknown("agent", staff.name, self._agents))
        name = _free(_nameable(staff.name or staff.id, "agent"), self._agents)
        self._agents[name] = Agent(name, staff.address or None, staff.name.strip() or None)
        if self._writes:
            self._tx.agents.put(self._agents[name])
        return name

    def _found_agent(self, staff: Staff) -> str | None:
        # Two of the same name in the source are two on the desk, each time it is read.
        taken = {name for one, name in self._known_agents.items() if one.id and staff.id}
        for agent in self._agents.values():
            if agent.name not in taken and _is(agent, staff):
                return agent.name
        return self._me if _folded(staff.name) == self._me else None

    def _department(self, text: str) -> str:
        wanted = text.strip().casefold()
        for department in self._departments.values():
            if wanted in (department.name, (department.title or "").casefold()):
                return department.name
        if "departments" not in self._creates:
            raise Unusable("department", _unknown("department", text, self._departments))
        name = _free(_nameable(text, "department"), self._departments)
        self._departments[name] = Department(name, title=text.strip())
        if self._writes:
            self._tx.departments.put(self._departments[name])
        return name

    def _customer(self, person: Person) -> int:
        source, own = f"source:{self._source}", person.id or f"name:{person.name.casefold()}"
        is_own = bool(person.id) or not (person.address or person.phone)
        number = self._tx.key(source, own) if is_own else None
        if number is None or number not in self._tx.customers:
            number = self._by_address(person)
            if is_own:
                self._tx.claim(source, own, number)
        if person.id:
            self._with_id.add(number)
        return self._at_last(number)

    def _by_address(self, person: Person) -> int:
        """Return the customer whose address or phone it is, made if there is none."""
        free, fields = {}, {}
        for kind, value in ((ADDRESS, person.address), (PHONE, person.phone)):
            owner = self._tx.key(kind, value) if value else None
            if owner is None:
                free[kind] = [value] if value else []
            elif not person.id or owner not in self._with_id:
                return owner
            else:
                # An address leads to one customer; of the others it is only told.
                free[kind] = []
                fields[kind] = value
                self.shared[value] = self.shared.get(value, 1) + 1
        return self._made(person, free, fields)

    def _made(self, person: Person, free: dict[str, list[str]], fields: dict[str, str]) -> int:
        if person.id:
            fields[field_name(self._source)] = person.id
        values = dict(person.values)
        customer = add_customer(
            self._tx,
            addresses=free[ADDRESS],
            phones=free[PHONE],
            name=person.name or None,
            organisation=person.organisation or None,
            fields={**person.fields, **fields},
            **values,
        )
        return customer.number

    def _at_last(self, number: int) -> int:
        """Return the customer whom *number* is part of now."""
        customer = self._tx.customers.get(number)
        while customer.merged_into is not None:
            customer = self._tx.customers.get(customer.merged_into)
        return customer.number


def slug(text: str) -> str:
    """Return *text* as a name that can be typed: letters and digits, with - between words."""
    return "-".join("".join(c if c.isalnum() else " " for c in text.casefold()).split())[:60]


def field_name(text: str) -> str:
    """Return *text* as the name of a field of the desk's own."""
    return slug(text).replace("-", "_")


def staff(text: str) -> Staff:
    """Return the agent whom a name or an address means."""
    if is_address(text):
        return Staff(text.rpartition("@")[0], text.strip().casefold())
    return Staff(text.strip().removeprefix("@"))


def _folded(name: str) -> str:
    return name.strip().casefold()


def _is(agent: Agent, staff: Staff) -> bool:
    """Return whether *agent* is whom the source calls *staff*."""
    if agent.address and staff.address:
        return agent.address.casefold() == staff.address
    return agent.name in (_folded(staff.name), slug(staff.name))


def _nameable(text: str, what: str) -> str:
    """Return *text* as a name that an agent or department can have."""
    try:
        return normal_name(slug(text), what)
    except UsageError:
        return f"{what}-{slug(text)}".rstrip("-")


def _free(name: str, taken: Collection[str]) -> str:
    numbered = (f"{name}-{n}" for n in count(2))
    return next(one for one in chain([name], numbered) if one not in taken)


def _unknown(what: str, name: str, known: Collection[str]) -> str:
    guess = nearest(name, known)
    word = "dept" if what == "department" else what
    way = f"did you mean {guess!r}?" if guess else f"tix {word} add {slug(name)}"
    return f"there is no {what} {shown(name)} ({way})"
