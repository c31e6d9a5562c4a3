"""The groups that the rows of a table belong to: of departments and agents, those at the event.

Groups of two kinds are joined with a plus: ``agent+category``; what they are called then, by
``JOINT``.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from functools import cached_property
from itertools import product
from typing import TYPE_CHECKING

from tix.domain.facts import TABLES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import tzinfo

    from tix.domain.facts import Facts

    Named = Sequence[tuple[str, ...]]

ALL = ""
"""The group of everything; as the value of a ticket, that it has none."""

JOINT = "\x1f"
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

_AT_EVENT = ("agent", "department")
_THEN = {
    ("first_at", "agent"): "first_agent",
    ("first_at", "department"): "first_department",
}
"""Where a table tells whose an event was beside whose the ticket is."""


def parts(group: str, kinds: Sequence[str]) -> tuple[str, ...]:
    """Return what *group* is called by each of *kinds*; only the last may hold any text."""
    return tuple(group.split(JOINT, len(kinds) - 1))


class Groups:
    """Finds the groups of rows by one kind of group, such as ``agent``, or by several.

    *called* names the customers, and the plans, by number of the customer; *terms* are the
    words of each ticket.
    """

    def __init__(
        self,
        facts: Facts,
        called: Mapping[str, Mapping[int, str]],
        terms: Mapping[int, tuple[str, ...]],
        zone: tzinfo,
    ) -> None:
        self._facts = facts
        self._called = called
        self._terms = terms
        self._zone = zone
        self._tickets: dict[str, Mapping[int, tuple[str, ...]]] = {}

    def of(self, kind: str, table: str, at: str) -> Named:
        """Return the groups of each row of *table*, whose instant stands in the column *at*."""
        kinds = kind.split("+")
        if len(kinds) > 1:
            rows = zip(*(self.of(one, table, at) for one in kinds), strict=True)
            return [tuple(map(JOINT.join, product(*row))) for row in rows]
        if kind in ("hour", "weekday"):
            return [(self._time(kind, time),) for time in self._facts.column(table, at)]
        column = _THEN.get((at, kind), kind)
        if kind in _AT_EVENT and column in TABLES[table]:
            names = self._facts.names
            return [(names[number],) for number in self._facts.column(table, column)]
        if kind not in self._tickets:
            self._tickets[kind] = self._by_ticket(kind)
        found = self._tickets[kind]
        return [found[ticket] for ticket in self._facts.column(table, "ticket")]

    def _time(self, kind: str, time: int) -> str:
        local = datetime.fromtimestamp(time, self._zone)
        return f"{local.hour:02}" if kind == "hour" else WEEKDAYS[local.weekday()]

    @cached_property
    def _tags(self) -> Mapping[int, tuple[str, ...]]:
        found = defaultdict[int, list[str]](list)
        for ticket, tag in self._facts.rows("tags", "ticket", "tag"):
            found[ticket].append(self._facts.names[tag])
        return {ticket: tuple(tags) for ticket, tags in found.items()}

    def _by_ticket(self, kind: str) -> Mapping[int, tuple[str, ...]]:
        """Return the groups of each ticket; one with several tags is in several."""
        facts = self._facts
        if kind in ("tag", "term"):
            several = self._tags if kind == "tag" else self._terms
            return {t: several.get(t) or (ALL,) for t in facts.column("tickets", "ticket")}
        if kind in self._called:
            called = self._called[kind]
            rows = facts.rows("tickets", "ticket", "customer")
            return {ticket: (called.get(customer) or ALL,) for ticket, customer in rows}
        rows = facts.rows("tickets", "ticket", kind)
        return {ticket: (facts.names[value],) for ticket, value in rows}
