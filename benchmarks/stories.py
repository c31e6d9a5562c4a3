"""The lives of tickets as plain data: tix and taskwarrior are given the same ones.

A desk gets forty tickets a day, or as many as it takes to have all of them within ten
years. Most are long closed; those that are not came lately, but for one in five.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random
from typing import TYPE_CHECKING, NamedTuple

from tix.ops.demo.words import WORDS, Writer

if TYPE_CHECKING:
    from collections.abc import Iterator

OPEN = 500
RESOLVED = 50
A_DAY = 40
LONGEST = timedelta(days=3650)
TICKETS_A_CUSTOMER = 4

_OPEN_ENDS = ("new",) * 4 + ("open",) * 8 + ("answered",) * 5 + ("pending",) * 2 + ("postponed",)


class Said(NamedTuple):
    """A message of the customer (``asked``) or an agent (``said``), or a note (``noted``)."""

    kind: str
    at: datetime
    text: str


class Story(NamedTuple):
    """All that happens to one ticket; *end* is the status it has in the end, at *ended_at*."""

    number: int
    subject: str
    customer: int
    agent: str
    department: str
    priority: str
    type: str
    category: str
    channel: str
    tags: tuple[str, ...]
    said: tuple[Said, ...]
    end: str
    ended_at: datetime

    @property
    def opened_at(self) -> datetime:
        """When the customer first wrote."""
        return self.said[0].at


def stories(count: int, now: datetime, seed: int = 1) -> Iterator[Story]:
    """Return the lives of *count* tickets in the order in which they came, up to *now*."""
    return _Teller(count, now, Random(seed)).stories()


class _Teller:
    def __init__(self, count: int, now: datetime, dice: Random) -> None:
        self._count = count
        self._now = now
        self._dice = dice
        self._writer = Writer(dice)
        self._ends = self._chosen_ends()

    def stories(self) -> Iterator[Story]:
        step = min(timedelta(days=1) / A_DAY, LONGEST / self._count)
        for number in range(1, self._count + 1):
            ago = step * (self._count - number + self._dice.random())
            yield self._story(number, _whole(self._now - ago))

    def _chosen_ends(self) -> dict[int, str]:
        """Return the status of each ticket that is not closed, by its number."""
        wanted = min(self._count, OPEN + RESOLVED)
        late = range(max(1, self._count - wanted * 4 // 5 + 1), self._count + 1)
        early = self._dice.sample(range(1, late.start), wanted - len(late))
        numbers = sorted([*early, *late])
        resolved = set(self._dice.sample(numbers, min(RESOLVED, wanted)))
        ends = {number: self._dice.choice(_OPEN_ENDS) for number in numbers}
        return ends | dict.fromkeys(resolved, "resolved")

    def _story(self, number: int, opened_at: datetime) -> Story:
        dice, word = self._dice, self._writer.word
        end = self._ends.get(number, "closed")
        said = tuple(self._said(opened_at, end))
        return Story(
            number=number,
            subject=self._writer.subject(),
            # A few customers write often, most of them seldom.
            customer=int(max(1, self._count // TICKETS_A_CUSTOMER) * dice.random() ** 2) + 1,
            agent=word("agents"),
            department=word("departments"),
            priority=word("priorities"),
            type=word("types"),
            category=word("categories"),
            channel=word("channels"),
            tags=tuple(dice.sample(WORDS["tags"], dice.choice((0, 1, 1, 2, 3)))),
            said=said,
            end=end,
            ended_at=self._end_of(end, said[-1].at),
        )

    def _said(self, at: datetime, end: str) -> Iterator[Said]:
        """Yield question and answer by turns, and now and then a note.

        A new ticket has only the question, and an open one waits for an answer.
        """
        yield Said("asked", at, self._writer.message("asked"))
        kinds = ["said", *["asked", "said"] * self._dice.choice((0, 0, 1, 1, 1, 2, 2))]
        for kind in {"new": [], "open": [*kinds, "asked"]}.get(end, kinds):
            at = self._later(at)
            if self._dice.random() < 1 / 6:
                yield Said("noted", at, self._writer.remark())
            yield Said(kind, at, self._writer.message(kind))

    def _later(self, at: datetime) -> datetime:
        """Return a time some hours after *at*, and before now."""
        hours = timedelta(hours=self._dice.expovariate(1 / 9))
        return _whole(at + min(hours, (self._now - at) / 3))

    def _end_of(self, end: str, last: datetime) -> datetime:
        if end == "resolved":
            return _whole(max(last, self._now - timedelta(days=13) * self._dice.random()))
        return self._later(last)


def _whole(at: datetime) -> datetime:
    return at.replace(microsecond=0)
