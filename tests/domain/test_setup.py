"""The desk's own words for priority and type."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tix.domain.setup import Priority, Setup
from tix.errors import UsageError

MINE = Setup(
    priorities=(Priority("blocker", 9), Priority("wish", 1), Priority("bug", 4)),
    default_priority="bug",
    types=("order", "repair"),
)


def test_the_scale_rises_by_weight() -> None:
    assert Setup().scale == ("low", "normal", "high", "urgent")
    assert MINE.scale == ("wish", "bug", "blocker")


def test_a_priority_and_a_type_are_named_in_any_case() -> None:
    assert (Setup().priority(" HIGH "), MINE.priority("Wish")) == ("high", "wish")
    assert (Setup().type("Incident"), MINE.type("repair")) == ("incident", "repair")


@pytest.mark.parametrize(
    ("setup", "text", "hint"),
    [(Setup(), "hihg", "Did you mean 'high'?"), (MINE, "blokcer", "Did you mean 'blocker'?")],
)
def test_another_priority_suggests_the_nearest(setup: Setup, text: str, hint: str) -> None:
    with pytest.raises(UsageError) as error:
        setup.priority(text)

    assert error.value.message == f"'{text}' is no priority; there are {', '.join(setup.scale)}"
    assert error.value.hint == hint


def test_another_type_lists_those_there_are() -> None:
    with pytest.raises(UsageError) as error:
        MINE.type("xyzzy")

    assert error.value.message == "'xyzzy' is no type; there are order, repair"
    assert error.value.hint == ""


@pytest.mark.parametrize(
    ("priority", "by", "next_"),
    [
        ("normal", 1, "high"),
        ("normal", -1, "low"),
        ("urgent", 1, "urgent"),
        ("low", -1, "low"),
        ("no longer there", 1, "normal"),
    ],
)
def test_a_step_stays_on_the_scale(priority: str, by: int, next_: str) -> None:
    assert Setup().step(priority, by) == next_


def test_resolved_tickets_stay_for_fourteen_days() -> None:
    assert Setup().quiet == timedelta(days=14)
    assert Setup(quiet_days=3).quiet == timedelta(days=3)
