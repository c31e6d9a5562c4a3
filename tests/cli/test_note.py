"""``tix note``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.cli.at_a_terminal import SeatedDesk
from tests.cli.editors import drafts, editor, writing
from tests.cli.shell import shell
from tests.cli.telling import error, told
from tests.commandline import Result, in_this_process

if TYPE_CHECKING:
    from tests.commandline import Desk


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """The same desk, whose terminal is in this process too."""
    return SeatedDesk(desk.home, in_this_process)


def test_the_text_may_come_through_a_pipe(desk: Desk):
    done = shell(desk, "echo 'Asked the bank.' | tix note 1 -F /dev/fd/3 3<&0")

    assert done == Result("1\n", "", 0)
    assert json.loads(desk("show 1 --json"))["messages"][-1]["body"] == "Asked the bank."
    line = shell(desk, "echo Asked | tix note 1 -F /dev/stdin --dry-run -o jsonl")
    assert json.loads(line.stdout)["message"] == "Asked\n"


def test_a_pipe_that_holds_no_text_is_told(desk: Desk):
    done = shell(desk, "printf '\\377' | tix note 1 -F /dev/stdin")

    assert done == Result("", "tix: error: /dev/stdin is not UTF-8 (byte 0)\n", 65)


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


def test_the_editor_shows_headers_and_the_conversation(desk: Desk):
    script = f'cp "$1" {desk.home}/seen\n{writing("He is angry.", priority="urgent")}'
    desk("note 1 --pin -q", tty=True, env=editor(desk, script))

    shown = json.loads(desk("show 1 --json"))
    assert (shown["priority"], shown["status"]) == ("urgent", "new")
    assert (shown["messages"][1]["body"], shown["messages"][1]["pinned"]) == ("He is angry.", True)
    seen = (desk.home / "seen").read_text()
    assert seen.startswith("---\nstatus: new\npriority: high\ntags: vip, web\nassignee:\n---\n")
    assert seen.endswith("jo@example.com wrote:\n> Where is it?\n")


def test_on_several_tickets_a_header_is_what_they_share(desk: Desk):
    script = f'cp "$1" {desk.home}/seen\n{writing("All of them.", assignee="@me")}'
    desk("note 1 2 -q", tty=True, env=editor(desk, script))

    seen = (desk.home / "seen").read_text()
    assert seen.startswith("---\nstatus: new\npriority:\ntags:\nassignee:\n---\n")
    rows = json.loads(desk("list is:mine has:notes --json"))["tickets"]
    assert sorted((row["id"], row["priority"], row["note_count"]) for row in rows) == [
        (1, "high", 1),
        (2, "normal", 1),
    ]
    assert desk("undo") != ""
    assert desk("list is:mine -o ids") == "3\n"


def test_a_status_that_one_of_them_cannot_have_undoes_the_note(desk: Desk):
    desk("resolve 1 --close")
    env = editor(desk, writing("All of them.", status="pending"))
    shown = desk("note 1 2", tty=True, env=env, code=5)

    assert shown.splitlines()[1] == (
        "tix: error: line 2, status: ticket 1 is closed; it cannot become pending"
    )
    assert len(drafts(desk)) == 1
    assert json.loads(desk("show 2 --json"))["note_count"] == 0


def test_no_editor_opens_for_a_ticket_that_is_not_there(desk: Desk):
    shown = desk("note 1 9", tty=True, env=editor(desk, "echo never"), code=3)

    assert shown == "tix: error: no ticket 9\nhint: the last number is 3\n"


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
