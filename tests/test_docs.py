"""What the documentation shows is what happens.

In README.md and docs/ a ```console block is a session that is run here, block after block on one
fresh desk a page, each command by ``sh`` on a terminal of 100 columns with the clock stopped at
2026-11-21 19:30 in Zagreb. ``$ `` begins a command, ``> `` continues it, and the lines up to the
next command are what the terminal shows. A line that is only ``…`` stands for lines that would
teach a reader nothing (a long help page, the middle of a JSON document). What cannot be run (an
installation, a crontab) is written as another kind of block. ``--update-golden`` writes into the
pages what is printed now.
"""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import pexpect
import pytest

from tests.commandline import ROOT, SIZE, environment, finish

if TYPE_CHECKING:
    from pathlib import Path

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"^\$ (.*(?:\n> .*)*)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)


def at_the_terminal(command: str, env: dict[str, str], folder: Path) -> str:
    """Return what a person sees who types *command*."""
    child: pexpect.spawn[str] = pexpect.spawn(
        "/bin/sh",
        ["-c", command],
        env=env,
        cwd=str(folder),
        dimensions=SIZE,
        encoding="utf-8",
    )
    return finish(child).stdout


def matches(shown: str, printed: str) -> bool:
    """Return whether *printed* is what the page has *shown*, ``…`` lines aside."""
    parts = re.split(r"^…\n", shown, flags=re.MULTILINE)
    pattern = r"(?:.*\n)*".join(re.escape(part) for part in parts)
    return re.fullmatch(pattern, printed) is not None


@pytest.fixture
def reader(tmp_path: Path) -> tuple[dict[str, str], Path]:
    """The environment of somebody who has just installed tix, and the folder they are in."""
    tool = tmp_path / "bin" / "tix"
    tool.parent.mkdir()
    tool.write_text('#!/bin/sh\nexec python -m tix "$@"\n')
    tool.chmod(0o755)
    env = environment(tmp_path) | {"NO_COLOR": "1"}
    del env["TIX_DB"]
    folder = tmp_path / "work"
    shutil.copytree(ROOT / "docs", folder / "docs")
    return env | {"PATH": f"{tool.parent}:{env['PATH']}"}, folder


def as_it_happens(text: str, env: dict[str, str], folder: Path) -> str:
    """Return the page with what its commands print; what stands there and matches stays."""

    def play(found: re.Match[str]) -> str:
        words, shown = found.groups()
        if exported := re.fullmatch(r"export (\w+)=(\S+)", words):
            env[exported[1]] = exported[2]
            return f"$ {words}\n"
        printed = at_the_terminal(words.replace("\n> ", "\n"), env, folder)
        return f"$ {words}\n{shown if matches(shown, printed) else printed}"

    return BLOCK.sub(lambda block: f"```console\n{COMMAND.sub(play, block[1])}```", text)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_the_sessions_print_what_the_page_shows(
    page: Path, reader: tuple[dict[str, str], Path], request: pytest.FixtureRequest
):
    happens = as_it_happens(page.read_text("utf-8"), *reader)

    if request.config.getoption("--update-golden"):
        page.write_text(happens, "utf-8")
    assert page.read_text("utf-8") == happens


@pytest.mark.parametrize(
    ("shown", "printed", "same"),
    [
        ("12\n", "12\n", True),
        ("12\n", "12\n13\n", False),
        ("{\n…\n}\n", '{\n  "id": 12\n}\n', True),
        ("{\n…\n}\n", '{\n  "id": 12\n', False),
        ("… 6 more: tix list\n", "… 6 more: tix list\n", True),
        ("and so on …\n", "and so on, and so on\n", False),
    ],
)
def test_a_line_of_dots_stands_for_lines(shown: str, printed: str, same: bool):
    assert matches(shown, printed) is same
