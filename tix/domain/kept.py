"""Finding what was promised: levels and calendars by their versions, and the clocks they make."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime

    from tix.domain.calendar import Calendar
    from tix.domain.course import Applied
    from tix.domain.query import Seen
    from tix.domain.setup import BusinessHours, Setup
    from tix.domain.sla.clock import Clock
    from tix.domain.sla.policy import Level
    from tix.domain.sla.reading import Reader
    from tix.domain.ticket import Ticket

    _Moment = tuple[int, str, datetime]


class Kept:
    """Finds levels and calendars in the set-ups that a desk has had, each looked for once.

    *setups* gives every version, the newest first; *zone* the time zone of business hours
    that name none.
    """

    def __init__(self, setups: Callable[[], Iterable[Setup]], zone: Callable[[], str]) -> None:
        self._setups = setups
        self.zone = zone
        self.tests: dict[str, Callable[[Seen], bool]] = {}  # the queries of rules, made ready
        self._found: dict[Applied, tuple[Level, Calendar] | None] = {}
        self._calendars: dict[tuple[str, int], Calendar | None] = {}

    def __call__(self, applied: Applied) -> tuple[Level, Calendar] | None:
        """Return the level and its calendar, None if the desk never had them."""
        if applied not in self._found:
            self._found[applied] = self._find(applied)
        return self._found[applied]

    @cached_property
    def hours(self) -> Calendar:
        """The business hours of the desk, as they are in force."""
        return calendar_of(next(iter(self._setups())).hours, self.zone)

    def _find(self, applied: Applied) -> tuple[Level, Calendar] | None:
        wanted = applied.level, applied.version
        level = next((one for one in self._levels() if (one.name, one.version) == wanted), None)
        calendar = self._calendar(level.calendar, applied.calendar) if level else None
        return (level, calendar) if level and calendar else None

    def _calendar(self, name: str, version: int) -> Calendar | None:
        wanted = name, version
        if wanted not in self._calendars:
            hours = (one for one in self._hours() if (one.name, one.version) == wanted)
            found = next(hours, None)
            self._calendars[wanted] = calendar_of(found, self.zone) if found else None
        return self._calendars[wanted]

    def _levels(self) -> Iterator[Level]:
        return (level for setup in self._setups() for level in setup.levels)

    def _hours(self) -> Iterator[BusinessHours]:
        return (hours for setup in self._setups() for hours in setup.calendars)


class Clocks:
    """Finds the clocks of tickets, those of levels and of promises, each once for a moment."""

    def __init__(self, kept: Kept) -> None:
        self._kept = kept
        self._found: dict[_Moment, tuple[Clock, ...]] = {}
        self._tightest: dict[_Moment, Clock | None] = {}

    def __call__(self, ticket: Ticket, now: datetime) -> tuple[Clock, ...]:
        """Return the clocks of *ticket* at *now*: of its level first, then of its promises."""
        if ticket.sla is None and not ticket.promises:
            return ()
        key = ticket.id, ticket.hash, now
        if key not in self._found:
            level = self._reader.clocks(ticket, ticket.course, now) if ticket.sla else ()
            self._found[key] = (*level, *self.of_promises(ticket, now))
        return self._found[key]

    def tightest(self, ticket: Ticket, now: datetime) -> Clock | None:
        """Return the clock of *ticket* that is due next, or long ago; None if none runs."""
        if ticket.sla is None and not ticket.promises:
            return None
        key = ticket.id, ticket.hash, now
        if key not in self._tightest:
            self._tightest[key] = self._next(ticket, now)
        return self._tightest[key]

    def of_promises(self, ticket: Ticket, now: datetime) -> tuple[Clock, ...]:
        """Return the clocks of what agents promised on *ticket*, in the order of its making."""
        if not ticket.promises:
            return ()
        from tix.domain.sla.promised import promise_clocks

        return promise_clocks(ticket, self._kept.hours, now)

    @cached_property
    def _reader(self) -> Reader:
        from tix.domain.sla.reading import Reader

        return Reader(self._kept)

    def _next(self, ticket: Ticket, now: datetime) -> Clock | None:
        first = self._reader.tightest(ticket, ticket.course, now) if ticket.sla else None
        if not ticket.promises:
            return first
        from tix.domain.sla.clock import tightest

        return tightest((*((first,) if first else ()), *self.of_promises(ticket, now)))


def calendar_of(hours: BusinessHours, zone: Callable[[], str]) -> Calendar:
    """Return the calendar that *hours* make, in *zone* if they name none.

    Raises:
        ConfigInvalid: The zone does not exist, or there is no working time.
    """
    from tix.domain.calendar import Calendar

    return Calendar(
        hours.name,
        hours.version,
        hours.zone or zone(),
        hours.week,
        hours.holidays,
        hours.exceptions,
    )
