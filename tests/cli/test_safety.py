"""What makes changes safe: --dry-run, --why, --if-rev, --key, --where, --yes and --max."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from tests.cli.telling import content, error, told
from tests.cli.tree import leaves
from tests.commandline import Desk, in_this_process
from tix.cli import COMMANDS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import click

MUTATIONS = {
    "next": "next --take",
    "new": "new Another -c new@example.com -t fresh --attach note",
    "reply": "reply 1 -m Yes. --attach note",
    "note": "note 1 2 -F note",
    "log-call": "log-call 1 --for 12m -m Asked",
    "log-chat": "log-chat --from new@example.com --for 10m --lines 4",
    "assign": "assign 1 2 bob",
    "prio": "prio 1 urgent",
    "tag": "tag 1 late",
    "untag": "untag 1 vip",
    "edit": "edit 1 --subject Other -c new@example.com",
    "wait": "wait 1 --until 2d",
    "snooze": "snooze 1 2d",
    "resolve": "resolve 1 -m Done. --close",
    "close": "close 4",
    "reopen": "reopen 4",
    "spam": "spam 1",
    "delete": "delete 1",
    "restore": "restore 5",
    "merge": "merge 1 2 --into 3",
    "unmerge": "unmerge 6",
    "split": "split 1 1",
    "link": "link 1 2 --as blocked-by",
    "unlink": "unlink 3 1",
    "sla apply": "sla apply 2",
    "sla ack": "sla ack 7",
    "sla silence": "sla silence 1 2 4h",
    "promise make": "promise 1 fix --by 2d",
    "promise done": "promise done 3",
    "promise cancel": "promise cancel 3",
    "time": "time 1 25m",
    "rate": "rate 1 good --force",
    "away add": "away 2027-08-02..2027-08-06",
    "away cancel": "away cancel",
    "undo": "undo",
    "redo": "redo",
    "apply": "apply lines.jsonl",
    "tags rename": "tags rename web www --yes",
    "tags merge": "tags merge web --into vip --yes",
    "tags rm": "tags rm web --yes",
    "import": "import rows.csv --map map.toml",
    "customer add": "customer add Ann --email ann@example.com",
    "customer edit": "customer edit C-1 --plan gold",
    "customer merge": "customer merge C-2 --into C-1",
    "customer forget": "customer forget C-1 --yes",
    "agent add": "agent add eve",
    "agent edit": "agent edit bob --tier 2",
    "agent retire": "agent retire bob",
    "dept add": "dept add sales",
    "dept edit": "dept edit billing --title Bills",
    "dept members": "dept members billing --add bob",
    "query save": "query save mine is:mine",
    "query rm": "query rm late",
    "setup apply": "setup apply set-up.toml",
    "report save": "report save mine volume",
    "report rm": "report rm weekly",
    "alert save": "alert save many backlog>9",
    "alert rm": "alert rm late",
}
BUSY = (
    "edit 2 --sla none",
    "new Done",
    "resolve 4",
    "new Trash",
    "delete 5",
    "agent add bob",
    "dept add billing",
    "customer add Jo --email jo@home.test",
    "query save late is:overdue",
    "report save weekly kpi",
    "alert save late 'backlog > 9'",
    "new Merged",
    "merge 6 --into 3",
    "link 3 1",
    "promise 3 fix --by 2d",
    "away 2027-01-04",
    "setup apply eager.toml",
    "new At risk at once -m Hello",
    "tag 3 first",
    "tag 3 second",
    "undo",
)
MAP = """\
name = "rows"
id = "Id"
[ticket]
subject = "Subject"
"""
LINES = """\
{"command": "new", "subject": "Planned", "called": "@planned"}
{"command": "note", "ids": [1, "@planned"], "message": "As planned."}
"""
EAGER = """\
[levels.standard]
first = { any = "1h", base = "calendar" }
warnings = ["1h before"]
"""
TAKEN_BACK = ("undo", "redo")
TICKETS = [name for name in MUTATIONS if " " not in name and name not in (*TAKEN_BACK, "import")]


def mutations() -> Iterator[tuple[str, click.Command]]:
    """Yield each command that has ``--dry-run``, by its words.

    Those that mend and copy whole desks, or change none, have tests of their own.
    """
    for group in COMMANDS.keys() - {"backup", "completion", "doctor"}:
        for name, command in leaves(group).items():
            if any("--dry-run" in param.opts for param in command.params):
                yield name, command


@pytest.fixture(scope="module")
def busy_home(stocked_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = shutil.copytree(stocked_home, tmp_path_factory.mktemp("busy") / "home")
    (home / "note").write_text("A note.\n")
    (home / "rows.csv").write_text("Id,Subject\n1,First row\n")
    (home / "map.toml").write_text(MAP)
    (home / "lines.jsonl").write_text(LINES)
    (home / "set-up.toml").write_text("[tags.vip]\n")
    (home / "eager.toml").write_text(EAGER)
    for line in BUSY:
        Desk(home, in_this_process)(f"{line} -q")
    return home


@pytest.fixture
def busy(busy_home: Path, tmp_path: Path) -> Desk:
    """A desk on which every command of MUTATIONS has something to change."""
    return Desk(shutil.copytree(busy_home, tmp_path / "busy"), in_this_process)


def test_every_command_that_changes_something_is_tried_here():
    assert sorted(name for name, _ in mutations()) == sorted(MUTATIONS)


def test_every_command_that_changes_something_takes_the_same_options():
    for name, command in mutations():
        options = {option for param in command.params for option in param.opts}
        wanted = {"-n", "--dry-run", "--why", "--key"}
        if "--where" in options:
            wanted |= {"--if-rev", "--yes", "-y", "--max"}

        assert wanted <= options, name


@pytest.mark.parametrize("name", MUTATIONS)
def test_a_dry_run_tells_the_same_and_leaves_every_byte(busy: Desk, name: str):
    before = content(busy.home)
    tried = busy(f"{MUTATIONS[name]} --dry-run")

    assert content(busy.home) == before
    assert busy(MUTATIONS[name]) == tried
    assert content(busy.home) != before


@pytest.mark.parametrize("name", [name for name in MUTATIONS if name != "import"])
def test_a_dry_run_says_so(busy: Desk, name: str):
    change = json.loads(busy(f"{MUTATIONS[name]} -n --json"))

    assert (change["schema"], change["dry_run"], change["op"]) == ("tix.change/1", True, None)
    assert change["changed"] != []
    for line in busy(f"{MUTATIONS[name]} -n -o table").splitlines():
        assert line.startswith("would: ")


@pytest.mark.parametrize("name", MUTATIONS)
def test_the_reason_is_kept_with_the_operation(busy: Desk, name: str):
    busy([*MUTATIONS[name].split(), "--why", "Jo asked\tfor it"])

    (latest,) = json.loads(busy("undo --list -L 1 --json"))["operations"]
    assert latest["why"] == "Jo asked\tfor it"


@pytest.mark.parametrize("name", TICKETS)
def test_the_reason_is_kept_with_the_events(busy: Desk, name: str):
    (changed, *_) = json.loads(busy(f"{MUTATIONS[name]} --why because --json"))["changed"]

    assert events(busy, changed["id"])[-1]["cause"] == "because"


def events(desk: Desk, number: int) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(desk(f"show {number} --json"))["events"]
    return found


@pytest.mark.parametrize("name", MUTATIONS)
def test_a_key_does_its_change_once(busy: Desk, name: str):
    busy(f"{MUTATIONS[name]} --key once")
    before = content(busy.home)
    busy(f"{MUTATIONS[name]} --key once")

    assert content(busy.home) == before


def test_a_key_leads_back_to_the_ticket_it_made(desk: Desk):
    assert desk("new First --key mail-4711") == desk("new Second --key mail-4711") == "4\n"
    assert desk("new Third --key mail-4712") == "5\n"
    assert desk("list --count") == "5\n"


def test_a_revision_that_fits_goes_on_and_another_is_a_conflict(desk: Desk):
    assert desk("prio 1 urgent --if-rev 1") == "1\n"
    assert error(desk, "prio 1 low --if-rev 1", 4) == told(
        "ticket 1 is at revision 2, not 1", "tix show 1"
    )
    assert error(desk, "prio 2 3 low --if-rev 2", 4).startswith("ticket 2 is at revision 1, not 2")


@pytest.mark.parametrize("revision", ["-1", "x", "1.0", "9" * 19, "\u0661"])
def test_a_revision_is_a_number(desk: Desk, revision: str):
    assert error(desk, f"prio 1 low --if-rev {revision}", 2).startswith(
        f"invalid value for '--if-rev': '{revision}' is not a revision\n"
    )


PREVIEW = """\
  1  Refund not received
  2  Cannot log in
"""


def test_all_that_match_are_changed_after_a_yes(desk: Desk):
    assert desk("tag --where tag:web late --yes -q") == "1\n2\n"
    assert desk("prio --where 'tag:web no:assignee' --where 'log in' low --yes") == "2\n"


def test_without_anybody_to_ask_a_query_needs_a_yes(desk: Desk):
    result = desk.run("resolve --where tag:web")

    assert (result.stdout, result.code) == ("", 5)
    assert result.stderr == (
        f"{PREVIEW}tix: error: nobody is there to answer: resolve 2 tickets?\n"
        "hint: Add --yes to say yes.\n"
    )
    assert desk("list is:resolved --count") == "0\n"


@pytest.mark.parametrize(("answer", "code", "resolved"), [("y", 0, "2\n"), ("n", 5, "0\n")])
def test_on_a_terminal_a_query_is_shown_and_asked_for(
    desk: Desk, answer: str, code: int, resolved: str
):
    child = desk.spawn("resolve --where tag:web")
    child.expect_exact(f"{PREVIEW}resolve 2 tickets? [y/N] ".replace("\n", "\r\n"))
    child.sendline(answer)
    child.expect(r".*\r\n$|$")
    child.wait()

    assert child.exitstatus == code
    assert desk("list is:resolved --count") == resolved


def test_with_no_input_nobody_is_asked_on_a_terminal_either(desk: Desk):
    shown = desk("resolve --where tag:web --no-input", tty=True, code=5)

    assert shown.splitlines()[-1] == "hint: Add --yes to say yes."


def test_more_than_expected_is_refused(desk: Desk):
    assert error(desk, "resolve --where is:open --max 2 --yes", 5) == told(
        "3 tickets match, more than 2", "make the query narrower, or say --max 3"
    )
    assert desk("resolve --where is:open --max 3 --yes") == "1\n2\n3\n"
    assert error(desk, "resolve --where is:resolved --max 0 --yes", 5).startswith("3 tickets match")


def test_fifty_is_the_most_without_a_word(run: Desk):
    for number in range(51):
        run(f"new Ticket {number}")

    assert error(run, "resolve --where is:open --yes", 5) == told(
        "51 tickets match, more than 50", "make the query narrower, or say --max 51"
    )


def test_a_query_that_finds_nothing_changes_nothing(desk: Desk):
    result = desk.run("resolve --where tag:nope")

    assert (result.stdout, result.stderr, result.code) == ("", "no tickets match\n", 0)


def test_a_long_preview_is_cut(run: Desk):
    for number in range(1, 13):
        run(f"new Ticket {number}")

    lines = run.run("resolve --where is:open").stderr.splitlines()
    assert lines[9:11] == ["  10  Ticket 10", "  … and 2 more"]


def test_a_dry_run_of_a_query_asks_nothing(desk: Desk):
    assert desk("resolve --where tag:web --dry-run") == "1\n2\n"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("resolve 1 --where tag:web", told("name tickets or give --where, not both")),
        ("tag 1 --where tag:web x", told("name tickets or give --where, not both")),
        (
            "resolve --where stauts:new",
            told(
                "unknown field 'stauts' in 'stauts:new'",
                "Did you mean 'status'? (Use text:\"stauts:new\" to search for it.)",
            ),
        ),
    ],
)
def test_what_is_no_choice_of_tickets(desk: Desk, line: str, said: str):
    assert error(desk, line, 2) == said
