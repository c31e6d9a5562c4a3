"""Bad input: one line on standard error, the code for it, nothing changed, no traceback."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from typing import TYPE_CHECKING

import click
import pytest

from tests.cli.shell import shell
from tests.cli.telling import content, error, told
from tests.cli.tree import leaves
from tests.commandline import Desk, Result, in_this_process
from tests.hostile import STEERING
from tix.cli import COMMANDS

if TYPE_CHECKING:
    from pathlib import Path

NOT_UTF8 = "a\udcffb"  # as the bytes a, ff, b come from a shell


@pytest.mark.parametrize("command", ["show", "note -m x", "tag --set x", "resolve", "assign --me"])
def test_unknown_ids(desk: Desk, command: str):
    name, *rest = command.split()

    assert error(desk, [name, "1", "8", "9", *rest], 3).splitlines()[0] == "no tickets 8, 9"
    assert error(desk, [name, "0", *rest], 3).splitlines()[0] == "no ticket 0"


@pytest.mark.parametrize("title", ["", " ", "\t\n", "\u3000", "\x1b[31m", "\x07"])
def test_empty_titles(desk: Desk, title: str):
    said = told("a ticket needs a subject", "tix new 'What it is about'")

    assert (
        error(desk, ["new", title], 2) == error(desk, ["edit", "1", "--subject", title], 2) == said
    )


@pytest.mark.parametrize(
    "date",
    [
        "soon",
        "",
        "11/24",
        "24.11.",
        "2026-13-01",
        "2026-02-30",
        "25:00",
        "+99999999999d",
        "+" + "9" * 5_000 + "d",
        "9999-12-31",
        "10000-01-01",
        "tomorow",
        "\u0662026-11-24",
    ],
)
def test_bad_dates(desk: Desk, date: str):
    for words in (["new", "x", f"--due={date}"], ["snooze", "1", date], ["list", f"due:..{date}"]):
        assert error(desk, words, 2) != ""


@pytest.mark.parametrize(
    "query",
    [
        "stauts:new",
        "status:nwe",
        "is:",
        "is:nope",
        "prio:high..low..",
        "created:soon",
        "id:x",
        "age:long",
        'subject:"open',
        "status!=",
        "no:nothing",
        "query:nope",
        "is:" + "x" * 5_000,
    ],
)
def test_bad_queries(desk: Desk, query: str):
    code = 3 if query == "query:nope" else 2

    for words in (["list", query], ["inbox", query], ["resolve", "--where", query, "--yes"]):
        assert error(desk, words, code) != ""


def options(command: click.Command) -> list[str]:
    """Return the options of *command*, its own and the global ones, that take a text.

    ``--fields`` means nothing where no fields are shown.
    """
    params = command.get_params(click.Context(command))
    texts = [p.opts[-1] for p in params if isinstance(p, click.Option) and not p.is_flag]
    return [option for option in texts if option != "--fields"]


FIRST_WORDS = {
    "new": "x",
    "reply": "1 -m x",
    "note": "1",
    "assign": "1 @me",
    "prio": "1 high",
    "tag": "1 x",
    "untag": "1 web",
    "snooze": "1 2d",
    "edit": "1 --channel web",
    "agent add": "eve",
    "dept add": "sales",
    "query save": "late is:overdue",
    "tags rename": "web www",
    "tags merge": "web --into vip",
}


# What needs a terminal says so before it reads anything else.
@pytest.mark.parametrize("group", sorted(COMMANDS.keys() - {"init", "demo", "pick", "triage"}))
def test_bytes_that_are_no_utf8_in_any_option_or_argument(desk: Desk, group: str):
    for name, command in leaves(group).items():
        for option in options(command):
            error_of(desk, [*name.split(), *FIRST_WORDS.get(name, "1").split(), option, NOT_UTF8])
        if any(isinstance(param, click.Argument) for param in command.params):
            error_of(desk, [*name.split(), NOT_UTF8])


def error_of(desk: Desk, words: list[str]) -> str:
    """Run what must fail in one of the ways that bad words can, and return what it says."""
    before = content(desk.home / "desk")
    result = desk.run(words)
    assert result.code in (2, 3, 65, 73, 77, 78), (words, result)
    assert content(desk.home / "desk") == before
    assert [line.startswith("tix: error: ") for line in result.stderr.splitlines()].count(True) == 1
    return result.stderr


def test_bytes_that_are_no_utf8_come_from_a_real_shell_as_well(desk: Desk):
    result = shell(desk, "tix new \"$(printf 'a\\377b')\"")

    assert result == Result("", "tix: error: the arguments hold bytes that are not UTF-8\n", 2)


def test_a_file_whose_name_is_no_utf8_can_be_attached(desk: Desk):
    (desk.home / NOT_UTF8).write_bytes(b"%PDF")
    desk(["new", "x", "--attach", NOT_UTF8])

    assert json.loads(desk("show 4 --json"))["attachment_count"] == 1


def test_input_that_is_no_utf8(desk: Desk):
    (desk.home / "latin").write_bytes(b"caf\xe9")

    assert error(desk, "new x -F latin", 65) == told("latin is not UTF-8 (byte 3)")
    for line in ("new x -F -", "reply 1 -F -", "note 1 -F -", "resolve 1 -F -"):
        assert error(desk, line, 65, input=b"caf\xe9") == told("stdin is not UTF-8 (byte 3)")
    for line in ("show -", "tag - x"):
        assert error(desk, line, 65, input=b"1\n\xff") == told("stdin is not UTF-8 (byte 2)")


EVIL = "evil \x1b]0;title\x07 \x1b[2J\x1b[31m red \x9b1m \u202e rtl \u2066 \x00\x08 \x85 \u2028 end"
WORD = EVIL.replace("\x00", "")  # for the command line, where no NUL can stand


@pytest.fixture(scope="module")
def haunted(stocked_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A desk with what would steer a terminal in every text, only to be looked at."""
    home = shutil.copytree(stocked_home, tmp_path_factory.mktemp("haunted") / "home")
    desk = Desk(home, in_this_process)
    (home / "evil").write_text(EVIL)
    who = ["-c", "eve@example.com"]
    desk(["new", WORD, "-F", "evil", "--category", WORD, "--channel", WORD, *who])
    desk(["reply", "4", "-F", "-"], input=EVIL)
    desk(["note", "4", "-F", "evil", "--why", WORD, "--attach", "evil"])
    desk(["edit", "4", "--field", f"evil={WORD}"])
    desk(["customer", "edit", "C-2", "--name", WORD, "--org", WORD, "--field", f"evil={WORD}"])
    desk(["agent", "add", "eve", "--display-name", WORD])
    desk(["dept", "add", "haunt", "--title", WORD, "--signature", WORD])
    desk(["query", "save", "evil", WORD])
    return desk


READINGS = (
    "list",
    "list --all --group-by category",
    "list --fields subject,category,channel",
    "inbox",
    "next",
    "show 4",
    "show 4 --log",
    "show 4 --fields subject,category",
    "log",
    "search evil",
    "customer list",
    "customer show C-2",
    "agent list",
    "agent show eve",
    "dept list",
    "dept show haunt",
    "query list",
    "query show evil",
    "undo --list",
    "tags",
    "note 4 -m x --dry-run",
    "resolve --where is:open --dry-run",
)
FORMATS = ("table", "plain", "tsv", "csv", "json", "jsonl", "ids", "md")


@pytest.mark.parametrize("line", READINGS)
def test_what_would_steer_a_terminal_is_printed_in_no_format(haunted: Desk, line: str):
    for fmt in FORMATS:
        result = haunted.run(f"{line} -o {fmt}")

        assert result.code == 0, (fmt, result)
        assert re.search(STEERING, result.stdout + result.stderr) is None, fmt


@pytest.mark.parametrize("line", ["show 4", "list", "inbox --all"])
def test_what_would_steer_a_terminal_does_not_reach_one(haunted: Desk, line: str):
    shown = haunted(line, tty=True, env={"NO_COLOR": "1"})

    assert "evil" in shown
    assert re.search(STEERING, shown) is None


def test_what_would_steer_a_terminal_is_kept_in_json(haunted: Desk):
    ticket = json.loads(haunted("show 4 --json"))

    assert [message["body"] for message in ticket["messages"]] == [EVIL] * 3
    assert {ticket["subject"], ticket["category"], ticket["channel"]} == {WORD}
    assert ticket["fields"] == {"evil": WORD}
    assert json.loads(haunted("customer show C-2 --json"))["name"] == WORD


@pytest.mark.parametrize(
    "words",
    [
        [WORD],
        ["list", f"status:{WORD}"],
        ["list", "--sort", WORD],
        ["list", "--group-by", WORD],
        ["list", "--fields", WORD],
        ["list", "-o", WORD],
        ["list", "--db", WORD],
        ["list", "--tz", WORD],
        ["show", WORD],
        ["new", "x", "-p", WORD],
        ["new", "x", "-a", WORD],
        ["new", "x", "-c", WORD],
        ["new", "x", "-t", WORD],
        ["new", "x", "-F", WORD],
        ["new", "x", "--dept", WORD],
        ["new", "x", "--due", WORD],
        ["new", "x", f"--{WORD}"],
        ["agent", "add", WORD],
        ["dept", "show", WORD],
        ["query", "show", WORD],
        ["customer", "show", WORD],
        ["help", WORD],
        ["config", "set", WORD, "x"],
    ],
    ids=" ".join,
)
def test_what_would_steer_a_terminal_is_in_no_error(desk: Desk, words: list[str]):
    assert re.search(STEERING, error_of(desk, words)) is None
    assert re.search(STEERING, desk.run([*words, "--json"]).stderr) is None


def test_nul_is_kept_in_a_text(desk: Desk):
    desk("new x -F -", input=b"a\0b")

    assert json.loads(desk("show 4 --json"))["messages"][0]["body"] == "a\0b"
    assert desk("show 4 --thread").endswith("\n  ab\n")


def test_bodies_of_10_mb(desk: Desk):
    text = "find me " + "x" * 10_000_000 + " the end"
    desk("new x -F -", input=text)
    desk("reply 4 -F -", input=text)

    messages = json.loads(desk("show 4 --json"))["messages"]
    assert [message["body"] for message in messages] == [text, text]
    assert desk("list 'find me' -o ids") == "4\n"
    desk("resolve 4 --close")
    assert desk("show 4 --thread").count("find me") == 2


def test_bodies_without_end(desk: Desk):
    with (desk.home / "huge").open("wb") as file:
        file.truncate(200 << 20)

    for option in ("-F", "--attach"):
        assert error(desk, f"new x {option} huge", 2) == told("huge is larger than 100 MB")
    assert error(desk, "new x -F -", 2, input="x" * (33 << 20)) == told("a text has at most 32 MB")
    assert error(desk, ["new", "x" * 2_001], 2) == told(
        "a subject has at most 2000 characters, not 2001"
    )


def test_stdin_without_end(desk: Desk):
    result = shell(desk, "yes | tix note 1 -F -")

    assert result == Result("", "tix: error: stdin is larger than 100 MB\n", 2)


def test_a_pipe_without_end(desk: Desk):
    result = shell(desk, "yes | tix note 1 -F /dev/stdin")

    assert result == Result("", "tix: error: /dev/stdin is larger than 100 MB\n", 2)


def test_a_pipe_is_nothing_to_attach(desk: Desk):
    subprocess.run(["mkfifo", "pipe"], cwd=desk.home, check=True)

    assert error(desk, "new x --attach pipe", 2) == told("pipe is no file")


@pytest.mark.parametrize("path", ["nowhere", ".", "/dev/zero", "a/b", "config.toml/x"])
def test_what_is_no_file(desk: Desk, path: str):
    for option in ("-F", "--attach"):
        assert error(desk, f"new x {option} {path}", 2) == told(f"{path} is no file")


@pytest.mark.parametrize("digits", [18, 19, 10_000])
def test_very_long_ids(desk: Desk, digits: int):
    for word in ("9" * digits, f"#{'9' * digits}"):
        assert error(desk, ["show", word], 3).startswith(f"no ticket {'9' * 18}")
    assert error(desk, ["tag", "-", "x"], 3, input="9" * digits).startswith("no ticket 9")
    assert error(desk, ["customer", "show", f"C-{'9' * digits}"], 3).startswith("no customer")


@pytest.mark.parametrize(
    "words",
    [
        "list -L -1",
        "list -L 1e9",
        "next -L 0",
        "resolve --where is:open --max -1",
        "edit 1 --tier 0",
        f"edit 1 --tier {'9' * 99}",
        "prio 1 high --if-rev -1",
        f"prio 1 high --if-rev {'9' * 99}",
        "list --lock-timeout -1",
        "list --lock-timeout nan",
        f"list id:{'9' * 5_000}",
        "list replies:..-1",
        f"list age:..{'9' * 500}d",
        f"undo {'9' * 99}",
        "snooze 1 +9999999999w",
        "new x --due 99999-01-01",
    ],
)
def test_numbers_out_of_range(desk: Desk, words: str):
    assert error(desk, words, 2) != ""


@pytest.mark.parametrize("number", ["9" * 30, "0"])
def test_a_limit_may_be_as_high_as_one_likes(desk: Desk, number: str):
    assert desk(f"list -L {number} -o ids") == "1\n2\n3\n"
    assert desk(f"resolve --where is:open --max {'9' * 30} --yes") == "1\n2\n3\n"
