"""Reports on 3,186 real complaints, which nobody answered in tix and no level promised anything."""

from __future__ import annotations

import csv
import json
from collections import Counter
from datetime import datetime
from statistics import quantiles
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest

from tests.commandline import ROOT, Desk, in_this_process
from tests.reports.independent import history
from tests.reports.independent.comparing import Told
from tests.reports.independent.hours import instant
from tests.reports.independent.slices import Past
from tests.reports.independent.things import tell

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    Row = Mapping[str, str]

NEW_YORK, ZAGREB = ZoneInfo("America/New_York"), ZoneInfo("Europe/Zagreb")
EVER = "--from 2013-01-01 --to 2017-12-31"
OPEN = 3
"""So many are in progress."""


class Complaints:
    """The complaints as their publisher has them, and a desk that has imported them."""

    def __init__(self, home: Path, file: Path) -> None:
        self.run = Desk(home, in_this_process)
        self.run("init")
        self.run(["import", str(file), "--map", str(ROOT / "docs/examples/complaints.toml"), "-q"])
        with file.open(encoding="utf-8", newline="") as lines:
            self.rows: list[Row] = list(csv.DictReader(lines))
        now = instant(self.run.env["TIX_NOW"])
        desk = history.read(self.run("export"), ZAGREB, now)
        self.past = Past(desk, tell(desk))

    def report(self, line: str) -> Mapping[str, Any]:
        found: Mapping[str, Any] = json.loads(self.run(f"report {line} --json"))
        return found


@pytest.fixture(scope="module")
def complaints(tmp_path_factory: pytest.TempPathFactory, shared_data: Path) -> Complaints:
    return Complaints(tmp_path_factory.mktemp("complaints"), shared_data / "complaints.csv")


@pytest.mark.parametrize("name", ["kpi", "volume --by month", "sla", "resolution", "backlog"])
def test_every_figure_agrees_with_the_export(complaints: Complaints, name: str):
    told = Told(complaints.report(f"{name} {EVER}"), complaints.past)

    assert list(told.differences()) == []
    assert (told.report["n"], told.report["excluded"]) == (len(complaints.rows), {})


def test_what_came_each_month_is_what_the_publisher_received(complaints: Complaints):
    told = complaints.report(f"volume {EVER} --by month")["rows"]

    received = Counter(_day(row, "Date received").isoformat()[:7] for row in complaints.rows)
    assert {row["period"]: row["created"] for row in told if row["created"]} == received
    assert sum(row["created"] for row in told) == len(complaints.rows)


def test_what_came_and_did_not_go_is_the_backlog(complaints: Complaints):
    rows = complaints.report(f"volume {EVER} --by month")["rows"]

    waiting = 0
    for row in rows:
        waiting += row["created"] + row["reopened"] - row["resolved"]
        assert row["backlog"] == waiting
    assert waiting == OPEN


def test_resolutions_take_the_days_until_the_company_heard_of_it(complaints: Complaints):
    found = complaints.report(f"resolution {EVER}")
    figures = {
        name: figure["value"]
        for section in found["sections"]
        for name, figure in section["rows"][0]["figures"].items()
    }

    done = [row for row in complaints.rows if row["Company response to consumer"][:2] != "In"]
    lengths = [_length(row) for row in done]
    hundredths = quantiles(lengths, n=100, method="inclusive")
    assert [figures[f"res_cal_p{p}"] for p in (50, 75, 90)] == [
        round(hundredths[p - 1]) for p in (50, 75, 90)
    ]
    assert figures["resolved"] == figures["resolved_tickets"] == len(done)
    assert figures["res_work_cal"] == round(sum(lengths) / len(lengths))
    assert figures["res_customer_cal"] == figures["res_third_cal"] == 0


def test_who_was_promised_nothing_is_in_no_rate_of_promises(complaints: Complaints):
    found = complaints.report(f"sla {EVER}")

    assert {row["figures"]["sla_clocks"]["n"] for row in found["sections"][0]["rows"]} == {0}
    assert found["totals"]["sla_clocks"] is None
    assert found["totals"]["sla_met"] == found["totals"]["sla_breached"] == 0


def test_what_nobody_answered_is_in_no_response_time_but_counted(complaints: Complaints):
    now = complaints.report(f"kpi {EVER}")["sections"][0]["rows"][0]["figures"]

    assert (now["frt_cal_p50"]["value"], now["frt_cal_p50"]["n"]) == (None, 0)
    assert now["frt_cal_p50"]["waiting"] == now["backlog"]["value"] == OPEN
    assert now["resolved_unanswered"]["value"] == len(complaints.rows) - OPEN
    assert (now["fcr"]["value"], now["reopen_rate"]["value"]) == (0, 0)


def _day(row: Row, column: str) -> datetime:
    return datetime.strptime(row[column], "%m/%d/%Y").replace(tzinfo=NEW_YORK)


def _length(row: Row) -> int:
    """Return the seconds from the day of receipt to that of sending, none if it was before."""
    begun, ended = (
        _day(row, name).timestamp() for name in ("Date received", "Date sent to company")
    )
    return max(0, int(ended - begun))
