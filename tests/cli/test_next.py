"""``tix next``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.cli.telling import error

if TYPE_CHECKING:
    from tests.commandline import Desk

ROW = (
    "1\tnew\thigh\t\tjo@example.com\t\trunning:first:3600\t2026-11-21T18:30:00Z\t"
    "vip,web\tRefund not received\n"
)


def test_the_most_important_ticket_is_shown(desk: Desk):
    assert desk("next") == ROW
    assert desk("next", tty=True, env={"NO_COLOR": "1"}) == (
        "ID  STATUS  PRIO  WAITS      SLA  DUE  AGENT  CUSTOMER        TAGS     SUBJECT\n"
        " 1  new     high     0s  1h left       -      jo@example.com  vip,web  "
        "Refund not received\n"
    )


def test_taking_gives_it_to_who_acts_and_opens_it(desk: Desk):
    assert desk("next --take") == "1\n"
    assert desk("show 1 --fields status,assignee -o tsv").splitlines()[1] == "open\talice"
    assert desk("next tag:web assignee:none --take", tty=True) == (
        "took 2: status open, assignee alice - Cannot log in\n"
    )


def test_several_can_be_taken_at_once(desk: Desk):
    assert desk("next -L 2 -o ids") == "1\n2\n"
    assert desk("next -L 2 --take") == "1\n2\n"


def test_what_others_have_and_what_sleeps_is_not_next(desk: Desk):
    desk("snooze 1 tomorrow")
    desk("agent add bob -q")
    desk("assign 2 bob")

    assert desk("next -o ids") == "3\n"
    assert desk("next -o ids --actor bob") == "2\n"


@pytest.mark.parametrize("option", ["", "--take"])
def test_nothing_to_do_is_no_failure_unless_it_is_asked(desk: Desk, option: str):
    result = desk.run(f"next tag:nope {option}")

    assert (result.stdout, result.stderr, result.code) == ("", "Inbox zero.\n", 0)
    assert desk(f"next tag:nope --exit-status {option}", code=1) == ""


def test_a_dry_run_takes_nothing(desk: Desk):
    assert desk("next --take --dry-run") == "1\n"
    assert desk("next --take -n --json") == desk("--json next --take --dry-run")
    assert json.loads(desk("list --mine --json"))["total"] == 1


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("next -L 0", "invalid value for '-L' / '--limit': 0 is not in the range x>=1"),
        ("next is:nope", "unknown state 'nope' in 'is:nope'"),
    ],
)
def test_what_is_no_question_is_refused(desk: Desk, line: str, said: str):
    assert error(desk, line, 2).splitlines()[0] == said
