"""Tickets whose hours matter: each step at a wall time in Zagreb, and desks that promised."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from tix.codec import encode
from tix.domain import joining, verbs
from tix.domain.calendar import Calendar, standard
from tix.domain.course import Applied, Course
from tix.domain.event import CHANGES, Event
from tix.domain.sla.policy import Goal, Level
from tix.domain.sla.reading import Promises, all_clocks, clocks
from tix.domain.ticket import Ticket, changes, evolve
from tix.record import replace

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tix.domain.sla.clock import Clock

OFFICE = standard("Europe/Zagreb")
HOUR = timedelta(hours=1)
GOLD = Level(
    "gold",
    first=Goal({"normal": "4h", "high": "1h"}),
    next=Goal({"normal": "4h", "high": "1h"}),
    resolution=Goal({"normal": "16h", "high": "8h"}),
)


def at(text: str) -> datetime:
    """The instant of a wall time in Zagreb: ``01-16 16:30`` of 2026."""
    return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=ZoneInfo("Europe/Zagreb"))


def promises(*levels: Level, calendar: Calendar = OFFICE) -> Promises:
    """What finds these levels by name and version."""
    known = {(level.name, level.version): (level, calendar) for level in levels}
    return lambda applied: known.get((applied.level, applied.version))


class Life:
    """A ticket under a level, from its first message on."""

    def __init__(self, opened: str, *, level: Level | None = GOLD, **values: object) -> None:
        self.steps: list[tuple[Event, Ticket]] = []
        by = "agent:alice" if values.get("outbound") else "customer:C-1"
        values.setdefault("body", "Where is my money?")
        self.tell(verbs.open_ticket(1, "Refund", act(opened, by), **values))  # type: ignore[arg-type]
        if level:
            self.apply(opened, Applied(level.name, level.version))

    @property
    def ticket(self) -> Ticket:
        return self.steps[-1][1]

    @property
    def course(self) -> Course:
        return self.ticket.course

    def tell(self, events: Iterable[Event]) -> Life:
        for event in events:
            ticket = self.steps[-1][1] if self.steps else None
            self.steps.append((event, evolve(ticket, event)))
        return self

    def asks(self, when: str) -> Life:
        return self.tell(verbs.receive(self.ticket, "And now?", act(when, "customer:C-1")))

    def answers(self, when: str, by: str = "agent:alice", **more: object) -> Life:
        return self.tell(verbs.reply(self.ticket, "Here.", act(when, by), **more))  # type: ignore[arg-type]

    def notes(self, when: str) -> Life:
        return self.tell(verbs.note(self.ticket, "Hm.", act(when)))

    def waits(self, when: str, on: str = "customer", until: str | None = None) -> Life:
        ends = at(until).astimezone(UTC) if until else None
        return self.tell(verbs.wait(self.ticket, act(when), on=on, until=ends))

    def sleeps(self, when: str, until: str) -> Life:
        return self.tell(verbs.postpone(self.ticket, at(until).astimezone(UTC), act(when)))

    def wakes(self) -> Life:
        assert self.ticket.snoozed_until
        return self.tell(verbs.wake(self.ticket, self.ticket.snoozed_until))

    def resolves(self, when: str, reason: str = "solved") -> Life:
        return self.tell(verbs.resolve(self.ticket, act(when), reason))

    def closes(self, when: str) -> Life:
        return self.tell(verbs.close(self.ticket, act(when)))

    def opens(self, when: str) -> Life:
        return self.tell(verbs.reopen(self.ticket, act(when)))

    def gets(self, when: str, priority: str) -> Life:
        return self.tell(verbs.prioritize(self.ticket, priority, act(when)))

    def apply(self, when: str, sla: Applied | None) -> Life:
        change = [None, encode(sla) if sla else None]
        event = Event(
            "sla_applied", 1, act(when).at, "agent:alice", data={CHANGES: {"sla": change}}
        )
        return self.tell([event])

    def undone(self, when: str, **back: object) -> Life:
        """Take the last event back, as ``undo`` does; *back* are the head fields before it."""
        return self._back("undone", when, back)

    def released(self, when: str, **back: object) -> Life:
        """Let a merged ticket go, as ``unmerge`` does."""
        return self._back("released", when, back)

    def _back(self, kind: str, when: str, back: dict[str, object]) -> Life:
        data = {"op": 1, CHANGES: changes(self.ticket, back)}
        return self.tell([Event(kind, 1, act(when).at, "agent:alice", data=data)])

    def absorbs(self, when: str, other: Life) -> Life:
        gone, taken = joining.merge(replace(other.ticket, id=2), self.ticket, act(when))
        other.tell([gone])
        return self.tell([taken])

    def now(self, when: str, *levels: Level, calendar: Calendar = OFFICE) -> dict[str, Clock]:
        """The clocks at a time, from the head alone."""
        found = clocks(
            self.ticket, self.course, promises(*levels or (GOLD,), calendar=calendar), at(when)
        )
        return {clock.kind: clock for clock in found}

    def ever(self, when: str, *levels: Level, calendar: Calendar = OFFICE) -> list[Clock]:
        """Every clock that ran until a time, from the history."""
        return list(
            all_clocks(self.steps, promises(*levels or (GOLD,), calendar=calendar), at(when))
        )


def act(when: str, by: str = "agent:alice") -> verbs.Act:
    return verbs.Act(by, at(when).astimezone(UTC))


def used(clock: Clock) -> timedelta:
    return clock.target - clock.remaining
