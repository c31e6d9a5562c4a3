"""The vendor's averages of new and open answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.reports.made import START, november, told

if TYPE_CHECKING:
    from tests.reports.made import Thing


def test_each_move_to_answered_counts_by_what_it_came_from():
    def move(before: str, cal: int, biz: int) -> Thing:
        return "moves", {"at": START, "before": before, "cal": cal, "biz": biz}

    cell = november((move("new", 100, 50), move("open", 30, 10)), (move("open", 50, 20),))

    assert told("new_answer_avg", cell)[:2] == (100, 1)
    assert told("new_answer_avg_sla", cell)[:2] == (50, 1)
    assert told("open_answer_avg", cell)[:2] == (40, 2)
    assert told("open_answer_avg_sla", cell)[:2] == (15, 2)
    assert told("open_answer_avg", november())[:2] == (None, 0)
