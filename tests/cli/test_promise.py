"""``tix promise``: what an agent promised, on the ticket and in a list."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.cli.telling import error, told

if TYPE_CHECKING:
    from tests.commandline import Desk

LATER = {"TIX_NOW": "2026-12-01T12:00:00Z"}


@pytest.fixture
def desk(run: Desk) -> Desk:
    """A desk with two tickets and a promise on the first, made on a Saturday for Friday."""
    run("new Refund not received -c jo@example.com -a alice")
    run("new Login")
    run("promise 1 'send the fix' --by fri")
    return run


def test_a_promise_is_due_at_the_end_of_the_business_hours_of_a_date(desk: Desk):
    assert desk("promise list") == (
        "1\t1\tsend the fix\t2026-11-27T16:00:00Z\trunning\talice\tjo@example.com\n"
    )


def test_words_that_name_no_command_make_a_promise(desk: Desk):
    assert desk("promise 2 'call her' --by 'mon 10:00' -o table") == (
        "promised on 2: 'call her' by Mon 2026-11-23 10:00 CET (in 1 d 14 h) - Login\n"
    )
    assert desk("promise make 1 2 'the same' --by 3d") == "1\n2\n"
    assert desk("promise -o ids") == "2\n1\n2\n1\n"


def test_promises_are_listed_for_a_person(desk: Desk):
    desk("promise 2 'call her' --by 'mon 10:00'")

    assert desk("promise list -o table", env={"TIX_NOW": "2026-11-24T12:00:00Z"}) == (
        "ID  N  PROMISE       BY                STATE       AGENT  CUSTOMER\n"
        " 2  1  call her      2026-11-23 10:00  1d 3h over         -\n"
        " 1  1  send the fix  2026-11-27 17:00  3d 4h left  alice  jo@example.com\n"
    )


def test_a_promise_is_a_clock_where_tickets_are_shown(desk: Desk):
    desk("edit 1 --sla none")
    desk("promise 2 'call her' --by 'mon 09:00'")

    assert [line.split("\t")[6] for line in desk("list --sort id").splitlines()] == [
        "running:promise:509400",
        "running:promise:135000",
    ]
    assert (
        "SLA            standard, promise 1d 13h left, due Mon 2026-11-23 09:00 CET "
        "(in 1 d 13 h)\n"
        "               first 4h left, due Mon 2026-11-23 13:00 CET (in 1 d 17 h)\n"
        "               resolution 1d left, due Wed 2026-11-25 17:00 CET (in 3 d 21 h)\n"
        "Promised       call her - by Mon 2026-11-23 09:00 CET (in 1 d 13 h)\n"
    ) in desk("show 2 -o table")
    assert json.loads(desk("show 1 --json"))["sla"] == {
        "policy": None,
        "version": None,
        "state": "running",
        "clock": "promise",
        "due_at": "2026-11-27T16:00:00Z",
        "remaining_s": 509400,
        "breached_at": None,
        "paused": False,
    }
    assert desk("list is:breached -o ids", env=LATER) == "2\n1\n"


def test_a_kept_promise_leaves_the_list_and_stays_in_the_history(desk: Desk):
    assert desk("promise done 1 -o table") == (
        "kept what was promised on 1: 'send the fix' kept - Refund not received\n"
    )
    assert desk("promise done 1 -o table") == "1 is unchanged\n"

    assert desk.run("promise list").stderr == "there is no promise to keep\n"
    assert desk("promise list --all --fields promise,state,ending,late_s") == (
        "send the fix\tmet\tkept\t0\n"
    )
    assert desk("show 1 --log").splitlines()[-1] == (
        "  2026-11-21 19:30  agent:alice  promise kept: 'send the fix' kept"
    )


def test_one_of_several_is_named_by_its_number(desk: Desk):
    desk("promise 1 'call her' --by 2d")

    assert error(desk, "promise done 1", 5) == told(
        "ticket 1 has 2 promises to keep: 1 'send the fix', 2 'call her'",
        "say which: --number 1",
    )
    desk("promise cancel 1 --number 2")
    assert desk("promise list --all --fields promise,state") == (
        "send the fix\trunning\ncall her\tcancelled\n"
    )
    assert error(desk, "promise done 1 --number 3", 3) == told(
        "ticket 1 has no promise 3", "tix show 1 lists them"
    )


def test_the_page_of_a_ticket_tells_what_was_promised(desk: Desk):
    lines = desk("show 1 --headers").splitlines()
    assert "Promised       send the fix - by Fri 2026-11-27 17:00 CET (in 5 d 21 h)" in lines

    desk("promise done 1", env=LATER)
    desk("promise 1 'call her' --by 2027-01-04", env=LATER)
    (first, second) = (
        line for line in desk("show 1 --headers", env=LATER).splitlines() if ". " in line
    )
    assert first == "Promised       1. send the fix - kept 2026-12-01 13:00, too late"
    assert second == "               2. call her - by Mon 2027-01-04 17:00 CET (in 34 d)"
    assert json.loads(desk("show 1 --json"))["promises"][0] == {
        "number": 1,
        "promise": "send the fix",
        "made_at": "2026-11-21T18:30:00Z",
        "due_at": "2026-11-27T16:00:00Z",
        "ended_at": "2026-12-01T12:00:00Z",
        "ending": "kept",
    }


def test_a_broken_promise_is_told_until_it_is_over(desk: Desk):
    assert "send the fix - by Fri 2026-11-27 17:00 CET (3 d 20 h ago) - broken" in desk(
        "show 1 --headers", env=LATER
    )
    (record,) = json.loads(desk("promise list --json", env=LATER))["promises"]
    assert (record["state"], record["late_s"]) == ("breached", (3 * 24 + 20) * 3600)
    desk("promise cancel 1", env=LATER)
    assert desk("promise list --all -o table", env=LATER).splitlines()[1] == (
        " 1  1  send the fix  2026-11-27 17:00  cancelled, 3d 20h late  alice  jo@example.com"
    )


def test_tickets_with_a_promise_to_keep_are_found_and_not_left(desk: Desk):
    assert desk("list is:promised -o ids") == "1\n"
    assert error(desk, "merge 1 --into 2", 5) == told(
        "ticket 1 cannot be merged: it has a promise to keep, 'send the fix'",
        "tix promise done 1, or tix promise cancel 1",
    )
    assert error(desk, "resolve 1 --close", 5).startswith("ticket 1 cannot be closed")


def test_undo_takes_a_promise_back(desk: Desk):
    assert desk("undo -o table") == (
        "took back the change of 1: no promise 1 - Refund not received\n"
    )
    assert desk("promise list --all") == ""


def test_what_is_promised_is_forgotten_with_what_was_written(desk: Desk):
    desk("delete 1 --purge --yes")

    assert "send the fix" not in desk("show 1 --log --json")
    assert desk("doctor").endswith("no problems\n") or desk("doctor") == ""


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("promise 1 --by fri", "what is promised is missing\nhint: tix promise ID... TEXT --by"),
        ("promise 1 fix", "missing option '--by'\n"),
        ("promise 1 ' ' --by fri", "what is promised is missing\n"),
        ("promise 1 fix --by yesterday", "2026-11-20 16:00 UTC is past; a time to come is"),
        ("promise 1 fix --by soon", "'soon' is not a date"),
        ("promise 99 fix --by fri", "no ticket 99\n"),
        ("promise lsit", "missing option '--by'\n"),
        ("promise done", "no ticket given\n"),
        ("promise done 1 --number 0", "invalid value for '--number'"),
    ],
)
def test_what_cannot_be_promised_is_told(desk: Desk, line: str, said: str):
    assert error(desk, line, 3 if "99" in line else 2).startswith(said)


def test_a_dry_run_is_a_line_for_apply(desk: Desk):
    line = desk("promise 2 fix --by fri --dry-run -o jsonl")

    assert json.loads(line) == {
        "schema": "tix.command/1",
        "command": "promise make",
        "ids": [2],
        "text": "fix",
        "by": "2026-11-27T16:00:00Z",
    }
    desk("apply -", input=line)
    assert desk("promise list --fields ticket_id,promise") == "1\tsend the fix\n2\tfix\n"
