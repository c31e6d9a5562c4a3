"""The sample report in every format."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pytest
from jsonschema import Draft202012Validator

from tests.output.reports.charted import OVER_TIME, paper
from tests.output.reports.sample import BY_DEPARTMENT, METRICS, PAPER, REPORT
from tix.cli.schema import bundled
from tix.errors import UnknownField, UsageError
from tix.output import View
from tix.output.reports import FORMATS, render
from tix.output.reports.machine import VENDOR
from tix.output.reports.paper import (
    footer,
    range_text,
    with_limit,
    with_metrics,
    with_order,
    with_section,
)
from tix.record import replace
from tix.reports.figures import Figure, Metric, Row, Section, Unit

if TYPE_CHECKING:
    from collections.abc import Callable

    from tix.output.reports.paper import Paper

    Golden = Callable[[str, str], None]


def printed(fmt: str, shown: Paper = PAPER, view: View = View()) -> str:  # noqa: B008 - frozen
    return "".join(render(shown, fmt, view))


@pytest.mark.parametrize("width", [80, 100, None])
def test_a_table_is_folded_where_the_terminal_ends(golden: Golden, width: int | None):
    text = printed("table", view=View(width=width))

    golden(f"report/table-{width}.txt", text)
    assert width is None or max(map(len, text.splitlines())) <= width


def test_only_styles_differ_in_colour():
    colored = printed("table", view=View(width=100, color=True))

    plain = printed("table", view=View(width=100))
    assert colored != plain
    assert colored.replace("\x1b[1m", "").replace("\x1b[2m", "").replace("\x1b[0m", "") == plain


def test_a_report_of_one_table_has_one_heading():
    section = OVER_TIME._replace(title="Sample")

    assert printed("table", paper(section)).count("Sample") == 1


@pytest.mark.parametrize("fmt", ["csv", "json", "md"])
def test_a_format_stays_as_it_is(golden: Golden, fmt: str):
    golden(f"report/sample.{fmt}", printed(fmt, view=View(tool="tix 1.0.0", tty=fmt == "json")))


def test_json_is_true_to_its_schema():
    document = json.loads(printed("json"))
    rows = [json.loads(line) for line in printed("jsonl").splitlines()]

    Draft202012Validator(bundled("report")).validate(document)
    for row in rows:
        Draft202012Validator(bundled("report_row")).validate(row)
    sections = document["sections"]
    assert [{"keys": row["keys"], "figures": row["figures"]} for row in rows] == [
        row for section in sections for row in section["rows"]
    ]


def test_the_formats_for_scripts_tell_the_same_of_the_first_table():
    table = list(csv.reader(io.StringIO(printed("csv"))))
    rows = json.loads(printed("json"))["rows"]

    names = printed("tsv").splitlines()[0].split("\t")
    assert table[0] == names == list(rows[0])
    assert printed("tsv").splitlines()[1:] == printed("plain").splitlines()
    assert ["" if value is None else str(value) for value in rows[0].values()] == table[1]
    assert printed("ids") == "billing\n<b>web\\x1b[2J</b>\n\n"


def test_no_format_lets_a_stranger_steer():
    for fmt in FORMATS:
        assert "\x1b" not in printed(fmt)


def test_a_label_is_no_formula_where_spreadsheets_are_kept_safe():
    hostile = BY_DEPARTMENT._replace(rows=(Row(("=1+1",), BY_DEPARTMENT.rows[0].figures),))

    assert printed("csv", paper(hostile)).splitlines()[1].startswith("=1+1,")
    safe = printed("csv", paper(hostile), View(csv_safe=True))
    assert safe.splitlines()[1].startswith("'=1+1,")


def test_an_unknown_format_is_refused():
    with pytest.raises(UsageError, match="unknown output format 'xml'"):
        render(PAPER, "xml", View())


def test_the_departments_are_exported_as_the_vendor_does():
    metrics = {
        name: Metric(name, name, Unit.RATE if name.endswith("_pct") else Unit.COUNT, "f", "s")
        for name in [*VENDOR, "more"]
    }
    figures = {name: Figure(0.254 if name.endswith("_pct") else 3) for name in metrics}
    section = Section("departments", "", ("department",), tuple(metrics), (Row(("x",), figures),))
    shown = PAPER._replace(report=replace(REPORT, sections=(section,)), metrics=metrics)

    names, row = csv.reader(io.StringIO(printed("csv", shown)))

    assert names[:4] == ["Tag/label", "Answers", "New-answer average time", names[3]]
    assert len(names) == len(row) == 25
    assert row[names.index("Not rated %")] == "25.4"
    assert row[names.index("Resolved tickets")] == "3"
    assert printed("tsv", shown).split("\t")[:2] == ["department", "answers"]


def test_a_section_can_be_chosen_by_its_name():
    assert with_section(PAPER, "alone").report.sections == REPORT.sections[2:]
    with pytest.raises(UsageError, match="the report sample has no section 'alon'") as told:
        with_section(PAPER, "alon")
    assert told.value.hint == "Did you mean 'alone'?"
    with pytest.raises(UsageError) as told:
        with_section(PAPER, "zzzz")
    assert told.value.hint == "There are overview, compared, alone."


def test_metrics_can_be_chosen_where_a_section_has_them():
    chosen = with_metrics(PAPER, ["calls", "kept"]).report.sections

    assert [(one.name, one.metrics) for one in chosen] == [
        ("overview", ("calls", "kept")),
        ("compared", ("kept",)),
        ("alone", ("kept",)),
    ]
    assert [one.name for one in with_metrics(PAPER, ["calls"]).report.sections] == ["overview"]
    with pytest.raises(UnknownField, match="the report has no metric 'call'") as told:
        with_metrics(PAPER, ["call"])
    assert told.value.hint == "Did you mean 'calls'?"
    with pytest.raises(UnknownField) as told:
        with_metrics(PAPER, ["zzzz"])
    assert told.value.hint.startswith("There are created, ")


def test_rows_are_sorted_by_metrics_and_names_what_is_blank_last():
    def order(*keys: str) -> list[str]:
        return [row.keys[0] for row in with_order(PAPER, keys).report.sections[0].rows]

    assert order("created") == ["", "<b>web\x1b[2J</b>", "billing"]
    assert order("-created") == ["billing", "<b>web\x1b[2J</b>", ""]
    assert order("department") == ["", "<b>web\x1b[2J</b>", "billing"]
    assert order("-kept") == ["<b>web\x1b[2J</b>", "billing", ""]
    assert order("kept") == ["billing", "<b>web\x1b[2J</b>", ""]
    assert order("calls", "-department")[0] == "billing"
    assert with_order(PAPER, ["-created"]).report.sections[1:] == REPORT.sections[1:]
    with pytest.raises(UnknownField, match="the report has no column 'creatde'"):
        with_order(PAPER, ["creatde"])


def test_rows_that_are_cut_off_are_told():
    cut = with_limit(PAPER, 2).report

    assert [len(section.rows) for section in cut.sections] == [2, 3, 1]
    assert cut.notes[-1] == "By department: 2 of 3 rows, -L 0 for all"
    assert with_limit(PAPER, 3) == PAPER


def test_the_footer_tells_the_range_by_its_days_or_its_instants():
    day = replace(REPORT, since=REPORT.until.replace(day=20), until=REPORT.until)
    hours = replace(REPORT, since=REPORT.since.replace(hour=12), query="", excluded={}, n=1)
    bare = replace(hours, versions=(), log="", notes=())

    assert range_text(PAPER) == "2026-11-01 to 2026-11-21"
    assert range_text(PAPER._replace(report=day)) == "2026-11-21"
    assert footer(PAPER._replace(report=bare)) == [
        "2026-10-31 13:00 to 2026-11-22 00:00, Europe/Zagreb · as of 2026-11-21 19:30 · 1 ticket",
        "no log",
    ]


def test_every_metric_of_the_sample_is_known():
    assert {name for one in REPORT.sections for name in one.metrics} <= METRICS.keys()
