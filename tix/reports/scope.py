"""The scope of a report: which time it is about, cut into which periods and groups."""

from __future__ import annotations

from datetime import date, datetime, timedelta, tzinfo

from tix.domain.period import next_period, period_start
from tix.domain.zone import day_start
from tix.record import NamedTuple, Record

PERIODS = ("day", "week", "month", "quarter", "year")
GROUPS = (
    *("department", "agent", "channel", "tag", "priority", "type", "category", "customer"),
    "plan",
)
DAY = 86_400


class Period(NamedTuple):
    """A stretch of time between instants in seconds since 1970; *until* is the first one after."""

    label: str
    since: int
    until: int


class Scope(Record):
    """The range, the instant it is looked at, and how its rows are told apart.

    *tickets* are the numbers that a query has found, None if nobody asked.
    """

    since: datetime
    until: datetime
    as_of: datetime
    zone: tzinfo
    by: str = ""
    group: str = ""
    query: str = ""
    tickets: frozenset[int] | None = None
    survival: bool = False

    @property
    def whole(self) -> Period:
        """The range in one."""
        return Period("", int(self.since.timestamp()), int(self.until.timestamp()))

    @property
    def before(self) -> Period:
        """The range of the same length just before it; of whole days, so many local days."""
        since, until = (at.astimezone(self.zone) for at in (self.since, self.until))
        days = until.date() - since.date()
        if since.timetz() == until.timetz() and days:
            earlier = day_start(since.date() - days, self.zone)
        else:
            earlier = self.since - (self.until - self.since)
        return Period("before", int(earlier.timestamp()), int(self.since.timestamp()))

    @property
    def periods(self) -> tuple[Period, ...]:
        """The range cut at the beginnings of local days, weeks, months, quarters or years.

        What has not begun at the instant of looking is no period.
        """
        if not self.by:
            return (self.whole,)
        found = []
        whole = self.whole
        last = min(self.until - timedelta(seconds=1), self.as_of).astimezone(self.zone).date()
        start = period_start(self.by, self.since.astimezone(self.zone).date())
        while start <= last:
            following = next_period(self.by, start)
            edges = [int(day_start(day, self.zone).timestamp()) for day in (start, following)]
            inside = max(edges[0], whole.since), min(edges[1], whole.until)
            found.append(Period(label(self.by, start), *inside))
            start = following
        return tuple(found)


def label(by: str, start: date) -> str:
    """Return how the period that begins on a date is called: 2026-11-21, 2026-W47, 2026-Q4."""
    if by == "week":
        return f"{start:%G-W%V}"
    if by == "quarter":
        return f"{start.year}-Q{(start.month + 2) // 3}"
    return start.isoformat()[: {"day": 10, "month": 7, "year": 4}[by]]
