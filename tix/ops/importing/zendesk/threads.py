"""What belongs to the tickets of a Zendesk export: comments, tags, changes of status."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

from tix.ops.importing.problems import Problem, Unusable
from tix.ops.importing.zendesk.tables import rows
from tix.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from tix.ops.importing.zendesk.tables import Line
    from tix.ops.importing.zendesk.users import Note

T = TypeVar("T")


class Comment(NamedTuple):
    """Something that was said on a ticket, by the user of this id."""

    at: datetime
    author: str
    body: str
    is_public: bool


class Ends(NamedTuple):
    """When a ticket was last solved and last closed, as far as its changes tell."""

    solved_at: datetime | None = None
    closed_at: datetime | None = None


class Threads:
    """What belongs to each of *tickets*, by its id; the rest is told to *note*.

    Raises:
        BadData: A table lacks a column that it must have.
    """

    def __init__(self, folder: str, tickets: Collection[str], note: Note) -> None:
        self._folder = folder
        self._tickets = tickets
        self._note = note
        self.problems: list[Problem] = []
        self._comments = self._gathered(
            "ticket_comment", ("body|plain_body", "created|created_at"), "comment", self._comment
        )
        self._tags = self._gathered("ticket_tag", ("tag",), "tag", lambda line: line.text("tag"))
        self._changes = self._gathered(
            "ticket_field_history", ("field_name", "updated", "value"), "change", _end
        )

    def comments(self, ticket: str) -> list[Comment]:
        """Return what was said on a ticket, the oldest first."""
        return sorted(self._comments.get(ticket, ()), key=lambda comment: comment.at)

    def tags(self, ticket: str) -> tuple[str, ...]:
        """Return the tags of a ticket, each once."""
        return tuple(dict.fromkeys(self._tags.get(ticket, ())))

    def ends(self, ticket: str) -> Ends:
        """Return when a ticket was last solved and closed."""
        times = dict(sorted(self._changes.get(ticket, ()), key=lambda change: change[1]))
        return Ends(times.get("solved"), times.get("closed"))

    def _comment(self, line: Line) -> Comment | None:
        at, body = line.at("created", "created_at"), line.text("body", "plain_body")
        if at is None:
            raise Unusable("created", "the comment has no time")
        if not body:
            self._note("empty", line.text("ticket_id"))
            return None
        author = line.text("user_id", "author_id")
        return Comment(at, author, body, line.is_true("public"))

    def _gathered(
        self,
        table: str,
        needed: tuple[str, ...],
        kind: str,
        read: Callable[[Line], T | None],
    ) -> dict[str, list[T]]:
        """Return what *read* makes of the rows of a table, by ticket."""
        found: dict[str, list[T]] = {}
        for line in rows(self._folder, table, ("ticket_id", *needed)):
            if isinstance(line, Problem):
                self.problems.append(line)
            elif line.text("ticket_id") not in self._tickets:
                self._note(kind, line.text("ticket_id"))
            else:
                try:
                    one = read(line)
                except Unusable as problem:
                    self.problems.append(Problem(line.place, problem.field, problem.why))
                    continue
                if one is not None:
                    found.setdefault(line.text("ticket_id"), []).append(one)
        return found


def _end(line: Line) -> tuple[str, datetime] | None:
    at = line.at("updated")
    if line.text("field_name") != "status" or at is None:
        return None
    return line.text("value"), at
