"""``tix show --save``: what customers sent, in a folder, whatever they called it."""

from __future__ import annotations

import json
import stat
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.commandline import Desk


@pytest.fixture
def desk(run: Desk) -> Desk:
    """A desk with a ticket to which a customer sent two files of one name, and an agent one."""
    for folder, text in (("a", "first"), ("b", "second")):
        (run.home / folder).mkdir()
        (run.home / folder / "bill.pdf").write_text(text)
    (run.home / "note.txt").write_text("note")
    run("new Refund -c jo@example.com -m 'See here.' --attach a/bill.pdf --attach b/bill.pdf")
    run("note 1 -m Mine --attach note.txt")
    run("new Other")
    return run


def test_all_files_of_a_ticket_are_written_and_named(desk: Desk, home: Path):
    shown = desk("show 1 --save got/here")

    assert shown.splitlines() == [
        "1\t1\t5\tapplication/pdf\tgot/here/1-1-bill.pdf",
        "1\t1\t6\tapplication/pdf\tgot/here/1-1-bill-2.pdf",
        "1\t2\t4\ttext/plain\tgot/here/1-2-note.txt",
    ]
    folder = home / "got" / "here"
    assert {path.name: path.read_text() for path in folder.iterdir()} == {
        "1-1-bill.pdf": "first",
        "1-1-bill-2.pdf": "second",
        "1-2-note.txt": "note",
    }
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}


def test_the_names_go_on_in_a_pipe(desk: Desk):
    assert desk("show 1 --save got -o ids").split() == [
        "got/1-1-bill.pdf",
        "got/1-1-bill-2.pdf",
        "got/1-2-note.txt",
    ]


def test_json_tells_where_each_came_from(desk: Desk):
    first = json.loads(desk("show 1 --save got --json"))["attachments"][0]

    assert first == {
        "schema": "tix.attachment/1",
        "ticket": 1,
        "message": 1,
        "name": "bill.pdf",
        "sha256": "a7937b64b8caa58f03721bb6bacf5c78cb235febe0e70b1b84cd99541461a08e",
        "size_bytes": 5,
        "type": "application/pdf",
        "path": "got/1-1-bill.pdf",
    }


def test_what_was_saved_before_is_left_and_what_is_another_file_as_well(desk: Desk, home: Path):
    desk("show 1 --save got")
    desk("show 1 --save got")
    (home / "got" / "1-2-note.txt").write_text("changed since")
    result = desk.run("show 1 --save got")

    assert (result.code, result.stderr.splitlines()[0]) == (
        73,
        f"tix: error: {home}/got/1-2-note.txt is there already",
    )
    assert (home / "got" / "1-2-note.txt").read_text() == "changed since"


@pytest.mark.parametrize(
    ("name", "saved"),
    [
        (".bashrc", "1-1-bashrc"),
        ("...", "1-1-file"),
        ("a\x1b[31m\nb.txt", "1-1-a_[31m_b.txt"),
        ("C:\\temp\\x.doc", "1-1-C__temp_x.doc"),
        ("é" * 100 + ".png", f"1-1-{'é' * 75}.png"),
    ],
)
def test_no_name_harms_a_terminal_or_hides(run: Desk, home: Path, name: str, saved: str):
    (home / name).write_text("x")
    run(["new", "x", "-m", "y", "--attach", name])
    run("show 1 --save got")

    assert [path.name for path in (home / "got").iterdir()] == [saved]


def test_no_name_leads_out_of_the_folder(desk: Desk, home: Path):
    exported = desk("export").replace('"note.txt"', '"../../evil.sh"')
    other = {"TIX_DB": str(home / "other")}
    desk("init", env=other)
    desk("import -", input=exported, env=other)
    desk("show 1 --save got", env=other)

    assert (home / "got" / "1-2-_.._evil.sh").read_text() == "note"


def test_a_ticket_without_files_says_so_and_makes_no_folder(desk: Desk, home: Path):
    result = desk.run("show 2 --save got")

    assert (result.stdout, result.stderr, result.code) == ("", "there are no attachments\n", 0)
    assert not (home / "got").exists()


def test_a_folder_that_cannot_be_made_is_told(desk: Desk, home: Path):
    (home / "got").write_text("a file")

    assert desk.run("show 1 --save got").code == 73
