from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.commandline import Desk


@pytest.fixture
def desk(run: Desk) -> Desk:
    """A desk with three tickets and a saved query."""
    run("new First -t money -p low")
    run("new Second -t money -p high")
    run("new Third")
    run("query save Money tag:money --sort priority")
    return run


def test_a_saved_query_finds_in_its_own_order(desk: Desk):
    assert desk("list query:money -o ids") == "1\n2\n"
    assert desk("list query:MONEY prio:high.. -o ids") == "2\n"
    assert desk("list query:money --sort -id -o ids") == "2\n1\n"


def test_saved_queries_are_listed_and_shown(desk: Desk):
    desk(["query", "save", "all", "is:open", "customer:Jo Fox", "two words", "query:money"])

    line = 'is:open customer:"Jo Fox" "two words" query:money'
    assert desk("query") == f"all\t{line}\t\nmoney\ttag:money\tpriority\n"
    assert desk("query show money") == "money\nQuery  tag:money\nSort   priority\n"
    assert json.loads(desk("query show all --json")) == {
        "schema": "tix.query/1",
        "name": "all",
        "query": line,
        "words": ["is:open", "customer:Jo Fox", "two words", "query:money"],
        "sort": None,
    }


def test_saving_again_replaces(desk: Desk):
    change = json.loads(desk("query save money tag:refund --json"))

    assert change["changed"][0]["changes"] == {
        "words": [["tag:money"], ["tag:refund"]],
        "sort": ["priority", ""],
    }
    assert desk("query") == "money\ttag:refund\t\n"


def test_a_forgotten_query_comes_back(desk: Desk):
    assert desk("query rm money") == "money\n"
    assert desk("query") == ""

    desk("undo")

    assert desk("query") == "money\ttag:money\tpriority\n"


def test_a_dry_run_forgets_nothing(desk: Desk):
    assert desk("query rm money -n -o table") == "would: query money: gone\n"
    assert desk("query -o ids") == "money\n"


@pytest.mark.parametrize(
    ("line", "code", "message", "hint"),
    [
        ("query save", 2, "missing argument 'NAME'", None),
        ("query save x stauts:open", 2, "unknown field 'stauts' in 'stauts:open'", None),
        ("query save x query:x", 2, "saved query 'x' uses itself: x > x", None),
        ("query save x is:open --sort foo", 2, "'foo' is no field to sort by", None),
        ("query save a:b is:open", 2, None, None),
        ("query show mony", 3, "no saved query 'mony'", "Did you mean 'money'?"),
        ("query rm mony", 3, "no saved query 'mony'", "Did you mean 'money'?"),
        ("list query:mony", 3, "no saved query 'mony'", "Did you mean 'money'?"),
    ],
)
def test_what_cannot_be_is_told(
    desk: Desk, line: str, code: int, message: str | None, hint: str | None
):
    result = desk.run(line)

    lines = result.stderr.splitlines()
    assert (result.code, result.stdout) == (code, "")
    assert message in (None, lines[0].removeprefix("tix: error: "))
    assert hint is None or lines[1] == f"hint: {hint}"
    assert desk("query -o ids") == "money\n"


def test_the_name_of_a_query_has_an_end(run: Desk):
    assert run.run(f"query save {'x' * 200} is:open").code == 2
