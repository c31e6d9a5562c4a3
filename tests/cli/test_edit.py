"""``tix edit``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.cli.telling import error, told

if TYPE_CHECKING:
    from tests.commandline import Desk


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
