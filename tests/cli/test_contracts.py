"""What scripts rely on, over all commands at once."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pexpect
import pytest

from tests.cli.telling import content
from tests.cli.tree import leaves
from tests.commandline import ROOT, Desk, in_this_process
from tix.cli import COMMANDS
from tix.errors import ExitCode

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FORMATS = ("table", "plain", "tsv", "csv", "json", "jsonl", "ids", "md")

# What lists: the member of its JSON that holds the rows.
LISTS = {
    "list": "tickets",
    "list --all --sort id": "tickets",
    "inbox": "tickets",
    "next -L 3": "tickets",
    "search refund": "hits",
    "log": "events",
    "log 1": "events",
    "tags": "tags",
    "customer list": "customers",
    "agent list": "agents",
    "dept list": "departments",
    "query list": "queries",
    "undo --list": "operations",
    "config list": "settings",
    "schema": "schemas",
    "setup log": "versions",
    "when tomorrow eow": "dates",
    "promise list": "promises",
    "time 1": "entries",
    "time": "entries",
    "away list": "away",
    "sla forecast --until 9d": "breaches",
    "report list": "reports",
}
PAGES = (
    "show 1",
    "customer show C-1",
    "agent show bob",
    "dept show billing",
    "query show late",
    "setup show",
)
CHANGES = (
    "new x -t fresh",
    "reply 1 -m x",
    "note 1 2 -m x",
    "log-call 1 --missed",
    "log-chat --from new@example.com --for 5m",
    "assign 1 @me",
    "prio 1 up",
    "tag 1 fresh",
    "untag 1 vip",
    "edit 1 --channel web",
    "wait 1",
    "snooze 1 2d",
    "resolve 1",
    "spam 1",
    "delete 1",
    "merge 1 --into 2",
    "split 1 1",
    "promise 1 fix --by 2d",
    "time 1 25m",
    "rate 1 good --force",
    "away fri",
    "link 1 2 --as parent",
    "next --take",
    "undo",
    "agent add eve",
    "dept add sales",
    "customer add Ann --email ann@example.com",
    "query save mine is:mine",
    "tags rename web www --yes",
)


@pytest.fixture(scope="module")
def full_home(stocked_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = shutil.copytree(stocked_home, tmp_path_factory.mktemp("full") / "home")
    for line in (
        "agent add bob",
        "dept add billing",
        "query save late is:overdue",
        "note 1 -m 'About the refund.'",
        "new Closed",
        "resolve 4 --close",
        "promise 2 'call her' --by 2d",
        "time 1 25m",
        "time 1 --start",
        "away 2027-08-02..2027-08-06",
    ):
        Desk(home, in_this_process)(f"{line} -q")
    return home


@pytest.fixture(scope="module")
def full(full_home: Path) -> Desk:
    """A desk with something of everything, only to be looked at."""
    return Desk(full_home, in_this_process)


@pytest.fixture
def own(full_home: Path, tmp_path: Path) -> Desk:
    """The same desk, to be changed."""
    return Desk(shutil.copytree(full_home, tmp_path / "own"), in_this_process)


@pytest.mark.parametrize("line", LISTS)
def test_what_lists_tells_the_same_rows_in_every_format(full: Desk, line: str):
    ids = full(f"{line} -o ids").splitlines()
    printed = {fmt: full(f"{line} -o {fmt}") for fmt in FORMATS}
    document = json.loads(printed["json"])
    lines = [json.loads(row) for row in printed["jsonl"].splitlines()]
    table, tsv = list(csv.reader(io.StringIO(printed["csv"]))), printed["tsv"].splitlines()

    assert ids != []
    assert document[LISTS[line]] == lines
    assert re.fullmatch(r"tix\.\w+_list/1", document["schema"])
    assert {len(lines), len(table) - 1, len(tsv) - 1} == {len(ids)}
    assert printed["plain"].splitlines() == tsv[1:]
    assert tsv[0].split("\t") == table[0]
    assert printed["md"].count("\n") == len(ids) + 2
    assert len(printed["table"].splitlines()) == len(ids) + 1


@pytest.mark.parametrize("line", [*LISTS, *PAGES, *(f"{line} --dry-run" for line in CHANGES)])
def test_a_preference_changes_nothing_that_is_piped(full: Desk, line: str):
    if line == "config list":
        line = "config list --fields name"
    plain = full(line)

    for fmt in FORMATS:
        assert full(line, env={"TIX_OUTPUT": fmt}) == plain


def test_a_preference_in_the_file_changes_nothing_that_is_piped(own: Desk):
    plain = [own(line) for line in PAGES]
    own("config set output json")

    assert [own(line) for line in PAGES] == plain


WARNING = "there is no setting 'colour'. Did you mean 'color'?"


@pytest.mark.parametrize("line", [*LISTS, *PAGES, *CHANGES])
def test_json_on_stdout_is_pure_whatever_is_warned_of(own: Desk, line: str):
    (own.home / "config.toml").write_text("colour = 'never'\n")
    result = own.run(f"{line} --json", env={"TIX_DEBUG": "1"})

    json.loads(result.stdout)
    assert result.stdout.count("\n") == 1
    assert result.code == 0
    assert line == "schema" or WARNING in result.stderr


ERRORS = {
    "show 98 99": ("ticket_not_found", 3, [98, 99]),
    "list stauts:new": ("unknown_field", 2, []),
    "list --fields stauts": ("unknown_field", 2, []),
    "new x --due soon": ("bad_date", 2, []),
    "new": ("usage", 2, []),
    "lsit": ("usage", 2, []),
    "list --jsn": ("usage", 2, []),
    "assign 1 eve": ("not_found", 3, ["eve"]),
    "query show nope": ("not_found", 3, ["nope"]),
    "prio 1 low --if-rev 9": ("conflict", 4, [1]),
    "close 1": ("transition_refused", 5, []),
    "resolve --where is:open": ("confirmation_required", 5, []),
    "resolve --where is:open --max 1 --yes": ("refused", 5, []),
    "new x -F latin": ("bad_data", 65, []),
    "list --db nowhere": ("cannot_create", 73, []),
    "list --tz Nowhere": ("usage", 2, []),
}


@pytest.mark.parametrize("line", ERRORS)
@pytest.mark.parametrize("asked", ["--json", "-o jsonl", "--output=json"])
def test_errors_are_json_where_json_is_asked_for(full: Desk, line: str, asked: str):
    (full.home / "latin").write_bytes(b"\xff")
    code, exit_code, ids = ERRORS[line]
    said, result = full.run(line).stderr, full.run(f"{line} {asked}")
    told = json.loads(result.stderr.splitlines()[-1])

    assert told == {
        "schema": "tix.error/1",
        "error": {
            "code": code,
            "message": told["error"]["message"],
            "hint": told["error"]["hint"],
            "ids": ids,
            "exit": exit_code,
        },
    }
    assert (result.stdout, result.code) == ("", exit_code)
    assert f"tix: error: {told['error']['message']}\n" in said
    assert told["error"]["hint"] is None or f"hint: {told['error']['hint']}\n" in said


def test_other_formats_tell_errors_in_words(full: Desk):
    assert full.run("show 99 --json -o plain").stderr.startswith("tix: error: ")
    assert full.run("show 99 -- --json").stderr.startswith("tix: error: ")


def test_a_bug_is_told_like_any_error(own: Desk):
    command = [sys.executable, "-c", BUG, "list", "--json"]
    done = subprocess.run(command, env=own.env, cwd=own.home, capture_output=True, check=False)

    told = json.loads(done.stderr)["error"]
    assert (done.returncode, told["exit"], told["code"]) == (70, 70, "internal")
    assert told["message"] == "a bug in tix: ZeroDivisionError: division by zero"
    command.append("--debug")
    done = subprocess.run(command, env=own.env, cwd=own.home, capture_output=True, check=False)
    assert b"Traceback (most recent call last)" in done.stderr


BUG = """
import sys, tix.cli
tix.cli.COMMANDS["list"] = tix.cli.COMMANDS["list"]._replace(target="buggy:list_")
sys.modules["buggy"] = buggy = type(sys)("buggy")
import click
from tix.cli.options import command
buggy.list_ = command("list")(lambda call: 1 / 0)
from tix.__main__ import main
sys.exit(main(sys.argv[1:]))
"""


def lines() -> list[list[str]]:
    """Return every command alone, those that would like to ask or read, and changes."""
    alone = [name.split() for group in COMMANDS for name in leaves(group)]
    asking = ["resolve --where is:open", "delete --where is:open", "tags rm web", "config edit"]
    waiting = ["show -", "note 1 -F -", "new", "reply 1", "new x --edit", "tag - x", "import -"]
    return [*alone, *(shlex.split(line) for line in (*asking, *waiting, *CHANGES))]


STDIN = {"closed": "<&-", "null": "</dev/null", "silent": ""}


@pytest.mark.parametrize("kind", STDIN)
def test_no_command_asks_or_waits_without_a_terminal(own: Desk, kind: str):
    # A command that was told to read stdin may wait for it.
    tried = [words for words in lines() if kind != "silent" or "-" not in words]
    silent, writer = os.pipe()
    results = many(own, tried, STDIN[kind], silent)
    os.close(writer)
    os.close(silent)

    for words, (code, stdout, stderr) in zip(tried, results, strict=True):
        assert code in set(ExitCode) - {ExitCode.BUG}, (words, code, stderr)
        assert "[y/N]" not in stdout + stderr.replace("nobody is there to answer", ""), words
        assert "Traceback" not in stderr, words


def many(desk: Desk, tried: list[list[str]], redirection: str, stdin: int) -> list[Any]:
    """Run commands one after the other; return exit code, stdout and stderr of each."""
    (desk.home / "lines").write_text(json.dumps(tried))
    program = shlex.join([sys.executable, str(ROOT / "tests/cli/many.py"), "lines", "results"])
    subprocess.run(
        ["/bin/sh", "-c", f"exec {program} {redirection}"],
        env=desk.env,
        cwd=desk.home,
        stdin=stdin,
        check=True,
    )
    found: list[Any] = json.loads((desk.home / "results").read_text())
    return found


def test_reading_changes_nothing(own: Desk):
    before = content(own.home / "desk")
    for line in (*LISTS, *PAGES, "when now", "help", "config path", "export"):
        own(line)

    assert content(own.home / "desk") == before


SHELLS = {
    "bash": ["--norc", "--noprofile", "-i"],
    "zsh": ["-f", "-i"],
    "fish": ["--no-config", "-i"],
}


def examples() -> Iterator[str]:
    """Yield the examples of all commands that are a single command."""
    for group in COMMANDS:
        for command in leaves(group).values():
            for example in getattr(command, "examples", ()):
                if not re.search("[|<>&~$]", example):
                    yield example


TOOL = """\
#!/bin/sh
for word; do printf '%s\\n' "$word"; done >> words
echo == >> words
"""


@pytest.mark.parametrize("shell", SHELLS)
def test_no_example_means_something_else_to_a_shell(shell: str, tmp_path: Path):
    if not shutil.which(shell):
        pytest.skip(f"there is no {shell}")
    (tmp_path / "tix").write_text(TOOL)
    (tmp_path / "tix").chmod(0o755)
    tried = sorted(set(examples()))
    env = {"PATH": f"{tmp_path}:{os.environ['PATH']}", "HOME": str(tmp_path), "TERM": "dumb"}
    child: pexpect.spawn[str] = pexpect.spawn(
        shell, SHELLS[shell], env=env, cwd=str(tmp_path), encoding="utf-8", timeout=20
    )
    child.delaybeforesend = None
    for example in tried:
        child.sendline(example)
    child.sendline("exit")
    child.expect(pexpect.EOF)

    seen = (tmp_path / "words").read_text().split("==\n")
    assert [words.splitlines() for words in seen[:-1]] == [shlex.split(e)[1:] for e in tried]
