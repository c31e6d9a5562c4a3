from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.commandline import SIZE

if TYPE_CHECKING:
    from tests.commandline import Desk

AT = "2026-11-21T18:30:00Z"


@pytest.fixture
def desk(run: Desk) -> Desk:
    """A desk on which three commands have changed two tickets."""
    run("new Refund -c jo@example.com -m 'Where is it?'")
    run("new Login")
    run("tag 2 1 web --why 'seen twice'")
    return run


def test_events_come_the_newest_first(desk: Desk):
    assert desk("log") == (
        f"{AT}\t3\t2\tagent:alice\ttagged\n"
        f"{AT}\t3\t1\tagent:alice\ttagged\n"
        f"{AT}\t2\t2\tagent:alice\topened\n"
        f"{AT}\t1\t1\tagent:alice\topened\n"
    )


def test_reversed_they_come_the_oldest_first(desk: Desk):
    lines = desk("log").splitlines()

    assert desk("log --reverse").splitlines() == lines[::-1]


@pytest.mark.parametrize("limit", [1, 2, 3, 4, 5])
def test_a_limit_takes_the_newest(desk: Desk, limit: int):
    everything = desk("log").splitlines()

    result = desk.run(f"log -L {limit}")

    assert result.stdout.splitlines() == everything[:limit]
    footer = f"{limit} of 4 - -L 0 for all\n" if limit < 4 else ""
    assert result.stderr == footer


def test_a_person_reads_what_happened(desk: Desk):
    assert desk("log 1 -o table") == (
        "AT                OP  ID  BY           EVENT\n"
        "2026-11-21 19:30   3   1  agent:alice  tagged: tags web (seen twice)\n"
        "2026-11-21 19:30   1   1  agent:alice  opened: subject Refund, requester 1, "
        "priority normal, sla standard\n"
    )


def test_lines_of_json_are_whole_events(desk: Desk):
    newest, opened = map(json.loads, desk("log 1 -o jsonl").splitlines())

    assert newest["schema"] == "tix.event/1"
    assert newest["cause"] == "seen twice"
    assert newest["data"]["changes"] == {"tags": [[], ["web"]]}
    assert opened["data"]["body"] == "Where is it?"
    assert (opened["kind"], opened["op"], opened["seq"]) == ("opened", 1, 1)
    assert len(opened["hash"]) == 64


def test_more_columns_are_there_by_name(desk: Desk):
    assert desk("log 1 -L 1 --fields seq,cause,what") == (
        "4\tseen twice\ttagged: tags web (seen twice)\n"
    )
    assert desk("log -L 3 -o ids") == "2\n1\n2\n"


def test_operations_tell_what_commands_did(desk: Desk):
    desk("undo 2")

    assert desk("log --ops") == (
        f"4\t{AT}\tagent:alice\tundo\t2\t2\t\t\n"
        f"3\t{AT}\tagent:alice\ttag\t1-2\t\t\tseen twice\n"
        f"2\t{AT}\tagent:alice\tnew\t2\t\t4\t\n"
        f"1\t{AT}\tagent:alice\tnew\t1\t\t\t\n"
    )
    assert desk("log --ops 1 -o ids") == "3\n1\n"
    assert desk("log --ops -L 2 --reverse -o ids") == "3\n4\n"
    first = json.loads(desk("log --ops 1 -o jsonl").splitlines()[-1])
    assert first["records"] == [{"kind": "customers", "key": "1"}]
    assert first["tickets"] == [[1, 1]]


def test_settled_tickets_have_a_history_as_well(desk: Desk):
    desk("resolve 1 --close")

    assert desk("log -L 2 --fields kind,ticket_id") == "closed\t1\nresolved\t1\n"


def test_an_empty_desk_has_none(run: Desk):
    result = run.run("log")

    assert (result.code, result.stdout, result.stderr) == (0, "", "nothing has happened yet\n")
    run("log --exit-status", code=1)
    run("log --ops --exit-status", code=1)


def test_a_terminal_shows_the_last_hundred(tix: Desk):
    tix.fast(["new", "x"])
    for number in range(50):
        tix.fast(["tag", "1", f"t{number}"])
        tix.fast(["untag", "1", f"t{number}"])

    shown = tix("log", tty=True, env={"TIX_PAGER": "cat"})

    assert shown.splitlines()[-1] == "100 of 101 - -L 0 for all"
    assert len(shown.splitlines()) == 102
    assert max(map(len, shown.splitlines())) <= SIZE[1]


@pytest.mark.parametrize(
    ("line", "code", "message"),
    [
        ("log x", 2, None),
        ("log -L x", 2, None),
        ("log --fields foo", 2, "unknown field 'foo'"),
        ("log 99 98", 3, "no tickets 99, 98"),
        ("log 99 --ops", 3, "no ticket 99"),
    ],
)
def test_what_cannot_be_is_told(desk: Desk, line: str, code: int, message: str | None):
    result = desk.run(line)

    assert (result.code, result.stdout) == (code, "")
    assert message in (None, result.stderr.splitlines()[0].removeprefix("tix: error: "))


def test_a_limit_beyond_the_history_shows_all_of_it(run: Desk):
    run("new Refund")
    run("tag 1 vip")

    assert len(run("log -L 100").splitlines()) == 2
