"""``tix doctor`` tells what is wrong with a desk, and by its exit code whether anything is."""

from __future__ import annotations

import json
import os
import sqlite3
from typing import TYPE_CHECKING

import pytest
from jsonschema import Draft202012Validator

from tix.cli.schema import bundled

if TYPE_CHECKING:
    from pathlib import Path

    from tests.commandline import Desk


@pytest.fixture
def desk(run: Desk) -> Desk:
    """A desk with two tickets."""
    run(["new", "First", "-m", "Hello", "-c", "jo@x.com"])
    run("new Second")
    return run


def test_a_healthy_desk_is_silence_and_a_sentence(desk: Desk) -> None:
    result = desk.run("doctor")

    assert (result.stdout, result.code) == ("", 0)
    assert result.stderr.startswith("the desk is healthy (time zones ")
    assert f"SQLite {sqlite3.sqlite_version}" in result.stderr


def test_damage_is_told_with_what_a_repair_does(desk: Desk, home: Path) -> None:
    (home / "desk" / "history" / "1.json").write_bytes(b"")

    result = desk.run("doctor")

    remedy = "take the records that can be read, and the others from the newest backup"
    assert result.code == 1
    assert result.stdout == f"damaged_file\thistory/1.json\tit is empty\t{remedy}\n"
    assert result.stderr == "repair it with: tix doctor --repair\n"


def test_a_repair_that_loses_nothing_ends_with_1_and_the_next_look_with_0(
    desk: Desk, home: Path
) -> None:
    head = home / "desk" / "tickets.json"
    head.write_bytes(head.read_bytes().replace(b"Second", b"Sekond"))

    result = desk.run("doctor --repair")

    assert (result.code, result.stdout) == (
        1,
        "damaged_file\ttickets.json\tits checksum does not fit\trepaired\n",
    )
    assert result.stderr == "healthy now; what was replaced is in damaged/20261121-183000\n"
    assert desk("list -o plain --sort id --fields subject") == "First\nSecond\n"
    assert desk.run("doctor").code == 0


def test_a_repair_that_loses_something_ends_with_65_and_says_what(desk: Desk, home: Path) -> None:
    (home / "desk" / "history" / "1.json").write_bytes(b"")

    result = desk.run("doctor --repair")

    assert result.code == 65
    assert result.stdout.splitlines()[-1] == ("lost\t\tticket 1: events are lost (1 of 1)\tlost")
    assert desk.run("doctor").code == 0
    assert json.loads((home / "desk/damaged/20261121-183000/report.json").read_text())["lost"]
    assert json.loads(desk("show 1 --json"))["subject"] == "First"


def test_a_repair_of_a_healthy_desk_does_nothing(desk: Desk, home: Path) -> None:
    result = desk.run("doctor --repair")

    assert (result.code, result.stdout) == (0, "")
    assert not (home / "desk" / "damaged").exists()


def test_json_tells_what_became_of_each_problem(desk: Desk, home: Path) -> None:
    (home / "desk" / "people.json").touch(0o644)
    (home / "desk" / "people.json").chmod(0o644)
    (home / "desk" / "people.json").write_bytes(b"")

    looked = json.loads(desk.run("doctor --json").stdout)
    repaired = json.loads(desk.run("doctor --repair --json").stdout)

    assert looked["schema"] == "tix.problem_list/1"
    assert (looked["healthy"], repaired["healthy"]) == (False, True)
    assert looked["problems"][0] == {
        "schema": "tix.problem/1",
        "code": "mode",
        "place": "people.json",
        "what": "others have rights to it: -rw-r--r--",
        "repair": "make it its owner's alone",
        "warning": False,
        "outcome": None,
    }
    assert {(one["code"], one["outcome"]) for one in repaired["problems"]} == {
        ("mode", "repaired"),
        ("damaged_file", "repaired"),
    }


def test_warnings_are_told_and_do_no_harm(desk: Desk, home: Path) -> None:
    file = home / "desk" / "notes.txt"
    file.touch(0o600)

    result = desk.run("doctor")

    assert (result.code, result.stdout) == (0, "unknown_file\tnotes.txt\ttix did not make it\t\n")
    assert desk.run("doctor --repair").code == 0


def test_leftovers_that_a_repair_removes_are_told_as_repaired(desk: Desk, home: Path) -> None:
    stray = home / "desk" / ".tmp-0123456789abcdef-setup.json"
    stray.touch(0o600)
    os.utime(stray, (1, 1))

    assert desk.run("doctor").code == 0
    assert desk.run("doctor --repair").code == 1
    assert not stray.exists()


def test_every_command_refuses_what_the_doctor_can_repair(desk: Desk, home: Path) -> None:
    root = home / "desk" / "tickets.json"
    content = root.read_bytes()
    root.write_bytes(content[:-10])

    assert desk.run("list").code == 65
    assert desk.run("new Third").code == 65
    assert root.read_bytes() == content[:-10]
    desk.run("doctor --repair")
    assert desk("new Third") == "3\n"


def test_without_a_desk_there_is_nothing_to_look_at(desk: Desk, tmp_path: Path) -> None:
    elsewhere = {"TIX_DB": str(tmp_path / "none")}

    assert desk.run("doctor", env=elsewhere).code == 73
    assert desk.run("doctor --repair", env=elsewhere).code == 73
    assert not (tmp_path / "none").exists()


def test_a_folder_that_is_no_desk_is_left_alone(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir(0o700)
    (tmp_path / "photos" / "cat.jpg").write_bytes(b"meow")

    result = desk.run("doctor --repair", env={"TIX_DB": str(tmp_path / "photos")})

    assert result.code == 73
    assert [file.name for file in (tmp_path / "photos").iterdir()] == ["cat.jpg"]


def test_a_desk_of_a_later_tix_is_refused(desk: Desk, home: Path) -> None:
    from tix.store.page import dump, load

    root = home / "desk" / "tickets.json"
    tables = load("tickets.json", root.read_bytes())
    tables["desk"]["1"]["schema"] = 99
    root.write_bytes(dump(tables))

    assert desk.run("doctor").code == 65
    assert desk.run("doctor --repair").code == 65
    assert root.read_bytes() == dump(tables)


def test_json_is_true_to_its_schemas(desk: Desk, home: Path) -> None:
    (home / "desk" / "history" / "1.json").write_bytes(b"")
    for line in ("doctor", "doctor --repair", "doctor"):
        printed = json.loads(desk.run(f"{line} --json").stdout)
        Draft202012Validator(bundled("problem_list")).validate(printed)


def test_what_is_in_the_way_on_this_machine_is_told(desk: Desk, tix: Desk, tmp_path: Path) -> None:
    info = tmp_path / "tix_cli-0.4.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: tix-cli\nVersion: 0.4\n")
    elsewhere = {"PYTHONPATH": f"{tix.env['PYTHONPATH']}:{tmp_path}"}

    result = tix.run("doctor -o ids", env=elsewhere)

    assert (result.code, result.stdout) == (0, "clash\n")
