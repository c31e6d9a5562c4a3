"""Drafts from the folder of tables that Zendesk exports."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tix.domain.status import Status
from tix.ops.importing.drafts import CUSTOMER, NOTE, REPLY, Draft, Said
from tix.ops.importing.identity import Ids
from tix.ops.importing.maps import TRASH
from tix.ops.importing.oddities import Oddities
from tix.ops.importing.problems import Problem, Unusable
from tix.ops.importing.tables import rows
from tix.ops.importing.zendesk_people import Users

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime

    from tix.ops.importing.drafts import Staff
    from tix.ops.importing.people import People
    from tix.ops.importing.tables import Line

    T = TypeVar("T")

_STATUSES = {
    "new": (Status.NEW, ""),
    "open": (Status.OPEN, ""),
    "pending": (Status.PENDING, "customer"),
    "hold": (Status.PENDING, "third-party"),
    "on-hold": (Status.PENDING, "third-party"),
    "solved": (Status.RESOLVED, ""),
    "closed": (Status.CLOSED, ""),
    "deleted": (TRASH, ""),
}
_WORDS = {
    "priority": ("low", "normal", "high", "urgent"),
    "type": ("question", "incident", "problem", "task"),
}
_CHANNELS = {"voice": "phone"}
_LONGEST_SUBJECT = 80


class _Comment(NamedTuple):
    at: datetime
    author: str
    body: str
    is_public: bool


class Zendesk:
    """The tickets of an export in *folder*, with their comments, tags and people.

    Raises:
        BadData: There is no table of tickets, or a table lacks a column that it must have.
    """

    creates = frozenset({"agents", "departments"})

    def __init__(self, folder: str, name: str = "zendesk") -> None:
        self.name = name
        self._folder = folder
        self._odd = Oddities()
        self._problems: list[Problem] = []
        self._users = Users(folder, self._odd.note)
        tickets = self._tickets()
        self._tags = self._by_ticket("ticket_tag", ("tag",), tickets, "tag", _tag)
        self._comments = self._by_ticket(
            "ticket_comment", ("body|plain_body", "created|created_at"), tickets, "comment", _comment
        )
        self._changes = self._by_ticket(
            "ticket_field_history",
            ("field_name", "updated", "value"),
            tickets,
            "change",
            _change_of_status,
        )
        self._merged = self._merges(tickets)
        self._drafts = [self._draft_or_problem(line) for line in tickets.values()]

    def drafts(self) -> Iterator[Draft | Problem]:
        """Return the tickets by age, after all that is wrong with any row of the export."""
        yield from self._users.problems
        yield from self._problems
        yield from self._drafts

    def column(self, field: str) -> str:
        """Return what Zendesk calls a field of a draft."""
        return {"department": "group_id", "assignee": "assignee_id"}.get(field, field)

    def introduce(self, people: People) -> None:
        """Make the groups, agents and customers of the export."""
        self._users.introduce(people)

    def oddities(self) -> Iterable[str]:
        """Return what was left out or taken otherwise, a sentence each."""
        return self._odd.sentences()

    def _tickets(self) -> dict[str, Line]:
        found: list[tuple[datetime, Line]] = []
        ids = Ids()
        for line in self._good(rows(self._folder, "ticket", ("id", "subject", "status"), optional=False)):
            try:
                ids.given(line.text("id"), line.number)
                found.append((line.at("created_at") or _EPOCH, line))
            except Unusable as problem:
                self._problems.append(Problem(line.place, problem.field, problem.why))
        found.sort(key=lambda pair: pair[0])
        return {line.text("id"): line for _, line in found}
