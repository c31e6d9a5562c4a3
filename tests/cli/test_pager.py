from __future__ import annotations

import subprocess
import sys
from shutil import which
from typing import TYPE_CHECKING

import pytest

from tests.cli.on_a_terminal import FRAME, ended, python
from tests.commandline import environment

if TYPE_CHECKING:
    from pathlib import Path

PAGE = """
from tix.cli.pager import page
page((f"line {number}\\n" for number in range(%s)), config, warn)
"""
TALL = "".join(f"line {number}\n" for number in range(24))
LOW = "".join(f"line {number}\n" for number in range(23))


@pytest.fixture
def pager(tmp_path: Path) -> str:
    """A pager that says that it is one, and what LESS is."""
    script = tmp_path / "my pager"
    script.write_text('#!/bin/sh\necho "paged LESS=$LESS $*"\ncat\n')
    script.chmod(0o755)
    return f"'{script}'"


def paged(home: Path, lines: int = 24, **env: str | None) -> str:
    shown, code = ended(python(PAGE % lines, home, {"TIX_PAGER": None, **env}))
    assert code == 0
    return shown


def test_what_is_taller_than_the_screen_goes_through_the_pager(tmp_path: Path, pager: str):
    assert paged(tmp_path, 24, TIX_PAGER=pager) == "paged LESS=FRX \n" + TALL


def test_what_leaves_a_line_for_the_prompt_does_not(tmp_path: Path, pager: str):
    assert paged(tmp_path, 23, TIX_PAGER=pager) == LOW


def test_a_line_that_wraps_counts_as_several(tmp_path: Path, pager: str):
    body = """
from tix.cli.pager import page
page(["x" * 80 * 23 + "\\n"], config, warn)
page(["\\x1b[1m" + "x" * 80 * 22 + "\\x1b[0m\\n"], config, warn)
page(["本" * 40 * 23 + "\\n"], config, warn)
"""
    shown, _ = ended(python(body, tmp_path, {"TIX_PAGER": pager}, size=(23, 80)))

    assert shown.count("paged") == 2


@pytest.mark.parametrize(
    "env",
    [
        {"TIX_PAGER": "", "PAGER": "my-pager"},
        {"TIX_PAGER": "cat", "PAGER": "my-pager"},
        {"PAGER": ""},
        {"PAGER": "cat"},
        {"PAGER": " "},
        {"PAGER": None, "TERM": "dumb"},
        {"PAGER": None, "PATH": "/nowhere"},
    ],
)
def test_an_empty_pager_or_cat_or_a_dumb_terminal_is_none(
    tmp_path: Path, env: dict[str, str | None]
):
    assert paged(tmp_path, 24, **env) == TALL


def test_the_setting_of_tix_stands_above_config_toml_and_that_above_pager(
    tmp_path: Path, pager: str
):
    config = tmp_path / "config.toml"
    config.write_text(f'pager = "{pager} from-file"\n')

    above = paged(tmp_path, TIX_PAGER=f"{pager} from-tix", PAGER=f"{pager} from-pager")
    middle = paged(tmp_path, PAGER=f"{pager} from-pager")
    config.unlink()
    below = paged(tmp_path, PAGER=f"{pager} from-pager")

    assert [text.split()[2] for text in (above, middle, below)] == [
        "from-tix",
        "from-file",
        "from-pager",
    ]


def test_no_pager_stands_above_all(tmp_path: Path, pager: str):
    body = PAGE.replace("config, warn", 'config.with_flags(pager=""), warn') % 24

    assert ended(python(body, tmp_path, {"TIX_PAGER": pager})) == (TALL, 0)


def test_less_that_is_set_is_left_as_it_is(tmp_path: Path, pager: str):
    assert paged(tmp_path, TIX_PAGER=pager, LESS="-S").startswith("paged LESS=-S \n")


def test_no_shell_sees_the_command(tmp_path: Path, pager: str):
    assert paged(tmp_path, TIX_PAGER=f"{pager} '$HOME;' >x") == f"paged LESS=FRX $HOME; >x\n{TALL}"


@pytest.mark.parametrize(
    ("command", "warning"),
    [
        ("no-such-pager -x", "the pager 'no-such-pager' cannot be run: No such file or directory"),
        ("/", "the pager '/' cannot be run: Permission denied"),
        ("less '", 'the pager "less \'" has a quotation mark without its partner'),
    ],
)
def test_a_pager_that_cannot_be_run_is_told_once_and_done_without(
    tmp_path: Path, command: str, warning: str
):
    assert paged(tmp_path, TIX_PAGER=command) == f"tix: warning: {warning}\n{TALL}"


def test_a_pager_that_is_left_early_is_no_error(tmp_path: Path):
    script = tmp_path / "early"
    script.write_text("#!/bin/sh\nhead -n 2\n")
    script.chmod(0o755)

    assert paged(tmp_path, 1_000_000, TIX_PAGER=str(script)) == "line 0\nline 1\n"


def test_an_error_while_reading_ends_the_pager_first(tmp_path: Path, pager: str):
    body = """
from tix.cli.pager import page
from tix.errors import DeskDamaged
def lines():
    yield "line\\n" * 30
    raise DeskDamaged("page 7 is damaged")
page(lines(), config, warn)
"""
    shown = ended(python(body, tmp_path, {"TIX_PAGER": pager}))

    assert shown == (
        "paged LESS=FRX \n" + "line\n" * 30 + "tix: error: page 7 is damaged\n",
        65,
    )


def test_text_that_no_encoding_has_does_not_stop_the_pager(tmp_path: Path, pager: str):
    body = "from tix.cli.pager import page\npage(['\\udcff €\\n'] * 30, config, warn)"

    assert ended(python(body, tmp_path, {"TIX_PAGER": pager, "LC_ALL": "C"})) == (
        "paged LESS=FRX \n" + "? €\n" * 30,
        0,
    )


@pytest.mark.parametrize("lines", [3, 1000])
def test_in_a_pipe_there_is_no_pager(tmp_path: Path, pager: str, lines: int):
    done = subprocess.run(
        [sys.executable, "-c", FRAME.format(body=PAGE.replace("\n", "\n    ") % lines)],
        env={**environment(tmp_path), "TIX_PAGER": pager},
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout == "".join(f"line {number}\n" for number in range(lines))
    assert done.stderr == ""


@pytest.mark.skipif(not which("less"), reason="less is not installed")
class TestLess:
    def test_it_waits_for_q(self, tmp_path: Path):
        child = python(PAGE % 100_000, tmp_path, {"TIX_PAGER": None, "PAGER": None, "LESS": None})

        child.expect("line 22")
        child.send("q")

        assert ended(child)[1] == 0

    def test_ctrl_c_leaves_it_to_less(self, tmp_path: Path):
        child = python(PAGE % 100_000, tmp_path, {"TIX_PAGER": "less", "LESS": None})

        child.expect("line 22")
        child.sendintr()
        child.send("q")

        assert ended(child)[1] == 0
