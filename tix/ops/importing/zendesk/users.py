"""Who is who in a Zendesk export: users, organisations and groups."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.domain.people import normal_address, normal_phone
from tix.errors import UsageError
from tix.ops.importing.drafts import Person, Staff
from tix.ops.importing.problems import Problem, Unusable
from tix.ops.importing.zendesk.tables import rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tix.ops.importing.people import People
    from tix.ops.importing.zendesk.tables import Line

    Note = Callable[[str, str], None]

_AGENTS = ("agent", "admin", "owner")
_KEPT = ("external_id", "details", "notes")


class Users:
    """The people of an export by their ids; *note* is told what is odd, and about whom.

    Raises:
        BadData: A table lacks a column that it must have.
    """

    def __init__(self, folder: str, note: Note) -> None:
        self._note = note
        self.problems: list[Problem] = []
        self.agents: dict[str, Staff] = {}
        self.customers: dict[str, Person] = {}
        self._organisations = dict(self._names(folder, "organization"))
        self._groups = dict(self._names(folder, "group"))
        self._tags = self._tags_of_users(folder)
        for line in self._lines(folder, "user", ("id", "role", "name")):
            self._add(line)

    def person(self, known: str, organisation: str) -> Person:
        """Return the customer of this id; one without a row is known by nothing else."""
        if known in self.customers:
            return self.customers[known]
        if known in self.agents:
            staff = self.agents[known]
            return Person(known, staff.address, name=staff.name)
        self._note("requester", known)
        return Person(known, organisation=self._organisations.get(organisation, ""))

    def group(self, known: str) -> str:
        """Return the name of a group, nothing if it has no row."""
        return self._groups.get(known, "")

    def introduce(self, people: People) -> None:
        """Make all of them on the desk who are not there yet."""
        for name in self._groups.values():
            people.department(name)
        for staff in self.agents.values():
            people.agent(staff)
        for person in self.customers.values():
            people.customer(person)

    def _add(self, line: Line) -> None:
        known, name = line.text("id"), line.text("name")
        address = self._address(line)
        if line.text("role") in _AGENTS:
            self.agents[known] = Staff(name or address or known, address, known)
        else:
            self.customers[known] = Person(
                known,
                address,
                self._phone(line),
                name,
                self._organisation(line),
                {name: text for name in _KEPT if (text := line.text(name))},
                self._values(line),
            )

    def _values(self, line: Line) -> dict[str, object]:
        created = line.at("created_at")
        tags = tuple(self._tags.get(line.text("id"), ()))
        return {"since": created.date() if created else None, "tags": tags}

    def _organisation(self, line: Line) -> str:
        known = line.text("organization_id")
        if known and known not in self._organisations:
            self._note("organisation", known)
        return self._organisations.get(known, "")

    def _address(self, line: Line) -> str:
        text = line.text("email")
        try:
            return normal_address(text) if text else ""
        except UsageError:
            self._note("address", text)
            return ""

    def _phone(self, line: Line) -> str:
        text = line.text("phone")
        try:
            return normal_phone(text) if text else ""
        except UsageError:
            self._note("phone", text)
            return ""

    def _names(self, folder: str, table: str) -> Iterator[tuple[str, str]]:
        for line in self._lines(folder, table, ("id", "name")):
            if not line.is_true("_fivetran_deleted"):
                yield line.text("id"), line.text("name") or line.text("id")

    def _tags_of_users(self, folder: str) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for line in self._lines(folder, "user_tag", ("user_id", "tag")):
            tags = found.setdefault(line.text("user_id"), [])
            if line.text("tag") not in tags:
                tags.append(line.text("tag"))
        return found

    def _lines(self, folder: str, table: str, needed: tuple[str, ...]) -> Iterator[Line]:
        """Return the good rows of a table, and keep what is wrong with the others."""
        for line in rows(folder, table, needed):
            if isinstance(line, Problem):
                self.problems.append(line)
                continue
            try:
                line.at("created_at")
            except Unusable as problem:
                self.problems.append(Problem(line.place, problem.field, problem.why))
            else:
                yield line
