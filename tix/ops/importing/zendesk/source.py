"""Drafts from the folder of tables that Zendesk exports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.domain.joining import REVERSE
from tix.domain.status import Status
from tix.ops.importing.drafts import CUSTOMER, NOTE, REPLY, Draft, Said
from tix.ops.importing.identity import Ids
from tix.ops.importing.maps import TRASH
from tix.ops.importing.people import field_name
from tix.ops.importing.problems import Problem, Unusable
from tix.ops.importing.zendesk.oddities import Oddities
from tix.ops.importing.zendesk.tables import rows
from tix.ops.importing.zendesk.threads import Threads
from tix.ops.importing.zendesk.users import Users

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from tix.ops.importing.drafts import Staff
    from tix.ops.importing.people import People
    from tix.ops.importing.zendesk.tables import Line
    from tix.ops.importing.zendesk.threads import Comment

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
_SUBJECT_FROM_BODY = 80


class Zendesk:
    """The tickets of an export in *folder*, with their comments, tags and people.

    Raises:
        BadData: There is no table of tickets, or a table lacks a column that it must have.
    """

    creates = frozenset({"agents", "departments"})

    def __init__(self, folder: str, name: str = "zendesk") -> None:
        self.name = name
        self._odd = Oddities()
        self._problems: list[Problem] = []
        tickets = self._tickets(folder)
        self._users = Users(folder, self._odd.note)
        self._threads = Threads(folder, tickets.keys(), self._odd.note)
        self._links = self._ties(tickets)
        self._drafts = [self._draft_or_problem(line) for line in tickets.values()]

    def drafts(self) -> Iterator[Draft | Problem]:
        """Return all that is wrong with any row of the export, then the tickets by age."""
        yield from self._problems
        yield from self._users.problems
        yield from self._threads.problems
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

    def _tickets(self, folder: str) -> dict[str, Line]:
        ids = Ids()
        found: list[tuple[float, Line]] = []
        for line in rows(folder, "ticket", ("id", "subject", "status"), optional=False):
            if isinstance(line, Problem):
                self._problems.append(line)
                continue
            try:
                ids.given(line.text("id"), line.place)
                at = line.at("created_at")
            except Unusable as problem:
                self._problems.append(Problem(line.place, problem.field, problem.why))
            else:
                found.append((at.timestamp() if at else 0, line))
        found.sort(key=lambda pair: pair[0])
        return {line.text("id"): line for _, line in found}

    def _ties(self, tickets: dict[str, Line]) -> dict[str, list[tuple[str, str]]]:
        """Return for each ticket the kinds of its ties with the ids of the others.

        Those within the export have both their ends.
        """
        ties: dict[str, list[tuple[str, str]]] = {known: [] for known in tickets}

        def tie(one: str, kind: str, other: str) -> None:
            ties[one].append((kind, other))
            if other in ties and other != one:
                ties[other].append((REVERSE[kind], one))

        for known, line in tickets.items():
            if line.text("problem_id"):
                tie(known, "parent", line.text("problem_id"))
            if line.text("via_followup_source_id"):
                tie(known, "related", line.text("via_followup_source_id"))
            for merged in _numbers(line.text("merged_ticket_ids")):
                if merged in ties:
                    tie(merged, "duplicate-of", known)
                else:
                    self._odd.note("merged", merged)
        return ties

    def _draft_or_problem(self, line: Line) -> Draft | Problem:
        try:
            return self._draft(line)
        except Unusable as problem:
            return Problem(line.place, problem.field, problem.why)

    def _draft(self, line: Line) -> Draft:
        known = line.text("id")
        requester = line.text("requester_id")
        status, substatus = self._status(line)
        ends = self._threads.ends(known)
        draft = Draft(
            line.place,
            known,
            _subject(line),
            customer=self._users.person(requester, line.text("organization_id"))
            if requester
            else None,
            status=status,
            substatus=substatus,
            priority=self._word("priority", line),
            type=self._word("type", line),
            assignee=self._assignee(line),
            department=self._users.group(line.text("group_id")),
            channel=_CHANNELS.get(line.text("via_channel"), line.text("via_channel")),
            tags=self._threads.tags(known),
            fields=self._fields(line),
            created_at=line.at("created_at"),
            updated_at=line.at("updated_at"),
            resolved_at=ends.solved_at,
            closed_at=ends.closed_at,
            due_at=line.at("due_at"),
            links=tuple(dict.fromkeys(self._links[known])),
        )
        return self._told(draft, line, requester)

    def _told(self, draft: Draft, line: Line, requester: str) -> Draft:
        """Return *draft* with what was said; its first comment is its description again."""
        description = line.text("description")
        comments = self._threads.comments(draft.id)
        author = line.text("submitter_id") or requester
        if comments and comments[0].is_public and description in ("", comments[0].body):
            first, *comments = comments
            author, description = first.author or author, first.body
        elif comments and description == comments[0].body:
            description = ""
        opened = draft.created_at
        return draft._replace(
            body=description,
            agent=self._users.agents.get(author) if author != requester else None,
            messages=tuple(self._said(one, requester, opened) for one in comments),
        )

    def _said(self, comment: Comment, requester: str, opened: datetime | None) -> Said:
        at = max(comment.at, opened) if opened else comment.at
        agent = self._agent(comment.author)
        if agent and (not comment.is_public or comment.author != requester):
            return Said(REPLY if comment.is_public else NOTE, at, comment.body, agent=agent)
        person = self._users.person(comment.author, "") if comment.author else None
        return Said(CUSTOMER if comment.is_public else NOTE, at, comment.body, customer=person)

    def _agent(self, known: str) -> Staff | None:
        return self._users.agents.get(known)

    def _assignee(self, line: Line) -> Staff | None:
        known = line.text("assignee_id")
        if known and known not in self._users.agents:
            self._odd.note("assignee", known)
        return self._agent(known)

    def _status(self, line: Line) -> tuple[str, str]:
        word = line.text("status").casefold()
        if word not in _STATUSES:
            self._odd.note("status", word)
        return _STATUSES.get(word, (Status.OPEN, ""))

    def _word(self, column: str, line: Line) -> str:
        word = line.text(column).casefold()
        if not word or word in _WORDS[column]:
            return word
        self._odd.note(column, word)
        return ""

    def _fields(self, line: Line) -> dict[str, str]:
        """Return the ids under which the source knows the ticket and whom nobody else knows."""
        own = field_name(self.name)
        fields = {own: line.text("id"), "external_id": line.text("external_id")}
        if line.text("assignee_id") not in self._users.agents:
            fields[f"{own}_assignee"] = line.text("assignee_id")
        group = line.text("group_id")
        if group and not self._users.group(group):
            self._odd.note("group", group)
            fields[f"{own}_group"] = group
        return {name: value for name, value in fields.items() if value}


def _subject(line: Line) -> str:
    """Return the subject, else the beginning of what was written."""
    written = line.text("subject", "raw_subject")
    begins = line.text("description").partition("\n")[0][:_SUBJECT_FROM_BODY]
    return written or begins or "(no subject)"


def _numbers(text: str) -> list[str]:
    """Return the ids of ``[1967, 1968]``."""
    return [part for part in text.strip("[] ").replace(",", " ").split() if part.isdecimal()]
