"""What ``tix __complete`` offers, and what it may cost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.commandline import environment
from tix.complete import words
from tix.domain.query import FIELDS, STATES, SYNONYMS
from tix.domain.query.fields import OPERATORS

if TYPE_CHECKING:
    from pathlib import Path

    from tests.commandline import Desk

HEAVY = {"click", "tinydb", "dataclasses", "typing", "pathlib", "datetime", "hashlib", "tix.cli"}


def offered(desk: Desk, *words: str) -> list[str]:
    return [line.partition("\t")[0] for line in desk(["__complete", *words]).splitlines()]


@pytest.fixture
def desk(run: Desk) -> Desk:
    """A desk with tickets, an agent, a department and a saved query."""
    run("new Refund -c jo@x.com -t vip,os:mac -a alice")
    run("new Login -c bob@x.com -t vip")
    run("new Invoice")
    run("resolve 3")
    return run


def test_open_tickets_come_first_and_the_newest_of_them(desk: Desk) -> None:
    assert desk("__complete ticket") == (
        "@last\tthe ticket that you changed last\n"
        "@next\tthe ticket to work on next\n"
        "2\tnew Login\n"
        "1\tnew Refund\n"
        "3\tresolved Invoice\n"
    )


@pytest.mark.parametrize(
    ("prefix", "values"),
    [
        ("1", ["1"]),
        ("@", ["@last", "@next"]),
        ("@l", ["@last"]),
        ("#", ["#2", "#1", "#3"]),
        ("T2", ["T2"]),
        ("1,", ["1,@last", "1,@next", "1,2", "1,3"]),
        ("9", []),
    ],
)
def test_tickets_are_offered_as_they_are_begun(desk: Desk, prefix: str, values: list[str]) -> None:
    assert offered(desk, "ticket", prefix) == values


def test_tags_come_with_how_many_tickets_have_them(desk: Desk) -> None:
    assert desk("__complete tag") == "vip\t2 tickets\nos:mac\t1 ticket\n"
    assert offered(desk, "tag", "vip,o") == ["vip,os:mac"]


def test_agents_are_offered_with_those_who_have_tickets(desk: Desk) -> None:
    assert offered(desk, "agent") == ["alice", "@me", "none"]


def test_customers_are_offered_by_address_and_number(desk: Desk) -> None:
    assert sorted(offered(desk, "customer")) == ["bob@x.com", "jo@x.com"]
    assert offered(desk, "customer", "jo@") == ["jo@x.com"]
    assert sorted(offered(desk, "customer", "C-")) == ["C-1", "C-2"]


def test_records_of_the_desk_are_offered(desk: Desk, home: Path) -> None:
    people = {
        "agents": {
            "bob": {"name": "bob", "display_name": "Bob B."},
            "eve": {"name": "eve", "retired": True},
        },
        "departments": {"billing": {"name": "billing", "title": "Money"}},
    }
    queries = {"queries": {"hot": {"name": "hot", "words": ["prio:high..", "is:mine"]}}}
    (home / "desk" / "people.json").write_text(json.dumps(people))
    (home / "desk" / "setup.json").write_text(json.dumps(queries))

    assert desk("__complete agent b") == "bob\tBob B.\n"
    assert desk("__complete agent e") == ""
    assert desk("__complete dept") == "billing\tMoney\n"
    assert desk("__complete query") == "hot\tprio:high.. is:mine\n"


@pytest.fixture
def rich(desk: Desk) -> Desk:
    """The same desk, with a customer of a name and with tickets that are filed."""
    desk("customer add Big Corp --email big@x.com --org Big --plan gold --group emea")
    desk("new Crash -c big@x.com --type incident --category web/login --channel phone -p high")
    desk("new Slow -c big@x.com --category web/login -y")
    desk("query save hot prio:high..")
    return desk


@pytest.mark.parametrize(
    ("word", "offers"),
    [
        ("assig", ["assignee:"]),
        ("query", ["query:"]),
        ("tag:", ["tag:vip", "tag:os:mac"]),
        ("tag:o", ["tag:os:mac"]),
        ("tag:os:", ["tag:os:mac"]),
        ("tag:vip,", ["tag:vip,os:mac"]),
        ("tag:os:mac,", ["tag:os:mac,vip"]),
        ("tag!=v", ["tag!=vip"]),
        ("TAG:v", ["TAG:vip"]),
        ("tags:v", ["tags:vip"]),
        ("status:o", ["status:open"]),
        ("status:open,ne", ["status:open,new"]),
        ("status!=new,o", ["status!=new,open"]),
        ("prio:hi", ["prio:high"]),
        ("priority:low..", [f"priority:low..{x}" for x in ("low", "normal", "high", "urgent")]),
        ("assignee:al", ["assignee:alice"]),
        ("owner:@", ["owner:@me"]),
        ("is:un", ["is:unanswered", "is:unassigned"]),
        ("vip:", ["vip:yes", "vip:no"]),
        ("reason:d", ["reason:duplicate"]),
        ("link:blocked", ["link:blocked-by"]),
        ("due:to", ["due:today", "due:tomorrow"]),
        ("due:today..tom", ["due:today..tomorrow"]),
        ("has:du", ["has:due"]),
        ("no:assi", ["no:assignee"]),
        ("query:h", ["query:hot"]),
        ("customer:big@", ["customer:big@x.com"]),
        ("customer:Big", ["customer:Big Corp", "customer:Big"]),
        ("type:inc", ["type:incident"]),
        ("category:w", ["category:web/login"]),
        ("channel:ph", ["channel:phone"]),
        ("organisation:", ["organisation:Big"]),
        ("plan:g", ["plan:gold"]),
        ("merged:@n", ["merged:@next"]),
        ("subject:x", []),
        ("messages:1", []),
        ("nothing:x", []),
        ("http://x", []),
    ],
)
def test_a_term_of_a_query_goes_on(rich: Desk, word: str, offers: list[str]) -> None:
    assert offered(rich, "term", word) == offers


def test_terms_come_with_what_they_ask_for(rich: Desk) -> None:
    lines = rich("__complete term").splitlines()

    assert lines[1] == "status:\twhere it stands"
    assert {line.partition("\t")[0] for line in lines} == {
        *(f"{name}:" for name in (*FIELDS, "has", "no", "query"))
    }
    assert rich("__complete term is:over") == "is:overdue\tits due date has passed\n"
    assert rich("__complete term category:") == "category:web/login\t2 tickets\n"
    assert rich("__complete term plan:") == "plan:gold\t1 customer\n"


def test_the_last_word_of_a_line_goes_on(rich: Desk) -> None:
    assert offered(rich, "line", "is:open  tag:v") == ["is:open  tag:vip"]
    assert offered(rich, "line", "is:open customer:Big") == ["is:open customer:Big"]


def test_of_two_kinds_the_first_is_offered_before_a_word_is_begun(rich: Desk) -> None:
    assert offered(rich, "tag+ticket", "") == ["vip", "os:mac"]
    assert offered(rich, "ticket+tag", "")[0] == "@last"
    assert offered(rich, "tag+ticket", "4") == ["4"]
    assert offered(rich, "agent+ticket", "@") == ["@me", "@last", "@next"]


def test_customers_are_offered_by_name_where_a_name_will_do(rich: Desk) -> None:
    assert offered(rich, "customer", "B") == []
    assert rich("__complete customer+name B") == "Big Corp\tC-3\nBig\tC-3\n"


def test_an_order_may_be_falling(rich: Desk) -> None:
    assert offered(rich, "order", "-cre") == ["-created"]
    assert offered(rich, "order", "due,-pri") == ["due,-priority"]
    assert "tag" not in offered(rich, "order", "")
    assert "assignee" in offered(rich, "heading", "")


def test_operations_are_offered_the_last_first(rich: Desk) -> None:
    lines = rich("__complete operation").splitlines()

    assert lines[0] == "8\tquery save 2026-11-21 by alice"
    assert [line.partition("\t")[0] for line in lines] == ["8", "7", "6", "5", "4", "3", "2", "1"]


def test_what_can_be_brought_back_is_offered(rich: Desk) -> None:
    names = rich("backup list -o ids").split()

    assert offered(rich, "backup") == ["list", "restore", *names]


def test_zones_are_offered(desk: Desk) -> None:
    assert offered(desk, "zone", "Europe/Zag") == ["Europe/Zagreb"]


def test_the_desks_own_priorities_types_and_tags_are_offered(desk: Desk, home: Path) -> None:
    assert offered(desk, "level") == ["low", "normal", "high", "urgent"]
    assert offered(desk, "priority", "u") == ["urgent", "up"]
    assert offered(desk, "type") == ["question", "incident", "problem", "task"]
    setup = {
        "version": 3,
        "priorities": [{"name": "now", "weight": 2}, {"name": "later", "weight": 1}],
        "types": ["wish"],
        "tags": [{"name": "agreed", "description": "ours"}],
        "categories": ["web/shop"],
    }
    versions = {"setup": {"2": {"version": 2, "types": ["old"]}, "3": setup}}
    (home / "desk" / "setup.json").write_text(json.dumps(versions))

    assert offered(desk, "level") == ["later", "now"]
    assert offered(desk, "priority") == ["later", "now", "up", "down"]
    assert offered(desk, "type") == ["wish"]
    assert desk("__complete tag a") == "agreed\tours\n"
    assert offered(desk, "category") == ["web/shop"]


def test_what_the_words_of_a_field_are_is_known_of_every_field() -> None:
    known = words()

    assert known["terms"].keys() <= {*FIELDS, *SYNONYMS, *OPERATORS}
    assert [*known["words"]["field"]] == [*FIELDS]
    assert [*known["words"]["state"]] == [*STATES]


def test_dates_are_offered(desk: Desk) -> None:
    assert offered(desk, "date", "eo") == ["eod", "eow", "eom"]


def test_no_more_than_two_hundred_are_offered(desk: Desk, home: Path) -> None:
    heads = {str(n): {"id": n, "subject": f"Ticket {n}"} for n in range(1, 1001)}
    (home / "desk" / "tickets.json").write_text(json.dumps({"tickets": heads}))

    found = offered(desk, "ticket", "")

    assert len(found) == 200
    assert found[2:5] == ["1000", "999", "998"]


def test_a_commit_that_is_not_finished_counts(desk: Desk, home: Path) -> None:
    folder = home / "desk"
    root = json.loads((folder / "tickets.json").read_text())
    root["tickets"]["4"] = {"id": 4, "subject": "Brand new"}
    new = {"tickets.json": [".tmp-1-tickets.json", "0" * 64], "setup.json": [".tmp-gone", "0" * 64]}
    (folder / ".tmp-1-tickets.json").write_text(json.dumps(root))
    (folder / "setup.json").write_text(json.dumps({"queries": {"q": {"words": ["x"]}}}))
    (folder / "commit.json").write_text(json.dumps({"new": new, "removed": []}))

    assert desk("__complete ticket 4") == "4\tnew Brand new\n"
    assert offered(desk, "query") == ["q"]


def test_customer_text_cannot_steer_the_terminal(desk: Desk, home: Path) -> None:
    heads = {
        "1": {"id": 1, "subject": "\x1b[2J\ttab\nline \u202eturned " + "x" * 200},
        "2": {"id": 2, "subject": "ok", "tags": ["-rf", "a\tb", "fine"]},
    }
    (home / "desk" / "tickets.json").write_text(json.dumps({"tickets": heads}))

    lines = desk("__complete ticket 1").splitlines()

    assert lines == [f"1\tnew [2J tab line turned {'x' * 35}…"]
    assert offered(desk, "tag") == ["fine"]


def test_a_secret_in_a_subject_is_masked(desk: Desk) -> None:
    desk("new My card 4111111111111111 -y")

    assert desk("__complete ticket 4") == "4\tnew My card ••••1111\n"


@pytest.mark.parametrize(
    "words", [(), ("nothing",), ("ticket", "\udcff"), ("ticket", "1", "more"), ("", "")]
)
def test_what_cannot_be_understood_is_silence(desk: Desk, words: tuple[str, ...]) -> None:
    result = desk.run(["__complete", *words])

    assert (result.stderr, result.code) == ("", 0)


@pytest.mark.parametrize("content", [None, "", "{", "[]", '{"tickets": {"1": {}}}', "\udcff"])
def test_a_desk_that_cannot_be_read_is_silence(desk: Desk, home: Path, content: str | None) -> None:
    root = home / "desk" / "tickets.json"
    root.unlink()
    if content is not None:
        root.write_text(content, "utf-8", "surrogateescape")

    result = desk.run("__complete tag")

    assert (result.stdout, result.stderr, result.code) == ("", "", 0)


def test_links_and_pipes_in_place_of_files_are_not_followed(desk: Desk, home: Path) -> None:
    root = home / "desk" / "tickets.json"
    root.rename(home / "moved.json")
    root.symlink_to(home / "moved.json")
    linked = offered(desk, "tag")
    root.unlink()
    os.mkfifo(root)

    assert (linked, offered(desk, "tag")) == ([], [])


def test_nothing_is_made_where_there_is_no_desk(run: Desk, tmp_path: Path) -> None:
    elsewhere = {"HOME": str(tmp_path / "nobody"), "TIX_DB": ""}

    assert run("__complete tag", env=elsewhere) == ""
    assert not (tmp_path / "nobody").exists()


def test_nothing_changes_and_nothing_waits_for_the_lock(desk: Desk, home: Path) -> None:
    def files() -> dict[str, int]:
        found = (home / "desk").rglob("*")
        return {str(path): path.stat().st_mtime_ns for path in found}

    before = files()
    for kind in ("ticket", "tag", "agent", "customer", "dept", "query", "date"):
        desk(f"__complete {kind}")

    assert files() == before


def test_a_closed_output_is_silence(home: Path, desk: Desk) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tix", "__complete", "ticket"],
        env=environment(home),
        stdout=os.open("/dev/full", os.O_WRONLY),
        stderr=subprocess.PIPE,
        check=False,
    )

    assert (done.stderr, done.returncode) == (b"", 0)


def test_it_loads_json_and_nothing_heavy(home: Path, desk: Desk) -> None:
    script = (
        "import sys; from tix.complete import run; run(['customer']); run(['ticket']);"
        "run(['term', 'tag:v']); run(['zone']); run(['operation']);"
        "sys.stderr.write(' '.join(sys.modules))"
    )
    env = {name: value for name, value in environment(home).items() if "COVERAGE" not in name}
    done = subprocess.run(
        [sys.executable, "-S", "-c", script],
        env=env,
        capture_output=True,
        text=True,
        check=True,
    )

    loaded = set(done.stderr.split())
    assert loaded & HEAVY == set()
    assert {name for name in loaded if name.startswith("tix")} == {"tix", "tix.complete"}
