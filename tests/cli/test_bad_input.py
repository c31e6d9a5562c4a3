"""Bad input: one line on standard error, the code for it, nothing changed, no traceback."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from typing import TYPE_CHECKING

import click
import pytest

from tests.cli.shell import as_anybody, bow_to_modes, process, shell
from tests.cli.telling import content, error, told
from tests.cli.tree import leaves
from tests.commandline import Desk, Result, in_this_process
from tests.hostile import STEERING
from tix.cli import COMMANDS
from tix.store.page import dump
from tix.store.page import load as tables

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


@pytest.mark.parametrize("group", [group for group in COMMANDS if group != "init"])
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


@pytest.mark.parametrize("path", ["nowhere", ".", "/dev/zero", "pipe", "a/b", "config.toml/x"])
def test_what_is_no_file(desk: Desk, path: str):
    subprocess.run(["mkfifo", "pipe"], cwd=desk.home, check=True)

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


REASONS = {">&-": "Bad file descriptor", ">/dev/full": "No space left on device"}


@pytest.mark.parametrize("line", ["list", "show 1", "--version", "--help", "help"])
@pytest.mark.parametrize("stream", REASONS)
def test_closed_or_full_stdout(desk: Desk, line: str, stream: str):
    assert shell(desk, f"tix {line} {stream}") == Result(
        "", f"tix: error: input or output failed: {REASONS[stream]}\n", 74
    )


@pytest.mark.parametrize("line", ["new x", "note 1 -m x", "agent add eve"])
@pytest.mark.parametrize("stream", REASONS)
def test_closed_or_full_stdout_after_a_change(desk: Desk, line: str, stream: str):
    assert shell(desk, f"tix {line} {stream}") == Result(
        "",
        f"tix: error: the change is saved, but it could not be told: {REASONS[stream]}\n"
        "hint: do not repeat it; it is operation 4\n",
        74,
    )
    assert json.loads(desk("undo --list --json"))["total"] == 4


def test_a_desk_that_was_made_without_a_word(desk: Desk):
    assert shell(desk, "tix init other >/dev/full") == Result(
        "",
        "tix: error: the desk is made, but it could not be told: No space left on device\n",
        74,
    )
    assert desk("new x --db other") == "1\n"


@pytest.mark.parametrize("stream", ["2>&-", "2>/dev/full", "<&-", "2>&- <&-"])
def test_closed_stderr_and_stdin_are_no_trouble(desk: Desk, stream: str):
    assert shell(desk, f"tix list -L 1 -o ids {stream}").stdout == "1\n"
    result = shell(desk, f"tix tag 1 new {stream}")
    assert (result.stdout, result.code) == ("1\n", 0)
    assert shell(desk, f"tix show 99 {stream}").code == 3


def test_closed_stdin_where_it_is_needed(desk: Desk):
    for line in ("show -", "note 1 -F -"):
        assert shell(desk, f"tix {line} <&-") == Result(
            "", "tix: error: - needs stdin, and it is closed\n", 2
        )


def test_all_streams_closed(desk: Desk):
    before = content(desk.home)
    assert shell(desk, "tix list <&- >&- 2>&-") == Result("", "", 74)
    assert content(desk.home) == before
    assert shell(desk, "tix new x -m y <&- >&- 2>&-") == Result("", "", 74)
    assert desk("show 4 --thread").endswith("  y\n")


@pytest.mark.parametrize("line", ["show 4", "show 4 --json", "show 4 -o md", "show 4 -o table"])
def test_a_reader_that_goes_away(desk: Desk, line: str):
    desk("new x -F -", input="a line\n" * 50_000)

    assert shell(desk, f"{{ tix {line}; echo $? >&2; }} | head -c 1").stderr == "141\n"


def test_a_reader_that_was_never_there(desk: Desk):
    for line in ("list", "--help", "--version", "new x"):
        child = process(desk, *line.split())
        assert child.stdout is not None
        child.stdout.close()
        _, said = child.communicate()

        assert (child.returncode, said) == (141, b""), line
    assert desk("list --count") == "4\n"


@pytest.mark.parametrize(("signal", "code"), [("SIGINT", 130), ("SIGTERM", 143)])
def test_ctrl_c_and_sigterm(desk: Desk, signal: str, code: int):
    import signal as signals

    before = content(desk.home)
    child = process(desk, "note", "1", "-F", "-")
    assert child.stdin is not None
    child.stdin.write(b"x" * 200_000)  # more than a pipe holds: it has begun to read
    child.stdin.flush()
    child.send_signal(getattr(signals, signal))
    stdout, stderr = child.communicate()

    assert (child.returncode, stdout, stderr.strip()) == (code, b"", b"")
    assert content(desk.home) == before


def test_ctrl_c_at_a_question(desk: Desk):
    child = desk.spawn("resolve --where tag:web")
    child.expect_exact("[y/N] ")
    child.sendintr()
    child.expect_exact("\r\n")
    child.wait()

    assert child.exitstatus == 130
    assert desk("list is:resolved --count") == "0\n"


@pytest.fixture
def homeless(desk: Desk) -> Desk:
    """The desk for a user without a home."""
    for name in ("HOME", "TIX_CONFIG"):
        del desk.env[name]
    return desk


def test_no_home(homeless: Desk):
    assert homeless("list -o ids") == "1\n2\n3\n"
    assert homeless("note 1 -m x") == "1\n"
    assert error(homeless, "show @last", 3) == told(
        "there is no last ticket yet: you have changed none on this desk"
    )
    del homeless.env["TIX_DB"]
    for line in ("list", "new x", "inbox", "init", ""):
        assert error(homeless, line, 73) == told(
            "no place for a desk: neither HOME nor XDG_DATA_HOME is set",
            "Name one with --db DIR or TIX_DB.",
        )


@pytest.fixture(scope="session")
def modes_bind(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Skip where nothing can make root respect the modes of files."""
    file = tmp_path_factory.mktemp("modes") / "mine"
    file.touch(0o000)
    cat = subprocess.run(["cat", file], preexec_fn=bow_to_modes, capture_output=True, check=False)
    if cat.returncode == 0:
        pytest.skip("these tests run as root, whom no mode of a file can be made to bind")


@pytest.mark.usefixtures("modes_bind")
def test_an_unwritable_folder(desk: Desk):
    folder = desk.home / "desk"
    before = content(desk.home)
    for path in (*folder.rglob("*"), folder):
        path.chmod(0o500 if path.is_dir() else 0o400)

    assert as_anybody("list", "-o", "ids", desk=desk) == Result("1\n2\n3\n", "", 0)
    assert as_anybody("show", "1", "-o", "ids", desk=desk) == Result("1\n", "", 0)
    assert as_anybody("", desk=desk).code == 2
    for words in (["new", "x"], ["note", "1", "-m", "x"], ["resolve", "1"]):
        assert as_anybody(*words, desk=desk) == Result(
            "", f"tix: error: cannot lock {folder}: Permission denied\n", 77
        )
    assert content(desk.home) == before


@pytest.mark.usefixtures("modes_bind")
@pytest.mark.parametrize("option", ["-F", "--attach"])
def test_a_file_that_may_not_be_read(desk: Desk, option: str):
    (desk.home / "secret").touch(0o000)

    assert as_anybody("new", "x", option, "secret", desk=desk) == Result(
        "", "tix: error: secret cannot be read: Permission denied\n", 2
    )


@pytest.mark.usefixtures("modes_bind")
@pytest.mark.parametrize("place", ["desk", "desk/tickets.json", "config.toml"])
def test_what_may_not_be_read(desk: Desk, place: str):
    (desk.home / "config.toml").touch()
    (desk.home / place).chmod(0o000)
    said = {
        "desk": f"cannot open {desk.home}/desk: Permission denied\n",
        "desk/tickets.json": f"cannot read {desk.home}/desk/tickets.json: Permission denied\n",
        "config.toml": f"{desk.home}/config.toml cannot be read\n",
    }

    for words in (["list"], ["new", "x"]):
        result = as_anybody(*words, desk=desk)
        assert (result.stdout, result.code) == ("", 77)
        assert result.stderr.startswith(f"tix: error: {said[place]}")


def test_a_desk_that_others_can_write_to(desk: Desk):
    (desk.home / "desk").chmod(0o722)

    for line in ("list", "new x"):
        assert error(desk, line, 77) == told(
            f"others can write to {desk.home}/desk",
            f"make it yours alone: chmod go-w '{desk.home}/desk'",
        )


def test_a_desk_from_a_newer_version(desk: Desk):
    root = desk.home / "desk" / "tickets.json"
    newer = tables("tickets.json", root.read_bytes())
    newer["desk"]["1"]["schema"] = 99
    root.write_bytes(dump(newer))

    for line in ("list", "show 1", "inbox", "new x", "note 1 -m x", "search x", "log", "export"):
        assert error(desk, line, 65).splitlines()[1] == "hint: use that tix, or a newer one"


def test_a_file_where_a_folder_should_be(desk: Desk):
    (desk.home / "file").write_text("mine")

    for line in ("list", "inbox", "new x"):
        assert error(desk, f"{line} --db file", 73) == told(
            f"{desk.home}/file is not a folder", "'tix init' makes one"
        )
        assert error(desk, f"{line} --db file/below", 73) == told(
            f"{desk.home}/file/below is not a folder", "'tix init' makes one"
        )
    assert error(desk, "init file", 73) == told("there is something at file already")
    assert error(desk, "init file/below", 73) != ""


def test_a_file_where_a_folder_of_the_desk_should_be(desk: Desk):
    shutil.rmtree(desk.home / "desk" / "history")
    (desk.home / "desk" / "history").write_text("mine")

    assert desk("list -o ids") == "1\n2\n3\n"
    for line in ("show 1", "note 1 -m x", "new x"):
        assert error(desk, line, 77) == told(
            f"{desk.home}/desk/history is not a folder that tix made",
            "look what it is, and move it away",
        )


def test_a_file_where_the_default_place_should_be(run: Desk):
    run.env["TIX_DB"] = ""
    (run.home / ".local").write_text("mine")

    assert run("inbox") == ""
    assert error(run, "new x", 73) != ""
    assert (run.home / ".local").read_text() == "mine"


def test_a_folder_where_a_file_should_be(desk: Desk):
    root = desk.home / "desk" / "tickets.json"
    root.unlink()
    root.mkdir()

    for line in ("list", "new x"):
        assert error(desk, line, 77) == told(
            f"{root} is a link, a folder or a device where a file should be",
            "look what it is, and move it away",
        )
