"""``tix new``."""

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


def ticket(desk: Desk, number: int) -> dict[str, Any]:
    shown: dict[str, Any] = json.loads(desk(f"show {number} --json"))
    return shown


def test_a_ticket_is_opened_and_its_number_printed(desk: Desk):
    assert desk("new Order 77 is late") == "4\n"
    assert desk("new Broken", tty=True) == "opened 5: Broken\n"


def test_the_words_are_the_subject_as_they_were_typed(desk: Desk):
    desk(["new", "Refund", "(Acme)", "3/4", "not  paid:", "due:tomorrow", "#12"])

    assert ticket(desk, 4)["subject"] == "Refund (Acme) 3/4 not  paid: due:tomorrow #12"


def test_words_after_two_dashes_are_no_options(desk: Desk):
    desk("new -- -5 degrees -p high")

    assert ticket(desk, 4)["subject"] == "-5 degrees -p high"


def test_everything_can_be_said_at_once(desk: Desk):
    desk("agent add bob -q")
    desk("dept add billing -q")
    (desk.home / "bill.pdf").write_bytes(b"%PDF")
    desk(
        "new Refund -m 'Where is it?' -c Jo@Example.com -p high -a bob -t vip,late --type incident "
        "--category billing/refund --dept billing --channel phone --due +2d --attach bill.pdf "
        "--why 'she called'"
    )

    made = ticket(desk, 4)
    assert {name: made[name] for name in ("assignee", "priority", "tags", "type", "category")} == {
        "assignee": "bob",
        "priority": "high",
        "tags": ["vip", "late"],
        "type": "incident",
        "category": "billing/refund",
    }
    assert (made["department"], made["channel"], made["due_at"]) == (
        "billing",
        "phone",
        "2026-11-23T18:30:00Z",
    )
    assert made["customer"] == {"id": "C-1", "name": None, "email": "jo@example.com"}
    assert made["messages"][0]["body"] == "Where is it?"
    assert made["messages"][0]["attachments"][0]["name"] == "bill.pdf"
    assert made["events"][0]["cause"] == "she called"


def test_the_text_can_come_from_a_file_and_from_stdin(desk: Desk):
    (desk.home / "text").write_text("\ufeffFrom a file.\n")
    desk("new One -F text")
    desk("new Two -F -", input="From stdin: Grüße.\n")

    assert [ticket(desk, n)["messages"][0]["body"] for n in (4, 5)] == [
        "From a file.",
        "From stdin: Grüße.",
    ]


def test_an_outbound_ticket_waits_for_the_customer(desk: Desk):
    desk("new Your invoice --outbound -m 'It is due.' -c ann@example.com")

    assert (ticket(desk, 4)["status"], ticket(desk, 4)["waiting_since"]) == ("answered", None)


NO_TAG = "'a b' cannot be a tag: one word, at most 100 characters"
NOT_SET = "cannot be set here; there are open, pending, resolved, closed, spam"
URGENT = "line 5, priority: 'urgnt' is no priority; there are low, normal, high, urgent"
SHEET = """\
---
subject:
customer:
status: new
priority: normal
tags:
assignee:
department:
type:
category:
due:
sla:
---


# ---- 8< ----
"""


def test_without_words_the_editor_opens_with_all_there_is_to_say(desk: Desk):
    desk("dept add billing -q")
    script = writing(
        "Where is it?",
        subject="Refund",
        customer="ann@example.com",
        status="pending",
        priority="high",
        tags="vip, web",
        assignee="@me",
        department="billing",
        type="incident",
        category="billing/refund",
        due="+2d",
        sla="none",
    )
    env = editor(desk, f'cp "$1" {desk.home}/seen\n{script}')

    assert desk("new -q", tty=True, env=env) == "opened 4: Refund\n"
    assert (desk.home / "seen").read_text().startswith(SHEET)
    names = ("subject", "status", "priority", "tags", "assignee", "department", "type", "category")
    made = ticket(desk, 4)
    assert [made[name] for name in names] == [
        *("Refund", "pending", "high", ["vip", "web"], "alice", "billing", "incident"),
        "billing/refund",
    ]
    assert (made["customer"]["email"], made["due_at"]) == (
        "ann@example.com",
        "2026-11-23T18:30:00Z",
    )
    assert (made["messages"][0]["body"], made["sla"]) == ("Where is it?", None)
    assert [event["kind"] for event in made["events"]] == ["opened", "waiting"]
    desk("undo")
    assert ticket(desk, 4)["trashed_at"] is not None


def test_options_are_what_the_headers_say_at_first(desk: Desk):
    env = editor(desk, f'cp "$1" {desk.home}/seen\n{writing("More.", tags="")}')
    desk(
        "new Refund -c jo@example.com -p low -t vip -m Why? --due tomorrow -e -q", tty=True, env=env
    )

    seen = (desk.home / "seen").read_text()
    for line in ("subject: Refund", "customer: jo@example.com", "priority: low", "tags: vip"):
        assert f"{line}\n" in seen
    made = ticket(desk, 4)
    assert (made["subject"], made["priority"], made["tags"]) == ("Refund", "low", [])
    assert made["due_at"] == "2026-11-22T22:59:59Z"
    assert made["messages"][0]["body"] == "More.\nWhy?"
    assert [event["kind"] for event in made["events"]] == ["opened"]


def test_a_ticket_that_is_not_written_is_not_opened(desk: Desk):
    assert desk("new", tty=True, env=editor(desk, "true"), code=5) == (
        "tix: error: nothing changed\n"
    )
    assert drafts(desk) == []


@pytest.mark.parametrize(
    ("headers", "code", "said", "hint"),
    [
        ({"tags": "a"}, 2, "a ticket needs a subject", "tix new 'What it is about'"),
        ({"priority": "urgnt"}, 2, URGENT, "Did you mean 'urgent'?"),
        ({"assignee": "bob"}, 3, "line 7, assignee: no agent 'bob'", "tix agent add bob"),
        ({"tags": "a b"}, 2, "line 6, tags: " + NO_TAG, ""),
        ({"due": "soon"}, 2, "line 11, due: 'soon' is not a date", "See 'tix help dates'."),
        ({"sla": "glod"}, 3, "line 12, sla: no level 'glod'", "There are standard."),
        ({"status": "closd"}, 2, f"line 4, status: 'closd' {NOT_SET}", "Did you mean 'closed'?"),
    ],
)
def test_a_wrong_header_is_told_with_its_line_and_no_ticket_is_opened(
    desk: Desk, headers: dict[str, str], code: int, said: str, hint: str
):
    before = content(desk.home / "desk")
    subject = {} if said.startswith("a ticket") else {"subject": "Refund"}
    shown = desk("new", tty=True, env=editor(desk, writing(**subject, **headers)), code=code)

    (draft,) = drafts(desk)
    assert shown == (
        f"your text is kept in {draft} (tix new offers it again)\ntix: error: {told(said, hint)}"
    )
    assert content(desk.home / "desk") == before


def test_a_key_opens_what_was_written_once(desk: Desk):
    for status in ("new", "open"):
        env = editor(desk, writing(subject="Refund", status=status))
        desk(f"new --key {status} -q", tty=True, env=env)
        desk(f"new --key {status} -q", tty=True, env=env)

    assert desk("list refund -o ids --sort id") == "1\n4\n5\n"


def test_a_tag_that_nobody_uses_is_told(desk: Desk):
    result = desk.run("new Refund -t vpi")

    assert (result.stdout, result.stderr) == (
        "4\n",
        "tix: warning: new tag 'vpi' (did you mean 'vip'?)\n",
    )


def test_a_due_date_that_has_passed_is_told_and_taken(desk: Desk):
    result = desk.run("new Late --due yesterday")

    assert (result.stdout, result.stderr) == (
        "4\n",
        "tix: warning: the due date 2026-11-20 has passed\n",
    )


def test_a_due_date_in_the_far_future_needs_a_yes(desk: Desk):
    assert error(desk, "new Late --due +6y", 5) == (
        "2032-11-21 is more than five years away\nhint: use --yes\n"
    )
    assert desk("new Late --due +6y --yes") == "4\n"


def test_a_change_is_told_as_json(desk: Desk):
    assert json.loads(desk("new Refund -t web --json")) == {
        "schema": "tix.change/1",
        "operation": "new",
        "op": 4,
        "dry_run": False,
        "undoes": None,
        "changed": [
            {
                "kind": "ticket",
                "id": 4,
                "rev": 1,
                "changes": {
                    "subject": [None, "Refund"],
                    "status": [None, "new"],
                    "priority": [None, "normal"],
                    "tags": [None, ["web"]],
                    "tier": [None, 1],
                    "sla": [None, {"level": "standard"}],
                },
            }
        ],
        "unchanged": [],
        "warnings": [],
    }


NOBODY = told("'' is no customer: give a number such as C-42, an address or a phone")
NO_SUBJECT = told("a ticket needs a subject", "tix new 'What it is about'")


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        ("new", 2, NO_SUBJECT),
        ("new ''", 2, NO_SUBJECT),
        ("new ' \t '", 2, NO_SUBJECT),
        (
            "new x -p urgnt",
            2,
            told(
                "'urgnt' is no priority; there are low, normal, high, urgent",
                "Did you mean 'urgent'?",
            ),
        ),
        (
            "new x --type tsak",
            2,
            told(
                "'tsak' is no type; there are question, incident, problem, task",
                "Did you mean 'task'?",
            ),
        ),
        ("new x --due soon", 2, told("'soon' is not a date", "See 'tix help dates'.")),
        (
            "new x --due 11/24",
            2,
            told("'11/24' can be read in several ways; write a date as 2026-11-21"),
        ),
        ("new x -t 'a b'", 2, told("'a b' cannot be a tag: one word, at most 100 characters")),
        ("new x -t ,", 2, told("no tag given")),
        ("new x -m ''", 2, told("the text is empty")),
        ("new x --category ''", 2, told("--category is empty")),
        ("new x -c ''", 2, NOBODY),
        ("new x -m a -F b", 2, told("give -m or -F, not both")),
        ("new x -F /nowhere", 2, told("/nowhere is no file")),
        ("new x --attach /", 2, told("/ is no file")),
        (
            "new x -c nobody",
            2,
            told("'nobody' is no customer: give a number such as C-42, an address or a phone"),
        ),
        (
            "new x -c C-9",
            3,
            told("no customer 'C-9'", "tix customer list, or tix customer add"),
        ),
        ("new x -a bob", 3, told("no agent 'bob'", "tix agent add bob")),
        ("new x --dept sales", 3, told("no department 'sales'", "tix dept add sales")),
    ],
)
def test_what_makes_no_ticket(desk: Desk, line: str, code: int, said: str):
    assert error(desk, line, code) == said


def test_a_word_that_begins_with_a_dash_is_explained(desk: Desk):
    assert error(desk, "new -5 degrees", 2) == told(
        "no such option '-5'",
        "put -- before words that begin with a dash",
        "tix new [OPTIONS] [SUBJECT]...",
    )


def test_the_default_desk_is_made_by_its_first_ticket(run: Desk):
    env = {"TIX_DB": "", "XDG_DATA_HOME": str(run.home / "data")}

    assert run("new First", env=env) == "1\n"
    assert run("list -o ids", env=env) == "1\n"


def test_a_named_desk_is_not_made(run: Desk):
    assert error(run, "new First --db elsewhere", 73) == (
        f"there is no desk at {run.home}/elsewhere\nhint: 'tix init' makes one\n"
    )


def test_a_time_that_the_clocks_jump_over_is_told(desk: Desk):
    result = desk.run("new Late --due 2027-03-28T02:30")

    assert (result.stdout, result.code) == ("4\n", 0)
    assert result.stderr.startswith("note: ")
