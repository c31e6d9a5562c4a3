"""``tix log --follow``: what others do, as they do it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.cli.telling import error
from tests.commandline import finish

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.commandline import Desk

Follower = subprocess.Popen[str]


@contextmanager
def follower(desk: Desk, *words: str) -> Iterator[Follower]:
    """Start ``tix log --follow`` in a process, its output piped here; end it afterwards."""
    command = [sys.executable, "-m", "tix", "log", "--follow", *words]
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=desk.env,
        cwd=desk.home,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def lines(process: Follower, count: int) -> list[str]:
    """Return the next *count* lines that *process* prints."""
    assert process.stdout is not None
    return [process.stdout.readline() for _ in range(count)]


@pytest.fixture
def busy(run: Desk) -> Desk:
    """A desk with twelve events on two tickets."""
    run("new First")
    run("new Second")
    for number in range(10):
        run(f"tag 1 t{number}")
    return run


def test_the_last_ten_come_first_and_then_what_is_done(busy: Desk):
    with follower(busy, "--fields", "seq,kind") as process:
        assert lines(process, 10) == [f"{n}\ttagged\n" for n in range(3, 13)]
        busy("note 2 -m Hello")
        assert lines(process, 1) == ["13\tnoted\n"]
        busy("tag 1-2 both")
        assert lines(process, 2) == ["14\ttagged\n", "15\ttagged\n"]


def test_lines_of_json_come_at_once(busy: Desk):
    with follower(busy, "-L", "1", "-o", "jsonl") as process:
        assert json.loads(lines(process, 1)[0])["seq"] == 12
        busy("prio 2 high")
        (line,) = lines(process, 1)

    assert line == busy("log -L 1 -o jsonl")


def test_only_the_tickets_that_are_named_are_followed(busy: Desk):
    with follower(busy, "2", "-L", "0", "-o", "ids") as process:
        assert lines(process, 1) == ["2\n"]
        busy("tag 1 web")
        busy("tag 2 web")
        busy("note 2 -m Hello")
        assert lines(process, 2) == ["2\n", "2\n"]


def test_column_names_stand_above_the_first_line_only(busy: Desk):
    heads = {"table": 1, "csv": 1, "tsv": 1, "md": 2}
    for fmt, count in heads.items():
        with follower(busy, "2", "-o", fmt, "--fields", "seq,kind") as process:
            lines(process, count + 1)
            busy("note 2 -m Hello")
            (line,) = lines(process, 1)
        assert "noted" in line
        assert len(line.split("\n")) == 2
        busy("undo")


def test_no_event_of_a_busy_writer_is_missed_or_repeated(busy: Desk):
    script = "from tix.__main__ import main\nfor n in range(50): main(['new', f'Number {n}', '-q'])"
    with follower(busy, "-L", "1", "-o", "jsonl", "--fields", "seq") as process:
        lines(process, 1)
        subprocess.run(
            [sys.executable, "-c", script],
            env=busy.env,
            cwd=busy.home,
            stdout=subprocess.DEVNULL,
            check=True,
        )
        found = [json.loads(line)["seq"] for line in lines(process, 50)]

    assert found == list(range(13, 63))


def test_a_desk_that_is_brought_back_says_so_and_begins_again(busy: Desk):
    busy("backup saved.tar")
    busy("note 2 -m Lost")
    with follower(busy, "-L", "1", "--fields", "kind,ticket_id") as process:
        assert lines(process, 1) == ["noted\t2\n"]
        busy("backup restore saved.tar --yes")
        assert lines(process, 1) == ["tagged\t1\n"]
        busy("prio 2 low")
        assert lines(process, 1) == ["prioritized\t2\n"]
        process.send_signal(signal.SIGINT)
        _, told = process.communicate()

    assert told == "the desk was brought back to another state; these are its last events\n"


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)], ids=["Ctrl-C", "SIGTERM"]
)
def test_a_signal_ends_it(busy: Desk, number: signal.Signals, code: int):
    with follower(busy, "-L", "1") as process:
        lines(process, 1)
        process.send_signal(number)

        assert process.communicate() == ("", "")
        assert process.returncode == code


def test_a_pipe_that_nobody_reads_any_more_ends_it_though_nothing_happens(busy: Desk):
    with follower(busy, "-L", "1") as process:
        lines(process, 1)
        assert process.stdout is not None
        process.stdout.close()

        assert process.wait(20) == 141


def test_on_a_terminal_it_goes_on_until_ctrl_c(busy: Desk):
    child = busy.spawn("log --follow -L 1")
    child.expect("tagged: tags .*\r\n")
    busy("note 2 -m Hello")
    child.expect("noted")
    child.sendintr()

    assert finish(child).code == 130


def test_waiting_takes_no_time_of_the_processor(busy: Desk):
    with follower(busy, "-L", "1") as process:
        lines(process, 1)
        before = ticks(process.pid)
        busy("note 1 -m Hello")
        lines(process, 1)

        assert ticks(process.pid) - before < 20


def ticks(pid: int) -> int:
    """Return the time that a process has used, in hundredths of a second."""
    stat = Path(f"/proc/{pid}/stat")
    if not stat.exists():
        pytest.skip("no /proc here")
    fields = stat.read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) * 100 // os.sysconf("SC_CLK_TCK")


@pytest.mark.parametrize(
    ("line", "code", "message"),
    [
        ("log --follow --ops", 2, "--follow and --ops do not go together\n"),
        ("log --follow --exit-status", 2, "--follow and --exit-status do not go together\n"),
        ("log --follow 99", 3, "no ticket 99\nhint: the last number is 2\n"),
        ("log --follow --fields foo", 2, None),
    ],
)
def test_what_cannot_be_is_told(busy: Desk, line: str, code: int, message: str | None):
    assert message in (None, error(busy, line, code))


def test_a_desk_that_is_not_there_cannot_be_followed(run: Desk):
    assert error(run, "log --follow --db nowhere", 73).startswith("there is no desk at nowhere\n")


def test_json_has_an_end_and_following_has_none(busy: Desk):
    result = busy.run("log --follow --json")

    assert (result.stdout, result.code) == ("", 2)
    told = json.loads(result.stderr)["error"]
    assert told["message"] == "--follow has no end, and JSON is one document"
    assert told["hint"] == "-o jsonl"
