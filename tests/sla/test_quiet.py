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
    assert late.desk("sla ack 1 3", env=SOON, tty=True) == (
        "1: nobody is reminded of what is late\n3: nothing is late\n"
    )
    assert late.desk("sla silence 1 2h", env=SOON, tty=True) == (
        "1: silent until 2026-11-23 11:50\n"
    )
    assert late.desk("sla silence 1 off", env=SOON, tty=True) == "1: it is told again\n"


def test_a_script_reads_the_numbers_and_json_tells_of_no_change(late: Checker):
    found = json.loads(late.desk("sla silence 1 3 2h --json", env=SOON))

    assert (found["operation"], found["changed"], found["unchanged"]) == ("sla silence", [], [1, 3])


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
