"""Being away: dates that are closed although the week has hours for them.

They stand in a calendar as exceptions, so that nothing else has to know of them.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from tix.errors import Refused, UsageError
from tix.record import NamedTuple, replace

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tix.domain.setup import BusinessHours

LONGEST = 366

_DAY = timedelta(days=1)


class Away(NamedTuple):
    """The dates *first* to *last*, on which these *calendars* are closed."""

    first: date
    last: date
    calendars: tuple[str, ...]

    @property
    def days(self) -> int:
        """How many dates there are."""
        return (self.last - self.first).days + 1

    @property
    def name(self) -> str:
        """How people write it: ``2026-08-03..2026-08-10``, or one date."""
        return f"{self.first}" if self.first == self.last else f"{self.first}..{self.last}"


def absences(calendars: Iterable[BusinessHours]) -> list[Away]:
    """Return the dates on which calendars are closed by exception, in their order.

    Dates in a row are one absence, and so are equal ones of several calendars.
    """
    found: dict[tuple[date, date], tuple[str, ...]] = {}
    for hours in calendars:
        for run in _runs(sorted(day for day, open_ in hours.exceptions.items() if not open_)):
            found[run] = (*found.get(run, ()), hours.name)
    return [Away(*run, found[run]) for run in sorted(found)]


def leave(hours: BusinessHours, first: date, last: date) -> BusinessHours:
    """Return *hours* closed from *first* to *last*; hours of a single date give way.

    Raises:
        UsageError: It is longer than a year.
        Refused: They are closed already on one of these dates.
    """
    days = list(_dates(first, last))
    if len(days) > LONGEST:
        raise UsageError(f"{first}..{last} is {len(days)} days; at most {LONGEST} are possible")
    closed = [day for day in days if hours.exceptions.get(day) == ()]
    if closed:
        raise Refused(
            f"calendar {hours.name!r} is closed on {closed[0]} already",
            hint="tix away list; tix away cancel takes it out",
            ids=(str(closed[0]),),
        )
    return replace(hours, exceptions={**hours.exceptions, **dict.fromkeys(days, ())})


def come_back(hours: BusinessHours, first: date, last: date) -> BusinessHours:
    """Return *hours* without the closed dates from *first* to *last*."""
    kept = {
        day: open_ for day, open_ in hours.exceptions.items() if open_ or not first <= day <= last
    }
    return replace(hours, exceptions=kept)


def own_hours(hours: BusinessHours, first: date, last: date) -> list[date]:
    """Return the dates from *first* to *last* that are open at hours of their own."""
    return [day for day in _dates(first, last) if hours.exceptions.get(day)]


def _dates(first: date, last: date) -> Iterator[date]:
    return (first + n * _DAY for n in range((last - first).days + 1))


def _runs(days: Iterable[date]) -> Iterator[tuple[date, date]]:
    """Yield first and last of *days* that follow each other."""
    first = last = None
    for day in days:
        if first is None or last is None or day - last > _DAY:
            if first and last:
                yield first, last
            first = day
        last = day
    if first and last:
        yield first, last
