"""``tix close``, ``reopen``, ``spam``, ``delete`` and ``restore``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cli.telling import error, told

if TYPE_CHECKING:
    from tests.commandline import Desk

MOVES = ("close", "reopen", "spam", "delete", "restore")


def test_a_resolved_ticket_is_closed_and_opened_again(desk: Desk):
    desk("resolve 1 2")

    assert desk("close 1") == "1\n"
    assert (
        desk("close 2 1", tty=True) == "closed 2: status closed - Cannot log in\n1 is unchanged\n"
    )
    assert desk("reopen 1") == "1\n"
    assert desk("reopen 2", tty=True) == (
        "opened again 2: status open, reason none - Cannot log in\n"
    )
    assert desk("list status:open -o ids") == "1\n2\n"


def test_spam_is_marked_and_unmarked(desk: Desk):
    assert desk("spam 1") == "1\n"
    assert desk("spam 2", tty=True) == "marked as spam 2: Cannot log in\n"
    assert desk("list is:spam --all -o ids") == "1\n2\n"
    desk("reopen 1 2")
    assert desk("list is:spam --all --count") == "0\n"


def test_the_trash_is_a_way_there_and_back(desk: Desk):
    assert desk("delete 1") == desk("rm 1") == "1\n"
    assert desk("delete 2", tty=True) == "put into the trash 2: Cannot log in\n"
    assert desk("list -o ids") == "3\n"
    assert desk("list is:trashed -o ids") == "1\n2\n"
    assert desk("restore 1") == desk("restore 1") == "1\n"
    assert desk("restore 2", tty=True) == "took out of the trash 2: Cannot log in\n"
    assert desk("list -o ids") == "1\n2\n3\n"


@pytest.mark.parametrize("command", MOVES)
def test_what_moves_nothing(desk: Desk, command: str):
    assert error(desk, command, 2) == told("no ticket given")
    assert error(desk, f"{command} 9", 3) == told("no ticket 9", "the last number is 3")
    assert error(desk, f"{command} 1 --if-rev 2", 4) == told(
        "ticket 1 is at revision 1, not 2", "tix show 1"
    )


@pytest.mark.parametrize(
    ("before", "line", "message", "hint"),
    [
        (
            "inbox",
            "close 1",
            "ticket 1 is new; it cannot become closed",
            "it can become open, answered, pending, postponed, resolved, merged, spam",
        ),
        (
            "resolve 1",
            "spam 1",
            "ticket 1 is resolved; it cannot become spam",
            "it can become open, closed, merged",
        ),
        ("delete 1", "close 1", "ticket 1 is in the trash", "tix restore 1"),
        ("delete 1", "reopen 1", "ticket 1 is in the trash", "tix restore 1"),
        ("delete 1", "spam 1", "ticket 1 is in the trash", "tix restore 1"),
    ],
)
def test_a_forbidden_move_says_which_are_allowed(
    desk: Desk, before: str, line: str, message: str, hint: str
):
    desk(before)

    assert error(desk, line, 5) == told(message, hint)
