"""Facts made by hand: only the columns that matter are named, the others hold nothing."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from tix.domain.calendar import standard
from tix.domain.facts import NAMES, TABLES, Facts, Rows, gather
from tix.reports.metrics import figure
from tix.reports.scope import Scope
from tix.reports.view import Cell, Desk, View

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from tix.reports.figures import Figure

    Thing = tuple[str, Mapping[str, Any]]

ZONE = ZoneInfo("Europe/Zagreb")
HOUR = 3600
DAY = 24 * HOUR
START = int(datetime(2026, 10, 31, 23, tzinfo=UTC).timestamp())
"""The first instant of November in Zagreb."""

NOVEMBER = Scope(
    datetime(2026, 10, 31, 23, tzinfo=UTC),
    datetime(2026, 11, 30, 23, tzinfo=UTC),
    datetime(2026, 12, 31, 12, tzinfo=UTC),
    ZONE,
)


def rows(ticket: int, *things: Thing) -> Rows:
    """Return the rows of one ticket: ``rows(1, ("calls", {"at": START}))``."""
    told: dict[str, list[tuple[int | str, ...]]] = {}
    if not any(table == "tickets" for table, _ in things):
        things = (("tickets", {"created_at": START}), *things)
    for table, values in things:
        unknown = values.keys() - set(TABLES[table])
        assert not unknown, unknown
        held = {"ticket": ticket, **values}
        empty = ("" if column in NAMES else 0 for column in TABLES[table])
        row = tuple(
            held.get(column, nothing) for column, nothing in zip(TABLES[table], empty, strict=True)
        )
        told.setdefault(table, []).append(row)
    return told


def facts(*tickets: Sequence[Thing]) -> Facts:
    """Return the facts of tickets numbered from 1 on."""
    return gather(rows(number, *things) for number, things in enumerate(tickets, 1))


def view(found: Facts, scope: Scope = NOVEMBER, desk: Desk | None = None) -> View:
    return View(found, scope, desk or Desk(standard("Europe/Zagreb")))


def november(*tickets: Sequence[Thing]) -> Cell:
    """Return the cell of November, with the facts of these tickets."""
    return view(facts(*tickets)).cell()


def told(metric: str, cell: Cell) -> Figure:
    return figure(metric, cell)


def value(metric: str, cell: Cell) -> object:
    return figure(metric, cell).value
