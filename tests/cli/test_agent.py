from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.commandline import Desk


@pytest.fixture
def desk(run: Desk) -> Desk:
    """A desk with a department and two agents, of whom bob has a ticket."""
    run("dept add billing")
    run("agent add Alice --email Alice@Acme.test --dept billing --skills SQL,german --tier 2")
    run("agent add bob --display-name 'Bob Marsh' --zone Europe/Zagreb")
    run("new Refund -a bob")
    return run


def test_an_agent_is_known_by_a_folded_name(desk: Desk):
    assert json.loads(desk("agent show ALICE --json")) == {
        "schema": "tix.agent/1",
        "name": "alice",
        "display_name": None,
        "email": "alice@acme.test",
        "departments": ["billing"],
        "tier": 2,
        "skills": ["sql", "german"],
        "zone": None,
        "retired": False,
        "open_count": 0,
    }


def test_the_list_tells_what_each_has_to_do(desk: Desk):
    assert desk("agent") == (
        "alice\t\talice@acme.test\tbilling\t2\tsql,german\t\tfalse\t0\n"
        "bob\tBob Marsh\t\t\t1\t\tEurope/Zagreb\tfalse\t1\n"
    )
    assert desk("agent list --sort -open_count -o ids") == "bob\nalice\n"


def test_the_page_of_an_agent(desk: Desk):
    assert desk("agent show bob") == (
        "bob  Bob Marsh\nTier          1\nTime zone     Europe/Zagreb\nOpen tickets  1\n"
    )
    assert desk("agent show @me -o ids") == "alice\n"


def test_an_edit_replaces_what_is_given(desk: Desk):
    desk("agent edit alice --tier 3 --skills none --dept none --email none")

    assert desk("agent list -o ids") == "alice\nbob\n"
    assert desk("agent show alice") == "alice\nTier          3\nOpen tickets  0\n"


def test_a_retired_agent_gets_no_tickets_until_active_again(desk: Desk):
    desk("assign 1 --none")
    desk("agent retire bob")

    assert desk("agent list -o ids") == "alice\n"
    assert desk("agent list --all -o ids") == "alice\nbob\n"
    desk("assign 1 bob", code=3)
    desk("agent edit bob --active")
    desk("assign 1 bob")


def test_who_has_open_tickets_is_not_retired(desk: Desk):
    result = desk.run("agent retire bob")

    assert result.code == 5
    assert result.stderr == (
        "tix: error: bob has 1 open ticket\n"
        "hint: tix assign --where 'is:open assignee:bob' AGENT, then retire\n"
    )


def test_an_agent_is_made_and_unmade(desk: Desk):
    desk("agent add carol --tier 2")

    desk("undo")
    assert desk("agent list -o ids") == "alice\nbob\n"
    desk("redo")
    assert desk("agent show carol -o ids") == "carol\n"


@pytest.mark.parametrize(
    ("line", "code", "message"),
    [
        ("agent add", 2, "missing argument 'NAME'"),
        ("agent add 'two words'", 2, "'two words' cannot be the name of an agent"),
        ("agent add none", 2, "'none' cannot be the name of an agent: it means something else"),
        ("agent add carol --tier 10", 2, None),
        ("agent add carol --zone Europe/Zagrb", 2, "there is no time zone 'Europe/Zagrb'"),
        ("agent add carol --email x", 2, "'x' is not a mail address"),
        ("agent edit bob", 2, "nothing to change"),
        ("agent add carol --dept biling", 3, "no department 'biling'"),
        ("agent show bpb", 3, "no agent 'bpb'"),
        ("agent edit nobody --tier 2", 3, "no agent 'nobody'"),
        ("agent retire nobody", 3, "no agent 'nobody'"),
        ("agent add BOB", 4, "there is an agent bob already"),
        ("agent edit bob --email alice@acme.test", 4, "alice@acme.test belongs to alice"),
    ],
)
def test_what_cannot_be_is_told(desk: Desk, line: str, code: int, message: str | None):
    result = desk.run(line)

    assert (result.code, result.stdout) == (code, "")
    assert message in (None, result.stderr.splitlines()[0].removeprefix("tix: error: "))
