"""Dates on which nobody is there, as exceptions in calendars."""

from __future__ import annotations

from datetime import date

import pytest

from tix.domain.away import Away, absences, come_back, leave, own_hours
from tix.domain.setup import BusinessHours
from tix.errors import Refused, UsageError

EVE = date(2026, 12, 24)
MORNING = ((8 * 3600, 12 * 3600),)


def day(number: int) -> date:
    return date(2026, 8, number)


def closed(*numbers: int, name: str = "standard") -> BusinessHours:
    return BusinessHours(name, exceptions=dict.fromkeys(map(day, numbers), ()))


def test_closed_dates_in_a_row_are_one_absence():
    hours = BusinessHours(
        "standard", exceptions={day(5): (), day(3): (), day(4): (), day(9): (), EVE: MORNING}
    )

    assert absences([hours]) == [
        Away(day(3), day(5), ("standard",)),
        Away(day(9), day(9), ("standard",)),
    ]
    assert [one.name for one in absences([hours])] == ["2026-08-03..2026-08-05", "2026-08-09"]
    assert [one.days for one in absences([hours])] == [3, 1]


def test_equal_dates_of_several_calendars_are_one_absence():
    assert absences([closed(3, 4), closed(3, 4, name="night"), closed(4, name="gold")]) == [
        Away(day(3), day(4), ("standard", "night")),
        Away(day(4), day(4), ("gold",)),
    ]
    assert absences([]) == []


def test_to_leave_closes_every_date_and_to_come_back_opens_them():
    away = leave(BusinessHours("standard"), day(3), day(5))

    assert away == closed(3, 4, 5)
    assert come_back(away, day(4), day(9)) == closed(3)
    assert come_back(away, day(1), day(31)) == BusinessHours("standard", exceptions={})


def test_hours_of_a_single_date_give_way_and_are_told():
    hours = BusinessHours("standard", exceptions={EVE: MORNING})

    assert own_hours(hours, EVE, EVE) == [EVE]
    assert leave(hours, EVE, EVE).exceptions == {EVE: ()}
    assert come_back(hours, EVE, EVE) == hours


def test_nobody_is_away_twice_on_one_date():
    with pytest.raises(Refused) as refused:
        leave(closed(5), day(3), day(8))

    assert refused.value.message == "calendar 'standard' is closed on 2026-08-05 already"


def test_nobody_is_away_for_more_than_a_year():
    with pytest.raises(UsageError, match="is 367 days; at most 366 are possible"):
        leave(BusinessHours("standard"), date(2026, 1, 1), date(2027, 1, 2))
