"""``tix assign``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cli.telling import error, told

if TYPE_CHECKING:
    from tests.commandline import Desk

MISSING = told("an agent is missing", "tix assign ID... AGENT")


def assignees(desk: Desk) -> str:
    """Return who has tickets 1, 2 and 3."""
    return ",".join(desk("show 1-3 --fields assignee -o tsv").splitlines()[1:])


def test_tickets_are_given_to_an_agent(desk: Desk):
    desk("agent add bob -q")

    assert desk("assign 1 2 bob") == "1\n2\n"
    assert desk("assign 3 1 Bob", tty=True) == "3: assignee bob - Invoice 77\n1 is unchanged\n"
    assert assignees(desk) == "bob,bob,bob"


@pytest.mark.parametrize(
    ("line", "after"),
    [
        ("1 @me", "alice,,alice"),
        ("1 alice", "alice,,alice"),
        ("1 2 --me", "alice,alice,alice"),
        ("3 none", ",,"),
        ("1-3 --none", ",,"),
        ("--where is:unassigned @me --yes", "alice,alice,alice"),
        ("--where tag:web --me --yes", "alice,alice,alice"),
    ],
)
def test_oneself_and_nobody_have_short_names(desk: Desk, line: str, after: str):
    desk(f"assign {line}")

    assert assignees(desk) == after


def test_work_is_shared_out(desk: Desk):
    desk("agent add bob -q")
    desk("agent add eve -q")

    assert desk("assign 1-3 --auto", tty=True) == (
        "1: assignee bob - Refund not received\n"
        "2: assignee eve - Cannot log in\n"
        "3: assignee bob - Invoice 77\n"
    )


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        ("assign", 2, MISSING),
        ("assign 1", 2, MISSING),
        ("assign 1 2-3", 2, MISSING),
        ("assign alice", 2, told("no ticket given")),
        ("assign 1 --me --none", 2, told("--me, --none and --auto exclude each other")),
        ("assign 1 bbo", 3, told("no agent 'bbo'", "Did you mean 'bob'?")),
        ("assign 9 bob", 3, told("no ticket 9", "the last number is 3")),
        ("assign 1 bob --if-rev 2", 4, told("ticket 1 is at revision 1, not 2", "tix show 1")),
    ],
)
def test_what_gives_nothing(desk: Desk, line: str, code: int, said: str):
    desk("agent add bob -q")

    assert error(desk, line, code) == said


def test_without_agents_nothing_is_shared_out(desk: Desk):
    assert error(desk, "assign 1 --auto", 5) == told(
        "there is no agent to give it to", "tix agent add NAME"
    )
