from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.commandline import Desk


@pytest.fixture
def desk(run: Desk) -> Desk:
    """A desk with two departments, three agents and a ticket."""
    run("dept add Billing --email Bill@Acme.test --phone 112 --title 'Billing & refunds'")
    run("dept add web --kind product --channels Email,chat --signature 'Your web team'")
    for name in ("alice", "bob", "carol"):
        run(f"agent add {name}")
    run("new Refund --dept billing")
    return run


def test_a_department_is_shown_with_all_that_is_known(desk: Desk):
    desk("dept members web --add bob")

    assert json.loads(desk("dept show WEB --json")) == {
        "schema": "tix.department/1",
        "name": "web",
        "title": None,
        "kind": "product",
        "email": None,
        "phone": None,
        "channels": ["email", "chat"],
        "signature": "Your web team",
        "members": ["bob"],
        "open_count": 0,
    }
    assert desk("dept show web") == (
        "web\nKind          product\nChannels      email, chat\nAgents        bob\n"
        "Open tickets  0\n\nSignature\n  Your web team\n"
    )


def test_the_list_tells_agents_and_open_tickets(desk: Desk):
    desk("dept members billing --add alice,bob")

    assert desk("dept") == (
        "billing\tBilling & refunds\t\tbill@acme.test\t112\t\talice,bob\t1\n"
        "web\t\tproduct\t\t\temail,chat\t\t0\n"
    )


def test_agents_join_and_leave(desk: Desk):
    assert desk("dept members billing --all") == "alice\nbob\ncarol\n"
    assert desk("dept members billing --add @alice --remove carol,bob -o table") == (
        "agent carol: departments none\nagent bob: departments none\nalice is unchanged\n"
    )
    assert desk("dept members billing --fields name,departments") == "alice\tbilling\n"


def test_who_joins_and_leaves_leaves(desk: Desk):
    desk("dept members billing --all --remove carol")

    assert desk("dept members billing -o ids") == "alice\nbob\n"


def test_a_department_without_agents_says_so(desk: Desk):
    result = desk.run("dept members web")

    assert (result.stdout, result.stderr) == ("", "nobody works for web\n")


def test_an_edit_replaces_what_is_given(desk: Desk):
    desk("dept edit web --title 'The web' --kind none --channels none --signature none")

    assert desk("dept show web") == "web  The web\nAgents        none\nOpen tickets  0\n"


def test_members_are_taken_back(desk: Desk):
    desk("dept members billing --all")

    desk("undo")

    assert desk("dept members billing -o ids") == ""


@pytest.mark.parametrize(
    ("line", "code", "message"),
    [
        ("dept add 'two words'", 2, "'two words' cannot be the name of a department"),
        ("dept add x --phone y", 2, "'y' is not a phone number"),
        ("dept edit web", 2, "nothing to change"),
        ("dept show wbe", 3, "no department 'wbe'"),
        ("dept edit wbe --kind x", 3, "no department 'wbe'"),
        ("dept members wbe", 3, "no department 'wbe'"),
        ("dept members web --add dave", 3, "no agent 'dave'"),
        ("dept add BILLING", 4, "there is a department billing already"),
        ("dept edit web --email bill@acme.test", 4, "bill@acme.test belongs to billing"),
    ],
)
def test_what_cannot_be_is_told(desk: Desk, line: str, code: int, message: str):
    result = desk.run(line)

    assert (result.code, result.stdout) == (code, "")
    assert result.stderr.splitlines()[0] == f"tix: error: {message}"


def test_a_department_may_be_given_the_address_it_has(run: Desk):
    run("dept add billing --email b@acme.test")
    run("dept add sales --email s@acme.test")

    run("dept edit billing --email b@acme.test --phone 112")
    assert run("dept list -o ids").split() == ["billing", "sales"]
