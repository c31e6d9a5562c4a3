"""What was said on a ticket and what else was done: messages, calls, chats, work and ratings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tix.codec import decode_time
from tix.domain import spoken
from tix.domain.measure.hours import seconds
from tix.domain.measure.timeline import is_copy
from tix.domain.rating import RATED, counting, ratings
from tix.domain.working import MANUAL, WORKED

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from tix.domain.event import Event
    from tix.domain.measure.timeline import Row, Timeline

MAIL = "mail"

_TOGETHER_S = 300
"""Answers of one agent within this time are one: it took several messages."""


class Said:
    """Takes in what happened on one ticket, in order; rows are those of the tables so named."""

    def __init__(self, timeline: Timeline) -> None:
        self._timeline = timeline
        self._number = timeline.number
        self.answers: list[Row] = []
        self.asked: list[Row] = []
        self.calls: list[Row] = []
        self.chats: list[Row] = []
        self.work: list[Row] = []
        self.worked = 0
        self._contacts = 0
        self._asked_at: list[int] = []
        self._asked_since = False
        self._session: tuple[str, int] = "", 0
        self._first_time: bool | None = None

    @property
    def asked_at(self) -> int:
        """When the customer turned to us first, 0 if never; also in what was split off."""
        return min(self._asked_at, default=0)

    @property
    def is_one_contact(self) -> bool:
        """True if one answer, and nothing after it, led to the first resolution."""
        return bool(self._first_time)

    def take(self, event: Event, at: int) -> None:
        """Take in *event*, which happened at *at*."""
        tell = _TELLERS.get(event.kind)
        if tell is not None:
            tell(self, event, at)

    def resolve(self) -> None:
        """Let the ticket be resolved here; what comes later is no part of the first contact."""
        if self._first_time is None:
            passed_on = self._timeline.transfers or self._timeline.escalations
            answered = self._contacts == 1 and self._asked_at and not self._asked_since
            self._first_time = bool(answered and not passed_on)

    def _open(self, event: Event, at: int) -> None:
        if spoken.SESSION in event.data:
            return  # the next event tells what was said
        if event.changes.get("outbound"):
            if "replies" in event.changes:
                self._answer(event, at)
        elif "waiting_since" in event.changes:
            self._ask(at)

    def _receive(self, event: Event, at: int) -> None:
        if not is_automatic(event):
            self._ask(at, counts=not is_copy(event))

    def _reply(self, event: Event, at: int) -> None:
        if not is_automatic(event):
            self._answer(event, at, counts=not is_copy(event))

    def _call(self, event: Event, at: int) -> None:
        inbound, answered = self._meet(event, at, at)
        length = _count(event.data, "seconds")
        self.calls.append((*self._by(event, at), inbound, answered, length))

    def _chat(self, event: Event, at: int) -> None:
        started_at = _instant(event.data, "started_at", at)
        inbound, answered = self._meet(event, started_at, at)
        picked_up_at = _instant(event.data, "picked_up_at", started_at)
        lines, length = (_count(event.data, name) for name in ("agent_lines", "seconds"))
        what = inbound, answered, lines, picked_up_at - started_at, length
        self.chats.append((*self._by(event, started_at), *what))

    def _meet(self, event: Event, began_at: int, at: int) -> tuple[int, int]:
        """Take in a call or chat; return whether it came in, and whether it was answered."""
        way = spoken.KINDS[event.kind]
        inbound = event.data.get("direction") == spoken.IN
        if inbound:
            self._ask(began_at, way)
        answered = spoken.answers(event)
        if answered:
            self._answer(event, at, way)
        return int(inbound), int(answered)

    def _work(self, event: Event, at: int) -> None:
        amount = _count(event.data, "seconds")
        source = str(event.data.get("source") or MANUAL)
        self.worked += amount
        self.work.append((*self._by(event, at), source, max(amount, 0), max(-amount, 0)))

    def _ask(self, at: int, way: str = MAIL, *, counts: bool = True) -> None:
        if counts:
            self.asked.append((self._number, at, self._timeline.department, way))
        self._asked_at.append(at)
        self._asked_since = True

    def _answer(self, event: Event, at: int, way: str = MAIL, *, counts: bool = True) -> None:
        if counts:
            self.answers.append((*self._by(event, at), way))
        agent, since = self._session
        if self._asked_since or not self._contacts or agent != event.by or at > since + _TOGETHER_S:
            self._contacts += 1
            self._session = event.by, at
        self._asked_since = False

    def _by(self, event: Event, at: int) -> tuple[int, int, str, str]:
        """Return what the rows of all that people of ours do begin with."""
        return self._number, at, agent_of(event), self._timeline.department


def rated(events: Sequence[Event]) -> list[Row]:
    """Return the rows of the ratings in *events*; the one that counts is valid."""
    if not any(event.kind == RATED for event in events):
        return []
    found = ratings(events)
    counts = counting(found)
    return [
        (
            events[0].ticket_id,
            seconds(one.at),
            one.agent,
            one.department,
            one.score,
            int(one is counts),
        )
        for one in found
    ]


def agent_of(event: Event) -> str:
    """Return the agent who did it, empty if none did."""
    return event.by[6:] if event.by.startswith("agent:") else ""


def is_automatic(event: Event) -> bool:
    """Return whether no person said it."""
    return bool(event.data.get("automatic")) or event.by.startswith(("rule:", "system"))


def _count(told: Mapping[str, Any], name: str) -> int:
    return int(told.get(name) or 0)


def _instant(told: Mapping[str, Any], name: str, default: int) -> int:
    text = told.get(name)
    return seconds(decode_time(text)) if text else default


_TELLERS: dict[str, Callable[[Said, Event, int], None]] = {
    "opened": Said._open,  # noqa: SLF001
    "received": Said._receive,  # noqa: SLF001
    "replied": Said._reply,  # noqa: SLF001
    spoken.CALLED: Said._call,  # noqa: SLF001
    spoken.CHATTED: Said._chat,  # noqa: SLF001
    WORKED: Said._work,  # noqa: SLF001
}
