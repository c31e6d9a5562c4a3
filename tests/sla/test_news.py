"""``--new``: each step once, reminders, what somebody knows, silence, and a sudden end."""

from __future__ import annotations

import json
import signal
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.sla.checker import MONDAY
from tix.domain.alert import Quiet
from tix.errors import TicketNotFound, UsageError
from tix.ops.change import Altered
from tix.ops.sla.ledger import acknowledge, silence
from tix.ops.tickets.talking import receive
from tix.sla.options import parse
from tix.sla.run import open_desk
from tix.store.checker import turn

if TYPE_CHECKING:
    from pathlib import Path

    from tests.sla.checker import Checker
    from tix.desk import Desk

SOON = "2026-11-23T08:50:00Z"
LATER = "2026-11-23T09:30:00Z"


def desk_at(sla: Checker, now: str) -> Desk:
    return open_desk(parse([]), {**sla.env, "TIX_NOW": now})


def told(text: str) -> list[str]:
    """Return state and number of each line."""
    return [" ".join(line.split()[:2]) for line in text.splitlines()]


def test_each_step_is_told_once(late: Checker):
    assert told(late("--new", code=2)) == ["BREACHED 1"]
    assert told(late("--new", code=1, now=SOON)) == ["AT-RISK 2"]
    assert told(late("--new", now=SOON)) == []
    assert told(late("--new", code=2, now=LATER)) == ["BREACHED 2"]
    assert told(late("--new", now=LATER)) == []


def test_a_clock_that_begins_again_is_news(late: Checker):
    late("--new", code=2)
    late.desk("reply 1 -m 'On its way.'", env={"TIX_NOW": "2026-11-23T08:21:00Z"})
    receive(desk_at(late, "2026-11-23T08:22:00Z"), 1, "Where?")

    assert told(late("--new", code=2, now=SOON)) == ["BREACHED 1", "AT-RISK 2"]


def test_a_reminder_comes_after_its_time(late: Checker):
    late("--new", code=2)

    remind = "--new --clock first id:1 --remind-every 4h"
    assert late(remind, now="2026-11-23T12:19:00Z") == ""
    assert told(late(remind, now="2026-11-23T12:20:00Z", code=2)) == ["BREACHED 1"]
    assert late(remind, now="2026-11-23T12:21:00Z") == ""


def test_who_knows_is_not_reminded_but_told_of_a_further_step(late: Checker):
    late("--new id:2", code=1, now=SOON)
    desk = desk_at(late, SOON)

    assert acknowledge(desk, [2]).records == (
        Altered("alerts", "2", Quiet(), Quiet(acked=("first",))),
    )
    assert acknowledge(desk, [2]).unchanged == ("2",)

    remind = "--new --remind-every 1m id:2"
    assert late(remind, now="2026-11-23T08:59:00Z") == ""
    items = json.loads(late("--format json id:2", code=1, now=SOON))["items"]
    assert [(item["id"], item["acknowledged"], item["new"]) for item in items] == [(2, True, False)]
    assert told(late(remind, now=LATER, code=2)) == ["BREACHED 2"]
    assert told(late(remind, now="2026-11-23T09:32:00Z", code=2)) == ["BREACHED 2"]


def test_only_what_is_late_can_be_known(late: Checker):
    desk = desk_at(late, SOON)

    with pytest.raises(TicketNotFound):
        acknowledge(desk, [1, 99])
    assert acknowledge(desk, [3]).unchanged == ("3",)

    assert told(late("--new id:1", code=2)) == ["BREACHED 1"]


def test_nothing_is_told_of_a_silent_ticket_until_its_time(late: Checker):
    desk = desk_at(late, SOON)
    until = datetime(2026, 11, 23, 10, tzinfo=UTC)

    assert silence(desk, [1], until).records == (
        Altered("alerts", "1", Quiet(), Quiet(silent_until=until)),
    )

    assert told(late("--new", code=1, now=SOON)) == ["AT-RISK 2"]
    assert told(late(code=2, now=SOON)) == ["BREACHED 1", "AT-RISK 2"]
    assert told(late("--new id:1", code=2, now="2026-11-23T10:00:00Z")) == ["BREACHED 1"]


def test_a_silence_can_be_ended(late: Checker):
    desk = desk_at(late, SOON)
    silence(desk, [1], desk.clock() + timedelta(hours=2))

    silence(desk, [1], None)

    assert told(late("--new id:1", code=2)) == ["BREACHED 1"]


def test_a_silence_ends_in_time_to_come(late: Checker):
    desk = desk_at(late, SOON)

    with pytest.raises(UsageError, match="2026-11-23 08:50 UTC is past; a time to come is needed"):
        silence(desk, [1], desk.clock())


def test_undo_lets_the_checker_remind_again(late: Checker):
    late("--new", code=2)
    remind = "--new --remind-every 1m id:1"
    late.desk("sla ack 1", env={"TIX_NOW": MONDAY})
    assert late(remind, now="2026-11-23T09:00:00Z") == ""

    late.desk("undo")
    assert told(late(remind, now="2026-11-23T09:00:00Z", code=2)) == ["BREACHED 1"]
    late.desk("redo")
    assert late(remind, now="2026-11-23T09:10:00Z") == ""


def test_undo_of_an_ack_before_anything_was_told_lets_it_be_told(late: Checker):
    late.desk("sla ack 1", env={"TIX_NOW": MONDAY})
    assert late("--new") == ""

    late.desk("undo")
    assert told(late("--new", code=2)) == ["BREACHED 1"]


def test_undo_of_a_silence_leaves_one_that_came_later(late: Checker):
    late.desk("sla silence 1 2h", env={"TIX_NOW": MONDAY})
    late.desk("undo")
    assert told(late("--new id:1", code=2)) == ["BREACHED 1"]

    first = json.loads(late.desk("sla silence 2 1h --json", env={"TIX_NOW": SOON}))
    late.desk("sla silence 2 8h", env={"TIX_NOW": SOON})
    late.desk(f"undo {first['op']}", env={"TIX_NOW": SOON})
    assert late("--new id:2", now=LATER) == ""


def test_what_was_told_of_settled_tickets_is_forgotten(late: Checker):
    late("--new", code=2)
    late.desk("resolve 1")
    late.desk("close 1")

    late("--new", code=1, now=SOON)

    alerts = desk_at(late, SOON).folder.read(lambda tx: [a.ticket_id for a in tx.alerts.all()])
    assert alerts == [2]


def test_a_line_that_is_out_of_the_way_of_the_query_stays_news(late: Checker):
    late("--new id:3")

    assert told(late("--new", code=2)) == ["BREACHED 1"]


def test_only_what_is_asked_for_is_printed_but_the_end_tells_all(late: Checker):
    assert told(late("--status at-risk", code=2, now=SOON)) == ["AT-RISK 2"]
    assert told(late("--status breached", code=2, now=SOON)) == ["BREACHED 1"]
    assert told(late("--status all", code=2, now=SOON)) == ["BREACHED 1", "AT-RISK 2"]


def test_clocks_can_be_chosen_and_the_window_of_what_is_at_risk(late: Checker):
    assert told(late("--clock next,update", now=LATER)) == []
    assert told(late("--clock first", now=LATER, code=2)) == ["BREACHED 1", "BREACHED 2"]
    assert told(late("--warn-before 5m id:2", now=SOON)) == []
    assert told(late("--within 4h", code=2)) == ["BREACHED 1", "AT-RISK 2", "AT-RISK 3"]


def killed_while_sending(late: Checker, mark: Path) -> None:
    """Let a checker be killed between sending and recording."""
    mark.unlink(missing_ok=True)
    send = f"command:sh -c 'cat >> {late.desk.home}/got; touch {mark}; exec sleep 9 >&- 2>&-'"
    checker = late.start("--new", "--notify", send)
    while not mark.exists():
        assert checker.poll() is None
    checker.send_signal(signal.SIGKILL)
    checker.communicate()


def test_a_checker_that_is_killed_while_it_tells_makes_the_next_one_say_so(late: Checker):
    killed_while_sending(late, late.desk.home / "mark")

    again = json.loads(late("--new --format json", code=2))

    assert [(item["id"], item["repeated"]) for item in again["items"]] == [(1, True)]
    assert late("--new") == ""


def test_what_was_begun_to_be_told_twice_is_told_no_third_time(late: Checker):
    killed_while_sending(late, late.desk.home / "mark")
    killed_while_sending(late, late.desk.home / "mark")

    assert late("--new") == ""

    got = (late.desk.home / "got").read_text().splitlines()
    assert [json.loads(line)["repeated"] for line in got] == [False, True]
    assert late("--new") == ""
    assert told(late("--new", code=1, now=SOON)) == ["AT-RISK 2"]


def test_a_repetition_says_so_in_its_line(late: Checker):
    killed_while_sending(late, late.desk.home / "mark")

    assert "(may have been told) alice" in late("--new", code=2)


def test_a_second_checker_ends_at_once_and_without_a_word(late: Checker):
    with turn(late.desk.home / "desk") as mine:
        assert mine is not None
        result = late.process("--new", "--flag", "--format", "nagios")
        assert late.process().code == 2

    assert (result.stdout, result.stderr, result.code) == ("", "", 0)


def test_two_at_once_tell_a_breach_once(late: Checker):
    both = [late.start("--new", "--flag") for _ in range(2)]
    printed = [checker.communicate() for checker in both]

    assert sorted(told("".join(stdout for stdout, _ in printed))) == ["BREACHED 1"]
    assert [stderr for _, stderr in printed] == ["", ""]
    assert sorted(checker.returncode for checker in both) == [0, 2]
    log = late.desk("log 1 -o jsonl").splitlines()
    assert [json.loads(line)["kind"] for line in log].count("breached") == 1


def test_promises_of_agents_are_told_each_once(late: Checker):
    late.desk(["promise", "3", "call her", "--by", "2026-11-23 09:10"])
    late.desk(["promise", "3", "send the form", "--by", "2026-11-23 09:12"])

    (item,) = json.loads(late("--new --format json id:3", code=2))["items"]
    assert (item["clock"], item["clocks"], item["level"]) == (
        "promise",
        ["promise", "promise"],
        "call her",
    )
    assert late("--new id:3") == ""
    late("--flag --clock promise", code=2)
    log = [json.loads(line) for line in late.desk("log 3 -o jsonl").splitlines()]
    flagged = [event["data"]["sla"]["clock"] for event in log if event["kind"] == "breached"]
    assert sorted(flagged) == ["promise:1", "promise:2"]


def test_a_promise_is_late_whatever_else_is_promised_for_its_ticket(late: Checker):
    late.desk("edit 1 --sla none")
    late.desk("resolve 2 3")
    late.desk(["promise", "1", "call her", "--by", "2026-11-23 09:10"])
    late.desk(["promise", "3", "send the form", "--by", "2026-11-23 09:30"])

    assert late("--format ids", code=2) == "1\n3\n"
    counts = json.loads(late("--format json", code=2))["counts"]
    assert counts == {"open": 2, "ok": 0, "at_risk": 1, "breached": 1, "paused": 0}
    late("--flag", code=2, now="2026-11-23T09:00:00Z")
    log = [json.loads(line) for line in late.desk("log 3 -o jsonl").splitlines()]
    assert [one["data"]["sla"]["clock"] for one in log if one["kind"] == "breached"] == [
        "promise:1"
    ]
    late.desk("promise done 1 3")
    assert late(now="2026-11-23T09:00:00Z") == ""


def test_a_ticket_without_a_level_is_fine(late: Checker):
    late.desk("edit 1 --sla none")

    assert late() == ""
    assert json.loads(late("--format json"))["counts"]["open"] == 3
