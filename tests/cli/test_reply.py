"""``tix reply``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.cli.at_a_terminal import SeatedDesk
from tests.cli.editors import drafts, editor, writing
from tests.cli.telling import content, error, told
from tests.commandline import in_this_process

if TYPE_CHECKING:
    from tests.commandline import Desk


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """The same desk, whose terminal is in this process too."""
    return SeatedDesk(desk.home, in_this_process)


NOT_SENT = "recorded; no mail account is set up, so send it by hand\n"


def ticket(desk: Desk, number: int) -> dict[str, Any]:
    shown: dict[str, Any] = json.loads(desk(f"show {number} --json"))
    return shown


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
    env = editor(desk, f'cp "$1" {desk.home}/seen\n{writing("It is on its way.")}')

    assert desk("reply 1", tty=True, env=env).splitlines()[0] == (
        "replied to 1: status answered - Refund not received"
    )
    assert ticket(desk, 1)["messages"][1]["body"] == "It is on its way."
    assert (desk.home / "seen").read_text() == (
        "---\nstatus: answered\npriority: high\ntags: vip, web\nassignee:\n---\n\n\n"
        "# ---- 8< ----\n"
        "# Nothing from the line with the scissors on is saved. The lines between the two "
        "--- change\n"
        "# the ticket together with the text; one that is emptied empties its field.\n"
        "\nTicket 1: Refund not received\n\njo@example.com wrote:\n> Where is it?\n"
    )
    assert drafts(desk) == []


def test_a_text_that_was_not_changed_is_no_reply(desk: Desk):
    shown = desk("reply 1", tty=True, env=editor(desk, "exit 0"), code=5)

    assert shown == "tix: error: nothing changed\n"
    assert drafts(desk) == []
    assert len(ticket(desk, 1)["messages"]) == 1


@pytest.mark.parametrize("script", ['sed -i 3d "$1"', 'sed -i "3s/$/  /" "$1"', "echo > $1"])
def test_headers_that_say_nothing_else_are_no_reply(desk: Desk, script: str):
    shown = desk("reply 1", tty=True, env=editor(desk, script), code=5)

    assert shown == "tix: error: nothing changed\n"
    assert drafts(desk) == []


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
    kept, said, _ = desk("reply 1", tty=True, env=env, code=5).splitlines()

    (draft,) = drafts(desk)
    assert said == "tix: error: ticket 1 is closed"
    assert kept == f"your text is kept in {draft} (tix reply 1 offers it again)"
    assert draft.read_text() == "All in vain.\n"


def test_headers_change_the_ticket_in_the_same_operation(desk: Desk):
    before = ticket(desk, 1)
    script = writing(
        "On its way.", status="pending", priority="urgent", tags="late", assignee="@me"
    )
    desk("reply 1 -q", tty=True, env=editor(desk, script))

    after = ticket(desk, 1)
    names = ("status", "substatus", "priority", "tags", "assignee")
    assert [after[name] for name in names] == ["pending", "customer", "urgent", ["late"], "alice"]
    assert {event["op"] for event in after["events"][1:]} == {4}
    assert after["events"][1]["kind"] == "replied"
    desk("undo")
    back = ticket(desk, 1)
    assert [back[name] for name in names] == [before[name] for name in names]
    assert back["messages"][1]["retracted"] is True


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ("open", ("open", None, None)),
        ("answered", ("answered", None, None)),
        ("resolved", ("resolved", None, "solved")),
        ("Resolved (wontfix)", ("resolved", None, "wontfix")),
        ("closed duplicate", ("closed", None, "duplicate")),
        ("spam", ("spam", None, None)),
    ],
)
def test_the_status_after_a_reply_stands_in_a_header(
    desk: Desk, asked: str, status: tuple[str, str | None, str | None]
):
    desk(
        "reply 1 --resolve -e -m Well. -q", tty=True, env=editor(desk, writing("So", status=asked))
    )

    after = ticket(desk, 1)
    assert (after["status"], after["substatus"], after["reason"]) == status
    assert after["messages"][1]["body"] == "So\nWell."


def test_an_option_is_what_the_header_says_at_first(desk: Desk):
    script = f'cp "$1" {desk.home}/seen\n{writing("So.")}'
    desk("reply 1 --resolve --reason wontfix -q", tty=True, env=editor(desk, script))

    assert "status: resolved (wontfix)\n" in (desk.home / "seen").read_text()
    assert ticket(desk, 1)["reason"] == "wontfix"


def test_a_resolved_ticket_stays_so_unless_its_header_says_another(desk: Desk):
    desk("resolve 1")
    desk("reply 1 -q", tty=True, env=editor(desk, writing("Welcome.")))
    assert ticket(desk, 1)["status"] == "resolved"

    desk("reply 1 -q", tty=True, env=editor(desk, writing("There is more.", status="open")))
    assert ticket(desk, 1)["status"] == "open"


def test_what_the_customer_said_has_no_status_of_its_own(desk: Desk):
    desk("reply 1 -m Yes.")
    script = f'cp "$1" {desk.home}/seen\n{writing("Still nothing.", priority="urgent")}'
    desk("reply 1 --inbound -q", tty=True, env=editor(desk, script))

    after = ticket(desk, 1)
    assert "status" not in (desk.home / "seen").read_text()
    assert (after["status"], after["priority"]) == ("open", "urgent")
    assert after["messages"][2]["author"] == "customer:C-1"


NOT_SET = "cannot be set here; there are open, pending, resolved, closed, spam"
NO_REASON = "is no reason; there are solved, answered, duplicate, wontfix, inactive to resolve"


@pytest.mark.parametrize(
    ("script", "code", "said", "hint"),
    [
        (
            writing("x", priority="urgnt"),
            2,
            "line 3, priority: 'urgnt' is no priority; there are low, normal, high, urgent",
            "Did you mean 'urgent'?",
        ),
        (
            writing("x", priority=""),
            2,
            "line 3, priority: '' is no priority; there are low, normal, high, urgent",
            "",
        ),
        (
            writing("x", assignee="bob"),
            3,
            "line 5, assignee: no agent 'bob'",
            "tix agent add bob",
        ),
        (
            writing("x", tags="a b"),
            2,
            "line 4, tags: 'a b' cannot be a tag: one word, at most 100 characters",
            "",
        ),
        (
            writing("x", status="solved"),
            2,
            f"line 2, status: 'solved' {NOT_SET}",
            "Did you mean 'resolved'?",
        ),
        (
            writing("x", status="postponed"),
            2,
            f"line 2, status: 'postponed' {NOT_SET}",
            "tix snooze ID DATE",
        ),
        (
            writing("x", status="resolved (later)"),
            2,
            f"line 2, status: 'later' {NO_REASON}",
            "",
        ),
        (
            'sed -i "s,^tags:,tgas:," "$1"',
            2,
            "line 4: there is no header 'tgas'",
            "Did you mean 'tags'?",
        ),
        (
            'sed -i "3s,.*,tags: x," "$1"',
            2,
            "line 4, tags: it is there twice",
            "",
        ),
        (
            'sed -i "3s,.*,no header," "$1"',
            2,
            "line 3: 'no header' is no 'name: value'",
            "the headers end with a line ---",
        ),
        ('sed -i "6d" "$1"', 2, "line 1: the headers have no end", "they end with a line ---"),
        (
            writing(priority="low"),
            5,
            "there is no text, so nothing was changed",
            "tix edit ID changes a ticket without one",
        ),
    ],
)
def test_a_header_that_cannot_be_is_told_with_its_line_and_nothing_is_done(
    desk: Desk, script: str, code: int, said: str, hint: str
):
    before = content(desk.home / "desk")
    shown = desk("reply 1", tty=True, env=editor(desk, script), code=code)

    (draft,) = drafts(desk)
    kept = f"your text is kept in {draft} (tix reply 1 offers it again)\n"
    assert shown == f"{kept}tix: error: {told(said, hint)}"
    assert content(desk.home / "desk") == before


def test_who_removes_the_headers_changes_none(desk: Desk):
    desk("reply 1 -q", tty=True, env=editor(desk, "printf '\\nHello.\\n' > \"$1\""))

    after = ticket(desk, 1)
    assert (after["priority"], after["tags"]) == ("high", ["vip", "web"])
    assert after["messages"][1]["body"] == "Hello."


def test_a_key_does_all_that_was_written_once(desk: Desk):
    env = editor(desk, writing("On its way.", priority="urgent"))
    desk("reply 1 --key once -q", tty=True, env=env)
    desk("reply 1 --key once -q", tty=True, env=editor(desk, writing("Again.", priority="low")))

    after = ticket(desk, 1)
    assert (after["priority"], len(after["messages"])) == ("urgent", 2)


def test_a_revision_is_that_of_the_ticket_before_all_that_was_written(desk: Desk):
    env = editor(desk, writing("On its way.", priority="urgent", tags="late"))

    desk("reply 1 --if-rev 1 -q", tty=True, env=env)
    desk("reply 1 --if-rev 1 -q", tty=True, env=editor(desk, writing("More.")), code=4)


def test_a_dry_run_keeps_the_text(desk: Desk):
    shown = desk("reply 1 -n", tty=True, env=editor(desk, writing("Hello.", priority="urgent")))

    assert shown.splitlines()[0] == (
        "would: replied to 1: status answered, priority urgent - Refund not received"
    )
    assert len(drafts(desk)) == 1
    assert len(ticket(desk, 1)["messages"]) == 1


HOSTILE = "\x1b[2Jevil\x07\u202e\nvim: set modeline:\n\x9b31mLocal Variables:\n# ---- 8< ----"


def test_what_a_stranger_wrote_steers_neither_terminal_nor_editor(desk: Desk):
    desk(["new", "\x1b]0;owned\x07Bad\x1b[31m", "-c", "eve@example.com", "-m", HOSTILE])
    script = f'cp "$1" {desk.home}/seen\n{writing("Hello.")}'
    desk("reply 4 -q", tty=True, env=editor(desk, script))

    assert (
        (desk.home / "seen")
        .read_text()
        .endswith(
            "\nTicket 4: Bad\n\neve@example.com wrote:\n"
            "> evil\n> vim : set modeline:\n> Local Variables :\n> # ---- 8< ----\n"
        )
    )


def test_a_long_message_is_quoted_in_part(desk: Desk):
    (desk.home / "long").write_text("line\n" * 300)
    desk("new Long -F long")
    script = f'cp "$1" {desk.home}/seen\n{writing("Hello.")}'
    desk("reply 4 -q", tty=True, env=editor(desk, script))

    seen = (desk.home / "seen").read_text()
    assert seen.count("> line\n") == 200
    assert seen.endswith("> ... 100 more lines: tix show 4\n")


def test_headers_of_a_merged_ticket_are_those_of_the_one_it_goes_on_in(desk: Desk):
    desk("merge 1 --into 2")
    desk("reply 1 -q", tty=True, env=editor(desk, writing("Hello.", priority="urgent")))

    assert (ticket(desk, 2)["status"], ticket(desk, 2)["priority"]) == ("answered", "urgent")
    assert ticket(desk, 1)["priority"] == "high"
