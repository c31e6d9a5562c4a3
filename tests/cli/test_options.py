"""What every command takes: global options wherever they stand, synonyms, suggestions."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.cli.telling import error, told
from tix.cli import SYNONYMS

if TYPE_CHECKING:
    from tests.commandline import Desk

GLOBALS = (
    "--json",
    "-o tsv",
    "--output=csv",
    "--fields id,subject",
    "-o csv --csv-safe",
    "--color always -o table",
    "--no-pager",
    "-q",
    "--quiet",
    "-v",
    "--tz Asia/Tokyo -o table",
    "--db desk",
    "--actor bob",
    "--lock-timeout 1",
    "--no-input",
    "--debug",
    "-V",
)
ON = "invalid value for '--on': 'custmer' is not one of customer, third-party"


@pytest.mark.parametrize("option", GLOBALS)
@pytest.mark.parametrize("command", ["list tag:web", "show 1", "note 1 -m x -n"])
def test_a_global_option_is_the_same_before_and_after_the_command(
    desk: Desk, option: str, command: str
):
    before, after = desk.run(f"{option} {command}"), desk.run(f"{command} {option}")

    assert before == after
    assert before.code == 0


def test_a_global_option_stands_alone_before_the_inbox(desk: Desk):
    assert desk("--json") == desk("inbox --json")
    assert desk("-o ids") == "1\n2\n3\n"


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("-o plain list -o ids", "ids"),
        ("-o ids list -o plain", "plain"),
        ("list -o plain -o ids", "ids"),
        ("--json list -o ids", "ids"),
        ("list --json -o ids", "ids"),
        ("list -o ids --json", "json"),
        ("-o ids list --json", "json"),
        ("--db nowhere list --db desk -o ids", "ids"),
        ("list -L 0 -L 3 -o ids", "ids"),
    ],
)
def test_what_stands_further_right_wins(desk: Desk, line: str, found: str):
    assert desk(line) == desk(f"list -o {found}")


def test_who_acts_is_the_actor(desk: Desk):
    desk("note 1 -m x --actor bob")
    desk("--actor eve note 1 -m y")

    events = json.loads(desk("show 1 --json"))["events"]
    assert [event["by"] for event in events] == ["agent:alice", "agent:bob", "agent:eve"]


def test_quiet_silences_all_but_errors(desk: Desk):
    for line in ("tag 3 nwe", "list tag:none -L 1", "list 'nothing at all'", "init other"):
        assert desk.run(f"{line} -q").stderr == "", line
    assert error(desk, "show 9 -q", 3) == told("no ticket 9", "the last number is 3")


def test_verbose_tells_how_to_take_a_change_back(desk: Desk):
    assert desk.run("note 1 -m x -v").stderr == (
        f"operation 4 on {desk.home}/desk; tix undo takes it back\n"
    )


@pytest.mark.parametrize("name", SYNONYMS)
def test_a_synonym_is_the_command_that_it_stands_for(desk: Desk, name: str):
    assert desk(f"{name} --help") == desk(f"{SYNONYMS[name]} --help")


@pytest.mark.parametrize(
    ("line", "code", "message", "hint"),
    [
        ("lsit", 2, "no such command 'lsit'", "Did you mean 'list'?"),
        ("reslove 1", 2, "no such command 'reslove'", "Did you mean 'resolve'?"),
        ("agent lsit", 2, "no such command 'tix agent lsit'", "Did you mean 'list'?"),
        ("xyzzy", 2, "no such command 'xyzzy'", "tix --help lists the commands"),
        ("list --jsn", 2, "no such option '--jsn'", "Did you mean '--json'?"),
        ("new x --typ y", 2, "no such option '--typ'", "Did you mean '--type'?"),
        ("wait 1 --on custmer", 2, ON, "Did you mean 'customer'?"),
        ("list stauts:new", 2, "unknown field 'stauts' in 'stauts:new'", "Did you mean 'status'?"),
        ("list status:nwe", 2, "unknown status 'nwe' in 'status:nwe'", "Did you mean 'new'?"),
        ("list is:overdu", 2, "unknown state 'overdu' in 'is:overdu'", "Did you mean 'overdue'?"),
        ("list --fields stauts", 2, "unknown field 'stauts'", "Did you mean 'status'?"),
        ("assign 1 bbo", 3, "no agent 'bbo'", "Did you mean 'bob'?"),
        ("new x --dept biling", 3, "no department 'biling'", "Did you mean 'billing'?"),
    ],
)
def test_a_slip_suggests_what_was_meant(desk: Desk, line: str, code: int, message: str, hint: str):
    desk("agent add bob -q")
    desk("dept add billing -q")

    first, second, *_ = error(desk, line, code).splitlines()
    assert (first, second.partition(". (")[0].partition(" (")[0]) == (message, f"hint: {hint}")


def test_clicks_own_completion_works_where_there_is_no_other(desk: Desk):
    env = {"_TIX_COMPLETE": "bash_complete", "COMP_WORDS": "tix lis", "COMP_CWORD": "1"}

    assert desk("", env=env) == "plain,list\n"
