"""``tix show``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.cli.telling import error

if TYPE_CHECKING:
    from tests.commandline import Desk

PAGE = """\
1  Refund not received
Status    answered
Priority  high
Assignee  nobody
Customer  C-1 <jo@example.com>
Tags      vip, web
SLA       standard, resolution 8h left, due Mon 2026-11-23 17:00 CET (in 1 d 21 h)
Opened    Sat 2026-11-21 19:30 CET (now)

#1 2026-11-21 19:30 jo@example.com wrote
  Where is it?

#2 2026-11-21 19:30 alice replied
  On its way.

#3 2026-11-21 19:30 alice noted, for agents only, pinned
  She is angry.
"""
HISTORY = """
History
  2026-11-21 19:30  agent:alice  opened: subject Refund not received, requester 1, \
priority high, tags vip,web, sla standard
  2026-11-21 19:30  agent:alice  replied: status new -> answered
  2026-11-21 19:30  agent:alice  noted (told me)
"""


@pytest.fixture
def talked(desk: Desk) -> Desk:
    """The desk after a reply to ticket 1 and a note on it."""
    desk("reply 1 -m 'On its way.'")
    desk("note 1 -m 'She is angry.' --pin --why 'told me'")
    return desk


def bare(shown: str) -> str:
    """Return what was shown without its colours."""
    for code in ("1", "2", "33", "1;33", "0"):
        shown = shown.replace(f"\x1b[{code}m", "")
    return shown


def test_a_ticket_is_shown_with_its_conversation(talked: Desk):
    assert talked("show 1") == PAGE
    assert bare(talked("show 1", tty=True)) == PAGE
    assert talked("view T1") == talked("cat '#1'") == PAGE


def test_the_history_is_shown_on_request(talked: Desk):
    assert talked("show 1 --log") == PAGE + HISTORY


def test_fields_and_conversation_can_be_shown_alone(talked: Desk):
    fields, _, conversation = PAGE.partition("\n\n")

    assert talked("show 1 --headers") == fields + "\n"
    assert talked("show 1 --thread") == f"1  Refund not received\n\n{conversation}"


def test_several_tickets_are_shown_in_the_order_they_are_named(talked: Desk):
    assert talked("show 3 1-2 3 -o ids") == "3\n1\n2\n"
    assert talked("show 3 2 --fields id,assignee -o tsv") == "id\tassignee\n3\talice\n2\t\n"


def test_one_ticket_is_an_object_and_several_are_a_list(talked: Desk):
    one = json.loads(talked("show 1 --json"))
    many = json.loads(talked("show 1 2 --json"))

    assert (one["schema"], many["schema"]) == ("tix.ticket/1", "tix.ticket_list/1")
    assert [ticket["id"] for ticket in many["tickets"]] == [1, 2]
    assert many["tickets"][0] == one
    assert [message["kind"] for message in one["messages"]] == ["customer", "reply", "note"]
    assert [event["kind"] for event in one["events"]] == ["opened", "replied", "noted"]
    assert [json.loads(line)["id"] for line in talked("show 1 2 -o jsonl").splitlines()] == [1, 2]


def test_chosen_fields_are_all_that_is_shown(desk: Desk):
    assert desk("show 1 --fields id,status") == "1  Refund not received\nid      1\nstatus  new\n"
    assert json.loads(desk("show 1 --fields id,tags --json")) == {
        "schema": "tix.ticket/1",
        "id": 1,
        "tags": ["vip", "web"],
    }


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        ("show 99", 3, "no ticket 99\nhint: the last number is 3\n"),
        ("show 1 98 99", 3, "no tickets 98, 99\nhint: the last number is 3\n"),
        ("show", 2, "missing argument 'ID...'\nusage: tix show [OPTIONS] ID...\n"),
        (
            "show one",
            2,
            "'one' is no ticket: a number such as 12, 5-9 or 12,15, @last, @next or -\n",
        ),
        ("show 1 --fields id,sbject", 2, "unknown field 'sbject'\nhint: Did you mean 'subject'?\n"),
    ],
)
def test_what_cannot_be_shown(desk: Desk, line: str, code: int, said: str):
    assert error(desk, line, code) == said
