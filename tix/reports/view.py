"""The view of a report on facts: which rows of a table belong to which group and period.

A metric is a function of a ``Cell``, one group in one period; it asks for the columns of the
rows whose instant lies there. Rows of tickets that reports leave out are never seen.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from tix.domain.calendar import Calendar
from tix.domain.facts import TABLES
from tix.reports.scope import Period

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tix.domain.facts import Facts
    from tix.reports.scope import Scope

ALL = ""
"""The group of everything; as the value of a ticket, that it has none."""

Places = Mapping[tuple[int, str], Sequence[int]]


class Desk(NamedTuple):
    """What a report knows of the desk beside the facts.

    *customers* and *plans* are by number of the customer; *agents* tells of each how many
    open tickets they can have at most, None if nobody said.
    """

    calendar: Calendar
    customers: Mapping[int, str]
    plans: Mapping[int, str]
    agents: Mapping[str, int | None]


class View:
    """Facts as one scope sees them: in *periods*, and in groups if it has them."""

    def __init__(
        self, facts: Facts, scope: Scope, desk: Desk, periods: tuple[Period, ...] | None = None
    ) -> None:
        self.facts = facts
        self.scope = scope
        self.desk = desk
        self.periods = scope.periods if periods is None else periods
        self._starts = [period.since for period in self.periods]
        self._places: dict[tuple[str, str], Places] = {}

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
    def _groups(self) -> Mapping[int, tuple[str, ...]]:
        """The groups of each ticket, by number; one with several tags is in several."""
        names, group = self.facts.names, self.scope.group
        if group == "tag":
            found = defaultdict[int, list[str]](list)
            for ticket, tag in self.facts.rows("tags", "ticket", "tag"):
                found[ticket].append(names[tag])
            return {ticket: tuple(found.get(ticket, (ALL,))) for ticket in self.tickets}
        if group in ("customer", "plan"):
            called = self.desk.customers if group == "customer" else self.desk.plans
            rows = self.facts.rows("tickets", "ticket", "customer")
            return {ticket: (called.get(customer, ALL),) for ticket, customer in rows}
        rows = self.facts.rows("tickets", "ticket", group)
        return {ticket: (names[value],) for ticket, value in rows}

    def groups(self, table: str) -> Sequence[tuple[str, ...]]:
        """Return the groups of each row: of departments and agents, those at the event."""
        if self.scope.group in TABLES[table]:
            return [(self.facts.names[n],) for n in self.facts.column(table, self.scope.group)]
        return [self._groups[ticket] for ticket in self.facts.column(table, "ticket")]

    def places(self, table: str, at: str) -> Places:
        """Return which rows of *table* belong to a period (its number) and group, by place.

        The instant of a row is in the column *at*; those of no period are left out. Without
        groups all are in ``ALL``.
        """
        if (table, at) not in self._places:
            self._places[table, at] = self._placed(table, at)
        return self._places[table, at]

    def _placed(self, table: str, at: str) -> Places:
        times = self.facts.column(table, at)
        if len(self.periods) == 1:
            period = self.periods[0]
            inside = [n for n, time in enumerate(times) if period.since <= time < period.until]
        else:
            inside = list(range(len(times)))
        if not self._is_whole:
            tickets, seen = self.facts.column(table, "ticket"), self.seen
            inside = [n for n in inside if tickets[n] in seen]
        if len(self.periods) == 1 and not self.scope.group:
            return {(0, ALL): inside}
        found = defaultdict[tuple[int, str], list[int]](list)
        groups = self.groups(table) if self.scope.group else ()
        for place in inside:
            number = bisect_right(self._starts, times[place]) - 1
            if number < 0 or times[place] >= self.periods[number].until:
                continue
            for group in groups[place] if groups else (ALL,):
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
        return int(self.view.scope.as_of.timestamp())

    def places(self, table: str, at: str) -> Sequence[int]:
        """Return the rows of *table* whose instant in the column *at* lies here."""
        return self.view.places(table, at).get((self.number, self.group), ())

    def values(self, table: str, at: str, *columns: str) -> list[tuple[int, ...]]:
        """Return the numbers of *columns* of the rows whose instant lies here."""
        places = self.places(table, at)
        if not places:
            return []
        pick = itemgetter(*places) if len(places) > 1 else lambda column: (column[places[0]],)
        return list(zip(*(pick(self.view.facts.column(table, c)) for c in columns), strict=True))

    def name(self, number: int) -> str:
        """Return the text that a number stands for."""
        return self.view.facts.names[number]

    def code(self, name: str) -> int:
        """Return the number that stands for a text, -1 if no row has it."""
        return self.view.facts.number(name)
