"""What is measured of a life, as dictionaries by column; instants are wall times in Zagreb."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.domain.sla.cases import GOLD, OFFICE, Life, at, promises
from tix.domain.facts import TABLES
from tix.domain.measure import measure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tix.domain.calendar import Calendar
    from tix.domain.event import Event
    from tix.domain.sla.policy import Level

Fact = dict[str, Any]

NOW = "03-01 10:00"


def measured(
    history: Life | Sequence[Event],
    now: str = NOW,
    *levels: Level,
    standard: Calendar = OFFICE,
    calendar: Calendar = OFFICE,
) -> dict[str, list[Fact]]:
    """The facts of a history, by table."""
    events = [event for event, _ in history.steps] if isinstance(history, Life) else history
    known = promises(*levels or (GOLD,), calendar=calendar)
    rows = measure(events, known, at(now), standard)
    assert rows.keys() == TABLES.keys()
    return {
        table: [dict(zip(TABLES[table], row, strict=True)) for row in found]
        for table, found in rows.items()
    }


def ticket(history: Life | Sequence[Event], now: str = NOW, *levels: Level) -> Fact:
    """The row of the ticket itself."""
    (row,) = measured(history, now, *levels)["tickets"]
    return row


def only(facts: Sequence[Fact], *columns: str) -> list[tuple[Any, ...]]:
    """Some columns of rows."""
    return [tuple(fact[column] for column in columns) for fact in facts]


def second(text: str) -> int:
    """The instant of a wall time, as facts have it."""
    return int(at(text).timestamp()) if text else 0
