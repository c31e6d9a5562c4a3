"""What somebody asks a report for, and which time that is about."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from tix.errors import BadDate, UsageError
from tix.record import NamedTuple

if TYPE_CHECKING:
    from tix.domain.when import Dates
    from tix.reports import ReportKind
    from tix.reports.scope import Scope

DAYS = 30
"""So many local days, up to the end of today, are the range of who names none."""

MOST_PERIODS = 1_100
"""Three years of days; more rows than that are no report."""


class Asked(NamedTuple):
    """A report by its name, with the words that narrow it; dates are as they were typed."""

    name: str
    words: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    by: str = ""
    group: str = ""
    as_of: datetime | None = None
    survival: bool = False


def kind_of(name: str) -> ReportKind:
    """Return the report of that name.

    Raises:
        UsageError: There is none; the hint has the nearest.
    """
    from tix.reports import REPORTS

    if name not in REPORTS:
        from tix.domain.nearest import nearest

        guess = nearest(name, REPORTS)
        hint = f"Did you mean {guess!r}?" if guess else "tix report list names them"
        raise UsageError(f"there is no report {name[:60]!r}", hint=hint)
    return REPORTS[name]


def asked_kind(asked: Asked) -> ReportKind:
    """Return the report that is asked for.

    Raises:
        UsageError: There is none of that name, or it has no such rows.
    """
    kind = kind_of(asked.name)
    if asked.by and not kind.by:
        raise UsageError(
            f"the report {asked.name} has no rows by period",
            hint="leave --by out; --from and --to choose the time",
        )
    if asked.group and not kind.group_by:
        raise UsageError(f"the report {asked.name} cannot be grouped", hint="leave --group-by out")
    return kind


def range_of(asked: Asked, dates: Dates) -> tuple[datetime, datetime]:
    """Return the first instant of the range and the first one after it.

    Without dates it is ``DAYS`` local days up to the end of the one that is looked from.

    Raises:
        BadDate: A date cannot be read, or the range is empty or yet to come.
    """
    until = dates.range(asked.until)[1] if asked.until else None
    until = until or _day(dates, dates.now, 1)
    since = dates.range(asked.since)[0] if asked.since else None
    since = since or _day(dates, until - timedelta(seconds=1), 1 - DAYS)
    if since > dates.now:
        if asked.since:
            raise BadDate("the report begins in the future", hint="--from names a day of the past")
        raise BadDate(
            f"the {DAYS} days up to the last one are yet to come",
            hint="--to names the last day; add --from for the first",
        )
    if since >= until:
        raise BadDate(
            "the report ends before it begins", hint="--to names the last day, --from the first"
        )
    return since, until


def check_periods(scope: Scope) -> None:
    """Refuse a range that would be cut into too many periods.

    Raises:
        UsageError: There are more than ``MOST_PERIODS``.
    """
    days = (scope.until - scope.since).days
    if scope.by and days / {"day": 1, "week": 7}.get(scope.by, 28) > MOST_PERIODS:
        raise UsageError(
            f"by {scope.by} that are more than {MOST_PERIODS:,} rows",
            hint="take longer periods, or a shorter range",
        )


def _day(dates: Dates, at: datetime, later: int) -> datetime:
    """Return the beginning of the local day so many days after that of *at*."""
    from tix.domain.zone import day_start

    return day_start(at.astimezone(dates.zone).date() + timedelta(days=later), dates.zone)
