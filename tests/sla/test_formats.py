"""What ``tix-sla`` prints in each format, whole; and that no text of a stranger can steer it."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator

from tix.cli.schema import bundled
from tix.sla.options import FORMATS

if TYPE_CHECKING:
    from tests.sla.checker import Checker

SOON = "2026-11-23T08:50:00Z"
HOSTILE = "\x1b[31mred\x1b]0;title\x07 | a=1;;\u202e\ttab\r\nBREACHED 99 x"

NAGIOS = """\
TIX SLA CRITICAL - 1 breached, 1 at risk, 3 open | breached=1;;0;0 at_risk=1;0;;0 open=3;;;0 \
oldest_over=2100s;;0;0
BREACHED 1 urgent first 35m over (due 2026-11-23T09:15+01:00) \
alice ops@acme.test: Refund not received
AT-RISK 2 high first 10m left (due 2026-11-23T10:00+01:00) - -: No login
"""
TSV = (
    "state\tid\tpriority\tclock\tdue_at\tremaining_s\tover_s\tassignee\tcustomer\tnew\tsubject\n"
    "breached\t1\turgent\tfirst\t2026-11-23T08:15:00Z\t-2100\t2100\talice\t"
    "ops@acme.test\ttrue\tRefund not received\n"
    "at_risk\t2\thigh\tfirst\t2026-11-23T09:00:00Z\t600\t0\t\t\ttrue\tNo login\n"
)
PROMETHEUS = """\
# HELP tix_sla_tickets Open tickets, by how their worst clock stands.
# TYPE tix_sla_tickets gauge
tix_sla_tickets{state="ok"} 1
tix_sla_tickets{state="at_risk"} 1
tix_sla_tickets{state="breached"} 1
# HELP tix_sla_paused Open tickets whose clocks are paused.
# TYPE tix_sla_paused gauge
tix_sla_paused 0
# HELP tix_sla_oldest_over_seconds How long the oldest broken promise is over.
# TYPE tix_sla_oldest_over_seconds gauge
tix_sla_oldest_over_seconds 2100
# HELP tix_sla_last_check_timestamp_seconds When the promises were last checked.
# TYPE tix_sla_last_check_timestamp_seconds gauge
tix_sla_last_check_timestamp_seconds 1795423800
"""


def valid(text: str) -> dict[str, Any]:
    """Return the document, which is true to its schema."""
    document: dict[str, Any] = json.loads(text)
    name = document["schema"].removeprefix("tix.").removesuffix("/1")
    Draft202012Validator(bundled(name)).validate(document)
    return document


def test_nagios_gets_one_line_with_figures_and_one_for_each_ticket(late: Checker):
    assert late("--format nagios", code=2, now=SOON) == NAGIOS


def test_nagios_gets_a_line_also_if_all_is_well(sla: Checker):
    assert sla("--format nagios") == (
        "TIX SLA OK - 0 breached, 0 at risk, 0 open | "
        "breached=0;;0;0 at_risk=0;0;;0 open=0;;;0 oldest_over=0s;;0;0\n"
    )


def test_nagios_gets_a_warning_for_what_is_at_risk(late: Checker):
    first = late("--format nagios id:2", code=1, now=SOON).splitlines()[0]

    assert first.startswith("TIX SLA WARNING - 0 breached, 1 at risk, 1 open | ")


def test_tsv_has_a_line_of_names_and_prometheus_its_gauges(late: Checker):
    assert late("--format tsv", code=2, now=SOON) == TSV
    assert late("--format prometheus", code=2, now=SOON) == PROMETHEUS
    assert late("--format ids", code=2, now=SOON) == "1\n2\n"


def test_json_is_one_document(late: Checker):
    found = valid(late("--format json", code=2, now=SOON))

    assert {name: value for name, value in found.items() if name not in ("items", "tool")} == {
        "schema": "tix.sla_check/1",
        "as_of": SOON,
        "tz": "Europe/Zagreb",
        "state": "critical",
        "exit": 2,
        "counts": {"open": 3, "ok": 1, "at_risk": 1, "breached": 1, "paused": 0},
        "oldest_over_s": 2100,
        "escalated": [],
        "woken": [],
        "closed": [],
    }
    assert found["items"][0] == {
        "id": 1,
        "state": "breached",
        "clock": "first",
        "clocks": ["first"],
        "level": "standard",
        "priority": "urgent",
        "status": "new",
        "due_at": "2026-11-23T08:15:00Z",
        "remaining_s": -2100,
        "over_s": 2100,
        "assignee": "alice",
        "department": None,
        "customer": "ops@acme.test",
        "subject": "Refund not received",
        "new": True,
        "acknowledged": False,
        "repeated": False,
    }


def test_json_is_there_also_if_all_is_well(sla: Checker):
    assert valid(sla("--format json"))["items"] == []
    assert sla("--format jsonl") == ""


def test_jsonl_is_a_record_a_line(late: Checker):
    lines = late("--format jsonl", code=2, now=SOON).splitlines()

    assert [valid(line)["id"] for line in lines] == [1, 2]


def test_what_is_unknown_is_an_error_in_json(late: Checker):
    result = late.here("--format=json", "--no-such")

    assert (result.stdout, result.code) == ("", 3)
    error = valid(result.stderr)["error"]
    assert (error["code"], error["exit"]) == ("usage", 3)


def test_what_waits_for_the_customer_is_paused(late: Checker):
    late.desk("reply 1 -m 'Which account?'")
    late.desk("wait 1")

    counts = valid(late("--format json"))["counts"]

    assert (counts["open"], counts["paused"]) == (3, 1)


@pytest.mark.parametrize("fmt", FORMATS)
def test_no_format_lets_a_subject_steer_a_terminal_or_make_a_line(sla: Checker, fmt: str):
    sla.desk(["new", HOSTILE, "-p", "urgent"])

    printed = sla(f"--format {fmt}", code=2)

    assert re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e]", printed) is None
    lines = {"text": 1, "nagios": 2, "json": 1, "jsonl": 1, "tsv": 2, "ids": 1}
    assert printed.count("\n") == lines.get(fmt, 14 if fmt == "prometheus" else 0)
    if fmt == "nagios":
        assert printed.count("|") == 1


def test_a_secret_in_a_subject_is_not_told(sla: Checker):
    sla.desk(["new", "card 4111 1111 1111 1111", "-p", "urgent"])

    assert "4111 1111" not in sla(code=2)


def test_a_report_goes_to_a_file_in_one_step(late: Checker):
    file = late.desk.home / "tix.prom"
    file.write_text("old\n")

    assert late(f"--format prometheus --to {file}", code=2, now=SOON) == ""

    assert file.read_text() == PROMETHEUS
    assert sorted(late.desk.home.glob("tix.prom*")) == [file]
    result = late.here("--to", "/nowhere/x")
    assert (result.stdout, result.code) == ("", 3)
    assert result.stderr.startswith("tix-sla: UNKNOWN: cannot_create: /nowhere/x cannot be written")
