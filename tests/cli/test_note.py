"""``tix note``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.cli.telling import error, told

if TYPE_CHECKING:
    from tests.commandline import Desk


def test_a_note_is_for_agents_and_changes_no_status(desk: Desk):
    assert desk("note 1 -m 'He is angry.' --pin") == "1\n"
    assert desk("note 1 2 -m 'Asked the bank.'", tty=True) == (
        "noted on 1: Refund not received\nnoted on 2: Cannot log in\n"
    )

    shown = json.loads(desk("show 1 --json"))
    assert [(m["kind"], m["body"], m["pinned"]) for m in shown["messages"][1:]] == [
        ("note", "He is angry.", True),
        ("note", "Asked the bank.", False),
    ]
    assert (shown["status"], shown["note_count"]) == ("new", 2)


def test_the_text_can_come_from_a_file(desk: Desk):
    (desk.home / "findings").write_text("It was the cache.\n")
    desk("note 1 -F findings --attach findings")

    message = json.loads(desk("show 1 --json"))["messages"][1]
    assert (message["body"], message["attachments"][0]["name"]) == ("It was the cache.", "findings")


def test_a_closed_ticket_still_takes_notes(desk: Desk):
    desk("resolve 1 --close")

    assert desk("note 1 -m 'He called again.'") == "1\n"


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        ("note -m x", 2, told("no ticket given")),
        ("note 1 -m ''", 2, told("the text is empty")),
        (
            "note 1",
            2,
            told("there is no terminal to edit a text on", "Give it with -m TEXT or -F FILE."),
        ),
        ("note 1 9 -m x", 3, told("no ticket 9", "the last number is 3")),
        ("note 1 -m x --if-rev 2", 4, told("ticket 1 is at revision 1, not 2", "tix show 1")),
    ],
)
def test_what_is_no_note(desk: Desk, line: str, code: int, said: str):
    assert error(desk, line, code) == said


def test_the_trash_takes_no_notes(desk: Desk):
    desk("delete 1")

    assert error(desk, "note 1 -m x", 5) == told("ticket 1 is in the trash", "tix restore 1")


def test_a_comment_is_neither_reply_nor_note(desk: Desk):
    assert error(desk, "comment 1 -m x", 2) == told(
        "no such command 'comment'", "reply (the customer sees it) or note (only agents do)?"
    )
