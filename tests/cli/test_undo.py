from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.commandline import Desk


def ticket(desk: Desk, number: int = 1) -> dict[str, object]:
    """Return what is known of a ticket, without what each event changes."""
    known: dict[str, object] = json.loads(desk(f"show {number} --json"))
    return {
        name: value
        for name, value in known.items()
        if name not in ("rev", "updated_at", "events", "messages", "importance")
    }


CHANGES = [
    "assign 1 --me",
    "prio 1 high",
    "tag 1 web,vip",
    "tag 1 --set other",
    "untag 1 old",
    "edit 1 --subject Other --category a/b --due tomorrow --field order=7 -c new@example.com",
    "wait 1 --until +3d",
    "snooze 1 2d",
    "reply 1 -m Hello",
    "note 1 -m Hello",
    "resolve 1 -m Done",
    "resolve 1 --close",
    "spam 1 --yes",
    "delete 1 --yes",
]


@pytest.mark.parametrize("line", CHANGES)
def test_every_change_of_a_ticket_is_taken_back_and_done_again(run: Desk, line: str):
    run("new Refund -c jo@example.com -t old -m 'Where is it?'")
    before = ticket(run)
    run(line)
    after = ticket(run)

    run("undo")
    assert ticket(run) == before
    run("redo")
    assert ticket(run) == after
    run("undo")
    assert ticket(run) == before


def test_undo_tells_what_it_took_back(run: Desk):
    run("new Refund")
    run("prio 1 high")

    result = run.run("undo -o table")

    assert result.stdout == "took back the change of 1: priority normal - Refund\n"
    assert result.stderr == "operation 2 is taken back; tix undo 3 leads back again\n"
    assert json.loads(run("undo 3 --json")) == {
        "schema": "tix.change/1",
        "operation": "undo",
        "op": 4,
        "dry_run": False,
        "undoes": 3,
        "changed": [
            {"kind": "ticket", "id": 1, "rev": 4, "changes": {"priority": ["normal", "high"]}}
        ],
        "unchanged": [],
        "warnings": [],
    }


def test_a_pipe_gets_the_number_of_what_was_taken_back(run: Desk):
    run("new Refund")

    assert run("undo") == "1\n"
    assert run("redo") == "2\n"


def test_undo_goes_back_step_by_step_and_redo_forward(run: Desk):
    run("new Refund")
    for level in ("low", "high", "urgent"):
        run(f"prio 1 {level}")
    steps = []
    for command in ["undo"] * 3 + ["redo"] * 3 + ["undo"] * 2:
        run(command)
        steps.append(ticket(run)["priority"])

    assert steps == ["high", "low", "normal", "low", "high", "urgent", "high", "low"]


def test_a_new_ticket_goes_to_the_trash_and_its_customer_stays(run: Desk):
    run("new Refund -c jo@example.com")

    run("undo")

    assert run("list --all -o ids") == ""
    assert run("list is:trashed -o ids") == "1\n"
    assert run("customer list -o ids") == "C-1\n"
    run("redo")
    assert run("list -o ids") == "1\n"


def test_a_bulk_change_is_one_step(run: Desk):
    for _ in range(3):
        run("new x")
    run("tag 1-3 web")

    run("undo")

    assert run("list tag:web -o ids") == ""
    run("redo")
    assert run("list tag:web --sort id -o ids") == "1\n2\n3\n"


def test_what_others_did_since_then_stays(run: Desk):
    run("new Refund")
    run("tag 1 web")
    run("tag 1 vip")
    run("note 1 -m Hello")

    run("undo 2")

    assert ticket(run)["tags"] == ["vip"]
    assert ticket(run)["note_count"] == 1


def test_a_later_change_of_the_same_field_stands_in_the_way(run: Desk):
    run("new A")
    run("new B")
    run("prio 1-2 high")
    run("prio 1-2 low")

    result = run.run("undo 3")

    assert (result.code, result.stdout) == (4, "")
    assert result.stderr.startswith("tix: error: 2 tickets were changed again since then\nhint: ")
    assert ticket(run)["priority"] == "low"
    run("undo 3 --force")
    assert ticket(run)["priority"] == "normal"


def test_nothing_is_taken_back_if_one_ticket_stands_in_the_way(run: Desk):
    run("new A")
    run("new B")
    run("prio 1-2 high")
    run("prio 2 low")

    result = run.run("undo 3 --json")

    assert result.code == 4
    error = json.loads(result.stderr)["error"]
    assert (error["code"], error["ids"]) == ("conflict", [2])
    assert ticket(run)["priority"] == "high"


def test_a_customer_with_tickets_is_not_forgotten(run: Desk):
    run("customer add Jo --email jo@example.com")
    run("new Refund -c jo@example.com")

    result = run.run("undo 1 --force")

    assert result.code == 4
    assert result.stderr.startswith("tix: error: C-1 has tickets by now: 1\n")


def test_a_forgotten_customer_gives_up_the_address(run: Desk):
    run("customer add Jo --email jo@example.com")
    run("undo")
    assert run("customer list") == ""

    assert run("customer add Other --email jo@example.com") == "C-2\n"

    run("redo", code=3)
    result = run.run("redo 1")
    assert (result.code, result.stderr.splitlines()[0]) == (
        4,
        "tix: error: jo@example.com belongs to C-2",
    )


def test_members_of_records_are_taken_back_one_by_one(run: Desk):
    run("customer add Jo --email a@x.com")
    run("customer edit C-1 --plan gold --email b@x.com --pref tz=CET")
    run("customer edit C-1 --vip --email c@x.com --pref language=de")

    run("undo 2")

    after = json.loads(run("customer show C-1 --json"))
    assert (after["plan"], after["vip"]) == (None, True)
    assert after["emails"] == ["a@x.com", "c@x.com"]
    assert after["preferences"] == {"language": "de"}
    run("new Refund -c b@x.com")
    assert run("customer list -o ids") == "C-1\nC-2\n"


def test_a_record_that_was_changed_again_stands_in_the_way(run: Desk):
    run("agent add bob --tier 2")
    run("agent edit bob --tier 3")
    run("agent edit bob --tier 4")

    result = run.run("undo 2")

    assert (result.code, result.stderr.splitlines()[0]) == (
        4,
        "tix: error: agent bob: tier was changed again since then",
    )
    run("undo 2 --force")
    assert json.loads(run("agent show bob --json"))["tier"] == 2


def test_time_is_not_taken_back(run: Desk):
    run("new Refund")
    run("snooze 1 +1h")
    later = {"TIX_NOW": "2026-11-21T20:00:00Z"}
    run("new Other", env=later)
    assert run("log --ops -L 2 --fields number,command", env=later) == "4\tnew\n3\tupkeep\n"

    refused = run.run("undo 3", env=later)
    assert (refused.code, refused.stderr) == (
        5,
        "tix: error: operation 3 was done by time, which would do it again\n",
    )
    assert run("undo", env=later) == "4\n"
    assert run("undo 2 --force", env=later) == "2\n"


def test_redo_is_over_once_something_else_was_done(run: Desk):
    run("new Refund")
    run("prio 1 high")
    run("undo")
    run("note 1 -m Hello")

    result = run.run("redo")
    assert (result.code, result.stderr.splitlines()[0]) == (
        3,
        "tix: error: there is nothing to redo",
    )
    run("redo 2")
    assert ticket(run)["priority"] == "high"


def test_a_dry_run_takes_nothing_back(run: Desk):
    run("new Refund")
    run("prio 1 high")

    assert run("undo -n -o table") == (
        "would: took back the change of 1: priority normal - Refund\n"
    )
    assert ticket(run)["priority"] == "high"
    assert json.loads(run("undo -n --json"))["op"] is None


def test_undo_remembers_why(run: Desk):
    run("new Refund")
    run("undo --why 'by mistake'")

    newest = json.loads(run("log --ops -L 1 -o jsonl"))
    assert (newest["why"], newest["undoes"]) == ("by mistake", 1)
    assert json.loads(run("log 1 -L 1 -o jsonl"))["cause"] == "undo:1"


def test_a_taken_back_reply_is_shown_as_such(run: Desk):
    run("new Refund -m Hello")
    run("reply 1 -m Oops")
    run("undo")

    messages = json.loads(run("show 1 --json"))["messages"]
    assert [(m["body"], m["retracted"]) for m in messages] == [("Hello", False), ("Oops", True)]


def test_the_list_has_what_was_done(run: Desk):
    run("new Refund")
    run("prio 1 high")
    run("undo")

    assert run("undo --list --fields number,command,undoes,undone_by") == (
        "3\tundo\t2\t\n2\tprio\t\t3\n1\tnew\t\t\n"
    )
    assert run("undo --list -L 1 -o ids") == "3\n"


@pytest.mark.parametrize(
    ("line", "code", "message"),
    [
        ("undo x", 2, "'x' is no operation"),
        ("undo 99", 3, "no operation 99"),
        ("redo 99", 3, "no operation 99"),
        ("undo 2", 4, "operation 2 is taken back already, by operation 3"),
        ("redo 1", 4, "operation 1 is not taken back"),
    ],
)
def test_what_cannot_be_is_told(run: Desk, line: str, code: int, message: str):
    run("new Refund")
    run("prio 1 high")
    run("undo")

    result = run.run(line)

    assert (result.code, result.stdout) == (code, "")
    assert result.stderr.splitlines()[0] == f"tix: error: {message}"


def test_a_fresh_desk_has_nothing_to_take_back(run: Desk):
    result = run.run("undo")

    assert (result.code, result.stderr.splitlines()[0]) == (
        3,
        "tix: error: there is nothing to undo",
    )
    run("redo", code=3)


def test_redo_takes_the_number_of_the_undo_as_well(run: Desk):
    run("new Refund")
    run("tag 1 vip")
    run("undo 2")

    assert run("redo 3") == "3\n"
    assert run("list --fields tags") == "vip\n"


def test_what_is_gone_already_is_taken_back_by_force_alone(run: Desk):
    run("query save late is:overdue")
    run("query rm late")

    assert run.run("undo 1").code == 4
    assert run("undo 1 --force") == "1\n"
    assert run("query list") == ""
