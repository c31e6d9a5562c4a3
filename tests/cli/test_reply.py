"""``tix reply``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.cli.telling import error, told

if TYPE_CHECKING:
    from tests.commandline import Desk

NOT_SENT = "recorded; no mail account is set up, so send it by hand\n"


def ticket(desk: Desk, number: int) -> dict[str, Any]:
    shown: dict[str, Any] = json.loads(desk(f"show {number} --json"))
    return shown


def editor(desk: Desk, script: str) -> dict[str, str]:
    """Return the environment of somebody whose editor is a shell script on ``$1``."""
    (desk.home / "editor").write_text(f"#!/bin/sh\n{script}\n")
    (desk.home / "editor").chmod(0o755)
    return {"TIX_EDITOR": str(desk.home / "editor")}


def test_a_reply_answers_the_customer(desk: Desk):
    assert desk("reply 1 -m 'On its way.'") == "1\n"

    answered = ticket(desk, 1)
    assert (answered["status"], answered["first_response_at"]) == (
        "answered",
        "2026-11-21T18:30:00Z",
    )
    assert answered["messages"][1]["body"] == "On its way."


def test_a_person_is_told_that_it_is_not_sent_yet(desk: Desk):
    assert desk("reply 1 -m 'On its way.'", tty=True) == (
        f"replied to 1: status answered - Refund not received\n{NOT_SENT}"
    )
    assert desk("reply 1 -m 'On its way.' -q", tty=True) == "replied to 1: Refund not received\n"


@pytest.mark.parametrize(
    ("options", "status"),
    [
        ("--pending", ("pending", "customer", None)),
        ("--open", ("open", None, None)),
        ("--resolve", ("resolved", None, "solved")),
        ("--resolve --reason answered", ("resolved", None, "answered")),
        ("--inbound", ("new", None, None)),
    ],
)
def test_a_reply_can_leave_another_status(
    desk: Desk, options: str, status: tuple[str, str | None, str | None]
):
    desk(f"reply 1 -m Well. {options}")

    after = ticket(desk, 1)
    assert (after["status"], after["substatus"], after["reason"]) == status


def test_what_the_customer_says_is_told_as_theirs(desk: Desk):
    desk("reply 1 -m 'On its way.'")

    assert desk("reply 1 --inbound -m 'Still nothing.' --at -0m", tty=True) == (
        "added the customer's message to 1: status open - Refund not received\n"
    )
    assert ticket(desk, 1)["messages"][2]["author"] == "customer:C-1"


def test_a_reply_can_have_been_given_earlier(desk: Desk):
    desk("reply 1 -m 'By phone.' --at -1h")

    event = ticket(desk, 1)["events"][1]
    assert (event["at"], event["recorded_at"]) == ("2026-11-21T17:30:00Z", "2026-11-21T18:30:00Z")


def test_the_text_can_come_from_stdin_with_files(desk: Desk):
    (desk.home / "bill.pdf").write_bytes(b"%PDF")
    desk("reply 1 -F - --attach bill.pdf", input="Here it is.\n\n")

    message = ticket(desk, 1)["messages"][1]
    assert (message["body"], message["attachments"][0]["size_bytes"]) == ("Here it is.", 4)


def test_the_editor_shows_the_conversation_below_the_text(desk: Desk):
    env = editor(desk, f'cp "$1" {desk.home}/seen; sed -i "1s/.*/It is on its way./" "$1"')

    assert desk("reply 1", tty=True, env=env).splitlines()[0] == (
        "replied to 1: status answered - Refund not received"
    )
    assert ticket(desk, 1)["messages"][1]["body"] == "It is on its way."
    seen = (desk.home / "seen").read_text()
    assert "8<" in seen
    assert "> Where is it?" in seen


def test_a_text_that_was_not_changed_is_no_reply(desk: Desk):
    shown = desk("reply 1", tty=True, env=editor(desk, "exit 0"), code=5)

    assert shown.splitlines()[-1] == "tix: error: aborted, nothing was saved"
    assert len(ticket(desk, 1)["messages"]) == 1


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        (
            "reply 1",
            2,
            told("there is no terminal to edit a text on", "Give it with -m TEXT or -F FILE."),
        ),
        (
            "reply 1 --no-input",
            2,
            told("no text given", "use -m TEXT, or -F FILE (- is stdin)"),
        ),
        ("reply 1 -m ' '", 2, told("the text is empty")),
        ("reply 1 -m a -F b", 2, told("give -m or -F, not both")),
        (
            "reply 1 -m x --resolve --pending",
            2,
            told("--resolve, --pending, --open and --inbound exclude each other"),
        ),
        ("reply 1 -m x --at tomorrow", 2, told("a message cannot come from the future")),
        ("reply 1-2 -m x", 2, told("one ticket is needed, and '1-2' names 2")),
        (
            "reply 1 2 -m x",
            2,
            told("got unexpected extra argument (2)", usage="tix reply [OPTIONS] ID"),
        ),
        (
            "reply 1 -m x --resolve --reason solvd",
            2,
            told(
                "invalid value for '--reason': 'solvd' is not one of solved, answered, "
                "duplicate, wontfix, inactive",
                "Did you mean 'solved'?",
                "tix reply [OPTIONS] ID",
            ),
        ),
        ("reply 9 -m x", 3, told("no ticket 9", "the last number is 3")),
        ("reply 1 -m x --if-rev 7", 4, told("ticket 1 is at revision 1, not 7", "tix show 1")),
    ],
)
def test_what_is_no_reply(desk: Desk, line: str, code: int, said: str):
    assert error(desk, line, code) == said


def test_nobody_answers_on_a_closed_ticket(desk: Desk):
    desk("resolve 1 --close")

    assert error(desk, "reply 1 -m x", 5) == told(
        "ticket 1 is closed", "tix reopen 1, or open a new one that links to it"
    )


def test_a_text_that_could_not_be_sent_is_kept(desk: Desk):
    desk("resolve 1 --close")
    env = editor(desk, 'echo "All in vain." > "$1"')
    *_, kept, said, _ = desk("reply 1", tty=True, env=env, code=5).splitlines()

    assert said == "tix: error: ticket 1 is closed"
    assert kept.startswith(f"your text is kept in {desk.home}/.local/state/tix/drafts/")
    assert Path(kept.removeprefix("your text is kept in ")).read_text() == "All in vain.\n"
