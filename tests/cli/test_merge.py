"""``tix merge`` and ``tix unmerge``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.cli.telling import error, told

if TYPE_CHECKING:
    from tests.commandline import Desk

TARGET = """\
2  Cannot log in
Status         new
Priority       normal
Assignee       nobody
Customer       C-2 Ann Fox <ann@example.com>
Participants   jo@example.com
Tags           web, vip
SLA            standard, first 4h left, due Mon 2026-11-23 13:00 CET (in 1 d 17 h)
               resolution 1d left, due Wed 2026-11-25 17:00 CET (in 3 d 21 h)
Opened         Sat 2026-11-21 19:30 CET (now)
Waiting since  Sat 2026-11-21 19:30 CET (now)
Holds          1

#1 2026-11-21 19:30 jo@example.com wrote, in 1
  Where is it?

#2 2026-11-21 19:30 alice noted, for agents only
  Both at once.
"""
OTHER = "ticket 1 is from jo@example.com, ticket 2 from Ann Fox; jo@example.com takes part in 2 now"
SOURCE = """\
1  Refund not received
Status      merged
Priority    high
Assignee    nobody
Customer    C-1 <jo@example.com>
Tags        vip, web
SLA         standard
Opened      Sat 2026-11-21 19:30 CET (now)
Goes on in  2 (new) Cannot log in
"""


@pytest.fixture
def two(desk: Desk) -> Desk:
    """The desk with a customer of her own on ticket 2."""
    desk("customer add 'Ann Fox' --email ann@example.com")
    desk("edit 2 -c ann@example.com")
    return desk


def record(desk: Desk, number: int) -> dict[str, object]:
    found: dict[str, object] = json.loads(desk(f"show {number} --json"))
    return found


def test_a_merged_ticket_goes_on_in_the_other_and_both_say_so(two: Desk):
    result = two.run("merge 1 --into 2")
    noted = two.run("note 1 -m 'Both at once.'")

    assert (result.stdout, result.stderr) == (
        "1\n2\n",
        f"tix: warning: {OTHER}\n",
    )
    assert (noted.stdout, noted.stderr) == (
        "2\n",
        "tix: warning: ticket 1 was merged; this is for 2\n",
    )
    assert two("show 2") == TARGET
    assert two("show 1").partition("\n\n")[0] + "\n" == SOURCE


def test_a_merge_is_told_on_a_terminal(desk: Desk):
    assert desk("merge 1 2 --into 3 --dry-run", tty=True) == (
        "would: 1: status merged, merged into 3 - Refund not received\n"
        "would: 2: status merged, merged into 3 - Cannot log in\n"
        "would: 3: tags vip,web, customer 1, holds 1,2 - Invoice 77\n"
    )
    desk("merge 1 2 --into 3")
    assert desk("merge 1 --into 3", tty=True) == "1 is unchanged\n"
    assert desk("unmerge 2", tty=True) == (
        "2: status new, merged into none - Cannot log in\n3: holds 1 - Invoice 77\n"
    )


def test_records_and_queries_know_what_was_merged(desk: Desk):
    desk("merge 1 2 --into 3")

    assert [record(desk, number)["merged_into"] for number in (1, 2, 3)] == [3, 3, None]
    assert [record(desk, number)["absorbed"] for number in (1, 3)] == [[], [1, 2]]
    assert desk("list is:merged -o ids --sort id") == "1\n2\n"
    assert desk("list is:merged --all -o ids --sort id") == "1\n2\n"
    assert desk("list merged:3 --all -o ids --sort id") == "1\n2\n"
    assert desk("list -o ids") == "3\n"
    assert (
        desk("list --all --fields id,merged_into,absorbed --sort id")
        == "1\t3\t\n2\t3\t\n3\t\t1,2\n"
    )


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("reply 1 -m 'On its way.'", "reply"),
        ("reply 1 --inbound -m 'Thanks!'", "customer"),
        ("note 1 -m 'Asked the bank.'", "note"),
    ],
)
def test_what_is_said_on_a_chain_of_merged_tickets_lands_at_its_end(
    desk: Desk, line: str, kind: str
):
    desk("merge 1 --into 2")
    desk("merge 2 --into 3")
    result = desk.run(line)

    assert (result.stdout, result.stderr) == (
        "3\n",
        "tix: warning: ticket 1 was merged; this is for 3\n",
    )
    messages = json.loads(desk("show 3 --json"))["messages"]
    assert [(m["ticket_id"], m["kind"]) for m in messages] == [(1, "customer"), (3, kind)]


def test_all_that_match_are_merged_but_the_one_that_stays(desk: Desk):
    assert desk("merge --where tag:web --into 2 --yes") == "1\n2\n"
    assert desk("unmerge --where merged:2 --where is:merged --yes") == "1\n2\n"
    assert desk.run("merge --where tag:web --into 2").stderr.startswith(
        "  1  Refund not received\ntix: error: nobody is there to answer: "
        "merge into ticket 2: 1 ticket?\n"
    )
    tried = json.loads(desk("merge --where tag:web --into 2 --dry-run -o jsonl"))
    assert tried == {"schema": "tix.command/1", "command": "merge", "ids": [1], "into": 2}


def test_undo_parts_what_was_merged(desk: Desk):
    before = desk("list --all -o json --fields id,status,tags,message_count,customer")
    desk("merge 1 2 --into 3")
    desk("undo")

    assert desk("list --all -o json --fields id,status,tags,message_count,customer") == before
    assert desk("list is:merged --count") == "0\n"


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        (
            "merge 1",
            2,
            told("missing option '--into'", usage="tix merge [OPTIONS] ID..."),
        ),
        ("merge --into 1", 2, told("no ticket given")),
        ("merge 1 --into 2-3", 2, told("one ticket is needed, and '2-3' names 2")),
        ("merge 1 8 --into 9", 3, told("no ticket 8", "the last number is 4")),
        ("merge 1 --into 9", 3, told("no ticket 9", "the last number is 4")),
        ("merge 1 --into 2 --if-rev 7", 4, told("ticket 1 is at revision 1, not 7", "tix show 1")),
        ("merge 1 --into 1", 5, told("ticket 1 cannot be merged into itself")),
        (
            "merge 2 --into 4",
            5,
            told("ticket 2 cannot be merged into 4, which goes on in it"),
        ),
        (
            "merge 4 --into 3",
            5,
            told("ticket 4 is merged; it cannot be merged", "it goes on in ticket 2"),
        ),
        ("unmerge 1", 5, told("ticket 1 is not merged")),
        ("unmerge 9", 3, told("no ticket 9", "the last number is 4")),
    ],
)
def test_what_cannot_be_merged_or_parted(desk: Desk, line: str, code: int, said: str):
    desk("new Again")
    desk("merge 4 --into 2")

    assert error(desk, line, code) == said


def test_what_goes_on_in_a_merged_ticket_is_parted_last(desk: Desk):
    desk("merge 1 --into 2")
    desk("merge 2 --into 3")

    assert error(desk, "unmerge 1", 5) == told(
        "ticket 2, in which 1 goes on, is merged into 3 itself", "tix unmerge 2 comes first"
    )


def test_hostile_subjects_stay_on_their_line(run: Desk):
    run(["new", "bad\x1b[31m\u202e\tsubject " + "x" * 90])
    run("new Other")
    run("merge 2 --into 1")
    run("link 2 1 --as blocked-by")

    page = run("show 2")
    assert "\x1b" not in page + run("show 1")
    assert "\u202e" not in page
    assert max(map(len, page.splitlines())) < 80
