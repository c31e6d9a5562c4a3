"""The view of a report on facts: which rows of a table belong to which group and period.

A metric is a function of a ``Cell``, one group in one period; it asks for the columns of the
rows whose instant lies there. Rows of tickets that reports leave out are never seen.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from operator import itemgetter
from typing import TYPE_CHECKING, Any, TypeVar

from tix.domain.calendar import Calendar
from tix.record import NOTHING, NamedTuple, replace
from tix.reports.groups import ALL, Groups
from tix.reports.scope import Period

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tix.domain.facts import Facts
    from tix.reports.scope import Scope

Places = Mapping[tuple[int, str], Sequence[int]]

T = TypeVar("T")

_FEW = 3


class Desk(NamedTuple):
    """What a report knows of the desk beside the facts.

    *calendar* are its business hours; *customers* (names) and *plans* are by number of the
    customer, *terms* (the words of the subject) by number of the ticket, where they are needed.
    """

    calendar: Calendar
    customers: Mapping[int, str] = NOTHING
    plans: Mapping[int, str] = NOTHING
    terms: Mapping[int, tuple[str, ...]] = NOTHING


class View:
    """Facts as one scope sees them: in *periods*, and in groups if it has them."""

    def __init__(
        self, facts: Facts, scope: Scope, desk: Desk, periods: tuple[Period, ...] | None = None
    ) -> None:
        self.facts = facts
        self.scope = scope
        self.desk = desk
        self.periods = scope.periods if periods is None else periods
        self.as_of = int(scope.as_of.timestamp())
        self._starts = [period.since for period in self.periods]
        self._places: dict[tuple[str, ...], Places] = {}
        self._found: dict[object, Any] = {}

    def once(self, make: Callable[[View], T]) -> T:
        """Return what *make* finds here; it looks only the first time."""
        if make not in self._found:
            self._found[make] = make(self)
        found: T = self._found[make]
        return found

    @cached_property
    def _ends(self) -> Sequence[int]:
        """The last instant of each period, that of looking if it is not over."""
        return [min(period.until - 1, self.as_of) for period in self.periods]

    @cached_property
    def whole(self) -> View:
        """The same without groups and periods: what the totals of a report are figures of."""
        return View(self.facts, replace(self.scope, by="", group=""), self.desk)

    @cached_property
    def left_out(self) -> Mapping[int, str]:
        """Why a report leaves tickets out, by number; only those within its query count."""
        asked = self.scope.tickets
        rows = self.facts.rows("tickets", "ticket", "excluded")
        return {
            ticket: self.facts.names[reason]
            for ticket, reason in rows
            if reason and (asked is None or ticket in asked)
        }

    @cached_property
    def seen(self) -> frozenset[int]:
        """The numbers of the tickets that are counted."""
        every = frozenset(self.facts.column("tickets", "ticket")) - self.left_out.keys()
        return every if self.scope.tickets is None else every & self.scope.tickets

    @cached_property
    def tickets(self) -> Mapping[int, int]:
        """The place of each ticket in the table of tickets, by number."""
        return {number: n for n, number in enumerate(self.facts.column("tickets", "ticket"))}

    @cached_property
    def _is_whole(self) -> bool:
        return self.scope.tickets is None and not self.left_out

    @cached_property
    def _groups(self) -> Groups:
        called = {"customer": self.desk.customers, "plan": self.desk.plans}
        return Groups(self.facts, called, self.desk.terms, self.scope.zone)

    def groups(self, table: str, at: str) -> Sequence[tuple[str, ...]]:
        """Return the groups of each row: of departments and agents, those at the event."""
        return self._groups.of(self.scope.group, table, at)

    def places(self, table: str, at: str) -> Places:
        """Return which rows of *table* belong to a period (its number) and group, by place.

        The instant of a row is in the column *at*; those of no period are left out. Without
        groups all are in ``ALL``.
        """
        if (table, at) not in self._places:
            times = self.facts.column(table, at)
            self._places[table, at] = self._grouped(table, at, self._within(table, times))
        return self._places[table, at]

    def standing(self, table: str, since: str, until: str, **only: Sequence[str]) -> Places:
        """Return which rows of *table* had begun and not ended when each period did.

        A row lasts from the instant in the column *since* to that in *until*, 0 if it goes on.
        A period that is not over ends at the instant of looking. With *only*, a row counts if
        a column has one of these texts.
        """
        key = table, since, until, *(f"{column}={'|'.join(only[column])}" for column in only)
        if key not in self._places:
            begun, over = (self.facts.column(table, column) for column in (since, until))
            first = self._ends[0]
            late = [n for n, end in enumerate(over) if end > first or not end]
            places = self._seen(table, self._with(table, late, only))
            self._places[key] = self._grouped(table, since, self._lasting(begun, over, places))
        return self._places[key]

    def _with(
        self, table: str, places: Sequence[int], only: Mapping[str, Sequence[str]]
    ) -> Sequence[int]:
        """Return which of *places* have one of the texts given for each column."""
        for column, texts in only.items():
            codes = {self.facts.number(text) for text in texts}
            numbers = self.facts.column(table, column)
            places = [place for place in places if numbers[place] in codes]
        return places

    @property
    def filled(self) -> Sequence[tuple[int, str]]:
        """The periods (by number) and groups in which something was found by now, in order."""
        found = {key for places in self._places.values() for key, rows in places.items() if rows}
        return sorted(found, key=lambda key: (key[0], alphabetical(key[1])))

    def _seen(self, table: str, places: Sequence[int]) -> Sequence[int]:
        if self._is_whole:
            return places
        tickets, seen = self.facts.column(table, "ticket"), self.seen
        return [place for place in places if tickets[place] in seen]

    def _within(self, table: str, times: Sequence[int]) -> Iterator[tuple[int, Sequence[int]]]:
        """Yield the number of each period, and the rows with an instant in it."""
        since, until = self.periods[0].since, self.periods[-1].until
        inside = self._seen(table, [n for n, time in enumerate(times) if since <= time < until])
        if len(self.periods) == 1:
            yield 0, inside
            return
        if len(self.periods) <= _FEW:
            for number, (_, since, until) in enumerate(self.periods):
                yield number, [n for n in inside if since <= times[n] < until]
            return
        found: list[list[int]] = [[] for _ in self.periods]
        for place in inside:
            found[bisect_right(self._starts, times[place]) - 1].append(place)
        yield from enumerate(found)

    def _lasting(
        self, begun: Sequence[int], over: Sequence[int], places: Sequence[int]
    ) -> Iterator[tuple[int, Sequence[int]]]:
        """Yield the number of each period, and which of *places* last at its end."""
        ends = self._ends
        lasting = [place for place in places if 0 < begun[place] <= ends[-1]]
        if len(self.periods) <= _FEW:
            for number, end in enumerate(ends):
                yield number, [n for n in lasting if begun[n] <= end < (over[n] or end + 1)]
            return
        found: list[list[int]] = [[] for _ in ends]
        for place in lasting:
            until = bisect_left(ends, over[place]) if over[place] else len(ends)
            for number in range(bisect_left(ends, begun[place]), until):
                found[number].append(place)
        yield from enumerate(found)

    def _grouped(self, table: str, at: str, periods: Iterable[tuple[int, Sequence[int]]]) -> Places:
        if not self.scope.group:
            return {(number, ALL): places for number, places in periods}
        found = defaultdict[tuple[int, str], list[int]](list)
        groups = self.groups(table, at)
        for number, places in periods:
            for place in places:
                for group in groups[place]:
                    found[number, group].append(place)
        return found

    def cells(self) -> Iterator[Cell]:
        """Yield the cell of each period, without groups."""
        for number, period in enumerate(self.periods):
            yield Cell(self, number, period)

    def cell(self, number: int = 0, group: str = ALL) -> Cell:
        """Return the cell of one period and group."""
        return Cell(self, number, self.periods[number], group)


class Cell(NamedTuple):
    """One group in one period; metrics are functions of it."""

    view: View
    number: int
    period: Period
    group: str = ALL

    @property
    def as_of(self) -> int:
        """The instant that the report is looked at."""
        return self.view.as_of

    @property
    def end(self) -> int:
        """The instant that the period ends, that of looking if it is not over."""
        return min(self.period.until, self.as_of)

    def once(self, make: Callable[[Cell], T]) -> T:
        """Return what *make* finds in this cell; it looks only the first time."""
        key = make, self.number, self.group
        found: dict[object, T] = self.view._found  # noqa: SLF001
        if key not in found:
            found[key] = make(self)
        return found[key]

    def places(self, table: str, at: str) -> Sequence[int]:
        """Return the rows of *table* whose instant in the column *at* lies here."""
        return self.view.places(table, at).get((self.number, self.group), ())

    def standing(self, table: str, since: str, until: str, **only: Sequence[str]) -> Sequence[int]:
        """Return the rows of *table* that had begun and not ended when the period did."""
        found = self.view.standing(table, since, until, **only)
        return found.get((self.number, self.group), ())

    def column(self, table: str, at: str, column: str) -> Sequence[int]:
        """Return the numbers of one column of the rows whose instant lies here."""
        return picked(self.view.facts.column(table, column), self.places(table, at))

    def values(self, table: str, at: str, *columns: str) -> list[tuple[int, ...]]:
        """Return the numbers of *columns* of the rows whose instant lies here."""
        places = self.places(table, at)
        facts = self.view.facts
        return list(zip(*(picked(facts.column(table, c), places) for c in columns), strict=True))

    def name(self, number: int) -> str:
        """Return the text that a number stands for."""
        return self.view.facts.names[number]

    def code(self, name: str) -> int:
        """Return the number that stands for a text, -1 if no row has it."""
        return self.view.facts.number(name)


def picked(column: Sequence[int], places: Sequence[int]) -> Sequence[int]:
    """Return the numbers that stand at *places* of a column."""
    if len(places) > 1:
        found: Sequence[int] = itemgetter(*places)(column)
        return found
    return [column[place] for place in places]


def alphabetical(group: str) -> tuple[bool, str, str]:
    """Return what groups are sorted by; what has none comes last."""
    return not group, group.casefold(), group
