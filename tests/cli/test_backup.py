"""``tix backup`` saves the desk, lists what is kept, and goes back."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest
from jsonschema import Draft202012Validator

from tix.cli.schema import bundled

if TYPE_CHECKING:
    from pathlib import Path

    from tests.commandline import Desk


@pytest.fixture
def desk(run: Desk) -> Desk:
    """A desk with one ticket."""
    run(["new", "First", "-m", "Hello"])
    return run


def subjects(desk: Desk) -> list[str]:
    return desk("list --all --sort id -o plain --fields subject").splitlines()


def names(desk: Desk) -> list[str]:
    return desk("backup list -o ids").splitlines()


def test_a_saved_desk_comes_back_as_it_was(desk: Desk, home: Path) -> None:
    saved = desk.run("backup saved.zip")
    exported = desk("show 1 --json")
    desk("new Second")
    desk("note 1 -m more")

    restored = desk.run("backup restore saved.zip --yes")

    assert saved.stdout == "saved.zip\n"
    assert saved.stderr.startswith("saved the desk with its ")
    assert (subjects(desk), desk("show 1 --json")) == (["First"], exported)
    assert restored.stdout.startswith("recent/")
    assert restored.stderr.startswith("brought back saved.zip; the state before is kept: ")
    assert desk("doctor") == ""


def test_numbers_are_not_given_twice_after_going_back(desk: Desk) -> None:
    desk("backup saved.zip")
    desk("new Second")
    desk("backup restore saved.zip --yes")

    assert desk("new Third") == "3\n"


def test_going_back_can_be_taken_back(desk: Desk) -> None:
    desk("backup saved.zip")
    desk("new Second")
    kept = desk("backup restore saved.zip --yes").strip()

    desk(f"backup restore {kept} --yes")

    assert subjects(desk) == ["First", "Second"]


def test_a_generation_that_was_kept_by_itself_comes_back(desk: Desk) -> None:
    later = {"TIX_NOW": "2026-11-21T19:30:00Z"}
    desk("new Second", env=later)
    newest = names(desk)[0]

    desk(f"backup restore {newest} --yes", env=later)

    assert newest.startswith("recent/")
    assert subjects(desk) == ["First"]


def test_what_is_found_by_search_goes_back_as_well(desk: Desk) -> None:
    desk("backup saved.zip")
    desk("new Zebra")
    assert desk("search zebra -o ids") == "2\n"

    desk("backup restore saved.zip --yes")

    assert desk("search zebra -o ids") == ""
    assert desk("search first -o ids") == "1\n"


def test_the_list_tells_when_each_was_kept(desk: Desk) -> None:
    printed = json.loads(desk("backup list --json"))

    assert printed["schema"] == "tix.backup_list/1"
    assert printed["backups"] == [
        {
            "schema": "tix.backup/1",
            "name": name,
            "at": "2026-11-21T18:30:00Z",
            "generation": 1,
            "complete": True,
        }
        for name in names(desk)
    ]
    assert [name.partition("/")[0] for name in names(desk)] == ["recent", "daily"]


def test_without_a_name_the_file_has_the_time_in_its_name(desk: Desk, home: Path) -> None:
    assert desk("backup") == "tix-desk-20261121-183000.zip\n"
    with ZipFile(home / "tix-desk-20261121-183000.zip") as archive:
        assert "tickets.json" in archive.namelist()


def test_a_file_is_never_replaced(desk: Desk) -> None:
    desk("backup saved.zip")

    result = desk.run("backup saved.zip")

    assert result.code == 73
    assert "saved.zip is there already" in result.stderr


def test_nobody_is_asked_where_nobody_is(desk: Desk) -> None:
    desk("backup saved.zip")
    desk("new Second")

    result = desk.run("backup restore saved.zip")

    assert result.code == 5
    assert "Add --yes to say yes." in result.stderr
    assert subjects(desk) == ["First", "Second"]


def test_a_dry_run_changes_nothing(desk: Desk) -> None:
    desk("backup saved.zip")
    desk("new Second")

    result = desk.run("backup restore saved.zip --dry-run")

    assert (result.code, result.stdout) == (0, "")
    assert result.stderr.startswith("would: bring ")
    assert subjects(desk) == ["First", "Second"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("backup restore", 2),
        ("backup one two", 2),
        ("backup list all", 2),
        ("backup restore nowhere.zip --yes", 3),
        ("backup restore daily/00000009-1-1 --yes", 3),
        ("backup restore config.toml --yes", 65),
        ("backup no/such/folder.zip", 73),
    ],
)
def test_what_cannot_be_done_is_refused(desk: Desk, home: Path, words: str, code: int) -> None:
    (home / "config.toml").write_text("")

    assert desk.run(words).code == code
    assert subjects(desk) == ["First"]


def test_a_damaged_backup_is_refused(desk: Desk, home: Path) -> None:
    desk("backup saved.zip")
    content = bytearray((home / "saved.zip").read_bytes())
    content[len(content) // 2] ^= 8
    (home / "saved.zip").write_bytes(bytes(content))
    desk("new Second")

    assert desk.run("backup restore saved.zip --yes").code == 65
    assert subjects(desk) == ["First", "Second"]


def test_a_desk_that_is_gone_comes_back_from_a_file(desk: Desk, home: Path) -> None:
    desk("backup saved.zip")
    shutil.rmtree(home / "desk")

    desk("backup restore saved.zip")

    assert subjects(desk) == ["First"]
    assert desk("doctor") == ""


def test_a_desk_whose_root_is_damaged_can_go_back(desk: Desk, home: Path) -> None:
    desk("new Second")
    desk("backup saved.zip")
    desk("new Third")
    (home / "desk" / "tickets.json").write_bytes(b"")

    assert [name.partition("/")[0] for name in names(desk)] == ["recent", "daily"]
    desk("backup restore saved.zip --yes")

    assert subjects(desk) == ["First", "Second"]
    assert desk("doctor") == ""
    assert desk("new Fourth") == "4\n"


def test_backups_are_their_owners_alone(desk: Desk, home: Path) -> None:
    desk("backup saved.zip")

    assert (home / "saved.zip").stat().st_mode & 0o777 == 0o600


def test_json_is_true_to_its_schemas(desk: Desk) -> None:
    for line, schema in (
        ("backup saved.zip", "backup_file"),
        ("backup restore saved.zip --dry-run", "backup_restored"),
        ("backup restore saved.zip --yes", "backup_restored"),
        ("backup list", "backup_list"),
    ):
        Draft202012Validator(bundled(schema)).validate(json.loads(desk(f"{line} --json")))
