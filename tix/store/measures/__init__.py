"""Measures: the facts of settled tickets, kept beside their heads, and those of all others.

What is kept can be dropped at any time and is found again from the histories. A ticket that
has settled a moment ago is measured when somebody asks, until there are enough in its block to
measure them together: most commands settle one ticket, and have no time for that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from tix.errors import TixError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence
    from datetime import datetime

    from tix.domain.event import Event
    from tix.domain.facts import Rows
    from tix.domain.kept import Kept
    from tix.domain.setup import Setup
    from tix.store.pages import Pages

    Measure = Callable[[Sequence[Event], datetime], Rows]

KNOWN = "known"
"""A table beside those of facts: since when the desk knows all of a ticket's history."""

DIGITS = 16
"""So much of the hash of its last event tells whether a ticket has changed."""

UNREADABLE = (
    *(TixError, OSError, ValueError, KeyError, TypeError),
    *(AttributeError, IndexError, OverflowError, RecursionError),
)
"""What comes of reading what was measured, where that is not what it should be."""

_SETTLED = ("closed", "merged", "spam", "trash")
_STATUS, _LAST = "status", "last_at"


class Desk(Protocol):
    """What measuring needs of a transaction."""

    promises: Kept


class Shelved(Desk, Protocol):
    """What keeping measures needs of a transaction on a desk folder."""

    now: datetime
    desk: dict[str, Any]
    absent: set[str]
    """The pages of measures that cannot be read: they count as if they were not there."""

    @property
    def setup(self) -> Setup:
        """The set-up in force."""

    @property
    def pages(self) -> Pages:
        """The files of this state of the desk."""

    def last_number(self, counter: str) -> int:
        """Return the last number given, 0 if none was."""

    def history(self, ticket_id: int) -> tuple[Event, ...]:
        """Return all that happened to a ticket."""

    def settled_histories(
        self, first: int, numbers: Collection[int]
    ) -> Iterator[tuple[int, tuple[Event, ...]]]:
        """Yield the histories of settled tickets of the block of number *first*."""

    def touched(self, first: int) -> list[int]:
        """Return the tickets of a block that this transaction has changed."""


def measuring(desk: Desk) -> Measure:
    """Return what measures tickets under what *desk* has promised, in its working time."""
    from math import ceil

    from tix.domain.facts import TABLES
    from tix.domain.measure import Measuring
    from tix.domain.past import known_at

    measure = Measuring(desk.promises, desk.promises.hours)
    number = TABLES["tickets"].index("ticket")

    def measured(history: Sequence[Event], now: datetime) -> Rows:
        rows = measure(history, now)
        known = max(known_at(event) for event in history).timestamp()
        return {**rows, KNOWN: [(rows["tickets"][0][number], ceil(known))]}

    return measured


def counts(rows: Rows, since: int) -> bool:
    """Return whether a ticket belongs to what is asked for: it is unsettled, or was lately."""
    from tix.domain.facts import TABLES

    (ticket,) = rows["tickets"]
    row = dict(zip(TABLES["tickets"], ticket, strict=True))
    return row[_STATUS] not in _SETTLED or int(row[_LAST]) >= since
