"""A slice of what happened: one period and one group, as a row of a report has it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING

from tests.reports.independent.hours import working
from tests.reports.independent.thing import Thing

if TYPE_CHECKING:
    from tests.reports.independent.history import Desk

WORD_LENGTH = 3
FIELDS = ("channel", "type", "category", "priority")


class Past:
    """All that happened on a desk, and what of it belongs to a group."""

    def __init__(self, desk: Desk, things: Mapping[str, list[Thing]]) -> None:
        self.desk = desk
        self.things = things
        self.groups = cache(self._divided)

    def of(self, *groups: tuple[str, str]) -> Mapping[str, list[Thing]]:
        """Return what belongs to each of some groups, such as an agent and a tag."""
        things = self.things
        for n, (kind, name) in enumerate(groups):
            if n == 0:
                things = self.groups(kind).get(name, {})
            else:
                things = {
                    what: [one for one in some if name in belongs(one, kind, self.desk)]
                    for what, some in things.items()
                }
        return things

    def _divided(self, kind: str) -> Mapping[str, Mapping[str, list[Thing]]]:
        """Return what belongs to each group of one kind."""
        found: dict[str, dict[str, list[Thing]]] = {}
        for what, some in self.things.items():
            for one in some:
                for name in belongs(one, kind, self.desk):
                    found.setdefault(name, {}).setdefault(what, []).append(one)
        return found


@dataclass(frozen=True)
class Slice:
    """What lies between two instants: *things* are those of a group, or all."""

    past: Past
    since: int
    until: int
    things: Mapping[str, Sequence[Thing]]

    def of(self, kind: str) -> list[Thing]:
        """Return the things that happened in the period."""
        return [one for one in self.all(kind) if self.since <= one.at < self.until]

    def standing(self, kind: str) -> list[Thing]:
        """Return the things that had begun and were not over when the period was."""
        end = self.last
        return [one for one in self.all(kind) if one.at <= end and not 0 < one.until <= end]

    def all(self, kind: str) -> Sequence[Thing]:
        return self.things.get(kind, ())

    def ever(self, kind: str) -> Sequence[Thing]:
        """Return the things of one kind, whoever did them and whenever."""
        return self.past.things.get(kind, ())

    @property
    def desk(self) -> Desk:
        return self.past.desk

    @property
    def as_of(self) -> int:
        return self.desk.as_of

    @property
    def end(self) -> int:
        """The end of the period, or the instant of looking if that comes first."""
        return min(self.until, self.as_of)

    @property
    def last(self) -> int:
        """The last instant of the period."""
        return min(self.until - 1, self.as_of)

    def working(self, since: int, until: int) -> int:
        return working(since, until, self.desk.zone)

    def local(self, at: int) -> datetime:
        return datetime.fromtimestamp(at, self.desk.zone)

    def within(self, since: int, until: int) -> Slice:
        return replace(self, since=since, until=until)

    def only(self, *groups: tuple[str, str]) -> Slice:
        return replace(self, things=self.past.of(*groups))


def belongs(thing: Thing, kind: str, desk: Desk) -> tuple[str, ...]:
    """Return the groups of one kind that a thing belongs to; empty text is no group."""
    ticket = thing.ticket
    if kind in FIELDS:
        return (ticket.field(kind),)
    if kind == "tag":
        return ticket.tags or ("",)
    if kind == "term":
        return words(ticket.field("subject")) or ("",)
    if kind == "hour":
        return (f"{datetime.fromtimestamp(thing.at, desk.zone).hour:02}",)
    whose = {"agent": thing.agent, "department": thing.department}
    return ({**whose, "customer": ticket.customer, "plan": ticket.plan}[kind],)


@cache
def words(subject: str) -> tuple[str, ...]:
    """Return the words of a subject: letters alone, three of them or more."""
    letters = "".join(letter if letter.isalpha() else " " for letter in _apart(subject.casefold()))
    return tuple({word for word in letters.split() if len(word) >= WORD_LENGTH})


def _apart(text: str) -> str:
    return text.replace("_", " ")


def those(things: Iterable[Thing], *how: str) -> list[Thing]:
    return [thing for thing in things if thing.how in how]


def numbers(things: Iterable[Thing]) -> set[int]:
    return {thing.ticket.number for thing in things}
