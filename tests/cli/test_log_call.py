"""``tix log-call``: calls on tickets, one by one and from a file."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.cli.telling import error

if TYPE_CHECKING:
    from tests.commandline import Desk

LATER = {"TIX_NOW": "2026-11-21T19:00:00Z"}


@pytest.fixture
def desk(run: Desk) -> Desk:
    """A desk with a ticket, and a file of two calls."""
    run("new Refund not received -c jo@example.com -m 'Where is it?'")
    (run.home / "calls.jsonl").write_text(
        '{"id": "p1", "at": "2026-11-21T18:40:00Z", "from": "+385911234567", "seconds": 75}\n'
        '{"id": "p2", "at": "2026-11-21T19:50", "to": "jo@example.com", "outcome": "missed",'
        ' "ticket": 1}\n'
    )
    return run


def conversation(desk: Desk, number: int) -> list[str]:
    """Return the headings of what was said on a ticket, and the texts."""
    page = desk(f"show {number} -o table", env=LATER)
    return [line.rstrip() for line in page[page.index("#1") :].splitlines() if line]


def test_a_call_is_told_in_the_conversation_and_in_the_history(desk: Desk):
    said = desk("log-call 1 --for 12m -m 'She sends it again.' -o table", env=LATER)

    assert said.startswith("logged a call on 1: status answered")
    assert conversation(desk, 1) == [
        "#1 2026-11-21 19:30 jo@example.com wrote",
        "  Where is it?",
        "#2 2026-11-21 19:48 alice took a call, 12m",
        "  She sends it again.",
    ]
    assert "called: in, 12m, status new -> answered" in desk("show 1 --log -o table")
    assert [line.split("\t")[4] for line in desk("log 1").splitlines()] == [
        *("worked", "called", "opened"),
    ]


def test_a_call_opens_a_ticket_of_the_caller(desk: Desk):
    assert desk("log-call --from +385911234567 --missed -o table", env=LATER) == (
        "logged a call on 2: Missed call from +385911234567\n"
    )
    assert desk("list 'channel:phone' --fields id,status,customer") == "2\tnew\tC-2\n"
    assert conversation(desk, 2) == ["#1 2026-11-21 20:00 C-2 called, missed"]


@pytest.mark.parametrize(
    ("words", "heading"),
    [
        ("--out --for 90s", "19:58 alice called, 1m"),
        ("--to jo@example.com --missed", "20:00 alice called, not reached"),
        ("--missed", "20:00 jo@example.com called, missed"),
        (
            "--in --from kim@example.com --for 1m",
            "19:59 alice took a call with kim@example.com, 1m",
        ),
        ("--from kim@example.com --missed", "20:00 kim@example.com called, missed"),
        ("--at '21 Nov 19:40' --for 1h --at 19:35 --for 5m", "19:35 alice took a call, 5m"),
    ],
)
def test_the_conversation_tells_what_kind_of_call_it_was(desk: Desk, words: str, heading: str):
    desk(f"log-call 1 {words}", env=LATER)

    assert f"#2 2026-11-21 {heading}" in conversation(desk, 1)


def test_a_call_can_leave_the_ticket_open_waiting_or_resolved(desk: Desk):
    for words, status in (
        ("--open", "open"),
        ("--pending", "pending"),
        ("--resolve --reason answered", "resolved"),
    ):
        desk(f"log-call 1 --for 1m {words}", env=LATER)
        assert desk("list id:1 --all --fields status") == f"{status}\n"


def test_json_tells_the_call_of_a_message(desk: Desk):
    desk("log-call 1 --for 2m", env=LATER)

    message = json.loads(desk("show 1 --json"))["messages"][1]
    assert (message["kind"], message["body"], message["author"]) == ("call", "", "agent:alice")
    assert message["spoken"] == {
        "direction": "in",
        "missed": False,
        "seconds": 120,
        "customer": None,
        "agent_lines": None,
        "customer_lines": None,
    }


def test_a_secret_in_a_note_is_told_and_masked(desk: Desk):
    said = desk.run("log-call 1 --for 2m -m 'Her card is 4111 1111 1111 1111.'", env=LATER)

    assert "the text of ticket 1 seems to hold a secret (card)" in said.stderr
    assert "4111" not in desk("show 1")
    assert "4111 1111 1111 1111" in desk("show 1 --reveal")
    assert desk("list has:secret -o ids") == "1\n"


def test_a_note_is_found_and_erased(desk: Desk):
    desk("log-call 1 --for 2m -m 'She wants a zebra.'", env=LATER)
    assert desk("search zebra -o ids") == "1\n"

    desk("customer forget jo@example.com --yes", env=LATER)
    assert "zebra" not in desk("show 1") + desk("export --all")
    assert "(erased)" in desk("show 1 -o table")
    assert desk("doctor -q") == ""


def test_what_is_exported_is_the_same_on_another_desk(desk: Desk):
    desk("log-call 1 --for 2m -m 'Said.'", env=LATER)
    desk("log-call --import calls.jsonl", env=LATER)
    lines = desk("export --all --format jsonl")
    desk("--db other init")
    desk("--db other import -", input=lines)

    assert desk("--db other export --all --format jsonl") == lines


def test_what_is_imported_from_an_export_is_known_and_keeps_who_called(desk: Desk):
    desk("log-call 1 --for 2m --from kim@example.com", env=LATER)
    desk("log-call --import calls.jsonl", env=LATER)
    lines = desk("export --all --format jsonl")
    desk("--db other init")
    desk("--db other new First -c eve@example.com")
    desk("--db other import -", input=lines)

    assert "took a call with kim@example.com" in desk("--db other show 2 -o table")
    assert json.loads(desk("--db other show 2 --json"))["events"][1]["data"]["customer"] == "C-3"
    said = desk("--db other log-call --import calls.jsonl -o table", env=LATER)
    assert said == "3 is unchanged\n2 is unchanged\n"


def test_calls_come_from_a_file(desk: Desk):
    assert desk("log-call --import calls.jsonl -o table", env=LATER) == (
        "logged a call on 2: Call from +385911234567\nlogged a call on 1: Refund not received\n"
    )
    assert desk("log-call --import calls.jsonl -o table", env=LATER) == (
        "2 is unchanged\n1 is unchanged\n"
    )
    desk("undo")
    assert desk("list -o ids") == "1\n"


def test_a_file_may_come_from_stdin(desk: Desk):
    lines = (desk.home / "calls.jsonl").read_text()

    assert desk("log-call --import -", env=LATER, input=lines) == "2\n1\n"


def test_a_time_without_a_zone_is_in_ones_own(desk: Desk):
    lines = '{"at": "2026-11-21 19:50", "ticket": 1, "seconds": 60}\n'
    desk("log-call --import -", env=LATER, input=lines)

    assert "#2 2026-11-21 19:50 alice took a call, 1m" in conversation(desk, 1)


def test_every_bad_line_is_named(desk: Desk):
    (desk.home / "bad.jsonl").write_text('{"at": 5}\n{"id": "x"\n')
    result = desk.run("log-call --import bad.jsonl")

    assert (result.code, result.stdout) == (65, "")
    assert result.stderr == (
        "bad.jsonl line 1: seconds: it is missing\n"
        "bad.jsonl line 2: it is no JSON: expecting ',' delimiter at character 12\n"
        "tix: error: 2 of 2 lines cannot be logged, so nothing was: "
        "bad.jsonl line 1: seconds: it is missing\n"
    )


def test_what_apply_is_given_of_a_file_is_its_content(desk: Desk):
    line = desk("log-call --import calls.jsonl -n -o jsonl", env=LATER)
    (desk.home / "calls.jsonl").unlink()

    assert desk("apply -", input=line, env=LATER) == "2\n1\n"


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("1", "how long it took is missing"),
        ("1 --missed --for 2m", "--missed and --for exclude each other: nobody spoke"),
        ("1 --for 2", "'2' is not a length of time"),
        ("1 --for 25h", "--for is a day at most"),
        ("1 --in --out --missed", "--in and --out exclude each other"),
        ("1 --from C-1 --to C-1 --missed", "it is from a customer or to one, not both"),
        ("1 --from C-1 --out --missed", "what comes from a customer is in"),
        ("1 --from ' ' --missed", "--from is empty"),
        ("1 -m '' --for 1m", "--note is empty"),
        ("1 --missed --resolve", "--missed and --resolve exclude each other"),
        ("1 --missed --open", "--missed and --open exclude each other"),
        ("1 --for 1m --open --pending", "--resolve, --pending and --open exclude each other"),
        ("1 --for 1m --subject x", "--subject is for a ticket that is opened"),
        ("--for 1m --if-rev 1", "--if-rev needs a ticket"),
        ("--for 1m --subject ''", "--subject is empty"),
        ("--for 1m", "neither a ticket is named"),
        ("1-2 --for 1m", "one ticket is needed"),
        ("1 --for 1m --at tomorrow", "the call is not over yet"),
        ("1 --import calls.jsonl", "--import and ID exclude each other"),
        ("--for 1m --import calls.jsonl", "--import and --for exclude each other"),
        ("--import nothing.jsonl", "nothing.jsonl is no file"),
    ],
)
def test_what_cannot_be_is_refused(desk: Desk, words: str, why: str):
    said = desk.run(f"log-call {words}", env=LATER)

    assert (said.code, said.stdout) == (2, "")
    assert why in said.stderr


def test_the_page_of_the_lines_names_their_members(run: Desk):
    page = run("help calls")

    for word in ("seconds", "picked_up_at", "text"):
        assert f"\n  {word} " in page
    assert max(map(len, page.splitlines())) <= 80


def test_a_call_on_a_closed_ticket_is_refused(desk: Desk):
    desk("resolve 1 --close")

    assert error(desk, "log-call 1 --missed", 5).startswith("ticket 1 is closed")
    assert desk("log 1 -o jsonl").count("called") == 0
