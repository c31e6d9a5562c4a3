"""What will be breached next if nothing is done."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.ops.desks import START, opened
from tix.errors import BadDate, UsageError
from tix.ops.sla import forecasting, promising
from tix.ops.tickets import moves, talking

if TYPE_CHECKING:
    from tests.ops.desks import Clock
    from tix.desk import Desk


def at(day: int, hour: int) -> datetime:
    """An instant of November in Zagreb."""
    return datetime(2026, 11, day, hour - 1, tzinfo=UTC)


def forecast(desk: Desk, *words: str, until: str = "") -> list[tuple[int, str, datetime]]:
    rows = forecasting.forecast(desk, words, until).rows
    return [(row.ticket.id, row.clock.kind.value, row.due_at) for row in rows]


def test_what_is_due_by_the_end_of_the_next_working_day_is_told_in_order(desk: Desk):
    opened(desk, body="Help")
    opened(desk, body="Urgent", priority="urgent")

    found = forecasting.forecast(desk)

    assert (found.now, found.until, found.breached) == (START, at(23, 17), 0)
    assert forecast(desk) == [
        (2, "first", datetime(2026, 11, 23, 8, 15, tzinfo=UTC)),
        (1, "first", at(23, 13)),
        (2, "resolution", at(23, 13)),
    ]


def test_a_later_end_and_words_choose_what_is_told(desk: Desk):
    opened(desk, body="Help")
    opened(desk, body="Help", assignee="alice")

    assert forecast(desk, "is:mine", until="wed") == [
        (2, "first", at(23, 13)),
        (2, "resolution", at(25, 17)),
    ]
    assert forecast(desk, until="mon 12:59") == []


def test_what_is_breached_already_is_counted_and_not_told(desk: Desk, clock: Clock):
    opened(desk, body="Help")
    clock.move(days=2)

    found = forecasting.forecast(desk, until="fri")

    assert found.breached == 1
    assert [row.clock.kind for row in found.rows] == ["resolution"]


def test_what_is_postponed_comes_back_and_its_clocks_run_again(desk: Desk):
    number = opened(desk, body="Help")
    talking.reply(desk, number, "Here.")
    moves.wait(desk, [number], "customer", at(24, 17))

    assert forecast(desk, until="wed") == []
    assert forecast(desk, until="fri") == [(1, "resolution", at(27, 17))]


def test_promises_are_told_among_the_clocks(desk: Desk):
    number = opened(desk)
    moves.resolve(desk, [number])
    promising.promise(desk, [number], "fix", START + timedelta(days=1))

    assert forecast(desk) == [(1, "promise", START + timedelta(days=1))]


def test_a_clock_that_is_due_at_the_end_is_told(desk: Desk):
    opened(desk, body="Help")

    assert forecast(desk, until="mon 13:00") == [(1, "first", at(23, 13))]


def test_the_end_is_to_come_and_the_words_are_a_query(desk: Desk):
    with pytest.raises(BadDate, match="'2026-11-20' is past; a time to come is needed"):
        forecasting.forecast(desk, until="2026-11-20")
    with pytest.raises(UsageError):
        forecasting.forecast(desk, ["stauts:new"])
