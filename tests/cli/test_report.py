"""``tix report``: figures on the screen, in a pipe, in files and as pictures."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import stat
from typing import TYPE_CHECKING

import pytest

from tests.commandline import Desk, in_this_process
from tix.reports import REPORTS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

# What happened, and when.
STORY = (
    ("2026-11-02T09:00Z", "new Refund -c jo@example.com -m 'Where?' -t vip --channel web"),
    ("2026-11-02T09:00Z", "new Login -c ann@example.com -m Help -p high --channel email"),
    ("2026-11-02T11:30Z", "reply 1 -m 'On its way.'"),
    ("2026-11-03T09:00Z", "reply 2 -m 'Try again.' --resolve"),
    ("2026-11-09T10:00Z", "new '=1+1' -c jo@example.com -m x -t '<b>x</b>' --channel web"),
    ("2026-11-09T10:00Z", "new Win -c eve@example.com -m x"),
    ("2026-11-09T10:05Z", "spam 4 --yes"),
    ("2026-11-10T10:00Z", "resolve 3"),
)
NOVEMBER = "--from 2026-11-01 --to 2026-11-30"


@pytest.fixture(scope="module")
def report_home(fresh_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = shutil.copytree(fresh_home, tmp_path_factory.mktemp("report") / "home")
    for at, line in STORY:
        Desk(home, in_this_process)(f"{line} -q", env={"TIX_NOW": at})
    return home


@pytest.fixture
def desk(report_home: Path) -> Desk:
    """A desk with a fortnight of work, only to be looked at."""
    return Desk(report_home, in_this_process)


def test_report_alone_lists_the_reports(desk: Desk):
    assert desk("report -o ids").split() == list(REPORTS)
    assert desk("stats -o ids") == desk("report list -o ids")


@pytest.mark.parametrize("fmt", ["table", "csv", "json"])
def test_a_report_prints_what_it_always_did(
    desk: Desk, golden: Callable[[str, str], None], fmt: str
):
    printed = desk(f"report volume {NOVEMBER} --by week --as-of 2026-11-20 -o {fmt}")

    # Histories are salted, so that their hashes differ from desk to desk.
    same = re.sub("(?<=log )[0-9a-f]{12}", "LOG", re.sub("[0-9a-f]{64}", "LOG", printed))
    golden(f"report/volume.{fmt}", re.sub('"tool":"[^"]*"', '"tool":""', same))


@pytest.mark.parametrize("name", REPORTS)
def test_every_report_is_printed_in_every_format(desk: Desk, name: str):
    for fmt in ("table", "plain", "tsv", "csv", "json", "jsonl", "ids", "md"):
        desk(f"report {name} {NOVEMBER} -o {fmt}")


def test_the_name_may_stand_after_show(desk: Desk):
    assert desk(f"report show tags {NOVEMBER}") == desk(f"report tags {NOVEMBER}")


def test_later_events_leave_a_report_of_the_past_as_it_was(report_home: Path, tmp_path: Path):
    own = Desk(shutil.copytree(report_home, tmp_path / "own"), in_this_process)
    lines = [f"report {name} {NOVEMBER} --as-of 2026-11-20 -o json" for name in REPORTS]
    before = [own(line) for line in lines]
    own("reply 3 -m Again --open")
    own("new Later -m x")

    assert [own(line) for line in lines] == before
    assert own(f"report kpi {NOVEMBER} --json") != before[0]


def test_the_footer_tells_what_the_figures_rest_on(desk: Desk):
    piped = desk.run(f"report volume {NOVEMBER}")
    shown = desk(f"report volume {NOVEMBER} -o table")

    assert re.fullmatch(
        r"2026-11-01 to 2026-11-30, Europe/Zagreb · as of 2026-11-21 19:30 · 3 tickets · "
        r"excluded: spam 1\n"
        r"promises: standard 1, calendar standard 1 · log [0-9a-f]{12}\n"
        r"the range is not over yet\n",
        piped.stderr,
    )
    assert shown.endswith(piped.stderr)
    assert desk.run(f"report volume {NOVEMBER} -q").stderr == ""


def test_what_one_table_has_no_room_for_is_told(desk: Desk):
    result = desk.run(f"report response {NOVEMBER}")
    sections = json.loads(desk(f"report response {NOVEMBER} --json"))["sections"]
    others = [one["name"] for one in sections[1:]]

    assert f"this is the first table; the others are --section {', '.join(others)}" in result.stderr
    chosen = desk.run(f"report response {NOVEMBER} --section {others[0]}")
    assert "this is the first table" not in chosen.stderr
    assert desk.run("report response --section nope").code == 2


def test_fields_choose_metrics(desk: Desk):
    printed = desk(f"report volume tag:vip {NOVEMBER} --fields resolved,created -o tsv")

    assert printed == "resolved\tcreated\n0\t1\n"
    assert desk.run("report volume --fields nope").code == 2


def test_rows_are_sorted_and_cut(desk: Desk):
    result = desk.run(f"report channels {NOVEMBER} --sort -created -L 1 -o ids")

    assert result.stdout == "web\n"
    assert "Channels: 1 of 2 rows, -L 0 for all" in result.stderr
    assert desk(f"report channels {NOVEMBER} --sort channel -L 0 -o ids") == "email\nweb\n"
    assert desk.run("report channels --sort nope").code == 2


def test_departments_are_the_vendors_export_as_csv(desk: Desk):
    names, row = csv.reader(io.StringIO(desk(f"report departments {NOVEMBER} -o csv")))

    assert names[:3] == ["Tag/label", "Answers", "New-answer average time"]
    assert names[-1] == "Resolved tickets"
    assert (len(names), row[:3], row[-1]) == (25, ["", "2", str((150 + 24 * 60) * 60 // 2)], "2")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("report kip", "there is no report 'kip'"),
        ("report volume --by dya", "'dya' is not one of day, week, month, quarter, year"),
        ("report volume --group-by colour", "'colour' is not one of department, "),
        ("report volume --from 2026-11-05 --to 2026-11-01", "ends before it begins"),
        ("report volume --from 2027-01-01", "begins in the future"),
        ("report volume --to 2026-12-31", "are yet to come"),
        ("report volume --from ''", "--from is empty"),
        ("report volume --to ' '", "--to is empty"),
        ("report workload --by week", "the report workload has no rows by period"),
        ("report trends --group-by agent", "the report trends cannot be grouped"),
        ("report volume --as-of 2027-01-01", "has not come yet"),
        ("report volume --by day --from 1990-01-01", "more than 1,100 rows"),
        ("report volume stauts:open", "unknown field 'stauts'"),
        ("report volume --chart line", "a chart of this kind shows time"),
        ("report volume --by week --chart line -o csv", "a chart is for people"),
        ("report volume --chart pyramid", "'pyramid' is not one of line, area, bar, pie"),
    ],
)
def test_what_cannot_be_asked_for_is_refused(desk: Desk, line: str, message: str):
    result = desk.run(line)

    assert (result.code, result.stdout) == (2, "")
    assert message in result.stderr


def test_measuring_again_changes_no_figure(report_home: Path, tmp_path: Path):
    own = Desk(shutil.copytree(report_home, tmp_path / "own"), in_this_process)
    own("sla apply 1")  # and what time alone has done
    before = own(f"report kpi {NOVEMBER} --json")

    first = own("report recompute")
    again = json.loads(own("report recompute --json"))

    assert first == f"{again['measured']} tickets measured again\n"
    assert own(f"report kpi {NOVEMBER} --json") == before


def test_a_metric_is_defined_by_its_names(desk: Desk):
    told = json.loads(desk("report define R4 --json"))

    assert told["id"] == "open_answer_avg"
    assert (told["base"], told["unit"], told["twin"]) == ("calendar", "seconds", "nrt_cal_p50")
    assert "Plain twin" in desk("report define open_answer_avg")
    assert desk.run("report define zzzz").code == 3


def test_a_chart_stands_above_its_table_on_a_terminal(desk: Desk):
    line = f"report volume {NOVEMBER} --by week --chart line"
    shown, piped = desk(f"{line} -o table"), desk.run(line)

    assert shown.startswith("Volume\n▚ Created  • Resolved")
    assert "PERIOD" in shown
    assert piped.stdout.strip().endswith("2026-W47")
    assert "2026-11-01 to 2026-11-30" in piped.stderr
    assert desk(f"{line} --ascii").isascii()


def test_a_pie_has_its_numbers_beside_it(desk: Desk):
    assert desk(f"report channels {NOVEMBER} --chart pie").splitlines() == [
        "Channels: Created",
        "web    ████████████████████████████████████████████████████████████ 2  66.7 %",
        "email  ██████████████████████████████ 1  33.3 %",
    ]


@pytest.fixture
def files(report_home: Path, tmp_path: Path) -> Path:
    """A folder of the test's own."""
    return tmp_path


def test_pictures_and_pages_are_written_for_their_owner_alone(desk: Desk, files: Path):
    line = f"report volume {NOVEMBER} --by week --svg {files}/v.svg --html {files}/v.html"
    first = desk.run(line)
    again = desk.run(line)
    before = [(files / name).read_bytes() for name in ("v.svg", "v.html")]
    desk(f"{line} --force")

    assert (first.code, first.stdout) == (0, "")
    assert first.stderr == f"wrote {files}/v.svg\nwrote {files}/v.html\n"
    assert (again.code, again.stderr.split("\n")[1]) == (73, "hint: another name, or --force")
    assert before == [(files / name).read_bytes() for name in ("v.svg", "v.html")]
    for file in files.iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert before[0].startswith(b"<svg ")
    assert before[1].startswith(b"<!doctype html>")


def test_a_dash_is_stdout(desk: Desk):
    assert desk("report tags --chart pie --svg -").startswith("<svg ")
    page = desk(f"report tags {NOVEMBER} --chart bar --html -")

    assert page.count("<svg ") == 1
    assert "&lt;b&gt;x&lt;/b&gt;" in page
    assert "<b>" not in page


def test_what_cannot_be_drawn_writes_no_file(desk: Desk, files: Path):
    result = desk.run(f"report kpi --svg {files}/k.svg --html {files}/k.html")

    assert (result.code, list(files.iterdir())) == (2, [])


@pytest.mark.parametrize("pair", [("same", "./same"), ("-", "-")])
def test_two_files_of_one_name_are_refused(desk: Desk, pair: tuple[str, str]):
    result = desk.run(f"report volume --by week --svg {pair[0]} --html {pair[1]}")

    assert (result.code, result.stdout) == (2, "")
    assert "--svg and --html name the same file" in result.stderr
    assert not (desk.home / "same").exists()


def test_the_name_of_a_file_is_told_in_one_line(desk: Desk, files: Path):
    result = desk.run(["report", "tags", "--html", f"{files}/a\nb.html"])

    assert result.stderr == f"wrote {files}/a b.html\n"
