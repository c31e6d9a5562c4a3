"""``tix away``: dates on which the desk is closed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.cli.telling import error, told

if TYPE_CHECKING:
    from tests.commandline import Desk


def test_days_away_are_closed_and_listed(run: Desk):
    assert run("away mon..wed -o table") == (
        "away 2026-11-23..2026-11-25 is new: first 2026-11-23, last 2026-11-25, "
        "calendars standard\n"
    )
    run("away add 2027-08-02")

    assert run("away -o table") == (
        "FIRST       LAST        DAYS  CALENDARS\n"
        "2026-11-23  2026-11-25     3  standard\n"
        "2027-08-02  2027-08-02     1  standard\n"
    )
    assert json.loads(run("away list --json"))["away"][0] == {
        "schema": "tix.away/1",
        "first": "2026-11-23",
        "last": "2026-11-25",
        "days": 3,
        "calendars": ["standard"],
    }
    assert "closed" in run("setup show")


def test_business_hours_leave_the_days_out(run: Desk):
    run("away mon..wed")

    assert run("when +1bd --fields at") == "2026-11-26T16:00:00Z\n"


def test_what_was_promised_before_still_counts(run: Desk):
    run("new Before -m Help -c jo@example.com")
    later = {"TIX_NOW": "2026-11-21T18:31:00Z"}
    assert run.run("away mon..wed", env=later).stderr == (
        "tix: warning: 2 clocks that run are due on these dates: what was promised before still "
        "counts (tix sla forecast --until 2026-11-25)\n"
    )
    run("new After -m Help -c jo@example.com", env=later)

    assert run("sla forecast --until 2026-12-05 --fields ticket_id,clock,due_at", env=later) == (
        "1\tfirst\t2026-11-23T12:00:00Z\n"
        "1\tresolution\t2026-11-25T16:00:00Z\n"
        "2\tfirst\t2026-11-26T12:00:00Z\n"
        "2\tresolution\t2026-11-30T16:00:00Z\n"
    )


def test_the_days_are_opened_again(run: Desk):
    run("away mon..wed")

    assert run("away cancel tue -o table") == (
        "away 2026-11-23 is new: first 2026-11-23, last 2026-11-23, calendars standard\n"
        "away 2026-11-23..2026-11-25: gone\n"
        "away 2026-11-25 is new: first 2026-11-25, last 2026-11-25, calendars standard\n"
    )
    run("away cancel 2026-11-23..2026-11-25")
    assert run.run("away list").stderr == "nobody is going to be away\n"
    assert error(run, "away cancel", 3) == told("nobody is away", "tix away list --all")


def test_undo_opens_the_days_as_well(run: Desk):
    run("away mon..wed")
    run("undo")

    assert run("away list") == ""


def test_what_cannot_be_is_refused(run: Desk):
    run("away tue")

    assert error(run, "away mon..wed", 5) == told(
        "calendar 'standard' is closed on 2026-11-24 already",
        "tix away list; tix away cancel takes it out",
    )
    assert error(run, "away mon..", 2).startswith("'mon..' has no end")
    assert error(run, "away fri --calendar night", 3) == told(
        "no calendar 'night'", "There are standard."
    )
    assert error(run, "away lsit", 2).startswith("'lsit' is not a date")
