"""``tix init``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cli.telling import error
from tests.commandline import Desk, in_a_process, in_this_process

if TYPE_CHECKING:
    from pathlib import Path

NEXT = """\
open a ticket with: tix new 'First ticket'; bring tickets in with: tix import
promised to customers, in business hours (mon-fri 09:00-17:00, Europe/Zagreb):
  an answer in 15m (urgent), 1h (high), 4h (normal), 8h (low)
  a solution in 4h (urgent), 1bd (high), 3bd (normal), 5bd (low)
see tix sla policies; change it with tix setup edit
"""


@pytest.fixture
def nowhere(tmp_path: Path) -> Desk:
    """The command line where there is no desk yet."""
    return Desk(tmp_path, in_this_process)


def test_a_desk_is_made_and_its_place_told(nowhere: Desk):
    result = nowhere.run("init")

    assert (result.stdout, result.stderr) == (f"{nowhere.home}/desk\n", NEXT)
    assert nowhere("new First") == "1\n"


def test_a_desk_can_be_made_elsewhere_in_a_zone_of_its_own(nowhere: Desk):
    place = nowhere.home / "a" / "b"

    assert nowhere(["init", str(place), "--tz", "Asia/Tokyo", "-q"]) == f"{place}\n"
    assert nowhere(f"--db {place} when now", env={"TIX_TZ": ""}).startswith(
        "now\t2026-11-21T18:30:00Z\tSun 2026-11-22 03:30 JST"
    )


def test_on_a_terminal_it_says_the_same(tmp_path: Path):
    shown = Desk(tmp_path, in_a_process)("init", tty=True)

    assert shown == f"{tmp_path}/desk\n{NEXT}"


def test_a_desk_is_for_its_owner_alone(nowhere: Desk):
    nowhere("init")

    modes = {oct(path.stat().st_mode & 0o777) for path in (nowhere.home / "desk").rglob("*")}
    assert modes <= {"0o600", "0o700"}


def test_nothing_is_made_where_something_is(nowhere: Desk):
    nowhere("init")
    (nowhere.home / "file").write_text("mine")

    for place in ("desk", "file", "."):
        assert error(nowhere, ["init", str(nowhere.home / place)], 73).startswith(
            f"there is something at {nowhere.home / place} already\n"
        )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["init", "a", "b"], "got unexpected extra argument (b)\n"),
        (["init", ""], "--db is empty; it takes a folder\n"),
        (["init", "--tz", "Nowhere/Land"], "--tz: there is no time zone 'Nowhere/Land'\n"),
    ],
)
def test_what_makes_no_sense_makes_no_desk(nowhere: Desk, words: list[str], said: str):
    assert error(nowhere, words, 2).startswith(said)
    assert list(nowhere.home.iterdir()) == []
