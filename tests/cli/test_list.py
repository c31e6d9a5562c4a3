"""``tix list``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.cli.telling import error, told

if TYPE_CHECKING:
    from tests.commandline import Desk

ROWS = """\
1\tnew\thigh\t\tjo@example.com\t\trunning:first:3600\t\
2026-11-21T18:30:00Z\tvip,web\tRefund not received
2\tnew\tnormal\t\t\t\trunning:first:14400\t2026-11-21T18:30:00Z\tweb\tCannot log in
3\tnew\tlow\talice\t\t\trunning:first:28800\t2026-11-21T18:30:00Z\t\tInvoice 77
"""
TABLE = """\
ID  STATUS  PRIO    WAITS      SLA  DUE  AGENT  CUSTOMER        TAGS     SUBJECT
 1  new     high       0s  1h left       -      jo@example.com  vip,web  Refund not received
 2  new     normal     0s  4h left       -      -               web      Cannot log in
 3  new     low        0s  8h left       alice  -                        Invoice 77
"""
GROUPS = """\
ID  SUBJECT

none
 1  Refund not received
 2  Cannot log in

alice
 3  Invoice 77
"""


def test_open_tickets_are_listed_with_the_most_important_first(desk: Desk):
    desk("spam 2")
    desk("new Later")
    rows = ROWS.splitlines(keepends=True)
    later = "4\tnew\tnormal\t\t\t\trunning:first:14400\t2026-11-21T18:30:00Z\t\tLater\n"

    assert desk("list") == desk("ls") == rows[0] + later + rows[2]


def test_a_person_sees_a_table_and_a_script_sees_rows(desk: Desk):
    assert desk("list", tty=True, env={"NO_COLOR": "1"}) == TABLE
    assert desk("list -o table") == TABLE
    assert desk("list") == desk("list -o plain") == ROWS


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("tag:web", "1 2"),
        ("tag:web prio:high..", "1"),
        ("-t web,nope", "1 2"),
        ("-p low,high", "1 3"),
        ("-a alice", "3"),
        ("-a none", "1 2"),
        ("--mine", "3"),
        ("--unassigned", "1 2"),
        ("--overdue", ""),
        ("-s new", "1 2 3"),
        ("-s closed", ""),
        ("-c jo@example.com", "1"),
        ("-c C-1", "1"),
        ("--created today", "1 2 3"),
        ("--created ..yesterday", ""),
        ("--due ..+9d", ""),
        ("--search 'where is'", "1"),
        ("'log in'", "2"),
        ("id:2-3", "2 3"),
        ("no:tag", "3"),
        ("assignee!=alice -L 1", "1"),
        ("--sort -id", "3 2 1"),
        ("--sort subject", "2 3 1"),
        ("--all", "1 2 3"),
    ],
)
def test_words_and_options_choose_and_order(desk: Desk, line: str, found: str):
    assert desk(f"list {line} -o ids").split() == found.split()


def test_all_lists_what_is_settled_as_well(desk: Desk):
    desk("resolve 1 --close")

    assert desk("list -o ids") == "2\n3\n"
    assert sorted(desk("list --all -o ids").split()) == ["1", "2", "3"]


def test_what_a_limit_leaves_out_is_told(desk: Desk):
    result = desk.run("list -L 1 -o ids")

    assert (result.stdout, result.stderr) == ("1\n", "1 of 3 - -L 0 for all\n")
    assert desk.run("list -L 3 -o ids").stderr == ""


def test_nothing_found_is_no_failure_unless_it_is_asked(desk: Desk):
    result = desk.run("list tag:nope")

    assert (result.stdout, result.stderr, result.code) == ("", "no tickets match\n", 0)
    assert desk.run("list tag:nope -q").stderr == ""
    assert desk("list tag:nope --exit-status", code=1) == ""
    assert desk("list tag:web --exit-status -o ids") == "1\n2\n"


def test_tickets_are_counted(desk: Desk):
    assert desk("list --count tag:web") == "2\n"
    assert desk("list --count tag:nope --exit-status", code=1) == "0\n"


def test_tickets_stand_in_groups(desk: Desk):
    assert desk("list --group-by assignee -o table --fields id,subject") == GROUPS


def test_fields_are_chosen_in_every_format(desk: Desk):
    assert desk("list --fields rev,id tag:vip -o tsv") == "rev\tid\n1\t1\n"
    assert json.loads(desk("list --fields id,customer tag:vip --json"))["tickets"] == [
        {
            "schema": "tix.ticket/1",
            "id": 1,
            "customer": {"id": "C-1", "name": None, "email": "jo@example.com"},
        }
    ]


def test_json_tells_what_was_asked_and_how_much_there_is(desk: Desk):
    document = json.loads(desk("list tag:web -L 1 --json"))
    tickets = document.pop("tickets")

    assert document == {
        "schema": "tix.ticket_list/1",
        "tool": document["tool"],
        "as_of": "2026-11-21T18:30:00Z",
        "tz": "Europe/Zagreb",
        "query": "is:open tag:web",
        "total": 2,
        "count": 1,
        "truncated": True,
    }
    assert [ticket["id"] for ticket in tickets] == [1]


def test_a_saved_query_is_used_by_its_name(desk: Desk):
    desk("query save webby tag:web --sort -id")

    assert desk("list query:webby -o ids") == "2\n1\n"


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        ("list is:opn", 2, told("unknown state 'opn' in 'is:opn'", "Did you mean 'open'?")),
        ("list --sort dew", 2, told("'dew' is no field to sort by", "Did you mean 'due'?")),
        ("list --group-by tga", 2, told("'tga' is no field to group by", "Did you mean 'tag'?")),
        ("list --fields sbject", 2, told("unknown field 'sbject'", "Did you mean 'subject'?")),
        ("list query:nope", 3, told("no saved query 'nope'", "tix query save nope QUERY")),
        (
            "list -L x",
            2,
            told(
                "invalid value for '-L' / '--limit': 'x' is not a valid integer range",
                usage="tix list [OPTIONS] [QUERY]...",
            ),
        ),
    ],
)
def test_what_cannot_be_listed(desk: Desk, line: str, code: int, said: str):
    assert error(desk, line, code) == said


def test_a_desk_that_is_not_there_cannot_be_listed(desk: Desk):
    assert error(desk, "list --db nowhere", 73) == (
        f"there is no desk at {desk.home}/nowhere\nhint: 'tix init' makes one\n"
    )
