"""``tix alert``: thresholds on metrics, for cron."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.cli.telling import error, told

if TYPE_CHECKING:
    from tests.commandline import Desk


@pytest.fixture
def desk(run: Desk) -> Desk:
    """A desk with three tickets, one of them about billing."""
    run("new Refund -t billing")
    run("new Login")
    run("new Crash")
    return run


def test_what_is_fine_prints_nothing_and_ends_with_0(desk: Desk):
    assert desk("alert 'backlog > 3 over 7d'") == ""


def test_what_is_beyond_is_printed_and_ends_with_1(desk: Desk):
    assert desk("alert 'backlog > 2 over 7d'", code=1) == (
        "crossed\t\t3\t3\tbacklog > 2 over 7d\t\n"
    )
    assert desk("alert 'backlog > 2 over 7d' -o table", code=1) == (
        "STATE    NAME  VALUE  N  THRESHOLD            QUERY\n"
        "crossed            3  3  backlog > 2 over 7d\n"
    )


def test_a_query_narrows_it(desk: Desk):
    assert desk("alert 'backlog > 2' tag:billing") == ""
    assert desk("alert 'backlog >= 1' tag:billing", code=1)


def test_too_few_cases_are_not_beyond_any_threshold(desk: Desk):
    assert desk("alert 'frt.p90 > 1s'") == ""
    assert desk("alert 'frt.p90 > 1s' --all --fields state,value,n") == "too few\t\t0\n"


def test_saved_ones_are_looked_at_all_or_by_name(desk: Desk):
    assert desk("alert save many 'backlog > 2 over 1w'") == "many\n"
    desk("alert save few 'backlog < 2' tag:billing")

    assert desk("alert list") == (
        "few\tbacklog < 2 over 30d\ttag:billing\nmany\tbacklog > 2 over 7d\t\n"
    )
    assert desk("alert -o ids", code=1) == "few\nmany\n"
    assert desk("alert check few -o ids", code=1) == "few\n"

    desk("alert rm few")
    assert desk("alert list -o ids") == "many\n"
    desk("undo")
    assert desk("alert list -o ids") == "few\nmany\n"


def test_machines_read_the_figure_and_the_threshold(desk: Desk):
    (found,) = json.loads(desk("alert 'backlog > 2' --json", code=1))["alerts"]

    assert found == {
        "schema": "tix.alert/1",
        "name": None,
        "state": "crossed",
        "metric": "backlog",
        "sign": ">",
        "limit": 2.0,
        "over_s": 30 * 86_400,
        "value": 3,
        "n": 3,
        "low": None,
        "high": None,
        "query": "",
    }


def test_what_cannot_be_looked_at_is_told_and_is_no_alarm(desk: Desk):
    assert error(desk, "alert 'backlgo > 2'", 2) == told(
        "there is no metric 'backlgo'", "Did you mean 'backlog'?"
    )
    assert error(desk, "alert nothing", 3) == told(
        "no saved alert 'nothing'", "tix alert save keeps one"
    )
    assert error(desk, "alert save x 'backlog'", 2)
    assert error(desk, "alert 'backlog > 1' nofield:x", 2)
    assert error(desk, "alert save kpi 'backlog > 1'", 2)


def test_alerts_stand_in_the_set_up(desk: Desk):
    desk("setup apply -", input="[alerts.slow]\nwhen = 'frt.p90 > 4h over 7d'\nquery = 'tag:a'\n")

    assert desk("alert list") == "slow\tfrt_biz_p90 > 4h over 7d\ttag:a\n"
    assert 'when = "frt_biz_p90 > 4h over 7d"' in desk("setup show")
    wrong = desk.run("setup apply -", input="[alerts.slow]\nwhen = 'much'\n")
    assert (wrong.code, "alerts.slow.when: 'much' is no threshold" in wrong.stderr) == (65, True)


def test_options_can_stand_before_the_words(desk: Desk):
    assert desk("alert --all 'backlog > 3' -o ids") == "backlog\n"
    assert desk("alert --all") == ""


def test_what_cannot_be_the_name_of_an_alert_is_told(run: Desk):
    assert error(run, "alert save all 'created > 3'", 2) == told(
        "'all' cannot be the name of an alert: it means something else"
    )
