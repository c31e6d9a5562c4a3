"""``tix import``."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.cli.telling import content, error
from tests.commandline import ROOT, Result, environment

if TYPE_CHECKING:
    from pathlib import Path

    from tests.commandline import Desk

EXAMPLES = ROOT / "docs" / "examples"
MAP = '[ticket]\nsubject = "what"\ncreated = "at"\nstatus = "state"\n'
ROWS = "what,at,state\nBroken,2026-11-01,open\nLost,2026-11-02,closed\n"


@pytest.fixture
def desk(run: Desk) -> Desk:
    """An empty desk, with a CSV file and a map beside it."""
    (run.home / "old.csv").write_text(ROWS)
    (run.home / "old.toml").write_text(MAP)
    return run


def test_rows_become_tickets_and_their_numbers_are_printed(desk: Desk):
    result = desk.run("import old.csv --map old.toml")

    assert (result.stdout, result.stderr, result.code) == (
        "1\n2\n",
        "imported 2 tickets from old: 1-2\n",
        0,
    )
    assert desk("list --all -o tsv --fields id,status,subject --sort id") == (
        "id\tstatus\tsubject\n1\topen\tBroken\n2\tclosed\tLost\n"
    )


def test_a_person_reads_a_sentence(desk: Desk):
    assert desk("import old.csv --map old.toml", tty=True) == "imported 2 tickets from old: 1-2\n"
    assert desk("import old.csv --map old.toml", tty=True) == (
        "imported 0 tickets from old; 2 here already, unchanged\n"
    )


def test_the_json_tells_all(desk: Desk):
    (desk.home / "old.csv").write_text(ROWS + "Bad,soon,open\n")

    printed = desk("import old.csv --map old.toml --json --keep-going", code=1)

    assert json.loads(printed) == {
        "schema": "tix.import/1",
        "source": "old",
        "op": 1,
        "dry_run": False,
        "imported": 2,
        "tickets": [[1, 2]],
        "known": 0,
        "rejected": 1,
        "problems": [
            {
                "place": "old.csv line 4",
                "column": "at",
                "why": "'soon' is not a time such as 2026-11-24 17:00 or 2026-11-24T17:00:00Z",
            }
        ],
        "warnings": [],
    }


def test_a_second_run_leaves_every_byte_as_it_is(desk: Desk):
    desk("import old.csv --map old.toml")
    before = content(desk.home)

    result = desk.run("import old.csv --map old.toml")

    assert (result.stdout, result.code) == ("", 0)
    assert content(desk.home) == before


def test_a_dry_run_leaves_every_byte_as_it_is(desk: Desk):
    before = content(desk.home)

    assert desk.run("import old.csv --map old.toml -n").stderr == (
        "would import 2 tickets from old: 1-2\n"
    )
    assert content(desk.home) == before


def test_a_bad_row_is_named_and_nothing_comes_in(desk: Desk):
    (desk.home / "old.csv").write_text(ROWS + "Bad,soon,open\nWorse\n")

    before = content(desk.home)

    result = desk.run("import old.csv --map old.toml")

    assert (result.stdout, result.code) == ("", 65)
    assert result.stderr == (
        "old.csv line 4: at: 'soon' is not a time such as 2026-11-24 17:00 or "
        "2026-11-24T17:00:00Z\n"
        "old.csv line 5: 1 cell where the header has 3\n"
        "tix: error: 2 of 4 rows cannot be imported, so nothing was: old.csv line 4: at: "
        "'soon' is not a time such as 2026-11-24 17:00 or 2026-11-24T17:00:00Z\n"
        "hint: mend them, or leave them out with --keep-going\n"
    )
    assert content(desk.home) == before


def test_bad_rows_are_left_out_on_request_and_the_code_is_1(desk: Desk):
    (desk.home / "old.csv").write_text(ROWS + "Bad,soon,open\nWorse\n")

    result = desk.run("import old.csv --map old.toml --keep-going")

    assert (result.stdout, result.code) == ("1\n2\n", 1)
    assert result.stderr.endswith("imported 2 tickets from old: 1-2; 2 bad rows left out\n")


def test_what_a_stranger_wrote_does_not_steer_the_terminal(desk: Desk):
    (desk.home / "\x1b[2Jold.csv").write_text("what\x1b[31m,at,state\nx\x1b]0;a\x07,soon\x1b[2J,\n")
    (desk.home / "old.toml").write_text(MAP.replace('"what"', r'"what\u001b[31m"'))

    said = desk.run(["import", "\x1b[2Jold.csv", "--map", "old.toml"])

    assert said.code == 65
    assert "\x1b" not in said.stderr


def test_a_map_that_means_nothing_is_an_error_of_its_own(desk: Desk):
    (desk.home / "old.toml").write_text('[ticket]\nsubjct = "what"\n')

    assert error(desk, "import old.csv --map old.toml", 78) == (
        "old.toml:2: unknown field 'subjct' in [ticket]\nhint: Did you mean 'subject'?\n"
    )


def test_a_column_that_is_not_there_is_an_error(desk: Desk):
    (desk.home / "old.toml").write_text('[ticket]\nsubject = "waht"\n')

    assert error(desk, "import old.csv --map old.toml", 65) == (
        "old.toml names the column 'waht', and old.csv has none\nhint: Did you mean 'what'?\n"
    )


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        ("import", 2, "missing argument 'FILE'"),
        ("import gone.csv", 2, "gone.csv is no file"),
        ("import old.csv", 2, "old.csv needs a map that says which column is which field"),
        ("import old.csv --map gone.toml", 2, "gone.toml is no file"),
        ("import old.csv --map big.toml", 2, "big.toml is too large for a map"),
        ("import old.csv --map latin.toml", 2, "latin.toml is not UTF-8 (byte 0)"),
        ("import old.csv --map old.toml --name 'a b'", 78, "'a b' cannot be the name of a source"),
        ("import old.csv --from zendesk", 2, "old.csv is a file; zendesk needs the folder of the"),
        ("import . --from csv", 2, "is a folder; csv needs a file"),
        ("import . --from jsonl --guess", 2, "is a folder; jsonl needs a file"),
        ("import old.csv --from jsonl --map old.toml", 2, "--map and --guess are for CSV"),
        ("import empty --guess --from jsonl", 2, "--map and --guess are for CSV, and empty is"),
        ("import .", 65, "has no ticket_data.csv or ticket.csv or tickets.csv"),
        ("import empty", 65, "empty is empty; its first line must name the columns"),
        ("import old.csv --from jsonl", 65, "old.csv line 1: it is no JSON: expecting value"),
        ("import new.jsonl", 65, "new.jsonl is 'tix.export/9', and this tix reads tix.export/1"),
        ("import old.csv --from excel", 2, "'excel' is not one of csv, jsonl, zendesk"),
    ],
)
def test_what_cannot_be_imported_is_refused(desk: Desk, line: str, code: int, said: str):
    (desk.home / "empty").write_bytes(b"")
    (desk.home / "big.toml").write_bytes(b" " * 1_000_001)
    (desk.home / "latin.toml").write_bytes(b"\xe9 = 1")
    (desk.home / "new.jsonl").write_text('{"schema":"tix.export/9"}\n')

    result = desk.run(line)

    assert result.code == code
    assert said in result.stderr
    assert "Traceback" not in result.stderr


def test_a_link_to_nowhere_is_no_file(desk: Desk):
    (desk.home / "loop.csv").symlink_to("loop.csv")

    assert "loop.csv is no file" in desk.run("import loop.csv").stderr


def test_stdin_is_read_where_it_is_asked_for(desk: Desk):
    assert desk("import - --map old.toml", input=ROWS) == "1\n2\n"
    assert desk("import -", input='{"subject": "From a pipe"}\n') == "3\n"
    assert desk("import - --from csv", input="subject\nPlain\n") == "4\n"


def test_a_pipe_of_the_shell_is_a_file_as_well(desk: Desk):
    os.mkfifo(desk.home / "pipe")
    with subprocess.Popen(["/bin/sh", "-c", "cat old.csv > pipe"], cwd=desk.home):
        assert desk("import pipe --map old.toml") == "1\n2\n"


def test_the_last_ticket_is_the_last_one_that_came(desk: Desk):
    desk("import old.csv --map old.toml")

    assert desk("note @last -m x") == "2\n"


def test_a_closed_stdin_is_an_error(tix: Desk):
    done = subprocess.run(
        ["/bin/sh", "-c", f"exec {sys.executable} -m tix import - <&-"],
        env=environment(tix.home),
        capture_output=True,
        text=True,
        check=False,
    )

    assert Result(done.stdout, done.stderr, done.returncode) == Result(
        "", "tix: error: - needs stdin, and it is closed\n", 2
    )


def test_a_file_tells_what_it_is_by_its_name_or_its_beginning(desk: Desk):
    (desk.home / "a.ndjson").write_text('{"subject": "a"}\n')
    (desk.home / "b.txt").write_text("subject\nb\n")
    (desk.home / "c").write_text('\n {"subject": "c"}\n')
    (desk.home / "d").write_text("subject\nd\n")

    for name in "a.ndjson", "b.txt", "c", "d":
        desk(["import", name])

    assert desk("list --all -o plain --fields subject --sort id") == "a\nb\nc\nd\n"


def test_a_source_can_be_given_a_name(desk: Desk):
    desk("import old.csv --map old.toml --name acme")

    assert "import:acme" in desk("log 1 -o plain")
    assert desk("import old.csv --map old.toml --name other") == "3\n4\n"


def test_a_guessed_map_can_be_used_as_it_is(desk: Desk):
    (desk.home / "guessed.toml").write_text(desk("import --guess old.csv"))

    assert desk("import old.csv --map guessed.toml") == "1\n2\n"


def test_an_import_is_one_operation_that_can_be_undone(desk: Desk):
    desk("import old.csv --map old.toml --why 'we moved'")

    assert desk("undo") == "1\n"
    assert desk("list is:trashed --count") == "2\n"


def test_all_complaints_come_in_with_the_map_of_the_examples(desk: Desk, shared_data: Path):
    shutil.copy(EXAMPLES / "complaints.toml", desk.home)

    result = desk.run(["import", str(shared_data / "complaints.csv"), "--map", "complaints.toml"])

    assert len(result.stdout.splitlines()) == 3186
    assert result.stderr == (
        "tix: warning: 6 tickets ended before beginning, and now end on beginning: "
        + ", ".join(f"complaints.csv line {n}" for n in (126, 215, 225, 277, 278, 322))
        + "\nimported 3186 tickets from complaints: 1-3186\n"
    )
    assert desk("list --count") == "3\n"
    assert desk("list is:closed --count") == "3183\n"
    assert desk("list --all --count 'category:Mortgage/Other mortgage'") == "315\n"
    assert desk("list --all --count channel:letter") == "168\n"
    shown = json.loads(desk("show 1 --json"))
    assert (shown["subject"], shown["category"], shown["channel"], shown["customer"]) == (
        "Managing the loan or lease",
        "Consumer Loan/Vehicle loan",
        "phone",
        None,
    )
    assert (shown["created_at"], shown["closed_at"]) == (
        "2013-07-29T04:00:00Z",
        "2013-07-30T04:00:00Z",
    )


def test_the_sample_of_zendesk_comes_in_whole(desk: Desk):
    result = desk.run(["import", str(EXAMPLES / "zendesk-sample")])

    assert result.stdout == "".join(f"{n}\n" for n in range(1, 11))
    assert result.stderr == "imported 10 tickets from zendesk: 1-10\n"
    assert desk("customer list -o plain --fields name") == (
        "Jo Lindqvist\nAnders Holm\nRuth Alder\nZlatko Kovačević\nAmina Haddad\nTom Baker\n"
    )


def test_an_export_of_zendesk_that_barely_joins_is_survived(desk: Desk, shared_data: Path):
    folder = str(shared_data / "zendesk-export")

    first, second = (desk.run(["import", "--from", "zendesk", folder]) for _ in range(2))

    assert (first.code, second.code) == (0, 0)
    assert first.stderr.count("tix: warning: ") == 9
    assert second.stderr.endswith("imported 0 tickets from zendesk; 10 here already, unchanged\n")


def test_long_work_shows_a_bar_on_a_terminal(desk: Desk):
    (desk.home / "long.csv").write_text("subject\n" + "a\n" * 4000)

    shown = desk("import long.csv", tty=True)

    assert "imported 4000 tickets from long: 1-4000" in shown
