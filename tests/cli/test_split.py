"""``tix split``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.cli.telling import error, told

if TYPE_CHECKING:
    from tests.commandline import Desk

NEW = """\
4  And the invoice?
Status         new
Priority       high
Assignee       nobody
Customer       C-1 <jo@example.com>
SLA            standard, first 1h left, due Mon 2026-11-23 10:00 CET (in 1 d 14 h)
               resolution 8h left, due Mon 2026-11-23 17:00 CET (in 1 d 21 h)
Opened         Sat 2026-11-21 19:30 CET (now)
Waiting since  Sat 2026-11-21 19:30 CET (now)
Split from     1 (open) Refund not received

#1 2026-11-21 19:30 jo@example.com wrote
  And the invoice?
  [bill.txt, 4 bytes]

#2 2026-11-21 19:30 alice noted, for agents only
  She is right.
"""


@pytest.fixture
def talked(desk: Desk) -> Desk:
    """The desk after a reply, a message with a file, and a note on ticket 1."""
    (desk.home / "bill.txt").write_text("E 42")
    desk("reply 1 -m 'On its way.'")
    desk("reply 1 --inbound -m 'And the invoice?' --attach bill.txt")
    desk("note 1 -m 'She is right.'")
    return desk


def messages(desk: Desk, number: int) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(desk(f"show {number} --json"))["messages"]
    return found


def test_messages_become_a_ticket_of_their_own_and_both_say_so(talked: Desk):
    assert talked("split 1 3-4 --subject 'And the invoice?'") == "4\n"

    assert talked("show 4") == NEW
    lines = talked("show 1 --headers").splitlines()
    assert lines[-1] == "Split off      4 (new) And the invoice?, with #3, #4"
    assert json.loads(talked("show 4 --json"))["split_from"] == 1
    assert [m["body"] for m in messages(talked, 1)][2:] == ["And the invoice?", "She is right."]
    assert messages(talked, 4)[0]["attachments"] == messages(talked, 1)[2]["attachments"]
    assert "split: into 4, messages 3,4" in talked("show 1 --log")


def test_a_split_is_told_on_a_terminal_and_tried(talked: Desk):
    assert talked("split 1 '#2' --dry-run", tty=True) == "would: split off 4: Refund not received\n"
    assert talked("split 1 '#2'", tty=True) == "split off 4: Refund not received\n"


@pytest.mark.parametrize("numbers", ["1 3", "3 1", "1,3", "'#1' '#3'", "1 3 1,3"])
def test_messages_are_named_in_any_way_and_come_in_their_order(talked: Desk, numbers: str):
    talked(f"split 1 {numbers}")

    assert [message["body"] for message in messages(talked, 4)] == [
        "Where is it?",
        "And the invoice?",
    ]


def test_all_messages_can_be_split_off(talked: Desk):
    talked("split 1 1-4")

    assert len(messages(talked, 4)) == len(messages(talked, 1)) == 4


def test_undo_puts_the_new_ticket_into_the_trash(talked: Desk):
    before = talked("show 1")
    talked("split 1 3")
    talked("undo")

    assert talked("show 1") == before
    assert talked("list is:trashed -o ids") == "4\n"


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        (
            "split 1",
            2,
            told("missing argument 'MSG...'", usage="tix split [OPTIONS] ID MSG..."),
        ),
        (
            "split 1 two",
            2,
            told("'two' is no message: a number such as 3, 2-4 or 2,4", "tix show ID numbers them"),
        ),
        ("split 1 4-2", 2, told("'4-2' is no range of messages")),
        ("split 1 1-99999", 2, told("'1-99999' is no range of messages")),
        ("split 1-2 1", 2, told("one ticket is needed, and '1-2' names 2")),
        ("split 1 2 --subject ' '", 2, told("the subject is empty")),
        (
            "split 1 2 7 9",
            3,
            told("ticket 1 has no messages 7, 9", "tix show 1 numbers them; the last is 4"),
        ),
        ("split 9 1", 3, told("no ticket 9", "the last number is 3")),
        ("split 1 1 --if-rev 1", 4, told("ticket 1 is at revision 4, not 1", "tix show 1")),
    ],
)
def test_what_cannot_be_split_off(talked: Desk, line: str, code: int, said: str):
    assert error(talked, line, code) == said


def test_what_was_taken_back_is_not_split_off(talked: Desk):
    talked("undo")

    assert error(talked, "split 1 4", 5) == told("message 4 was taken back; it cannot be split off")
