"""Who is named: customers, agents and departments of the desk, found or made."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tix.domain.nearest import nearest
from tix.domain.people import Agent, Department
from tix.errors import NotFound
from tix.ops.importing.problems import Unusable, shown
from tix.ops.people import ADDRESS, PHONE, add_customer, put_customer

if TYPE_CHECKING:
    from collections.abc import Collection

    from tix.domain.people import Customer
    from tix.ops.importing.drafts import Person, Staff
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
        self._named: set[int] = set()
        self.shared_addresses: dict[str, int] = {}

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
        taken = set(self._known_agents.values())
        name, address = slug(staff.name), staff.address.casefold()
        for agent in self._agents.values():
            if address and agent.address and agent.address.casefold() == address:
                return agent.name
        wanted = staff.name.strip().removeprefix("@").casefold()
        if wanted == self._me:
            return wanted
        for one in dict.fromkeys((wanted, name)):
            agent = self._agents.get(one)
            if agent and one not in taken and not (address and agent.address):
                return one
        if "agents" not in self._creates:
            raise Unusable("assignee", _unknown("agent", staff.name, self._agents))
        agent = Agent(_free(name or slug(staff.id) or "agent", self._agents), staff.address or None)
        self._agents[agent.name] = replace(agent, display_name=staff.name.strip() or None)
        if self._writes:
            self._tx.agents.put(self._agents[agent.name])
        return agent.name

    def _department(self, text: str) -> str:
        wanted = text.strip().casefold()
        for department in self._departments.values():
            if wanted in (department.name, (department.title or "").casefold()):
                return department.name
        if "departments" not in self._creates:
            raise Unusable("department", _unknown("department", text, self._departments))
        name = _free(slug(text) or "department", self._departments)
        self._departments[name] = Department(name, title=text.strip())
        if self._writes:
            self._tx.departments.put(self._departments[name])
        return name

    def _customer(self, person: Person) -> int:
        source, own = f"source:{self._source}", person.id or f"name:{person.name.casefold()}"
        by_source = bool(person.id) or not (person.address or person.phone)
        number = self._tx.key(source, own) if by_source else None
        if number is None:
            number = self._by_address(person)
            if by_source:
                self._tx.claim(source, own, number)
        self._named.add(number)
        return self._now(number).number

    def _by_address(self, person: Person) -> int:
        """Return the customer whose address or phone it is, made if there is none."""
        keys = ((ADDRESS, person.address), (PHONE, person.phone))
        free = {}
        for kind, value in keys:
            owner = self._tx.key(kind, value) if value else None
            if owner is not None and not (person.id and owner in self._named):
                return owner
            if owner is not None:
                self.shared_addresses[value] = self.shared_addresses.get(value, 1) + 1
            elif value:
                free[kind] = value
        return self._made(person, free).number

    def _made(self, person: Person, keys: dict[str, str]) -> Customer:
        fields = {self._source: person.id} if person.id else {}
        given = dict(person.values)
        fields |= given.pop("fields", {})  # type: ignore[arg-type]  # the source makes it a mapping
        return add_customer(
            self._tx,
            addresses=[keys[ADDRESS]] if ADDRESS in keys else [],
            phones=[keys[PHONE]] if PHONE in keys else [],
            name=person.name or None,
            organisation=person.organisation or None,
            fields=fields,
            **given,
        )

    def _now(self, number: int) -> Customer:
        customer = self._tx.customers.get(number)
        while customer.merged_into is not None:
            customer = self._tx.customers.get(customer.merged_into)
        return customer
