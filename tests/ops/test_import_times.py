"""Times as files write them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tix.domain.zone import zone_named
from tix.ops.importing.times import Times, is_form

ZAGREB = zone_named("Europe/Zagreb")


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type, misc]


@pytest.mark.parametrize(
    ("form", "text", "expected"),
    [
        ("iso", "2025-11-24", at(2025, 11, 23, 23)),
        ("iso", "2025-11-24 17:00", at(2025, 11, 24, 16)),
        ("iso", "2025-11-24T17:00:00Z", at(2025, 11, 24, 17)),
        ("iso", "2025-11-24 17:00:00 UTC", at(2025, 11, 24, 17)),
        ("iso", "2025-07-01T17:00:00+05:30", at(2025, 7, 1, 11, 30)),
        ("us", "7/4/2025", at(2025, 7, 3, 22)),
        ("us", "07-04-2025 17:05:06", at(2025, 7, 4, 15, 5, 6)),
        ("us", "11/24/2025 12:30 AM", at(2025, 11, 23, 23, 30)),
        ("us", "11/24/2025, 12:30 p.m.", at(2025, 11, 24, 11, 30)),
        ("eu", "24.11.2025.", at(2025, 11, 23, 23)),
        ("eu", "24/11/2025 17:00", at(2025, 11, 24, 16)),
        ("epoch", "1764003600", at(2025, 11, 24, 17)),
        ("epoch", "1764003600000", at(2025, 11, 24, 17)),
        ("epoch", "1764003600.5", datetime(2025, 11, 24, 17, 0, 0, 500_000, UTC)),
        ("%d %b %y %H.%M", "24 Nov 25 17.00", at(2025, 11, 24, 16)),
    ],
)
def test_a_time_is_read_in_the_declared_form_and_zone(form: str, text: str, expected: datetime):
    assert Times((form,), ZAGREB)(text) == expected


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("iso", "24.11.2025"),
        ("iso", "1969-12-31T00:00:00Z"),
        ("us", "24/11/2025"),
        ("us", "7/4/25"),
        ("us", "7/4/2025 13:00 PM"),
        ("eu", "11/24/2025"),
        ("eu", "31.11.2025"),
        ("epoch", "-5"),
        ("epoch", "soon"),
        ("%d/%m/%y", "24/11/2025"),
        ("iso", "9999-12-31"),
    ],
)
def test_a_time_in_another_form_is_refused(form: str, text: str):
    with pytest.raises(ValueError, match=r"^not a time such as "):
        Times((form,), ZAGREB)(text)


def test_several_forms_are_tried_in_their_order():
    times = Times(("us", "iso"), ZAGREB)

    assert times("2025-11-24") == times("11/24/2025") == at(2025, 11, 23, 23)
    with pytest.raises(ValueError, match=r"such as 11/24/2026 5:00 PM or 2026-11-24 17:00"):
        times("24.11.2025")


def test_a_date_alone_can_mean_the_end_of_the_day():
    times = Times(("iso",), ZAGREB)

    assert times("2025-11-24", end_of_day=True) == at(2025, 11, 24, 22, 59, 59)
    assert times("2025-11-24T10:00", end_of_day=True) == at(2025, 11, 24, 9)
    assert Times(("epoch",), ZAGREB)("1764003600", end_of_day=True) == at(2025, 11, 24, 17)


def test_no_more_than_some_thousand_times_are_remembered():
    times = Times(("epoch",), ZAGREB)

    assert [times(str(n)) for n in (*range(20_002), 5)][-1] == datetime(1970, 1, 1, 0, 0, 5, 0, UTC)


@pytest.mark.parametrize(
    ("form", "is_one"),
    [
        ("iso", True),
        ("%d/%m/%y", True),
        ("%Y-%m-%dT%H:%M:%S%z", True),
        ("ISO", False),
        ("", False),
        ("%Q", False),
        ("%d %d", False),
    ],
)
def test_a_form_has_a_name_or_is_one_of_strptime(form: str, is_one: bool):
    assert is_form(form) is is_one
