from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.commandline import Desk

JO = "customer add 'Jo Fox' --email Jo@Example.com --phone '+385 1 234 567' --plan gold --vip"


def told(desk: Desk, line: str, code: int) -> list[str]:
    """Return the lines on stderr of a command that ends with *code*."""
    result = desk.run(line)
    assert (result.code, result.stdout) == (code, "")
    return result.stderr.splitlines()


def test_a_customer_is_made_and_found_by_number_address_and_phone(run: Desk):
    assert run(JO) == "C-1\n"

    row = "C-1\tJo Fox\tjo@example.com\t+3851234567\t\t\tgold\t\ttrue\t\t0\n"
    assert run("customer list") == row
    for who in ("C-1", "c1", "JO@example.com", "'00385 1 234567'"):
        assert json.loads(run(f"customer show {who} --json"))["id"] == "C-1"


def test_all_that_is_known_is_in_the_record(run: Desk):
    run(
        "customer add Acme --email a@acme.test --email b@acme.test --phone 112 --org 'Acme Ltd' "
        "--location Zagreb --plan gold --group emea --kind partner --vip --since 2024-05-01 "
        "--tags b,a --pref language=de --field order=7 --field empty="
    )
    run("new Refund -c b@acme.test")

    assert json.loads(run("customer show C-1 --json")) == {
        "schema": "tix.customer/1",
        "id": "C-1",
        "name": "Acme",
        "emails": ["a@acme.test", "b@acme.test"],
        "phones": ["112"],
        "organisation": "Acme Ltd",
        "location": "Zagreb",
        "plan": "gold",
        "group": "emea",
        "kind": "partner",
        "vip": True,
        "since": "2024-05-01",
        "tags": ["b", "a"],
        "preferences": {"language": "de"},
        "fields": {"order": "7"},
        "merged_into": None,
        "created_at": "2026-11-21T18:30:00Z",
        "open_count": 1,
        "tickets": [
            {
                "id": 1,
                "subject": "Refund",
                "status": "new",
                "priority": "normal",
                "created_at": "2026-11-21T18:30:00Z",
                "updated_at": "2026-11-21T18:30:00Z",
            }
        ],
    }


def test_the_page_of_a_customer_has_all_tickets_but_those_in_the_trash(run: Desk):
    run(JO)
    for subject in ("First", "Second", "Third"):
        run(f"new {subject} -c C-1")
    run("resolve 2 --close")
    run("delete 3 --yes")

    assert run("customer show C-1") == (
        "C-1  Jo Fox\n"
        "Addresses    jo@example.com\n"
        "Phones       +3851234567\n"
        "Plan         gold\n"
        "VIP          yes\n"
        "Known since  Sat 2026-11-21 19:30 CET (now)\n"
        "\n"
        "2 tickets, 1 open\n"
        "       2  2026-11-21 19:30  closed     normal    Second\n"
        "       1  2026-11-21 19:30  new        normal    First\n"
    )


def test_a_list_is_of_those_in_whose_record_every_word_stands(run: Desk):
    run(JO)
    run("customer add Acme --email ops@acme.test --org Fox --kind partner")
    run("customer add Zed --phone 112 --group EMEA")

    assert run("customer list fox -o ids") == "C-1\nC-2\n"
    assert run("customer list FOX acme -o ids") == "C-2\n"
    assert run("customer list --vip -o ids") == "C-1\n"
    assert run("customer list --group emea -o ids") == "C-3\n"
    assert run("customer list --kind partner -o ids") == "C-2\n"
    assert run("customer list --plan gold -o ids") == "C-1\n"
    assert run("customer list --sort -name -o ids") == "C-3\nC-1\nC-2\n"
    assert run("customer -o ids") == "C-1\nC-2\nC-3\n"
    assert run("customer list nobody --exit-status", code=1) == ""


def test_a_cut_list_says_so(run: Desk):
    for name in "abc":
        run(f"customer add {name}")

    result = run.run("customer list -L 2 --json")

    page = json.loads(result.stdout)
    assert (page["total"], page["count"], page["truncated"]) == (3, 2, True)
    assert result.stderr == "2 of 3 - -L 0 for all\n"


@pytest.mark.parametrize(
    "line",
    [
        "--json customer list",
        "customer --json list",
        "customer list --json",
        "customer --json",
        "--json customer",
    ],
)
def test_global_options_stand_anywhere(run: Desk, line: str):
    run(JO)

    assert json.loads(run(line))["customers"][0]["id"] == "C-1"


def test_an_edit_adds_addresses_and_replaces_the_rest(run: Desk):
    run(JO)

    run("customer edit C-1 --email jo@home.test --no-email jo@example.com --plan none --no-vip")
    run("customer edit jo@home.test --pref language=de --pref tz=CET --since yesterday")
    run("customer edit jo@home.test --pref tz= --name 'Jo Marsh'")

    after = json.loads(run("customer show C-1 --json"))
    assert after["name"] == "Jo Marsh"
    assert after["emails"] == ["jo@home.test"]
    assert (after["plan"], after["vip"], after["since"]) == (None, False, "2026-11-20")
    assert after["preferences"] == {"language": "de"}
    assert told(run, "customer show jo@example.com", 3)[0] == (
        "tix: error: no customer 'jo@example.com'"
    )


def test_an_edit_that_changes_nothing_says_so(run: Desk):
    run(JO)

    change = json.loads(run("customer edit C-1 --plan gold --json"))

    assert (change["op"], change["changed"], change["unchanged"]) == (None, [], ["C-1"])


def test_lists_of_tickets_follow_an_edit(run: Desk):
    run("new Refund -c jo@example.com")

    run("customer edit C-1 --name 'Jo Fox' --vip")

    assert run("list is:vip customer:fox -o ids") == "1\n"


def test_merged_customers_are_one_with_all_that_they_had(run: Desk):
    run("customer add Jo --email jo@example.com --phone 112 --field order=7 --plan gold")
    run("customer add Acme --email ops@acme.test --field order=8 --field site=emea")
    run("new First -c jo@example.com")
    run("new Second -c 112")
    run("new Third -c C-1")
    run("resolve 2 --close")
    run("delete 3 --yes")

    assert run("customer merge C-1 --into C-2 --why 'the same'") == "C-1\nC-2\n"

    after = json.loads(run("customer show 112 --json"))
    assert after["id"] == "C-2"
    assert after["name"] == "Acme"
    assert after["emails"] == ["ops@acme.test", "jo@example.com"]
    assert after["phones"] == ["112"]
    assert after["plan"] == "gold"
    assert after["fields"] == {"order": "8", "site": "emea"}
    assert [ticket["id"] for ticket in after["tickets"]] == [2, 1]
    assert json.loads(run("customer show C-1 --json"))["id"] == "C-2"
    run("restore 3")
    assert run("list customer:C-2 --all --sort id -o ids") == "1\n2\n3\n"
    assert run("list customer:C-1 --all --sort id -o ids") == "1\n2\n3\n"
    kinds = [json.loads(line) for line in run("log 2 -L 1 -o jsonl").splitlines()]
    assert kinds[0]["data"]["changes"] == {"requester": [1, 2]}
    assert kinds[0]["cause"] == "the same"


def test_a_merged_customer_stays_in_the_full_list(run: Desk):
    run("customer add A --email a@x.com")
    run("customer add B --email b@x.com")
    run("customer merge a@x.com --into b@x.com")

    assert run("customer list -o ids") == "C-2\n"
    assert run("customer list --all --fields id,merged_into") == "C-1\tC-2\nC-2\t\n"


def test_a_merge_is_undone_whole(run: Desk):
    run("customer add A --email a@x.com --phone 112")
    run("customer add B --email b@x.com")
    run("new Refund -c a@x.com")
    before = [run("customer list --all --json"), run("show 1 --headers")]
    run("customer merge C-1 --into C-2")

    run("undo")

    assert [run("customer list --all --json"), run("show 1 --headers")] == before
    assert json.loads(run("customer show 112 --json"))["id"] == "C-1"


def test_merging_again_changes_nothing(run: Desk):
    run("customer add A --email a@x.com")
    run("customer add B --email b@x.com")
    run("customer merge C-1 --into C-2")

    change = json.loads(run("customer merge C-1 --into C-2 --json"))

    assert (change["op"], change["changed"], change["unchanged"]) == (None, [], ["C-2"])


def test_several_are_merged_in_one_operation(run: Desk):
    for name in "abc":
        run(f"customer add {name} --email {name}@x.com")

    change = json.loads(run("customer merge C-1 C-2 --into C-3 --json"))

    assert [record["id"] for record in change["changed"]] == ["C-1", "C-2", "C-3"]
    assert change["changed"][2]["changes"] == {
        "emails": [["c@x.com"], ["c@x.com", "a@x.com", "b@x.com"]]
    }


def test_a_dry_run_changes_nothing_and_shows_what_would_be(run: Desk):
    shown = run("customer add Jo --email jo@x.com -n -o table")

    assert shown == "would: customer C-1 is new: name Jo, emails jo@x.com\n"
    assert run("customer list") == ""


def test_the_same_key_makes_a_customer_once(run: Desk):
    assert run("customer add Jo --key k1") == "C-1\n"
    assert run("customer add Jo --key k1") == "C-1\n"
    assert run("customer list -o ids") == "C-1\n"


@pytest.mark.parametrize(
    ("line", "code", "message"),
    [
        ("customer add", 2, "a customer needs a name, an address or a phone"),
        ("customer add Jo --email nobody", 2, "'nobody' is not a mail address"),
        ("customer add Jo --phone x", 2, "'x' is not a phone number"),
        ("customer add Jo --pref x", 2, "'x' is no NAME=VALUE"),
        ("customer add Jo --since 11/24", 2, None),
        ("customer edit C-1", 2, "nothing to change"),
        ("customer list --sort foo", 2, "unknown field 'foo'"),
        ("customer lst", 2, "no such command 'tix customer lst'"),
        ("customer show C-99", 3, "no customer 'C-99'"),
        ("customer edit C-99 --vip", 3, "no customer 'C-99'"),
        ("customer edit C-1 --no-email other@x.com", 3, "C-1 has no other@x.com"),
        ("customer merge C-1 --into C-99", 3, "no customer 'C-99'"),
        ("customer merge C-99 --into C-1", 3, "no customer 'C-99'"),
        ("customer add Jo --email jo@example.com", 4, "jo@example.com belongs to C-1"),
        ("customer edit C-2 --phone +3851234567", 4, "+3851234567 belongs to C-1"),
    ],
)
def test_what_cannot_be_is_told(run: Desk, line: str, code: int, message: str | None):
    run(JO)
    run("customer add Bo")

    first = told(run, line, code)[0]

    assert first.startswith("tix: error: ")
    assert message in (None, first.removeprefix("tix: error: "))
