"""Where a ticket stood and with whom, from its creation on, and every move between."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tix.domain.measure.hours import seconds
from tix.domain.spoken import asks
from tix.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tix.domain.event import Event

    Row = tuple[int | str, ...]

DONE, TRASH = "resolved", "trash"
"""The group of what is resolved or closed, and the status of what is in the trash."""

AGENT = "agent:"

_GROUPS = {"resolved": DONE, "closed": DONE, "merged": "merged", "spam": "spam", TRASH: "trashed"}
_WAYS_BACK = {"merged": "unmerged", "spam": "unspam", "trashed": "restored"}
_FIELDS = ("status", "substatus", "reason", "trashed_at", "department", "assignee")
_WATCHED = frozenset((*_FIELDS, "tier"))
_ESCALATED = "escalated"


class Stay(NamedTuple):
    """Time in one status, with one agent and department; *until* is 0 if it is not over.

    *state* is that of ``tix.domain.course.state_of``, as long as the ticket is not done.
    """

    status: str
    state: str
    since: int
    until: int
    agent: str
    department: str

    @property
    def group(self) -> str:
        """Empty if there was still something to do, else why not."""
        return _GROUPS.get(self.status, "")


class Timeline:
    """The course of a ticket, event by event; rows are those of the tables of the same name."""

    def __init__(self, opened: Event) -> None:
        self.number = opened.ticket_id
        self.stays: list[Stay] = []
        self.flow: list[Row] = []
        self.moves: list[tuple[int, str, int, str, str]] = []
        self.transfers: list[Row] = []
        self.escalations: list[Row] = []
        self.returned = False
        self.department = self.agent = ""
        self.created_at = seconds(opened.at)
        self._now: dict[str, Any] = dict.fromkeys(_FIELDS)
        self._last_department = ""
        self._left: set[str] = set()
        self._stay = Stay("new", "", self.created_at, 0, "", "")

    def take(self, event: Event, at: int) -> None:
        """Take in what *event*, which happened at *at*, changes; the first one opens it."""
        changes = event.changes
        if self.flow and (event.kind == _ESCALATED or "tier" in changes):
            self._escalate(event, at)
        if _WATCHED.isdisjoint(changes) and self.flow:
            return
        self._now.update({name: changes[name][1] for name in _FIELDS if name in changes})
        self.department = self._now["department"] or ""
        self.agent = self._now["assignee"] or ""
        self._transfer(event, at)
        if not self.flow:
            self._open(event)
        self._stand(at, event)

    def agree(self, head: Mapping[str, Any], at: int, event: Event) -> None:
        """Let the ticket be what its *head* says since *at*, if the events say otherwise."""
        self._now.update(head)
        self.department, self.agent = head["department"] or "", head["assignee"] or ""
        self._stand(at, event)

    @property
    def stay(self) -> Stay:
        """The stay that goes on."""
        return self._stay

    def actor(self, event: Event) -> str:
        """Return the agent who did it, else the one whose ticket it was."""
        return event.by.removeprefix(AGENT) if event.by.startswith(AGENT) else self.agent

    def _open(self, event: Event) -> None:
        created = self.number, self.created_at, "created", "", self.actor(event), self.department
        self.flow.append(created)
        born = self._place(self.created_at)
        if not born.group:
            self._stay = born

    def _place(self, at: int) -> Stay:
        """Return the stay that begins at *at*."""
        status = TRASH if self._now["trashed_at"] else self._now["status"] or "new"
        state = ""
        if status == "pending":
            state = f"pending:{self._now['substatus'] or 'customer'}"
        elif status == "postponed":
            state = status
        return Stay(status, state, at, 0, self.agent, self.department)

    def _stand(self, at: int, event: Event) -> None:
        """Let the stay end that is over with *event*; one in the past of it changes nothing."""
        was = self._stay
        now = self._place(max(at, was.since))
        if (now.status, now.state, *now[4:]) == (was.status, was.state, *was[4:]):
            return
        self.stays.append(was._replace(until=now.since))
        self._stay = now
        if now.status != was.status:
            self._move(was, now, event)

    def _move(self, was: Stay, now: Stay, event: Event) -> None:
        actor = self.actor(event)
        is_answered = now.status == "answered" and was.status in ("new", "open")
        if is_answered and not is_copy(event):
            since = self._began(was)
            self.moves.append((now.since, was.status, since, actor, now.department))
        if was.group != now.group:
            kind, cause = self._kind(was.group, now.group, event)
            self.flow.append((self.number, now.since, kind, cause, actor, now.department))

    def _began(self, was: Stay) -> int:
        """Return since when the ticket has had the status of *was*, whoever had the ticket."""
        since = was.since
        for stay in reversed(self.stays[:-1]):
            if stay.status != was.status:
                break
            since = stay.since
        return since

    def _kind(self, was: str, now: str, event: Event) -> tuple[str, str]:
        """Return what a move from one group to another is called, and its cause."""
        if now == "trashed":
            return now, was
        if was in _WAYS_BACK:
            return _WAYS_BACK[was], now
        if now == DONE:
            return DONE, self._now["reason"] or ""
        return ("reopened", _cause(event)) if was == DONE and not now else (now, was)

    def _transfer(self, event: Event, at: int) -> None:
        """Note a department that follows another one, also if there was none in between."""
        before, after = self._last_department, self.department
        if not after or after == before:
            return
        self._last_department = after
        if before and self.flow:
            self._left.add(before)
            self.returned |= after in self._left
            self.transfers.append((self.number, at, before, after, self.actor(event)))

    def _escalate(self, event: Event, at: int) -> None:
        kind = "manual"
        if event.by.startswith("rule:"):
            kind = "rule"
        elif "sla" in event.data or event.by == "system":
            kind = "sla"
        elif not _is_higher(event):
            return
        row = self.number, at, kind, self.actor(event), self.department
        self.escalations.append(row)


def is_copy(event: Event) -> bool:
    """Return whether it tells of a message that was split off: it counts where it was said."""
    return isinstance(event.data.get("source"), dict)


def _is_higher(event: Event) -> bool:
    before, after = event.changes.get("tier", (1, 1))
    return int(str(after or 1)) > int(str(before or 1))


def _cause(event: Event) -> str:
    """Return who opened a ticket again."""
    if event.by.startswith(("rule:", "system")):
        return "rule"
    return "customer" if asks(event) or event.by.startswith("customer:") else "agent"
