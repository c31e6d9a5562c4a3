"""Tickets for tests of the domain, made by the verbs and folded from their events."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING

from tix.domain import verbs
from tix.domain.event import Event, seal
from tix.domain.ticket import Ticket, fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

START = datetime(2026, 11, 21, 18, 30, tzinfo=UTC)
Verb = "Callable[[Ticket, verbs.Act], Iterable[Event]]"


def act(minutes: float = 0, by: str = "agent:alice") -> verbs.Act:
    """Return somebody acting so many minutes after the start."""
    return verbs.Act(by, START + timedelta(minutes=minutes))


class Story:
    """A ticket's life: each step is an operation, a minute after the one before."""

    def __init__(self, number: int = 1, **values: object) -> None:
        self._seqs = count(1)
        self._ops = count(1)
        self.history: tuple[Event, ...] = ()
        values.setdefault("body", "Where is my money?")
        self.tell(verbs.open_ticket(number, "Refund", act(), **values))  # type: ignore[arg-type]

    @property
    def ticket(self) -> Ticket:
        return fold(self.history)

    @property
    def now(self) -> verbs.Act:
        return act(len(self.history))

    def do(self, *steps: Callable[[Ticket, verbs.Act], Iterable[Event]]) -> Ticket:
        """Take steps, each an operation of its own; return the ticket after them."""
        for step in steps:
            self.tell(step(self.ticket, self.now))
        return self.ticket

    def tell(self, events: Iterable[Event]) -> int:
        """Record events as one operation and return its number."""
        op = next(self._ops)
        for event in events:
            previous = self.history[-1].hash if self.history else ""
            sealed = seal(event, previous, seq=next(self._seqs), op=op, salt="salt")
            self.history = (*self.history, sealed)
        return op
