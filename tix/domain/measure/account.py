"""The account of one ticket: its history taken in once, and the rows of every table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tix.domain.facts import TABLES
from tix.domain.measure.clocks import clock_rows, turns
from tix.domain.measure.cycles import PARTS, cycles, total
from tix.domain.measure.hours import seconds
from tix.domain.measure.said import Said, agent_of, rated
from tix.domain.measure.timeline import DONE, TRASH, Stay, Timeline
from tix.domain.measure.valid import in_time
from tix.domain.past import is_imported
from tix.domain.sla.policy import Kind
from tix.domain.ticket import awake

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from tix.domain.event import Event
    from tix.domain.facts import Rows
    from tix.domain.measure.clocks import Terms, Turn, Watched
    from tix.domain.measure.timeline import Row
    from tix.domain.sla.reading import Reader

_ONCE = ("once_cal", "once_biz", "once_net")
_TOTAL = (
    *("total_cal", "total_biz", "total_net"),
    *(f"{part}_{base}" for part in PARTS for base in ("cal", "biz")),
)
_FILED = ("channel", "type", "category", "priority", "department")
_STANDS = ("status", "substatus", "reason", "trashed_at", "department", "assignee")
_LEFT_OUT = {TRASH: "trashed", "spam": "spam", "merged": "merged"}


class Account:
    """What the history of a ticket tells at *now*, by those of its *events* that count."""

    def __init__(
        self,
        history: Sequence[Event],
        events: Sequence[Event],
        seen: Watched,
        terms: Terms,
        now: datetime,
    ) -> None:
        self._history = history
        self._seen = seen
        self._terms = terms
        self._now = now
        self._events = in_time(events)
        self._timeline = Timeline(history[0])
        self._said = Said(self._timeline)
        self._doers: dict[int, tuple[str, str]] = {}
        self._head: dict[str, Any] = {}
        for event in history:
            self._head.update(event.changes)
        self._follow()
        self._stays = [*self._timeline.stays, self._timeline.stay]
        began_at = self._began_at()
        self._cycles = cycles(self._stays, began_at, terms)

    def rows(self, reader: Reader) -> Rows:
        """Return the rows of every table."""
        timeline, said = self._timeline, self._said
        number = timeline.number
        return {
            "tickets": [self._ticket()],
            "tags": [(number, tag) for tag in self._value("tags") or ()],
            "answers": said.answers,
            "asked": said.asked,
            "turns": [self._turn(turn) for turn in turns(self._seen.runs, Kind.NEXT)],
            "moves": [self._move(*move) for move in timeline.moves],
            "flow": timeline.flow,
            "cycles": self._cycle_rows(),
            "stays": [self._stay(stay) for stay in self._stays if stay.until != stay.since],
            "transfers": timeline.transfers,
            "escalations": timeline.escalations,
            "clocks": clock_rows(self._seen, reader, self._now, self._whose),
            "work": said.work,
            "calls": said.calls,
            "chats": said.chats,
            "ratings": rated(self._events),
        }

    def _follow(self) -> None:
        timeline, said = self._timeline, self._said
        for event in self._events:
            at = seconds(event.at)
            timeline.take(event, at)
            said.take(event, at)
            if timeline.stay.group == DONE:
                said.resolve()
            if agent := agent_of(event):
                self._doers[at] = agent, timeline.department
        ticket = awake(self._seen.ticket, self._now)
        last = self._history[-1]
        woken_at = self._seen.ticket.snoozed_until
        is_woken = woken_at is not None and ticket is not self._seen.ticket
        head = {name: self._value(name) for name in _STANDS}
        head |= {"status": ticket.status, "substatus": ticket.substatus}
        timeline.agree(head, seconds(woken_at if woken_at and is_woken else last.at), last)

    def _began_at(self) -> int:
        """Return since when there was something to resolve."""
        resolved = (int(row[1]) for row in self._timeline.flow if row[2] == DONE)
        asked_at, first = self._said.asked_at, next(resolved, 0)
        is_late = first and asked_at > first
        return self._timeline.created_at if is_late else asked_at or self._timeline.created_at

    def _ticket(self) -> Row:
        timeline, said = self._timeline, self._said
        digest = self._history[-1].hash
        row: dict[str, int | str] = {
            "ticket": timeline.number,
            "log_high": int(digest[:8] or "0", 16),
            "log_low": int(digest[8:16] or "0", 16),
            "last_at": max(seconds(event.at) for event in self._history),
            "created_at": timeline.created_at,
            "excluded": self._excluded(),
            "customer": self._value("requester") or 0,
            **{name: self._value(name) or "" for name in _FILED},
            "agent": self._value("assignee") or "",
            "status": timeline.stay.status,
            "reason": self._value("reason") or "",
            "priority": self._seen.ticket.priority,
            **self._first_response(),
            "waiting_since": self._waiting_since(),
            "answers": len(said.answers),
            **self._resolution(),
            "one_contact": int(said.is_one_contact),
            "transfers": len(timeline.transfers),
            "returned": int(timeline.returned),
            "escalated_at": min((int(row[1]) for row in timeline.escalations), default=0),
            "worked": said.worked,
        }
        return tuple(row[column] for column in TABLES["tickets"])

    def _excluded(self) -> str:
        """Return why reports leave the ticket out, empty if they do not."""
        first = self._history[0]
        if reason := _LEFT_OUT.get(self._timeline.stay.status):
            return reason
        if not self._said.asked_at and self._value("outbound"):
            return "outbound"
        # Who cannot tell when a ticket came, says that it came with the import.
        return "historic" if is_imported(first) and first.recorded_at == first.at else ""

    def _first_response(self) -> Mapping[str, int | str]:
        first = next(iter(turns(self._seen.runs, Kind.FIRST)), None)
        if first is None:
            at = cal = biz = asked_at = 0
            ending = agent = department = ""
        else:
            _, asked_at, at, cal, biz, ending, agent, department = self._turn(first)
        return {
            "asked_at": asked_at,
            "first_at": at,
            "first_cal": cal,
            "first_biz": biz,
            "first_ending": ending,
            "first_agent": agent if at else "",
            "first_department": department if at else "",
        }

    def _resolution(self) -> Mapping[str, int]:
        flow = self._timeline.flow
        resolved = [int(row[1]) for row in flow if row[2] == DONE]
        reopened = [int(row[1]) for row in flow if row[2] == "reopened"]
        is_done = self._timeline.stay.group == DONE and self._cycles
        once = self._cycles[0] if self._cycles else (0,) * len(_ONCE)
        whole = total(self._cycles) if is_done else (0,) * len(_TOTAL)
        return {
            "resolved_at": resolved[-1] if is_done else 0,
            "first_resolved_at": resolved[0] if resolved else 0,
            "reopened_at": reopened[0] if reopened else 0,
            "reopens": len(reopened),
            **dict(zip(_ONCE, once, strict=False)),
            **dict(zip(_TOTAL, whole, strict=True)),
        }

    def _waiting_since(self) -> int:
        """Return since when the turn is open that is not over, 0 if none is."""
        both = (Kind.FIRST, Kind.NEXT)
        opened = (run.started_at for run in self._seen.runs if run.kind in both and not run.ending)
        return max(map(seconds, opened), default=0)

    def _cycle_rows(self) -> list[Row]:
        ends = [row for row in self._timeline.flow if row[2] == DONE]
        return [
            (row[0], row[1], *cycle[:3], *row[4:])
            for row, cycle in zip(ends, self._cycles, strict=True)
        ]

    def _turn(self, turn: Turn) -> tuple[int, int, int, int, int, str, str, str]:
        opened_at, closed_at, ending = turn
        cal = biz = 0
        if closed_at:
            cal = closed_at - opened_at
            biz = self._terms.hours(opened_at).between(opened_at, closed_at)
        number, whose = self._timeline.number, self._whose(closed_at)
        return number, opened_at, closed_at, cal, biz, ending, *whose

    def _move(self, at: int, before: str, since: int, agent: str, department: str) -> Row:
        biz = self._terms.hours(since).between(since, at)
        return self._timeline.number, at, before, at - since, biz, agent, department

    def _stay(self, stay: Stay) -> Row:
        whose = stay.agent, stay.department
        return self._timeline.number, stay.status, stay.since, stay.until, *whose

    def _whose(self, at: int) -> tuple[str, str]:
        """Return the agent who did something at *at* and the department, else who has it now."""
        return self._doers.get(at) or (self._timeline.agent, self._timeline.department)

    def _value(self, name: str) -> Any:
        """Return a head field as it is now."""
        return self._head[name][1] if name in self._head else None
