"""``--as-of``: tickets as they were."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.commandline import Desk

LINES = (
    ("2026-11-10T10:00Z", "new Refund -c jo@example.com -m 'Where is it?' --due 2026-11-12"),
    ("2026-11-11T10:00Z", "new Login"),
    ("2026-11-14T10:00Z", "resolve 1 -m 'Here it is.'"),
    ("2026-11-15T10:00Z", "delete 2"),
)
TOLD = "what was known up to {}; people and set-up are today's\n"


@pytest.fixture
def past(run: Desk) -> Desk:
    """A desk with a past of five days."""
    for at, line in LINES:
        run(line, env={"TIX_NOW": at})
    return run


def test_a_list_is_what_it_was_and_says_so(past: Desk):
    result = past.run("list --as-of 2026-11-11 --sort id -o ids")

    assert (result.stdout, result.code) == ("1\n2\n", 0)
    assert result.stderr == TOLD.format("Wed 2026-11-11 23:59 CET (9 d 19 h ago)")
    assert past("list --as-of 2026-11-10 -o ids -q") == "1\n"
    assert past("list --as-of 2026-11-09 --count") == "0\n"
    past("list --as-of 2026-11-09 --exit-status", code=1)


def test_states_and_columns_are_those_of_that_time(past: Desk):
    assert past("list is:overdue --as-of '2026-11-12 16:59' --count") == "0\n"
    assert past("list is:overdue --as-of '2026-11-12 17:01' -o table") == (
        "ID  STATUS  PRIO    WAITS       SLA  DUE      AGENT  CUSTOMER        TAGS  SUBJECT\n"
        " 1  new     normal  2d 6h  18h over  1m over  -      jo@example.com        Refund\n"
    )


def test_the_envelope_has_the_instant(past: Desk):
    found = json.loads(past("list --as-of 2026-11-14T11:00+01:00 --all --sort id --json"))

    assert found["as_of"] == "2026-11-14T10:00:00Z"
    assert [(t["id"], t["status"]) for t in found["tickets"]] == [(1, "resolved"), (2, "new")]


def test_a_ticket_is_shown_as_it_was(past: Desk):
    then = json.loads(past("show 1 --as-of 2026-11-13 --json"))

    assert (then["as_of"], then["status"], then["rev"]) == ("2026-11-13T22:59:59Z", "new", 1)
    assert [message["body"] for message in then["messages"]] == ["Where is it?"]
    both = json.loads(past("show 1-2 --as-of 2026-11-13 --json"))
    assert both["as_of"] == "2026-11-13T22:59:59Z"
    assert "as_of" not in json.loads(past("show 1 --json"))


@pytest.mark.parametrize(
    ("line", "code", "message"),
    [
        ("list --as-of tomorrow", 2, "'tomorrow' has not come yet: it is 2026-11-22 00:00"),
        ("show 1 --as-of 11/24", 2, None),
        ("list --as-of ''", 2, None),
        ("show 2 --as-of 2026-11-10", 3, "ticket 2 was not there yet"),
        ("show 9 --as-of 2026-11-10", 3, "no ticket 9"),
        ("list foo:bar --as-of 2026-11-10", 2, None),
    ],
)
def test_what_cannot_be_is_told(past: Desk, line: str, code: int, message: str | None):
    result = past.run(line)

    assert (result.code, result.stdout) == (code, "")
    assert message in (None, result.stderr.splitlines()[0].removeprefix("tix: error: "))


def test_doubts_about_the_date_are_told(past: Desk):
    assert past.run("list --as-of '12 Nov'").stderr.startswith("note: '12 Nov' has no year")
