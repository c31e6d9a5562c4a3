"""Measuring: the facts of one ticket, from its history and what was promised for it.

Nothing is counted beside the history, so the same history, promises and instant give the same
facts. What was undone counts as if it had never happened.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.domain.measure.account import Account
from tix.domain.measure.clocks import Terms, watched
from tix.domain.measure.hours import Hours
from tix.domain.measure.valid import valid
from tix.domain.sla.reading import Reader

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from tix.domain.calendar import Calendar
    from tix.domain.course import Applied
    from tix.domain.event import Event
    from tix.domain.facts import Rows
    from tix.domain.sla.reading import Promises


def measure(
    history: Sequence[Event], promises: Promises, now: datetime, standard: Calendar
) -> Rows:
    """Return the facts of the ticket of *history* at *now*; of a settled one *now* is no matter.

    Working time is that of the ticket's level at the time, or of *standard* if it had none.
    """
    return Measuring(promises, standard)(history, now)


class Measuring:
    """Measures one ticket after the other, as ``measure`` does."""

    def __init__(self, promises: Promises, standard: Calendar) -> None:
        self._promises = promises
        self._reader = Reader(promises)
        self._standard = Hours(standard)
        self._known: dict[Applied, tuple[Hours, tuple[str, ...]]] = {}

    def __call__(self, history: Sequence[Event], now: datetime) -> Rows:
        """Return the facts of the ticket of *history* at *now*."""
        events = valid(history)
        seen = watched(events, history)
        terms = Terms(seen.course, self._promises, self._standard, self._known)
        return Account(history, events, seen, terms, now).rows(self._reader)
