"""``tix prio``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cli.telling import error, told

if TYPE_CHECKING:
    from tests.commandline import Desk

MISSING = told("a level is missing", "tix prio ID... low|normal|high|urgent|up|down")


def test_a_level_is_set(desk: Desk):
    assert desk("prio 1 2 urgent") == "1\n2\n"
    assert desk("prio 2 3 urgent", tty=True) == "3: priority urgent - Invoice 77\n2 is unchanged\n"
    assert desk("list prio:urgent --count") == "3\n"


@pytest.mark.parametrize(
    ("level", "after"),
    [("up", "urgent"), ("+", "urgent"), ("down", "normal"), ("LOW", "low"), ("high", "high")],
)
def test_a_level_can_be_a_step(desk: Desk, level: str, after: str):
    desk(f"prio 1 {level}")

    assert desk("show 1 --fields priority -o tsv") == f"priority\n{after}\n"


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        ("prio", 2, MISSING),
        ("prio 1", 2, MISSING),
        ("prio 1 2,3", 2, MISSING),
        ("prio high", 2, told("no ticket given")),
        (
            "prio 1 hihg",
            2,
            told(
                "'hihg' is no priority; there are low, normal, high, urgent",
                "Did you mean 'high'?",
            ),
        ),
        ("prio 9 high", 3, told("no ticket 9", "the last number is 3")),
        ("prio 1 low --if-rev 2", 4, told("ticket 1 is at revision 1, not 2", "tix show 1")),
    ],
)
def test_what_sets_nothing(desk: Desk, line: str, code: int, said: str):
    assert error(desk, line, code) == said


def test_the_trash_has_no_priorities(desk: Desk):
    desk("delete 1")

    assert error(desk, "prio 1 low", 5) == told("ticket 1 is in the trash", "tix restore 1")
