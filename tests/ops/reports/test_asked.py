"""What somebody asks for, and which time that is about."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from tests.ops.desks import START
from tix.errors import BadDate, UsageError
from tix.ops.queries import dates
from tix.ops.reports.asked import Asked, asked_kind, check_periods, kind_of, range_of
from tix.reports import REPORTS
from tix.reports.scope import Scope

if TYPE_CHECKING:
    from tix.desk import Desk


def midnight(year: int, month: int, day: int, hour: int = 23) -> datetime:
    """The last hour of a day in UTC, which is the first of the next one in Zagreb."""
    return datetime(year, month, day, hour, tzinfo=UTC)


@pytest.mark.parametrize(
    ("since", "until", "found"),
    [
        ("", "", (midnight(2026, 10, 22, 22), midnight(2026, 11, 21))),
        ("2026-11-01", "", (midnight(2026, 10, 31), midnight(2026, 11, 21))),
        ("", "2026-11-10", (midnight(2026, 10, 11, 22), midnight(2026, 11, 10))),
        ("2026-11-01", "2026-11-30", (midnight(2026, 10, 31), midnight(2026, 11, 30))),
        ("today", "today", (midnight(2026, 11, 20), midnight(2026, 11, 21))),
        (
            "2026-11-01T10:00",
            "2026-11-01T11:59",
            (midnight(2026, 11, 1, 9), midnight(2026, 11, 1, 11)),
        ),
    ],
)
def test_a_range_has_its_last_day_and_is_thirty_days_of_who_names_none(
    desk: Desk, since: str, until: str, found: tuple[datetime, datetime]
):
    assert range_of(Asked("kpi", since=since, until=until), dates(desk)) == found


@pytest.mark.parametrize(
    ("since", "until", "told"),
    [
        ("2026-11-05", "2026-11-01", "ends before it begins"),
        ("2026-11-22", "", "begins in the future"),
        ("2027-01-01", "2027-01-02", "begins in the future"),
        ("", "2026-12-31", "the 30 days up to the last one are yet to come"),
        ("11/24", "", "11/24"),
    ],
)
def test_a_range_that_cannot_be_is_refused(desk: Desk, since: str, until: str, told: str):
    with pytest.raises(BadDate, match=told):
        range_of(Asked("kpi", since=since, until=until), dates(desk))


def test_a_report_is_found_by_its_name():
    assert kind_of("kpi") is REPORTS["kpi"]
    with pytest.raises(UsageError, match="there is no report 'kip'") as told:
        kind_of("kip")
    assert told.value.hint == "Did you mean 'kpi'?"
    with pytest.raises(UsageError) as told:
        kind_of("zzzzzz")
    assert told.value.hint == "tix report list names them"


def test_a_report_is_cut_and_grouped_as_it_can_be():
    for name, kind in REPORTS.items():
        assert asked_kind(Asked(name)) is kind
    assert asked_kind(Asked("workload", group="agent")) is REPORTS["workload"]
    assert asked_kind(Asked("volume", by="week", group="agent")) is REPORTS["volume"]


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (Asked("workload", by="week"), "the report workload has no rows by period"),
        (Asked("trends", by="week"), "the report trends has no rows by period"),
        (Asked("trends", group="agent"), "the report trends cannot be grouped"),
    ],
)
def test_rows_that_a_report_has_not_are_refused(asked: Asked, told: str):
    with pytest.raises(UsageError, match=told):
        asked_kind(asked)


def scope(by: str, years: int) -> Scope:
    return Scope(START.replace(year=START.year - years), START, START, UTC, by=by)


@pytest.mark.parametrize(("by", "years"), [("", 90), ("day", 3), ("week", 20), ("year", 60)])
def test_as_many_periods_as_somebody_may_read_are_taken(by: str, years: int):
    check_periods(scope(by, years))


@pytest.mark.parametrize(("by", "years"), [("day", 4), ("week", 30), ("month", 95)])
def test_more_periods_than_anybody_reads_are_refused(by: str, years: int):
    with pytest.raises(UsageError, match=f"by {by} that are more than 1,100 rows"):
        check_periods(scope(by, years))
