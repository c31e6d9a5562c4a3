"""``tix export``."""

from __future__ import annotations

import csv
import io
import json
import stat
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.cli.telling import content, error
from tests.commandline import environment
from tix.cli.newfile import new_file
from tix.errors import CannotCreate

if TYPE_CHECKING:
    from tests.commandline import Desk


def test_jsonl_makes_an_equal_desk(desk: Desk):
    (desk.home / "note.txt").write_bytes(b"\x00\xff")
    desk("reply 1 -m 'Here you are.' --attach note.txt")
    desk("resolve 2 --close")
    exported = desk("export")

    desk("init other")
    desk("--db other import -", input=exported)

    assert desk("--db other export") == exported
    before = content(desk.home / "other")
    assert desk("--db other import -", input=exported) == ""
    assert content(desk.home / "other") == before


def test_a_query_chooses_and_settled_tickets_are_asked_for(desk: Desk):
    desk("resolve 2 --close")

    def ids(line: str) -> list[int]:
        lines = map(json.loads, desk(line).splitlines())
        return [record["id"] for record in lines if record.get("record") == "ticket"]

    assert ids("export") == [1, 2, 3]
    assert ids("export tag:web") == [1]
    assert ids("export tag:web --all") == [1, 2]


def test_csv_is_made_safe_for_spreadsheets_unless_raw(desk: Desk):
    desk(["new", "=HYPERLINK(1)"])

    def subjects(line: str) -> list[str]:
        return [row["subject"] for row in csv.DictReader(io.StringIO(desk(line)))]

    assert subjects("export --format csv id:4") == ["'=HYPERLINK(1)"]
    assert subjects("export -o csv id:4 --raw") == ["=HYPERLINK(1)"]


def test_events_are_rows_on_request(desk: Desk):
    desk("prio 1 low")

    rows = list(csv.DictReader(io.StringIO(desk("export id:1 --format csv --events"))))

    assert [row["kind"] for row in rows] == ["opened", "prioritized"]


def test_a_file_is_there_whole_and_its_owners_alone(desk: Desk):
    result = desk.run("export --to out.jsonl")

    assert (result.stdout, result.stderr, result.code) == (
        "",
        "exported 3 tickets to out.jsonl\n",
        0,
    )
    out = desk.home / "out.jsonl"
    assert out.read_text() == desk("export")
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert desk.run("export id:1 --format csv --to one.csv").stderr == (
        "exported 1 ticket to one.csv\n"
    )
    assert list(desk.home.glob(".o*")) == []


def test_a_file_that_is_there_is_replaced_only_by_force(desk: Desk):
    out = desk.home / "out.jsonl"
    out.write_text("mine")

    assert error(desk, "export --to out.jsonl", 73) == (
        f"{out} is there already\nhint: another name, or --force\n"
    )
    desk("export --to out.jsonl --force")
    assert out.read_text() == desk("export")


def test_a_link_is_replaced_and_never_followed(desk: Desk):
    (desk.home / "target").write_text("mine")
    (desk.home / "link").symlink_to("target")

    error(desk, "export --to link", 73)
    desk("export --to link --force")

    assert (desk.home / "target").read_text() == "mine"
    assert not (desk.home / "link").is_symlink()


def test_a_file_that_appears_meanwhile_is_not_replaced(tmp_path: Path):
    target = tmp_path / "out"

    with (
        pytest.raises(CannotCreate, match="is there already"),
        new_file(target) as file,
    ):
        file.write(b"ours")
        target.write_text("theirs")

    assert target.read_text() == "theirs"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        ("export --to desk", 73, "is a folder or a device, and no file"),
        ("export --to desk --force", 73, "is a folder or a device, and no file"),
        ("export --to /dev/null --force", 73, "/dev/null is a folder or a device, and no file"),
        ("export --to gone/out", 73, "gone/out cannot be written: No such file or directory"),
        ("export --to file/out", 73, "file/out cannot be written: Not a directory"),
        ("export subjct:x", 2, "unknown field"),
        ("export --json", 2, "an export is jsonl or csv, not json"),
        ("export -o table", 2, "an export is jsonl or csv, not table"),
        ("export --events", 2, "--events and --raw are for CSV"),
        ("export --raw", 2, "--events and --raw are for CSV"),
        ("export --format csv --no-files", 2, "--no-files is for JSONL"),
        ("export --format xml", 2, "'xml' is not one of jsonl, csv"),
        ("--db gone export", 73, "there is no desk"),
    ],
)
def test_what_cannot_be_written_is_refused(desk: Desk, line: str, code: int, said: str):
    (desk.home / "file").write_text("")

    result = desk.run(line)

    assert (result.stdout, result.code) == ("", code)
    assert said in result.stderr
    assert "Traceback" not in result.stderr


def test_attachments_can_be_left_out(desk: Desk):
    (desk.home / "note.txt").write_text("x")
    desk("note 1 -m 'See.' --attach note.txt")

    assert '"base64"' in desk("export --to -")
    assert '"base64"' not in desk("export --no-files")


def test_nothing_is_left_behind_by_an_export_that_failed(desk: Desk):
    before = sorted(desk.home.iterdir())

    assert desk.run("export subjct:x --to out.csv").code == 2
    assert sorted(desk.home.iterdir()) == before


def test_a_full_disk_is_no_success(tix: Desk):
    tix.fast(["new", "long", "-m", "x" * 30_000])

    done = subprocess.run(
        ["/bin/sh", "-c", f"{sys.executable} -m tix export > /dev/full"],
        env=environment(tix.home),
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.stderr, done.returncode) == (
        "tix: error: input or output failed: No space left on device\n",
        74,
    )


def test_reading_a_desk_to_export_it_changes_nothing(desk: Desk):
    before = content(desk.home)

    desk("export")
    desk("export --format csv")

    assert content(desk.home) == before
    assert Path(desk.env["TIX_DB"]).is_dir()
