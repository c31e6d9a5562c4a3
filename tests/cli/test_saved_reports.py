"""``tix report save``: reports under a name of the desk's own."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.cli.telling import error, told

if TYPE_CHECKING:
    from tests.commandline import Desk


def test_a_saved_report_is_shown_by_its_name(run: Desk):
    run("new Refund -t billing")
    run("new Login")
    assert run("report save money volume tag:billing --by month --from -7d") == "money\n"

    saved = json.loads(run("report money --json"))
    asked = json.loads(run("report volume tag:billing --by month --from -7d --json"))

    assert saved == asked
    assert saved["report"] == "volume"
    assert [row["created"] for row in saved["rows"]] == [1]


def test_what_is_given_stands_in_for_what_was_saved_and_words_narrow_further(run: Desk):
    run("new Refund -t billing,vip")
    run("new Invoice -t billing")
    run("report save money volume tag:billing --by month")

    found = json.loads(run("report money tag:vip --by year --json"))

    assert found["by"] == "year"
    assert [row["created"] for row in found["rows"]] == [1]


def test_saved_reports_are_listed_removed_and_brought_back(run: Desk):
    run("report save monday departments --from -7d")
    assert "monday" in run("report list -o ids").split()

    run("report rm monday")
    assert "monday" not in run("report list -o ids").split()
    assert error(run, "report rm monday", 3) == told(
        "no saved report 'monday'", "tix report save keeps one"
    )
    run("undo")
    assert "monday" in run("report list -o ids").split()


def test_what_is_no_report_is_not_kept(run: Desk):
    assert error(run, "report save x nonsense", 2)
    assert error(run, "report save kpi volume", 2) == told(
        "'kpi' is the name of a report or a command", "take another one"
    )
    assert error(run, "report save x volume nofield:y", 2)
    assert error(run, "report save x volume --from nonsense", 2)


def test_saved_reports_stand_in_the_set_up(run: Desk):
    document = "[reports.monday]\nreport = 'agents'\nfrom = '-7d'\ngroup_by = 'department'\n"
    run("setup apply -", input=document)

    assert json.loads(run("report monday --json"))["group_by"] == "department"
    wrong = run.run("setup apply -", input="[reports.x]\nreport = 'agents'\nby = 'moon'\n")
    assert (wrong.code, "reports.x.by: 'moon' is not a period" in wrong.stderr) == (65, True)
    wrong = run.run("setup apply -", input="[reports.x]\nreport = 'agents'\nquery = 'a:b'\n")
    assert (wrong.code, "reports.x.query: " in wrong.stderr) == (65, True)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("report save all volume", "'all' cannot be the name of a report: it means something else"),
        ("report save x volume --from ''", "--from is empty"),
        ("report save x workload --by week", "the report workload has no rows by period"),
    ],
)
def test_what_could_not_be_shown_is_not_kept(run: Desk, line: str, message: str):
    assert error(run, line, 2).startswith(f"{message}\n")
