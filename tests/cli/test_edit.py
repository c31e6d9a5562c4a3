"""``tix edit``."""

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


def test_fields_are_changed_on_all_tickets(desk: Desk):
    assert desk("edit 1 2 --category billing/refund --channel phone") == "1\n2\n"
    assert desk("edit 1 --subject 'Refund of 77' --due +1d --field Order=77", tty=True) == (
        "1: subject Refund of 77, due Sun 2026-11-22 19:30 CET (in 1 d), fields order=77"
        " - Refund of 77\n"
    )


def test_every_field_can_be_set_and_emptied(desk: Desk):
    desk("dept add billing -q")
    desk(
        "edit 2 --subject Login --category web/login --type incident --dept Billing --tier 2 "
        "-c ann@example.com --channel phone --due +2d --field order=77 --field colour=red "
        "--cc Eve@Example.com --cc bob@example.com"
    )
    names = ("subject", "category", "type", "department", "tier", "channel", "due_at", "fields")
    set_ = ticket(desk, 2)
    assert {name: set_[name] for name in names} == {
        "subject": "Login",
        "category": "web/login",
        "type": "incident",
        "department": "billing",
        "tier": 2,
        "channel": "phone",
        "due_at": "2026-11-23T18:30:00Z",
        "fields": {"order": "77", "colour": "red"},
    }
    assert set_["customer"]["email"] == "ann@example.com"
    assert set_["participants"] == ["eve@example.com", "bob@example.com"]

    desk(
        "edit 2 --category none --type none --dept none -c none --channel none --due none "
        "--field order="
    )
    emptied = ticket(desk, 2)
    empty = ("category", "type", "department", "customer", "channel", "due_at")
    assert {emptied[name] for name in empty} == {None}
    assert (emptied["fields"], emptied["subject"]) == ({"colour": "red"}, "Login")


def test_what_is_so_already_is_unchanged(desk: Desk):
    assert desk("edit 1 --due none", tty=True) == "1 is unchanged\n"


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        ("edit 1", 2, told("nothing to change", "tix edit 12 --subject 'A better one'")),
        ("edit --subject x", 2, told("no ticket given")),
        (
            "edit 1 --subject ' '",
            2,
            told("a ticket needs a subject", "tix new 'What it is about'"),
        ),
        (
            "edit 1 --field order",
            2,
            told("'order' is no NAME=VALUE", "--field order=77; order= empties it"),
        ),
        (
            "edit 1 --field 'a b=1'",
            2,
            told("'a b=1' is no NAME=VALUE", "--field order=77; order= empties it"),
        ),
        ("edit 1 --type ''", 2, told("--type is empty", "--type none empties the field")),
        ("edit 1 -c ' '", 2, told("--customer is empty", "--customer none empties the field")),
        ("edit 1 --cc nobody", 2, told("'nobody' is not a mail address")),
        ("edit 1 --due soon", 2, told("'soon' is not a date", "See 'tix help dates'.")),
        (
            "edit 1 --tier 10",
            2,
            told(
                "invalid value for '--tier': 10 is not in the range 1<=x<=9",
                usage="tix edit [OPTIONS] ID...",
            ),
        ),
        (
            "edit 1 --type tsak",
            2,
            told(
                "'tsak' is no type; there are question, incident, problem, task",
                "Did you mean 'task'?",
            ),
        ),
        ("edit 1 --dept sales", 3, told("no department 'sales'", "tix dept add sales")),
        ("edit 9 --channel web", 3, told("no ticket 9", "the last number is 3")),
        (
            "edit 1 --channel web --if-rev 2",
            4,
            told("ticket 1 is at revision 1, not 2", "tix show 1"),
        ),
        (
            "edit 1 --due +6y",
            5,
            told("2032-11-21 is more than five years away", "use --yes"),
        ),
    ],
)
def test_what_changes_nothing(desk: Desk, line: str, code: int, said: str):
    assert error(desk, line, code) == said


def test_nothing_is_edited_in_the_trash(desk: Desk):
    desk("delete 1")

    assert error(desk, "edit 1 --channel web", 5) == told(
        "ticket 1 is in the trash", "tix restore 1"
    )


ALL = """\
---
status: new
priority: high
tags: vip, web
assignee:
subject: Refund not received
customer: jo@example.com
cc:
department:
type:
category:
channel:
tier: 1
due:
sla: standard
---


# ---- 8< ----
"""


def test_without_options_the_editor_shows_all_fields(desk: Desk):
    shown = desk("edit 1", tty=True, env=editor(desk, f'cp "$1" {desk.home}/seen'), code=5)

    assert shown == "tix: error: nothing changed\n"
    assert (desk.home / "seen").read_text().startswith(ALL)


def test_every_field_can_be_set_and_emptied_in_the_editor(desk: Desk):
    desk("dept add billing -q")
    script = writing(
        subject="Login",
        status="open",
        priority="low",
        tags="a, b",
        assignee="@me",
        customer="ann@example.com",
        cc="Eve@Example.com, bob@example.com",
        department="Billing",
        type="incident",
        category="web/login",
        channel="phone",
        tier="2",
        due="+2d",
        sla="none\\nfield.order: 77",
    )
    desk("edit 1 -q", tty=True, env=editor(desk, script))
    names = (
        *("subject", "status", "priority", "tags", "assignee", "participants", "department"),
        *("type", "category", "channel", "tier", "due_at", "fields"),
    )
    after = ticket(desk, 1)
    assert [after[name] for name in names] == [
        *("Login", "open", "low", ["a", "b"], "alice", ["eve@example.com", "bob@example.com"]),
        *("billing", "incident", "web/login", "phone", 2, "2026-11-23T18:30:00Z", {"order": "77"}),
    ]
    assert after["customer"]["email"] == "ann@example.com"

    emptied = ("tags", "cc", "department", "type", "category", "channel", "due", "field.order")
    script = writing(**dict.fromkeys(emptied, ""), assignee="none", customer="none")
    desk("edit 1 -q", tty=True, env=editor(desk, script))
    after = ticket(desk, 1)
    assert [after[name] for name in names] == [
        *("Login", "open", "low", [], None, [], None, None, None, None, 2, None, {}),
    ]
    assert after["customer"] is None
    desk("undo")
    assert ticket(desk, 1)["tags"] == ["a", "b"]


LEVELS = """\
[levels]
standard = { first = { any = "4h" } }
gold = { first = { any = "1h" }, priority = "urgent" }
"""


def test_a_level_is_put_on_and_taken_off_in_the_editor(desk: Desk):
    desk("setup apply -q -", input=LEVELS)
    desk("edit 1 -q", tty=True, env=editor(desk, writing(sla="gold")))
    assert (ticket(desk, 1)["sla"]["policy"], ticket(desk, 1)["priority"]) == ("gold", "urgent")

    desk("edit 1 -q", tty=True, env=editor(desk, writing(sla="")))
    assert ticket(desk, 1)["sla"] is None
    desk("edit 1 -q", tty=True, env=editor(desk, writing(sla="gold", priority="low")))
    assert (ticket(desk, 1)["sla"]["policy"], ticket(desk, 1)["priority"]) == ("gold", "low")


def test_a_date_that_is_left_alone_stays_to_the_second(desk: Desk):
    desk("edit 1 --due 2026-11-30T09:15:42")
    desk("edit 1 -q", tty=True, env=editor(desk, writing(priority="low")))

    assert ticket(desk, 1)["due_at"] == "2026-11-30T08:15:42Z"


def test_a_text_in_the_editor_becomes_a_note(desk: Desk):
    env = editor(desk, writing("He called.", priority="low"))
    desk("edit 1 -q", tty=True, env=env)

    after = ticket(desk, 1)
    assert after["priority"] == "low"
    assert (after["messages"][1]["kind"], after["messages"][1]["body"]) == ("note", "He called.")
    desk("edit 1 -q", tty=True, env=editor(desk, writing("Only this.")))
    assert ticket(desk, 1)["note_count"] == 2


@pytest.mark.parametrize(
    ("headers", "code", "said", "hint"),
    [
        ({"subject": ""}, 2, "6, subject: a ticket needs a subject", "tix new 'What it is about'"),
        ({"cc": "eve"}, 2, "8, cc: 'eve' is not a mail address", ""),
        ({"tier": "ten"}, 2, "13, tier: 'ten' is no level of support; they are 1 to 9", ""),
        ({"due": "soon"}, 2, "14, due: 'soon' is not a date", "See 'tix help dates'."),
        ({"due": "+6y"}, 5, "14, due: 2032-11-21 is more than five years away", "use --yes"),
        ({"sla": "glod"}, 3, "15, sla: no level 'glod'", "There are standard."),
        (
            {"category": "a", "department": "sales", "channel": "x"},
            3,
            "9, department: no department 'sales'",
            "tix dept add sales",
        ),
        (
            {"customer": "eve", "priority": "low"},
            2,
            "7, customer: 'eve' is no customer: give a number such as C-42, an address or a phone",
            "",
        ),
    ],
)
def test_a_wrong_field_is_told_with_its_line_and_nothing_is_changed(
    desk: Desk, headers: dict[str, str], code: int, said: str, hint: str
):
    before = content(desk.home / "desk")
    shown = desk("edit 1", tty=True, env=editor(desk, writing(**headers)), code=code)

    (draft,) = drafts(desk)
    assert shown == (
        f"your text is kept in {draft} (tix edit 1 offers it again)\n"
        f"tix: error: line {told(said, hint)}"
    )
    assert content(desk.home / "desk") == before


def test_a_header_that_is_none_is_told(desk: Desk):
    env = editor(desk, 'sed -i "s,^due:,field.a-b: 1," "$1"')
    shown = desk("edit 1", tty=True, env=env, code=2)

    assert shown.splitlines()[1] == "tix: error: line 14: there is no header 'field.a-b'"


def test_a_far_date_is_taken_with_a_yes(desk: Desk):
    desk("edit 1 --yes -q", tty=True, env=editor(desk, writing(due="+6y")))

    assert ticket(desk, 1)["due_at"] is not None


def test_the_editor_takes_one_ticket(desk: Desk):
    shown = desk("edit 1 2", tty=True, env=editor(desk, "echo never"), code=2)

    assert shown == (
        "tix: error: the editor takes one ticket\n"
        "hint: give several their fields by options: --category x\n"
    )
