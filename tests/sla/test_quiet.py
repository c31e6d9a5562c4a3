"""``tix sla ack`` and ``tix sla silence`` at the command line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.sla.checker import Checker

SOON = {"TIX_NOW": "2026-11-23T08:50:00Z"}


def test_ack_ends_the_reminders(late: Checker):
    late("--new", code=2)

    assert late.desk("sla ack 1", env=SOON) == "1\n"

    assert late("--new --remind-every 1m id:1", now="2026-11-23T09:00:00Z") == ""
    assert late(code=2).startswith("BREACHED 1 ")


def test_a_person_reads_what_became_of_each(late: Checker):
    assert late.desk("sla ack 1 3 -o table", env=SOON) == (
        "1: somebody knows that it is late (first)\n3 is unchanged\n"
    )
    assert late.desk("undo -o table", env=SOON) == "1: nobody knows that it is late (first)\n"
    assert late.desk("sla silence 1 2h -n -o table", env=SOON) == (
        "would: 1: silent until Mon 2026-11-23 11:50 CET (in 2 h)\n"
    )
    late.desk("sla silence 1 2h", env=SOON)
    assert late.desk("sla silence 1 off -o table", env=SOON) == "1: it is told again\n"


def test_a_script_reads_what_is_quiet_and_json_tells_both_sides(late: Checker):
    late.desk("sla silence 3 2h", env=SOON)
    found = json.loads(late.desk("sla silence 1 3 2h --json", env=SOON))

    assert (found["operation"], found["unchanged"]) == ("sla silence", ["3"])
    assert found["changed"] == [
        {
            "kind": "alerts",
            "id": "1",
            "rev": None,
            "changes": {"silent_until": [None, "2026-11-23T10:50:00Z"]},
        }
    ]


def test_what_is_quiet_is_an_operation_with_a_reason(late: Checker):
    late.desk("sla silence 1 2h --why 'known outage'", env=SOON)

    (done,) = json.loads(late.desk("undo --list -L 1 --json"))["operations"]
    assert (done["command"], done["why"]) == ("sla silence", "known outage")
    assert done["records"] == [{"kind": "alerts", "key": "1"}]


def test_what_a_query_finds_is_made_quiet(late: Checker):
    assert late.desk("sla silence --where id:1-2 4h --yes", env=SOON) == "1\n2\n"
    assert late("--new", now=SOON["TIX_NOW"]) == ""


def test_silence_lasts_until_its_time_or_until_it_is_off(late: Checker):
    late.desk("sla silence 1 2h", env=SOON)
    assert late("--new id:1", now=SOON["TIX_NOW"]) == ""

    late.desk("sla silence 1 off", env=SOON)
    assert late("--new id:1", now=SOON["TIX_NOW"], code=2).startswith("BREACHED 1 ")


def test_what_is_not_there_is_an_error(late: Checker):
    late.desk("sla ack 99", code=3)
    late.desk("sla silence 99 2h", code=3)
    late.desk("sla ack", code=2)
    late.desk("sla silence 1", code=2)
    late.desk("sla silence 1 someday", code=2)
