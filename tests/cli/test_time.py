"""``tix time``: what was spent on a ticket, and the timers that measure it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.cli.telling import error, told

if TYPE_CHECKING:
    from tests.commandline import Desk


def at(time: str) -> dict[str, str]:
    return {"TIX_NOW": f"2026-11-21T{time}Z"}


@pytest.fixture
def desk(run: Desk) -> Desk:
    """A desk with two tickets, on the first of which 25 minutes were spent."""
    run("new Refund not received -c jo@example.com -m 'Where is it?'")
    run("new Login")
    run("time 1 25m --note 'Called the bank.'")
    return run


def test_what_was_spent_is_told_and_listed(desk: Desk):
    assert (
        desk("time 1 1h30m -o table") == "1: worked 1h 30m (1h 55m in all) - Refund not received\n"
    )

    listed = desk.run("time 1 -o table")
    assert listed.stdout == (
        "ID  AT                AGENT    TIME  SOURCE  NOTE\n"
        " 1  2026-11-21 19:30  alice     25m  manual  Called the bank.\n"
        " 1  2026-11-21 19:30  alice  1h 30m  manual\n"
    )
    assert listed.stderr == "1h 55m in all\n"
    assert desk("time 1 --sort -seconds -L 1 --fields ticket_id,seconds,by,runs,subject") == (
        "1\t5400\tagent:alice\tfalse\tRefund not received\n"
    )
    assert json.loads(desk("time 1 --json"))["entries"][0] == {
        "schema": "tix.time_entry/1",
        "ticket_id": 1,
        "at": "2026-11-21T18:30:00Z",
        "agent": "alice",
        "seconds": 1500,
        "source": "manual",
        "note": "Called the bank.",
        "runs": False,
        "subject": "Refund not received",
    }


def test_nothing_spent_and_no_timer_is_told(desk: Desk):
    assert desk.run("time 2").stderr == "no time was recorded\n"
    assert desk.run("time").stderr == "no timer is running\n"
    assert desk.run("time 2 --exit-status").code == 1


def test_a_correction_stands_behind_two_dashes(desk: Desk):
    assert desk("time 1 -- -10m") == "1\n"
    assert desk("time 1 --fields seconds") == "1500\n-600\n"
    assert error(desk, "time 1 -10m", 2).startswith(
        "no such option '-1'\nhint: put -- before words that begin with a dash\n"
    )
    assert error(desk, "time 1 -- -1h", 5) == told(
        "15 min were spent on ticket 1, so 1 h cannot be taken off",
        "tix time 1 lists what was spent",
    )


def test_the_page_and_the_history_tell_what_was_spent(desk: Desk):
    desk("time 1 5m --at '2026-11-21 19:45' --why 'I forgot'", env=at("20:00:00"))
    desk("time 1 --start", env=at("20:00:00"))

    lines = desk("show 1 --log", env=at("20:12:00")).splitlines()
    assert "Worked         30m" in lines
    assert "Timer          alice 12m" in lines
    assert lines[-3:] == [
        "  2026-11-21 19:30  agent:alice  worked: 25m, manual, Called the bank.",
        "  2026-11-21 19:45  agent:alice  worked: 5m, manual (I forgot)",
        "  2026-11-21 21:00  agent:alice  timer started",
    ]
    ticket = json.loads(desk("show 1 --json"))
    assert ticket["worked_s"] == 1800
    assert ticket["timers"] == [{"agent": "alice", "since": "2026-11-21T20:00:00Z"}]
    assert desk("list --fields id,worked_s,timers") == "1\t1800\talice\n2\t0\t\n"


def test_tickets_are_found_by_the_time_they_took(desk: Desk):
    assert desk("list worked:20m..1h -o ids") == "1\n"
    assert desk("list no:worked -o ids") == "2\n"
    assert desk("list --sort -worked -o ids") == "1\n2\n"


def test_a_timer_measures_until_it_is_stopped(desk: Desk):
    assert desk("time 2 --start -o table") == "2: timer alice - Login\n"
    assert desk("time 2 --start -o table") == "2 is unchanged\n"

    assert desk("time -o table", env=at("18:42:00")) == (
        "ID  AT                AGENT  TIME  SOURCE  NOTE\n 2  2026-11-21 19:30  alice   12m  runs\n"
    )
    assert desk("time --stop --note 'Found it' -o table", env=at("18:42:10")) == (
        "2: worked 12m, timer none - Login\n"
    )
    assert desk("time 2 --fields seconds,source,note") == "730\ttimer\tFound it\n"
    assert error(desk, "time --stop", 3) == told(
        "no timer of alice is running", "tix time ID --start"
    )


def test_one_timer_runs_for_an_agent(desk: Desk):
    desk("time 1 --start")
    desk("time 2 --start --actor bob")

    assert error(desk, "time 2 --start", 5) == told(
        "alice has a timer running on ticket 1, 'Refund not received'",
        "tix time --stop, or tix time 2 --start --switch",
    )
    assert desk("time 2 --start --switch -o table", env=at("18:40:00")) == (
        "1: worked 10m (35m in all), timer none - Refund not received\n2: timer bob,alice - Login\n"
    )


def test_a_forgotten_timer_is_stopped_by_saying_how_long_it_was(desk: Desk):
    desk("time 2 --start")
    tomorrow = {"TIX_NOW": "2026-11-22T09:00:00Z"}

    assert error(desk, "time 2 --stop", 5, env=tomorrow) == told(
        "the timer on ticket 2 has run for 14 h 30 min, so it must have been forgotten",
        "say how long it was: tix time 2 --stop --for 45m (0m for nothing)",
    )
    desk("time 2 --stop --for 45m", env=tomorrow)
    assert desk("time 2 --fields seconds,source") == "2700\ttimer\n"


def test_undo_takes_time_back(desk: Desk):
    assert desk("undo -o table") == (
        "took back the change of 1: worked -25m (0s in all) - Refund not received\n"
    )
    assert desk("log 1 -L 1 -o table").splitlines()[1].endswith("undone: worked -25m (undo:3)")
    desk("redo")
    assert desk("time 1 --fields seconds") == "1500\n"


def test_a_dry_run_is_a_line_for_apply(desk: Desk):
    lines = [
        desk("time 1 -n -o jsonl --note Again --at '2026-11-21 19:30' -- -5m"),
        desk("time 2 --start --dry-run -o jsonl"),
    ]

    assert json.loads(lines[0]) == {
        "schema": "tix.command/1",
        "command": "time",
        "ticket": 1,
        "duration": "-5m",
        "note": "Again",
        "at": "2026-11-21T18:30:00Z",
    }
    stop = '{"command": "time", "stop": true, "for": "3m"}\n'
    desk("apply -", input="".join(lines) + stop)
    assert desk("list --fields id,worked_s") == "1\t1200\n2\t180\n"
    assert "changes nothing" in error(desk, "apply -", 65, input='{"command": "time"}')


def test_a_desk_that_is_exported_keeps_its_time(desk: Desk):
    desk("time 2 --start")
    exported = desk("export")

    desk("init --db copy")
    desk("import - --db copy", input=exported)
    assert desk("export --db copy") == exported
    assert desk("time 1 --fields seconds,note --db copy") == "1500\tCalled the bank.\n"


def test_the_note_of_an_entry_keeps_no_secret(desk: Desk):
    warned = desk.run("time 2 5m --note 'card 4111 1111 1111 1111'").stderr

    assert "the note of ticket 2 seems to hold a secret (card)" in warned
    assert "4111 1111" not in desk("time 2 --json") + desk("log 2 --json")
    assert desk("list has:secret -o ids") == "2\n"


def test_what_was_worked_outlives_the_words(desk: Desk):
    desk("delete 1 --purge --yes")

    assert "Called the bank" not in desk("show 1 --log --json")
    assert desk("time 1 --fields seconds,source,note") == "1500\tmanual\t\n"
    assert desk.run("doctor").code == 0


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("time --start", "no ticket given\nhint: tix time ID --start\n"),
        ("time 1 5m --stop", "a duration, --start and --stop exclude each other\n"),
        ("time 1 --start --stop", "a duration, --start and --stop exclude each other\n"),
        ("time 1 5m --switch", "--switch needs --start\n"),
        ("time 1 --for 5m", "--for needs --stop\n"),
        ("time --stop --at now", "--at needs a duration\n"),
        ("time 1 --note x", "--note needs a duration or --stop\n"),
        ("time 1 5", "'5' is not a length of time\n"),
        ("time 1 2bd", "'2bd' is working time"),
        ("time 1 0m", "a time entry is from 1 s to 31 days\n"),
        ("time 1 5m --at tomorrow", "time spent cannot come from the future\n"),
        ("time 5m", "'5m' is no ticket"),
        ("time 1,2 5m", "one ticket is needed, and '1,2' names 2\n"),
        ("time 99 5m", "no ticket 99\n"),
    ],
)
def test_what_is_no_time_is_told(desk: Desk, line: str, said: str):
    assert error(desk, line, 3 if "99" in line else 2).startswith(said)
