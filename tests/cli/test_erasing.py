"""``tix delete --purge`` and ``tix customer forget``: no byte is left of what was erased."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import pytest

from tests.cli.editors import drafts, editor
from tests.cli.telling import error

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from tests.commandline import Desk

JO = "jo.fox@zebra.test"
LONG = "wallaby " * 4000
LIVES = (
    ["new", "Zanzibar", "-c", JO, "-m", "my quagga", "--attach", "dingo.txt", "--why", "quokka"],
    ["reply", "1", "-m", "an okapi"],
    ["note", "1", "-F", "long.txt"],
    ["edit", "1", "--subject", "Numbat", "--field", "pet=axolotl", "--cc", "emu@bird.test"],
    ["new", "Other", "-c", "bob@other.test", "-m", "hello there"],
    ["edit", "2", "--cc", JO, "--cc", "ann@other.test"],
    ["customer", "edit", JO, "--name", "Foxglove", "--phone", "555123456", "--org", "Narwhal"],
    ["customer", "edit", JO, "--email", "old@zebra.test", "--field", "pet=capybara"],
    ["customer", "edit", JO, "--no-email", "old@zebra.test"],
    ["new", "Third", "-c", JO, "-m", "a pangolin"],
    ["resolve", "3", "--close"],
)
TICKET = ("Zanzibar", "quagga", "quokka", "okapi", "wallaby", "Numbat", "axolotl", "emu", "dingo")
PERSON = (*TICKET, "Foxglove", "555123456", "Narwhal", "zebra", "capybara", "pangolin")


@pytest.fixture
def lived(run: Desk) -> Desk:
    """A desk with days of life, an index and earlier states."""
    (run.home / "dingo.txt").write_text("a dingo")
    (run.home / "long.txt").write_text(LONG)
    for day, words in enumerate(LIVES, 1):
        run(words, env={"TIX_NOW": f"2026-11-{day:02}T12:00:00Z"})
    run("search quagga")
    (run.home / "dingo.txt").unlink()
    (run.home / "long.txt").unlink()
    return run


def left(home: Path, words: Iterable[str]) -> list[tuple[str, str]]:
    """Return which of *words* stand in which file below *home*, in its name or its bytes."""
    found = []
    for file in sorted(home.rglob("*")):
        content = str(file.relative_to(home)).encode()
        content += file.read_bytes() if file.is_file() else b""
        found += [(word, file.name) for word in words if word.encode().lower() in content.lower()]
    return found


def test_the_words_are_everywhere_before(lived: Desk):
    assert {word for word, _ in left(lived.home, PERSON)} == set(PERSON)
    assert len(lived("backup list -o ids").splitlines()) > 10


def test_a_purge_leaves_no_byte_and_a_healthy_desk(lived: Desk):
    assert lived("delete 1 --purge --yes --why 'he asked'") == "1\n"

    assert left(lived.home, TICKET) == []
    assert "healthy" in lived("doctor", tty=True)
    assert "pangolin" in lived("show 3")
    assert lived("search quagga") == ""
    assert lived("search pangolin -o ids") == "3\n"


def test_a_forgotten_customer_leaves_no_byte_and_a_healthy_desk(lived: Desk):
    assert lived(f"customer forget {JO} --yes --why 'he asked'") == "C-1\n"

    assert left(lived.home, PERSON) == []
    assert "healthy" in lived("doctor", tty=True)
    assert lived("list --all --sort id -o ids") == "1\n2\n3\n"
    assert json.loads(lived("show 2 --json"))["participants"] == ["ann@other.test"]
    assert lived("customer list").split("\t")[:2] == ["C-1", "(erased)"]


@pytest.mark.parametrize(
    ("line", "names"), [("delete 1 --purge", ["note-2.md"]), (f"customer forget {JO}", [])]
)
def test_drafts_that_quote_it_go_as_well(lived: Desk, line: str, names: list[str]):
    failing = editor(lived, 'echo "dear quagga" >> "$1"; exit 1')
    for written in ("reply 1", "note 1 2", "note 2"):
        lived.run(written, tty=True, env=failing)
    lived(f"{line} --dry-run")
    assert len(drafts(lived)) == 3

    count = 3 - len(names)
    assert f"with {count} drafts that quoted it" in lived(f"{line} --yes", tty=True)
    assert [file.name for file in drafts(lived)] == names


def test_a_draft_that_is_being_written_on_stays_and_is_told_of(lived: Desk):
    purge = f"{sys.executable} -m tix delete 1 --purge --yes 2> {lived.home}/told"
    failing = editor(lived, f'echo "dear quagga" >> "$1"; {purge}; exit 1')
    lived.run("reply 1", tty=True, env=failing)

    assert "a draft that is being written on may quote it" in (lived.home / "told").read_text()
    assert len(drafts(lived)) == 1


def test_mail_that_comes_later_makes_a_new_customer(lived: Desk):
    lived("customer forget C-1 --yes")
    lived(f"new Again -c {JO}")

    assert json.loads(lived("show 4 --json"))["customer"]["id"] == "C-3"


def test_it_shows_that_it_was_erased_by_whom_and_why(lived: Desk):
    lived("delete 1 --purge --yes --why 'he asked'")
    page = lived("show 1 --log")

    assert page.startswith("1  (erased)\n")
    assert page.count("  (erased)\n") == 4
    assert "agent:alice  redacted (he asked)" in page
    assert lived("log 1 -L 1 --fields kind,by,cause") == "redacted\tagent:alice\the asked\n"
    assert lived("log --ops -L 1 --fields command,why") == "purge\the asked\n"


def test_it_needs_a_yes(lived: Desk):
    before = left(lived.home, PERSON)

    assert error(lived, "delete 1 2 --purge", 5).startswith(
        "nobody is there to answer: erase 2 tickets for good?"
    )
    asked = lived.run("delete --where is:open --purge")
    assert (asked.stdout, asked.code) == ("", 5)
    assert "nobody is there to answer: erase for good 2 tickets?" in asked.stderr
    assert error(lived, "customer forget C-1", 5).startswith(
        "nobody is there to answer: erase C-1 and the texts of 2 tickets for good?"
    )
    assert left(lived.home, PERSON) == before


def test_a_person_is_asked(lived: Desk):
    with lived.spawn("delete 1 --purge") as child:
        child.expect(r"erase 1 ticket for good\? \[y/N\]")
        child.sendline("n")
        child.expect("declined")
    with lived.spawn("customer forget C-1") as child:
        child.expect(r"for good\? \[y/N\]")
        child.sendline("y")
        child.expect("customer C-1")
        child.wait()

    assert left(lived.home, PERSON) == []


def test_a_dry_run_tells_it_and_leaves_all(lived: Desk):
    before = left(lived.home, PERSON)

    assert lived("delete 1 --purge -n", tty=True).endswith("would: erased 1: (erased)\n")
    assert lived("customer forget C-1 -n") == "C-1\n"
    assert left(lived.home, PERSON) == before


def test_what_still_holds_it_is_told(lived: Desk):
    told = lived.run("delete 1 --purge --yes").stderr
    (lived.home / "desk" / "damaged").mkdir()
    (lived.home / "desk" / "damaged" / "page.json").write_text("{}")
    change = json.loads(lived("customer forget C-1 --yes --json"))

    assert "the earlier states of this desk ('tix backup list') held it and are erased" in told
    assert "'tix backup' or 'tix export' wrote elsewhere still hold it" in told
    assert [warning["code"] for warning in change["warnings"]] == ["past_erased", "damaged_files"]


def test_nothing_brings_it_back(lived: Desk):
    lived("delete 1 --purge --yes")

    assert error(lived, "undo", 5) == (
        "operation 12 erased texts for good; nothing brings them back\n"
        "hint: tix undo --list shows what can be taken back\n"
    )
    lived("restore 1")
    lived("undo 4")
    assert left(lived.home, TICKET) == []
    assert "healthy" in lived("doctor", tty=True)


def test_an_erased_ticket_goes_to_another_desk_as_it_is(lived: Desk):
    lived("delete 1 --purge --yes")
    lived("export --to all.jsonl")
    lived("--db other init")
    lived("--db other import all.jsonl")
    lived("--db other export --to again.jsonl")

    home = lived.home
    assert (home / "again.jsonl").read_text() == (home / "all.jsonl").read_text()
    assert "healthy" in lived("--db other doctor", tty=True)


def test_a_backup_that_cannot_go_is_an_error_and_the_next_try_takes_it(lived: Desk):
    planted = lived.home / "desk" / "backups" / "copies" / "folder"
    planted.mkdir()
    result = lived.run("delete 1 --purge --yes")
    planted.rmdir()

    assert result.code == 74
    assert "the change is saved, and earlier states still hold what it erased" in result.stderr
    assert lived("delete 1 --purge --yes") == "1\n"
    assert left(lived.home, TICKET) == []


def test_a_repair_brings_nothing_back(lived: Desk):
    lived("delete 1 --purge --yes")
    (lived.home / "desk" / "settled" / "00" / "0.json").write_text("{}")
    lived("doctor --repair", code=1)

    assert "healthy" in lived("doctor", tty=True)
    assert "redacted" in lived("show 1 --log")
    assert left(lived.home, TICKET) == []


def test_lines_of_json_erase_as_well(lived: Desk):
    line = lived("delete 1 --purge -n -o jsonl")

    assert lived("apply -", input=line) == "1\n"
    assert left(lived.home, TICKET) == []
    assert error(lived, "undo", 5).startswith("operation 12 erased texts for good")
