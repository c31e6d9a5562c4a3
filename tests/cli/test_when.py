from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.commandline import Desk

FORWARD = "(clocks go forward); taken as 03:30"


def test_a_date_is_shown_as_an_instant_and_in_words(run: Desk):
    result = run.run("when eow +2bd")

    assert result.stdout == (
        "eow +2bd\t2026-12-01T16:00:00Z\tTue 2026-12-01 17:00 CET (in 9 d 21 h)\n"
    )
    assert result.stderr == "note: eow has passed; this is next week's\n"


def test_words_that_are_no_date_together_are_one_each(run: Desk):
    assert run("when tomorrow 2026-12-24 now") == (
        "tomorrow\t2026-11-21T23:00:00Z\tSun 2026-11-22 00:00 CET (in 4 h 30 min)\n"
        "2026-12-24\t2026-12-23T23:00:00Z\tThu 2026-12-24 00:00 CET (in 32 d)\n"
        "now\t2026-11-21T18:30:00Z\tSat 2026-11-21 19:30 CET (now)\n"
    )


def test_notes_name_their_date_if_there_are_several(run: Desk):
    result = run.run("when eow tomorrow")

    assert result.stderr == "note: eow: eow has passed; this is next week's\n"


def test_a_due_date_is_the_end_of_its_hours(run: Desk):
    assert run("when fri --due") == (
        "fri\t2026-11-27T16:00:00Z\tFri 2026-11-27 17:00 CET (in 5 d 21 h)\n"
    )
    assert run("when 2d --due -o ids") == "2026-11-23T18:30:00Z\n"


def test_json_has_the_notes(run: Desk):
    assert json.loads(run("when 2027-03-28T02:30 --json"))["dates"] == [
        {
            "schema": "tix.date/1",
            "input": "2027-03-28T02:30",
            "at": "2027-03-28T01:30:00Z",
            "human": "Sun 2027-03-28 03:30 CEST (in 126 d)",
            "notes": [f"02:30 does not exist on 2027-03-28 in Europe/Zagreb {FORWARD}"],
        }
    ]


def test_a_table_has_both_ways_of_writing(run: Desk):
    assert run("when now -o table") == (
        "INPUT  AT                    MEANS\n"
        "now    2026-11-21T18:30:00Z  Sat 2026-11-21 19:30 CET (now)\n"
    )


@pytest.mark.parametrize(
    "line", ["when", "when 11/24", "when tomorrow 11/24", "when 2d", "when ''"]
)
def test_what_is_no_date_is_refused(run: Desk, line: str):
    result = run.run(line)

    assert (result.code, result.stdout) == (2, "")
    assert result.stderr.startswith("tix: error: ")
