"""Streams that are closed, full or cut off, and signals: one line or none, and the code for it."""

from __future__ import annotations

import json
import signal as signals
from typing import TYPE_CHECKING

import pytest

from tests.cli.shell import process, shell
from tests.cli.telling import content
from tests.commandline import Result

if TYPE_CHECKING:
    from tests.commandline import Desk

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
