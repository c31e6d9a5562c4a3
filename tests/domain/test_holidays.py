"""Holidays: dates, rules, and what can be none."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tix.codec import decode, encode
from tix.domain.holidays import Holiday, check, dates_in, names_in
from tix.errors import ConfigInvalid

if TYPE_CHECKING:
    from collections.abc import Callable

BOXING_DAY = date(2020, 12, 26)


def iso(*texts: str) -> list[date]:
    return [date.fromisoformat(text) for text in texts]


@pytest.mark.parametrize(
    ("holiday", "year", "dates"),
    [
        (Holiday(date(2026, 1, 6)), 2026, iso("2026-01-06")),
        (Holiday(date(2026, 1, 6)), 2027, []),
        (Holiday(date(2026, 12, 31), days=3), 2026, iso("2026-12-31")),
        (Holiday(date(2026, 12, 31), days=3), 2027, iso("2027-01-01", "2027-01-02")),
        (Holiday(rule="FREQ=YEARLY;BYMONTH=11;BYDAY=4TH"), 2026, iso("2026-11-26")),
        (Holiday(rule="rrule:freq=yearly;bymonth=11;byday=4th;"), 2026, iso("2026-11-26")),
        (Holiday(rule="FREQ=YEARLY;BYMONTH=5;BYDAY=-1MO"), 2026, iso("2026-05-25")),
        (Holiday(rule="FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29"), 2028, iso("2028-02-29")),
        (Holiday(rule="FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29"), 2027, []),
        (Holiday(BOXING_DAY, rule="FREQ=YEARLY"), 2026, iso("2026-12-26")),
        (Holiday(BOXING_DAY, rule="FREQ=YEARLY"), 2019, []),
        (Holiday(BOXING_DAY, rule="FREQ=YEARLY;UNTIL=20251231T235959Z"), 2026, []),
        (Holiday(BOXING_DAY, rule="FREQ=YEARLY;UNTIL=20261226"), 2026, iso("2026-12-26")),
        (Holiday(BOXING_DAY, rule="FREQ=YEARLY;COUNT=7"), 2026, iso("2026-12-26")),
        (Holiday(BOXING_DAY, rule="FREQ=YEARLY;COUNT=6"), 2026, []),
        (Holiday(BOXING_DAY, rule="FREQ=YEARLY;INTERVAL=4"), 2024, iso("2024-12-26")),
        (Holiday(BOXING_DAY, rule="FREQ=YEARLY;INTERVAL=4"), 2026, []),
        (
            Holiday(BOXING_DAY, rule="FREQ=YEARLY", days=2, skip=(date(2026, 12, 26),)),
            2026,
            [],
        ),
        (
            Holiday(BOXING_DAY, rule="FREQ=YEARLY", days=8),
            2026,
            iso("2026-01-01", "2026-01-02", *(f"2026-12-{day}" for day in range(26, 32))),
        ),
        (Holiday(rule="easter"), 2026, iso("2026-04-05")),
        (Holiday(rule="Easter + 1"), 2026, iso("2026-04-06")),
        (Holiday(rule="easter-2"), 2026, iso("2026-04-03")),
        (Holiday(rule="easter+60"), 2026, iso("2026-06-04")),
        (Holiday(rule="easter+300"), 2026, iso("2026-02-14")),
        (Holiday(rule="easter+1"), 9998, iso("9998-04-06")),
        (Holiday(rule="easter+1"), 9999, []),
        (Holiday(date(2026, 4, 6), rule="easter+1"), 2025, []),
        (Holiday(date(2026, 4, 6), rule="easter+1"), 2026, iso("2026-04-06")),
    ],
)
def test_a_holiday_has_its_dates_in_a_year(holiday: Holiday, year: int, dates: list[date]):
    assert dates_in(holiday, year) == dates


def test_the_first_name_of_a_date_counts():
    holidays = (
        Holiday(date(2026, 1, 1)),
        Holiday(date(2026, 1, 1), "New Year"),
        Holiday(date(2026, 1, 1), "Hangover"),
        Holiday(rule="easter+1", name="Easter Monday"),
    )

    assert names_in(holidays, 2026) == {
        date(2026, 1, 1): "New Year",
        date(2026, 4, 6): "Easter Monday",
    }


@pytest.mark.parametrize(
    ("holiday", "message"),
    [
        (Holiday(), "holiday 1 has neither a date nor a rule"),
        (
            Holiday(date(9999, 12, 31), days=3),
            "holiday 1 begins on 9999-12-31, in a year that cannot be",
        ),
        (Holiday(BOXING_DAY, days=0), "holiday 1 lasts 0 days; 1 to 366 are possible"),
        (Holiday(BOXING_DAY, days=400), "holiday 1 lasts 400 days; 1 to 366 are possible"),
        (Holiday(rule="christmas"), "holiday 1: 'christmas' is no rule for a holiday"),
        (Holiday(rule="easter+1d"), "holiday 1: 'easter+1d' is no rule for a holiday"),
        (Holiday(rule="FREQ=DAILY"), "holiday 1: 'FREQ=DAILY' is no rule for a holiday"),
        (
            Holiday(rule="FREQ=YEARLY;BYDAY=4XX"),
            "holiday 1: 'FREQ=YEARLY;BYDAY=4XX' is no rule for a holiday",
        ),
        (
            Holiday(BOXING_DAY, rule="FREQ=YEARLY;UNTIL=soon"),
            "holiday 1: 'FREQ=YEARLY;UNTIL=soon' is no rule for a holiday",
        ),
        (
            Holiday(BOXING_DAY, rule="FREQ=YEARLY;INTERVAL=0"),
            "holiday 1: 'FREQ=YEARLY;INTERVAL=0' is no rule for a holiday",
        ),
        (
            Holiday(rule="FREQ=YEARLY;BYEASTER=1"),
            "holiday 1: 'FREQ=YEARLY;BYEASTER=1' is no rule for a holiday",
        ),
        (
            Holiday(rule="FREQ=YEARLY;BYMONTH=1;BYHOUR=12"),
            (
                "holiday 1: the rule 'FREQ=YEARLY;BYMONTH=1;BYHOUR=12' names a time; "
                "a holiday lasts whole days"
            ),
        ),
        (Holiday(rule="FREQ=YEARLY"), "holiday 1: the rule 'FREQ=YEARLY' needs a first date"),
        (
            Holiday(rule="FREQ=YEARLY;INTERVAL=2;BYMONTH=5;BYMONTHDAY=1"),
            (
                "holiday 1: the rule 'FREQ=YEARLY;INTERVAL=2;BYMONTH=5;BYMONTHDAY=1' "
                "needs a first date"
            ),
        ),
        (
            Holiday(rule="FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"),
            "holiday 1: the rule 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30' never comes",
        ),
    ],
)
def test_a_holiday_that_cannot_be_is_refused(holiday: Holiday, message: str):
    with pytest.raises(ConfigInvalid) as refused:
        check(holiday, "holiday 1")

    assert refused.value.message == message


@pytest.mark.parametrize(
    "holiday",
    [
        Holiday(BOXING_DAY, "Boxing Day"),
        Holiday(rule="FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29"),
        Holiday(BOXING_DAY, "Boxing Day", "FREQ=YEARLY", 2, (date(2022, 12, 26),)),
    ],
)
def test_a_holiday_that_can_be_is_accepted_and_kept_as_json(holiday: Holiday):
    check(holiday, "holiday 1")

    assert decode(Holiday, encode(holiday)) == holiday


GOOD = ("FREQ=YEARLY", "FREQ=WEEKLY", "BYDAY=", "4TH", "BYMONTH=11", "COUNT=3", "WKST=MO", "easter")
ODD = (
    "UNTIL=",
    "BYMONTH=13",
    "BYSETPOS=1",
    "BYWEEKNO=1",
    "BYYEARDAY=1",
    "BYEASTER=0",
    "INTERVAL=2",
)
words = st.sampled_from((*GOOD, *ODD, "99999", "BYMONTHDAY=-1", "TH", "X", ";", ",", "+", "-", "="))


@given(st.lists(words, max_size=8), st.sampled_from([";".join, "".join]))
def test_any_text_is_a_rule_or_refused(parts: list[str], joined: Callable[[list[str]], str]):
    rule = joined(["FREQ=YEARLY", *parts])
    try:
        dates = dates_in(Holiday(date(2024, 1, 1), rule=rule), 2026)
    except ConfigInvalid:
        return
    assert {day.year for day in dates} <= {2026}
