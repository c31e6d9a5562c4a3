"""The lives of made-up tickets as plain data: what happens to each, when, and by whom.

Customers write more by day and on weekdays, and more as time goes by; agents answer in
business hours, the urgent first. What would happen after now is left out, so that late tickets
are still open.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING

from tix.ops.demo.words import WORDS, Writer
from tix.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Sequence

    from tix.domain.calendar import Calendar

    Telling = Generator["Step", None, datetime]

AGENTS = {
    "support": ("alice", "bob", "carla", "dino"),
    "billing": ("eva", "filip"),
    "sales": ("greta", "hugo"),
}
PLANS = ("free", "free", "free", "pro", "pro", "enterprise")
TICKETS_A_CUSTOMER = 4
LONGEST = timedelta(days=730)
LONGEST_PAUSE = timedelta(days=8)
TICKETS_A_DAY = 6

_DEPARTMENTS = ("support",) * 6 + ("billing",) * 3 + ("sales",)
_HOURS = (1, 1, 1, 1, 1, 2, 4, 8, 14, 18, 20, 18, 14, 15, 18, 17, 14, 10, 8, 7, 6, 4, 3, 2)
_WEEKDAYS = (12, 11, 10, 10, 9, 3, 2)
_RISING = "sync"  # the tag that a change for the worse brings in the last month
_PATIENCE = {"low": 6.0, "normal": 2.5, "high": 1.2, "urgent": 0.4}  # business hours, median


class Step(NamedTuple):
    """Something that happens to a ticket; *by* names an agent, and is empty for the customer."""

    at: datetime
    kind: str
    by: str = ""
    text: str = ""
    more: Mapping[str, object] = {}


class Plot(NamedTuple):
    """A ticket as it is opened, and what happens to it then, in order of time."""

    subject: str
    customer: int
    department: str
    values: Mapping[str, object]
    tags: tuple[str, ...]
    steps: tuple[Step, ...]

    @property
    def opened_at(self) -> datetime:
        """When the customer first wrote or called."""
        return self.steps[0].at


def plots(count: int, calendar: Calendar, now: datetime, seed: int) -> Iterator[Plot]:
    """Yield the lives of *count* tickets up to *now*, in the order in which they are opened."""
    dice = Random(seed)  # noqa: S311 - nothing here is a secret
    teller = _Teller(dice, calendar, now, max(1, count // TICKETS_A_CUSTOMER))
    for at in _arrivals(count, now, dice):
        yield teller.plot(at)


def _arrivals(count: int, now: datetime, dice: Random) -> Sequence[datetime]:
    """Return when customers write: a random sample of hours, the later ones more likely."""
    span = min(LONGEST, timedelta(days=max(28, count / TICKETS_A_DAY)))
    hours = int(span / timedelta(hours=1))
    start = (now - span).replace(minute=0, second=0, microsecond=0)
    moments = [start + timedelta(hours=n) for n in range(hours)]
    weights = [
        _HOURS[at.hour] * _WEEKDAYS[at.weekday()] * (1 + n / hours) for n, at in enumerate(moments)
    ]
    chosen = dice.choices(moments, weights, k=count)
    return sorted(at + timedelta(seconds=dice.randrange(3600)) for at in chosen)


class _Teller:
    def __init__(self, dice: Random, calendar: Calendar, now: datetime, customers: int) -> None:
        self._dice = dice
        self._calendar = calendar
        self._now = now
        self._customers = customers
        self._writer = Writer(dice)

    def plot(self, at: datetime) -> Plot:
        dice, word = self._dice, self._writer.word
        department, priority = dice.choice(_DEPARTMENTS), word("priorities")
        channel = word("channels")
        tags = dice.sample(WORDS["tags"], dice.choice((0, 1, 1, 2)))
        if self._now - at < timedelta(days=30) and dice.random() < 0.2:
            tags = [*(tag for tag in tags if tag != _RISING), _RISING]
        steps = sorted(self._life(at, channel, department, priority), key=lambda step: step.at)
        return Plot(
            subject=self._writer.subject(),
            # A few customers write often, most of them seldom.
            customer=int(self._customers * dice.random() ** 2) + 1,
            department=department,
            values={
                "channel": channel,
                "priority": priority,
                "type": word("types"),
                "category": word("categories"),
            },
            tags=tuple(tags),
            steps=tuple(step for step in steps if step.at <= self._now),
        )

    def _life(self, at: datetime, channel: str, department: str, priority: str) -> Iterator[Step]:
        """Yield what happens to a ticket, in order of time."""
        dice, agent = self._dice, self._dice.choice(AGENTS[department])
        yield Step(at, "opened", text=self._writer.message("asked"))
        if dice.random() < 0.02:
            yield Step(self._soon(at, 1.0), "spam", agent)
            return
        if dice.random() < 0.06:
            at = self._soon(at, 1.0)
            department = dice.choice([name for name in AGENTS if name != department])
            yield Step(at, "transferred", agent, more={"department": department})
            agent = dice.choice(AGENTS[department])
        yield Step(self._soon(at, 0.2), "assigned", agent)
        if dice.random() < 0.05:
            at = self._soon(at, 4.0)
            yield Step(at, "escalated", agent)
        at = yield from self._talk(at, agent, channel, priority)
        at = yield from self._end(at, agent)
        if dice.random() < 0.08:
            at = self._later(at, 20.0)
            yield Step(at, "asked", text=self._writer.message("asked"))
            at = yield from self._answer(at, agent, priority)
            yield from self._end(at, agent)

    def _talk(self, at: datetime, agent: str, channel: str, priority: str) -> Telling:
        """Yield question and answer by turns; return when the last answer was given."""
        dice = self._dice
        spoken = {"phone": "called", "chat": "chatted"}.get(channel)
        if spoken and dice.random() < 0.8:
            waited, talked = dice.randrange(5, 90), int(dice.lognormvariate(5.8, 0.7)) + 10
            at += timedelta(seconds=waited + talked)
            more = {"waited": waited, "talked": talked, "lines": dice.randrange(2, 12)}
            yield Step(at, spoken, agent, self._writer.message("said"), more)
        else:
            at = yield from self._answer(at, agent, priority)
        for _ in range(dice.choice((0, 0, 0, 1, 1, 2, 3))):
            if dice.random() < 0.4:
                yield Step(at + timedelta(seconds=40), "waiting", agent)
            elif dice.random() < 0.08:
                yield Step(at + timedelta(seconds=60), "postponed", agent)
            at = self._later(at, 9.0)
            yield Step(at, "asked", text=self._writer.message("asked"))
            at = yield from self._answer(at, agent, priority)
        return at

    def _answer(self, at: datetime, agent: str, priority: str) -> Telling:
        """Yield an answer in business hours, now and then with a note; return when it was given."""
        dice = self._dice
        at = self._soon(at, _PATIENCE[priority])
        if dice.random() < 0.15:
            yield Step(at - timedelta(seconds=30), "noted", agent, self._writer.remark())
        yield Step(at, "answered", agent, self._writer.message("said"))
        if dice.random() < 0.7:
            minutes = max(1, int(dice.lognormvariate(2.2, 0.6)))
            yield Step(at + timedelta(seconds=10), "worked", agent, more={"seconds": minutes * 60})
        return at

    def _end(self, at: datetime, agent: str) -> Telling:
        """Yield the resolution and perhaps a rating; return when the last of it was."""
        dice = self._dice
        at = self._soon(at, 3.0)
        reason = dice.choice(("solved",) * 6 + ("answered",) * 3 + ("wontfix",))
        yield Step(at, "resolved", agent, more={"reason": reason})
        if dice.random() < 0.3:
            at = self._later(at, 4.0)
            score = dice.choice(("good",) * 8 + ("neutral",) + ("bad",))
            yield Step(at, "rated", text=self._writer.message("asked"), more={"score": score})
        return at

    def _soon(self, at: datetime, hours: float) -> datetime:
        """Return an instant some business hours after *at*, *hours* in the middle."""
        length = timedelta(hours=self._dice.lognormvariate(0, 1) * hours)
        return _whole(self._calendar.due(at, length))

    def _later(self, at: datetime, hours: float) -> datetime:
        """Return an instant some hours after *at*, *hours* in the middle."""
        length = timedelta(hours=self._dice.lognormvariate(0, 1) * hours)
        return _whole(at + min(length, LONGEST_PAUSE))


def _whole(at: datetime) -> datetime:
    return at.astimezone(UTC).replace(microsecond=0)
