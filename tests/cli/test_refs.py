"""Which tickets a command means: numbers, ranges, @last, @next, lines of stdin."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from tests.cli.telling import error, told
from tests.commandline import Desk, in_this_process

if TYPE_CHECKING:
    from pathlib import Path

NO_TICKET = "is no ticket: a number such as 12, 5-9 or 12,15, @last, @next or -"


def shown(desk: Desk, *words: str, input: str = "") -> list[int]:
    return [int(line) for line in desk(["show", *words, "-o", "ids"], input=input).split()]


@pytest.fixture(scope="module")
def many(stocked_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A desk with 17 tickets, only to be looked at."""
    home = shutil.copytree(stocked_home, tmp_path_factory.mktemp("many") / "home")
    desk = Desk(home, in_this_process)
    for number in range(4, 18):
        desk(f"new Ticket {number}")
    return desk


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        (["12"], [12]),
        (["#12"], [12]),
        (["T12"], [12]),
        (["t12"], [12]),
        (["0012"], [12]),
        (["5-9"], [5, 6, 7, 8, 9]),
        (["T5-#7"], [5, 6, 7]),
        (["7-7"], [7]),
        (["12,15-17"], [12, 15, 16, 17]),
        (["12, 15"], [12, 15]),
        (["3", "1", "2", "1-3", "#3"], [3, 1, 2]),
        (["@next"], [1]),
        (["@last"], [17]),
        (["@last", "@next", "2"], [17, 1, 2]),
    ],
)
def test_tickets_are_named_in_many_ways(many: Desk, words: list[str], numbers: list[int]):
    assert shown(many, *words) == numbers


@pytest.mark.parametrize(
    ("lines", "numbers"),
    [
        ("1\n2\n", [1, 2]),
        ("3", [3]),
        ("\n\n 2 \r\n\n1\n", [2, 1]),
        ("2\tnew\tnormal\tCannot log in\n1\tnew\n", [2, 1]),
        ("#2 Cannot log in\nT3\n", [2, 3]),
        ("1-3\n", [1, 2, 3]),
        ('{"id": 2, "subject": "x"}\n{"id":1}\n', [2, 1]),
        ('{"id": 2, "subject": "a\u2028b\x85c"}\n', [2]),
        ("\ufeff1\n", [1]),
        ("2\n2\n1\n2\n", [2, 1]),
    ],
)
def test_tickets_are_named_by_lines_of_stdin(desk: Desk, lines: str, numbers: list[int]):
    assert shown(desk, "-", input=lines) == numbers


def test_stdin_stands_where_its_dash_does(desk: Desk):
    assert shown(desk, "3", "-", "1", input="2\n1\n") == [3, 2, 1]


@pytest.mark.parametrize("output", ["ids", "plain", "jsonl", "tsv"])
def test_a_list_can_be_piped_into_a_change(desk: Desk, output: str):
    rows = desk(f"list tag:web -o {output}")
    rows = rows.partition("\n")[2] if output == "tsv" else rows

    assert desk("assign - @me", input=rows) == "1\n2\n"
    assert desk("tag - mine -q", input=desk("list --mine -o ids")) == "1\n2\n3\n"


def test_no_line_is_no_ticket_and_no_failure(desk: Desk):
    result = desk.run("tag - late", input="")

    assert (result.stdout, result.code) == ("", 0)


def test_the_last_ticket_is_the_one_that_was_made_or_changed(desk: Desk):
    desk("new Fourth")
    assert shown(desk, "@last") == [4]

    desk("note 1 2 -m x")
    desk("note 3 -m x --dry-run")
    desk("prio 3 low")  # which it is
    assert shown(desk, "@last") == [2]


def test_each_desk_has_a_last_ticket_of_its_own(desk: Desk):
    desk("new Fourth")
    desk("init other -q")

    assert error(desk, "show @last --db other", 3) == told(
        "there is no last ticket yet: you have changed none on this desk"
    )
    assert shown(desk, "@last", "--db", "./desk") == [4]


def test_the_next_ticket_is_what_next_shows(desk: Desk):
    desk("resolve @next")
    assert shown(desk, "@next") == [2]

    desk("resolve 2 3")
    assert error(desk, "show @next", 3) == told("there is no next ticket: inbox zero")


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("x", f"'x' {NO_TICKET}"),
        ("12x", f"'12x' {NO_TICKET}"),
        ("1.5", f"'1.5' {NO_TICKET}"),
        ("+1", f"'+1' {NO_TICKET}"),
        ("", f"'' {NO_TICKET}"),
        ("1,", f"'1,' {NO_TICKET}"),
        ("1-", f"'1-' {NO_TICKET}"),
        ("1-2-3", f"'1-2-3' {NO_TICKET}"),
        ("##1", f"'##1' {NO_TICKET}"),
        ("\u0661", f"'\u0661' {NO_TICKET}"),
        ("@me", f"'@me' {NO_TICKET}"),
        ("9-5", "'9-5' is no range of tickets"),
        ("1-999999", "'1-999999' is no range of tickets"),
    ],
)
def test_what_is_no_ticket(desk: Desk, word: str, said: str):
    assert error(desk, ["show", word], 2) == told(said)


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("1\nx\n", f"line 2 of stdin: 'x' {NO_TICKET}"),
        ("{}\n", "line 1 of stdin: no JSON object with an id"),
        ("1\n\n{x\n", "line 3 of stdin: no JSON object with an id"),
        ('{"id": "1"}\n', "line 1 of stdin: its id is no number"),
        ('{"id": true}\n', "line 1 of stdin: its id is no number"),
        ('{"id": 1.0}\n', "line 1 of stdin: its id is no number"),
        ('{"id": -1}\n', "line 1 of stdin: its id is no number"),
        ('{"id": ' + "9" * 30 + "}\n", "line 1 of stdin: its id is no number"),
        ("{" * 100_000, "line 1 of stdin: no JSON object with an id"),
        ('{"id":' * 100_000, "line 1 of stdin: no JSON object with an id"),
    ],
    ids=range(10),
)
def test_a_line_that_is_no_ticket_is_named(desk: Desk, lines: str, said: str):
    assert error(desk, "tag - late", 2, input=lines) == told(said)


@pytest.mark.parametrize("word", ["99999999999999999", "9" * 18])
def test_a_long_number_is_just_not_there(desk: Desk, word: str):
    assert error(desk, f"show {word}", 3) == told(f"no ticket {word}", "the last number is 3")


@pytest.mark.parametrize("digits", [19, 5_000, 100_000])
def test_a_number_without_end_is_cut_in_the_error(desk: Desk, digits: int):
    assert error(desk, ["show", "9" * digits], 3) == told(
        f"no ticket {'9' * 18}…: numbers are shorter"
    )


def test_every_unknown_ticket_is_named_and_nothing_is_changed(desk: Desk):
    assert error(desk, "tag 1 7 8 late", 3) == told("no tickets 7, 8", "the last number is 3")
    assert error(desk, "tag 1-99999 late", 3).startswith("no tickets 4, 5, 6, 7,")


def test_stdin_is_read_only_once(desk: Desk):
    assert error(desk, "note - -F -", 2, input="1\n") == told("stdin can be read only once")


def test_where_nothing_can_be_kept_there_is_no_last_ticket(desk: Desk):
    desk.env["XDG_STATE_HOME"] = str(desk.home / "file")
    (desk.home / "file").write_text("mine")

    assert desk("note 1 -m x") == "1\n"
    assert error(desk, "show @last", 3).startswith("there is no last ticket yet")
