from __future__ import annotations

import io
import os
import pty
import re
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from tests.cli.on_a_terminal import ended, python
from tix.cli.terminal import is_terminal, progress, screen, use_color

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import TextIO


@contextmanager
def terminal() -> Iterator[TextIO]:
    ours, theirs = pty.openpty()
    try:
        with os.fdopen(theirs, "w") as stream:
            yield stream
    finally:
        os.close(ours)


def test_a_terminal_is_one_and_a_file_or_nothing_is_none():
    closed = io.StringIO()
    closed.close()

    with terminal() as stream:
        assert is_terminal(stream)
    assert not any(map(is_terminal, (stream, io.StringIO(), closed, None)))


@pytest.mark.parametrize(
    ("when", "environ", "expected"),
    [
        ("auto", {}, True),
        ("auto", {"TERM": "xterm"}, True),
        ("auto", {"TERM": "dumb"}, False),
        ("auto", {"NO_COLOR": "1"}, False),
        ("auto", {"NO_COLOR": "0"}, False),
        ("auto", {"NO_COLOR": ""}, True),
        ("auto", {"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
        ("auto", {"TERM": "dumb", "FORCE_COLOR": "1"}, True),
        ("never", {"FORCE_COLOR": "1"}, False),
        ("always", {"NO_COLOR": "1", "TERM": "dumb"}, True),
    ],
)
def test_colour_on_a_terminal(when: str, environ: dict[str, str], expected: bool):
    with terminal() as stream:
        assert use_color(when, environ, stream) is expected


@pytest.mark.parametrize(
    ("when", "environ", "expected"),
    [
        ("auto", {"TERM": "xterm"}, False),
        ("auto", {"FORCE_COLOR": "1"}, True),
        ("auto", {"FORCE_COLOR": "true"}, True),
        ("auto", {"FORCE_COLOR": "0"}, False),
        ("auto", {"FORCE_COLOR": ""}, False),
        ("auto", {"CLICOLOR_FORCE": "1"}, True),
        ("auto", {"CLICOLOR_FORCE": "0", "FORCE_COLOR": "1"}, True),
        ("auto", {"NO_COLOR": "1", "CLICOLOR_FORCE": "1"}, False),
        ("always", {}, True),
        ("never", {}, False),
    ],
)
def test_colour_in_a_pipe(when: str, environ: dict[str, str], expected: bool):
    assert use_color(when, environ, io.StringIO()) is expected
    assert use_color(when, environ, None) is expected


def test_each_stream_has_its_own_colour():
    with terminal() as stdout:
        assert (use_color("auto", {}, stdout), use_color("auto", {}, io.StringIO())) == (
            True,
            False,
        )


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({}, (80, 24)),
        ({"COLUMNS": "132", "LINES": "50"}, (132, 50)),
        ({"COLUMNS": "132"}, (132, 24)),
        ({"COLUMNS": "wide", "LINES": "0"}, (80, 24)),
        ({"COLUMNS": "9" * 30, "LINES": "-3"}, (80, 24)),
    ],
)
def test_where_there_is_no_terminal_its_size_is_80_by_24(
    environ: dict[str, str], expected: tuple[int, int]
):
    assert tuple(screen(environ, None)) == expected
    assert tuple(screen(environ, io.StringIO())) == expected


def test_a_terminal_tells_its_size(tmp_path: Path):
    size = "from tix.cli.terminal import screen\nprint(tuple(screen(os.environ, sys.stdout)))"

    assert ended(python(size, tmp_path, size=(33, 77))) == ("(77, 33)\n", 0)
    assert ended(python(size, tmp_path, {"COLUMNS": "40"}, (33, 77))) == ("(40, 33)\n", 0)


def test_in_a_pipe_progress_only_hands_on(capsys: pytest.CaptureFixture[str]):
    assert list(progress(iter("abc"), 3, "reading")) == ["a", "b", "c"]
    assert capsys.readouterr() == ("", "")


SPIN = """
import time
from tix.cli.terminal import progress
until = time.monotonic() + {seconds}
def rows():
    yield "first"
    while time.monotonic() < until:
        yield "another"
print(len(list(progress(rows(), 10**9, "Importing", quiet={quiet}))) > 0)
"""


def test_short_work_shows_no_bar(tmp_path: Path):
    child = python(SPIN.format(seconds=0.1, quiet=False), tmp_path)

    assert ended(child) == ("True\n", 0)


@pytest.mark.slow
def test_long_work_shows_a_bar_that_is_full_at_the_end(tmp_path: Path):
    shown, code = ended(python(SPIN.format(seconds=1.4, quiet=False), tmp_path))

    assert code == 0
    assert re.fullmatch(r"\r\x1b\[\?25l(Importing  \[.{36}\] +0%.*\r)+.*100%.*\nTrue\n", shown)


@pytest.mark.slow
def test_the_bar_is_on_standard_error_and_silenced_by_quiet(tmp_path: Path):
    to_a_file = "sys.stderr = open('stderr', 'w')\n"

    quiet = ended(python(SPIN.format(seconds=1.2, quiet=True), tmp_path))
    no_terminal = ended(python(to_a_file + SPIN.format(seconds=1.2, quiet=False), tmp_path))

    assert (quiet, no_terminal) == (("True\n", 0), ("True\n", 0))
    assert (tmp_path / "stderr").read_text() == ""


@pytest.mark.slow
def test_a_failure_under_the_bar_ends_the_line(tmp_path: Path):
    failing = SPIN.replace('yield "another"\n', 'yield "another"\n    raise BrokenPipeError\n')

    shown, code = ended(python(failing.format(seconds=1.2, quiet=False), tmp_path))

    assert code == 141
    assert "100%" not in shown
    assert shown.endswith("\x1b[?25h\n")
