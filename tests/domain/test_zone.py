"""Zones by name, and local wall times where the clocks change."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tix.domain.zone import day_end, day_start, to_utc, to_wall, zone_named
from tix.errors import ConfigInvalid


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("Europe/Zagrb", "Did you mean 'Europe/Zagreb'?"),
        ("zagreb", "Did you mean 'Europe/Zagreb'?"),
        ("New York", "Did you mean 'America/New_York'?"),
        ("", "Zones are named like 'Europe/Zagreb'."),
        ("../../etc/passwd", "Zones are named like 'Europe/Zagreb'."),
        ("a\0b", "Zones are named like 'Europe/Zagreb'."),
        ("\udcff", "Zones are named like 'Europe/Zagreb'."),
        ("x" * 5000, "Zones are named like 'Europe/Zagreb'."),
    ],
)
def test_an_unknown_zone_is_refused_with_the_nearest(name: str, hint: str):
    with pytest.raises(ConfigInvalid) as refused:
        zone_named(name)

    assert refused.value.message == f"there is no time zone {name[:60]!r}"
    assert refused.value.hint == hint


def test_a_folder_of_zones_is_no_zone():
    with pytest.raises(ConfigInvalid):
        zone_named("Europe")


GAP = "02:30 does not exist on 2026-03-29 in Europe/Zagreb (clocks go forward); taken as 03:30"
TWICE = (
    "02:30 comes twice on 2026-10-25 in Europe/Zagreb (clocks go back); "
    "taken as the first, 02:30 CEST"
)
SKIPPED = (
    "09:00 does not exist on 2011-12-30 in Pacific/Apia (clocks go forward); "
    "taken as 2011-12-31 09:00"
)
HALF_AN_HOUR = (
    "02:15 does not exist on 2026-10-04 in Australia/Lord_Howe (clocks go forward); taken as 02:45"
)


@pytest.mark.parametrize(
    ("zone", "wall", "at", "note"),
    [
        ("Europe/Zagreb", "2026-11-24T17:00", "2026-11-24T16:00Z", ""),
        (
            "Europe/Zagreb",
            "2026-03-29T02:30",
            "2026-03-29T01:30Z",
            GAP,
        ),
        (
            "Pacific/Apia",
            "2011-12-30T09:00",
            "2011-12-30T19:00Z",
            SKIPPED,
        ),
        (
            "Europe/Zagreb",
            "2026-10-25T02:30",
            "2026-10-25T00:30Z",
            TWICE,
        ),
        (
            "Australia/Lord_Howe",
            "2026-10-04T02:15",
            "2026-10-03T15:45Z",
            HALF_AN_HOUR,
        ),
    ],
)
def test_a_wall_time_is_an_instant_with_a_note_where_there_is_doubt(
    zone: str, wall: str, at: str, note: str
):
    found = to_utc(datetime.fromisoformat(wall), zone_named(zone))

    assert found == (datetime.fromisoformat(at), note)


@pytest.mark.parametrize(
    ("zone", "day", "first", "last"),
    [
        ("Europe/Zagreb", date(2026, 11, 24), "2026-11-23T23:00Z", "2026-11-24T22:59:59Z"),
        ("Africa/Cairo", date(2026, 4, 24), "2026-04-23T22:00Z", "2026-04-24T20:59:59Z"),
        ("Africa/Cairo", date(2026, 10, 29), "2026-10-28T21:00Z", "2026-10-29T21:59:59Z"),
        ("America/Havana", date(2026, 11, 1), "2026-11-01T04:00Z", "2026-11-02T04:59:59Z"),
    ],
)
def test_a_day_goes_from_its_first_instant_to_its_last_second(
    zone: str, day: date, first: str, last: str
):
    there = zone_named(zone)

    assert (day_start(day, there), day_end(day, there)) == (
        datetime.fromisoformat(first),
        datetime.fromisoformat(last),
    )


@given(
    st.sampled_from(["Europe/Zagreb", "Australia/Lord_Howe", "Antarctica/Troll", "Pacific/Apia"]),
    st.datetimes(datetime(1970, 1, 2), datetime(2037, 12, 30)),
)
def test_an_instant_is_found_again_from_the_wall_unless_it_came_twice(zone: str, moment: datetime):
    there = zone_named(zone)
    at = moment.replace(tzinfo=UTC)

    found, note = to_utc(to_wall(at, there), there)

    assert found == at or (timedelta() < at - found <= timedelta(hours=2) and "twice" in note)
