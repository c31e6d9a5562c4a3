"""Programs named ``tix-NAME`` on PATH, which are commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cli.telling import error, told

if TYPE_CHECKING:
    from pathlib import Path

    from tests.commandline import Desk

SCRIPT = """\
#!/bin/sh
echo "$TIX_DB|$TIX_USER|$TIX_TZ"
for word; do echo "$word"; done
exit 7
"""


def program(folder: Path, name: str, text: str = SCRIPT, mode: int = 0o755) -> Path:
    folder.mkdir(exist_ok=True)
    file = folder / name
    file.write_text(text)
    file.chmod(mode)
    return file


@pytest.fixture
def bin_(tix: Desk) -> Path:
    """A folder on PATH with ``tix-hello``."""
    folder = tix.home / "bin"
    program(folder, "tix-hello")
    tix.env["PATH"] = f"{folder}:{tix.env['PATH']}"
    return folder


def test_a_program_gets_every_word_behind_its_name_and_gives_the_exit_code(tix: Desk, bin_: Path):
    words = ["hello", "--help", "-o", "json", "--", "two words", "--db", "x", ""]

    printed = tix(words, code=7).split("\n")

    assert printed == [f"{tix.home}/desk|alice|Europe/Zagreb", *words[1:], ""]


def test_what_stands_before_its_name_is_handed_on(tix: Desk, bin_: Path):
    line = "--db other --actor bob --tz UTC hello"

    assert tix(line, code=7) == f"{tix.home}/other|bob|UTC\n"


def test_a_pipe_that_closes_ends_what_it_starts_as_anywhere(tix: Desk, bin_: Path):
    program(bin_, "tix-yes", "#!/bin/sh\nyes | head -1\n")

    result = tix.run("yes")

    assert (result.stdout, result.stderr, result.code) == ("y\n", "", 0)


def test_what_is_built_in_always_wins(tix: Desk, bin_: Path):
    for name in ("tix-list", "tix-ls"):
        program(bin_, name)

    assert tix("list") == tix("ls") == ""


@pytest.mark.parametrize("place", ["", ".", "bin", "./bin"])
def test_a_relative_place_on_the_path_is_passed_over(tix: Desk, place: str):
    program(tix.home / "bin", "tix-hello")
    program(tix.home, "tix-hello")

    result = tix.run("hello", env={"PATH": f"{place}:{tix.env['PATH']}"})

    assert (result.code, result.stdout) == (2, "")
    assert result.stderr.startswith("tix: error: no such command 'hello'\n")


@pytest.mark.parametrize("name", ["../bin/tix-hello", "/hello", "x/hello"])
def test_a_name_is_no_path(tix: Desk, bin_: Path, name: str):
    program(bin_, "hello")

    assert error(tix, name, 2).startswith(f"no such command '{name}'\n")


def test_what_cannot_be_run_is_no_command_or_says_so(tix: Desk, bin_: Path):
    program(bin_, "tix-closed", mode=0o644)
    (bin_ / "tix-folder").mkdir()
    file = program(bin_, "tix-text", "no program\n")

    assert error(tix, "closed", 2).startswith("no such command 'closed'\n")
    assert error(tix, "folder", 2).startswith("no such command 'folder'\n")
    assert error(tix, "text", 74) == told(f"{file} cannot be run: Exec format error")


def test_the_nearest_may_be_a_program(tix: Desk, bin_: Path):
    assert error(tix, "helo", 2) == told("no such command 'helo'", "Did you mean 'hello'?")


def test_a_program_explains_itself(tix: Desk, bin_: Path):
    assert error(tix, "help hello", 2) == told(
        "no command or topic 'hello'",
        "it is a program of its own: tix hello --help may explain it",
    )


def test_help_lists_the_programs_that_are_commands(run: Desk):
    folder = run.home / "bin"
    for name in ("tix-hello", "tix-list", "tix-", "other"):
        program(folder, name)
    program(folder, "tix-closed", mode=0o644)

    page = run("help --all", env={"PATH": f"{folder}:{run.home}/nowhere:{folder}"})

    section = page.partition("\nPrograms on PATH\n")[2].partition("\n\n")[0]
    assert section == "  hello             tix-hello"
    assert "Programs on PATH" not in run("help --all", env={"PATH": str(run.home)})
