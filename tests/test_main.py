"""The way in: what it answers before anything else is loaded."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.commandline import ROOT
from tix import __version__

if TYPE_CHECKING:
    from tests.commandline import Desk


@pytest.mark.parametrize("line", ["--version", "-V", "list --version", "--quiet -V"])
def test_the_version_is_one_line(run: Desk, line: str):
    assert run(line) == f"tix {__version__}\n"


def test_it_is_the_version_of_the_distribution():
    assert "version = attr: tix.__version__" in (ROOT / "setup.cfg").read_text("utf-8")


def test_without_words_it_takes_those_of_the_process():
    code = "import sys; from tix.__main__ import main; sys.exit(main())"
    done = subprocess.run(
        [sys.executable, "-c", code, "-V"], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert (done.stdout, done.returncode) == (f"tix {__version__}\n", 0)


def test_a_process_of_its_own_ends_with_the_code_of_the_command(tix: Desk):
    assert tix("list --exit-status", code=1) == ""
    assert tix("show 1", code=3) == ""


@pytest.mark.parametrize("line", ["__complete", "__complete nonsense", "__complete ticket x"])
def test_completion_never_fails(run: Desk, line: str):
    result = run.run(line)

    assert (result.stdout, result.stderr, result.code) == ("", "", 0)
