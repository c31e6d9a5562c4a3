"""``--flag``, ``--escalate``, ``--wake``, ``--close-after``: what a check may change."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.sla.checker import MONDAY
from tix.sla.options import parse
from tix.sla.run import open_desk

if TYPE_CHECKING:
    from tests.sla.checker import Checker


def events(sla: Checker, number: int, kind: str = "") -> list[dict[str, Any]]:
    """Return the events of a ticket, the oldest first."""
    found = [json.loads(line) for line in sla.desk(f"log {number} -o jsonl").splitlines()]
    return [event for event in reversed(found) if kind in ("", event["kind"])]


def shown(sla: Checker, number: int) -> dict[str, Any]:
    ticket: dict[str, Any] = json.loads(sla.desk(f"show {number} --json"))
    return ticket


def test_a_breach_is_flagged_once_at_the_time_when_it_was_due(late: Checker):
    late("--flag", code=2)
    late("--flag", code=2)

    (event,) = events(late, 1, "breached")
    assert (event["at"], event["recorded_at"], event["by"], event["cause"]) == (
        "2026-11-23T08:15:00Z",
        MONDAY,
        "system",
        "sla standard",
    )
    assert event["data"]["sla"] == {
        "clock": "first",
        "level": "standard",
        "version": 1,
        "priority": "urgent",
        "started_at": "2026-11-21T18:30:00Z",
        "due_at": "2026-11-23T08:15:00Z",
    }
    assert events(late, 2, "breached") == []


def test_each_clock_is_flagged_for_itself(late: Checker):
    late("--flag --clock resolution", code=0)
    assert events(late, 1, "breached") == []

    late("--flag", code=2, now="2026-11-24T10:00:00Z")

    flagged = [event["data"]["sla"]["clock"] for event in events(late, 1, "breached")]
    assert flagged == ["first", "resolution"]


def test_a_tag_comes_with_the_flag_from_the_line_or_else_from_the_config(late: Checker):
    (late.desk.home / "config.toml").write_text("sla_tag = 'overdue'\n")
    late("--flag", code=2)
    late("--flag --tag late", code=2, now="2026-11-23T09:30:00Z")

    assert shown(late, 1)["tags"] == ["overdue"]
    assert shown(late, 2)["tags"] == ["late"]
    assert events(late, 1, "tagged") == []


def test_a_lost_ledger_makes_no_second_flag(late: Checker):
    late("--flag", code=2)
    desk = open_desk(parse([]), late.env)
    with desk.folder.write() as tx:
        tx.alerts.drop(1)

    late("--flag", code=2)

    assert len(events(late, 1, "breached")) == 1


def test_many_breaches_are_one_operation(sla: Checker):
    lines = "".join(
        json.dumps({"command": "new", "subject": f"Number {n}", "priority": "urgent"}) + "\n"
        for n in range(1000)
    )
    sla.desk("apply -", input=lines)
    before = sla.desk("log --ops -o jsonl").count("\n")

    sla("--flag --quiet", code=2)

    assert sla.desk("log --ops -o jsonl").count("\n") == before + 1
    assert len(events(sla, 1000, "breached")) == 1


@pytest.fixture
def steep(sla: Checker) -> Checker:
    """A desk with a ladder, and an urgent ticket."""
    sla.desk("agent add alice")
    sla.desk("agent add bob")
    sla.ladder(
        "priority up", "tier up", "assign bob", "tag late,seen", "note Call them.", "notify boss"
    )
    sla.desk("new Refund -p high -a alice")
    return sla


BROKEN = "2026-11-23T09:30:00Z"


def test_a_step_does_what_it_says_as_one_event(steep: Checker):
    printed = steep("--escalate", code=2, now=BROKEN)

    assert printed.splitlines()[0].startswith("ESCALATED BREACHED 1 ")
    assert printed.splitlines()[0].endswith(": Refund - boss")
    ticket = shown(steep, 1)
    assert {name: ticket[name] for name in ("priority", "tier", "assignee", "tags")} == {
        "priority": "urgent",
        "tier": 2,
        "assignee": "bob",
        "tags": ["half", "late", "seen"],
    }
    steps = [event["data"]["sla"]["step"] for event in events(steep, 1, "escalated")]
    assert steps == ["50%", "breach"]
    assert events(steep, 1, "noted")[0]["data"]["body"] == "Call them."


def test_a_step_is_taken_once(steep: Checker):
    steep("--escalate", now="2026-11-23T08:31:00Z")
    assert shown(steep, 1)["tags"] == ["half"]

    steep("--escalate", code=2, now=BROKEN)
    after = events(steep, 1)
    assert "ESCALATED" not in steep("--escalate", code=2, now="2026-11-23T09:40:00Z")

    assert events(steep, 1) == after


def test_another_level_has_a_ladder_of_its_own(steep: Checker):
    file = steep.desk.home / "gold.toml"
    file.write_text(
        (steep.desk.home / "ladder.toml").read_text().partition("ladder")[0]
        + '[levels.gold]\nfirst = { any = "30m" }\n'
        + 'ladder = [{ at = "breach", do = ["tag gold"] }]\n'
    )
    steep.desk(["setup", "apply", str(file)])
    steep.desk("edit 1 --sla gold")

    steep("--escalate", code=2, now="2026-11-23T08:31:00Z")

    assert shown(steep, 1)["tags"] == ["gold"]


def test_a_clock_that_was_breached_climbs_the_ladder_that_it_was_promised(steep: Checker):
    steep.desk("edit 1 --sla none", env={"TIX_NOW": "2026-11-23T09:40:00Z"})
    steep.desk("edit 1 --sla standard", env={"TIX_NOW": "2026-11-23T09:41:00Z"})

    steep("--escalate", code=2, now="2026-11-23T09:42:00Z")

    steps = [event["data"]["sla"]["step"] for event in events(steep, 1, "escalated")]
    assert sorted(steps) == ["50%", "breach"]


def test_what_an_agent_promised_climbs_no_ladder_whatever_it_is_called(sla: Checker):
    level = """[levels.standard]
resolution = { any = "8bd" }
ladder = [{ at = "80%", do = ["tag late"] }]
"""
    sla.desk("setup apply -", input=level)
    sla.desk("new Refund")
    for text in ("first", "standard"):  # numbers 1 and 2, and the level is in its version 2
        sla.desk(["promise", "1", text, "--by", "2026-11-23 09:10"])

    sla("--escalate", code=2)

    assert events(sla, 1, "escalated") == []


def test_what_means_nothing_on_the_desk_is_told_and_left_out(sla: Checker):
    sla.ladder("assign carol", "assign evenly", "tier 12", "priority mega", "note")
    sla.desk("new Refund -p urgent")

    result = sla.here("--escalate")

    assert result.code == 2
    told = [line.removeprefix("tix-sla: warning: ") for line in result.stderr.splitlines()]
    assert [line.split(": ")[1] for line in told] == [
        "assign carol",
        "assign evenly",
        "tier 12",
        "priority mega",
    ]
    assert events(sla, 1, "noted")[0]["data"]["body"] == "sla standard: first breach"


def test_a_ticket_can_go_to_nobody_to_whom_has_least_and_to_a_tier(sla: Checker):
    for name in ("alice", "bob"):
        sla.desk(f"agent add {name}")
    sla.ladder("assign nobody", "tier 3", "priority urgent")
    sla.desk("new First -p high -a alice")
    sla("--escalate", code=2, now=BROKEN)
    sla.ladder("assign evenly")
    sla.desk("new Second -p high -a alice")
    sla("--escalate", code=2, now=BROKEN)

    first, second = shown(sla, 1), shown(sla, 2)
    assert (first["assignee"], first["tier"], first["priority"]) == (None, 3, "urgent")
    assert second["assignee"] in ("alice", "bob")


def test_a_notice_that_cannot_be_sent_is_owed_until_it_can(steep: Checker):
    box = steep.desk.home / "box" / "alerts.jsonl"

    result = steep.here("--escalate", "--now", BROKEN, "--notify", f"file:{box}")
    assert result.stderr == (
        "tix-sla: warning: the file cannot be opened: No such file or directory; "
        "its alerts are sent again next time\n"
    )
    box.parent.mkdir()
    for _ in range(2):
        steep(f"--escalate --notify file:{box}", code=2, now=BROKEN)

    sent = [json.loads(line) for line in box.read_text().splitlines()]
    assert [(alert["id"], alert["message"]) for alert in sent] == [(1, "boss")]


def test_a_hook_is_run_by_name_if_hooks_are_allowed(sla: Checker):
    sla.ladder("hook page")
    sla.desk("new Refund -p urgent")
    hooks = sla.desk.home / "hooks"
    hooks.mkdir(mode=0o700)
    for name in ("on-page", "on-escalated"):
        (hooks / name).write_text('#!/bin/sh\ncat >> "$HOME/${0##*/}.got"\n')
        (hooks / name).chmod(0o700)

    refused = sla.here("--escalate")
    (sla.desk.home / "config.toml").write_text("hooks = true\n")
    (hooks / "on-page").rename(hooks / "aside")
    missing = sla.here("--escalate")
    (hooks / "aside").rename(hooks / "on-page")
    fine = [sla.here("--escalate") for _ in range(2)]

    assert "hooks are off" in refused.stderr
    assert "hook on-page is not there" in missing.stderr
    assert [result.stderr for result in fine] == ["", ""]
    (line,) = (sla.desk.home / "on-page.got").read_text().splitlines()
    assert json.loads(line)["id"] == 1


def test_hooks_are_told_of_what_a_check_writes(late: Checker):
    (late.desk.home / "config.toml").write_text("hooks = true\n")
    hooks = late.desk.home / "hooks"
    hooks.mkdir(mode=0o700)
    (hooks / "on-breached").write_text('#!/bin/sh\ncat >> "$HOME/got"\n')
    (hooks / "on-breached").chmod(0o700)

    for _ in range(2):
        assert late.here("--flag", env={"TIX_HOOK": ""}).stderr == ""

    (line,) = (late.desk.home / "got").read_text().splitlines()
    assert json.loads(line)["kind"] == "breached"


def test_what_was_postponed_comes_back_and_is_told(late: Checker):
    late.desk("snooze 3 'mon 9:05'")

    assert late("--wake", now="2026-11-23T08:04:00Z") == ""
    assert late("--wake", now="2026-11-23T08:06:00Z").splitlines() == [
        "WOKEN 3 normal -: How do I export?"
    ]

    assert [event["at"] for event in events(late, 3, "woken")] == ["2026-11-23T08:05:00Z"]
    assert late("--wake", now="2026-11-23T08:07:00Z") == ""


def test_what_is_long_quiet_is_closed_by_the_desk_or_as_soon_as_asked(late: Checker):
    late.desk("delete 2")
    late.desk("resolve 1 3")
    assert late("--close-after 7", now="2026-11-28T18:29:00Z") == ""
    assert late("--close-after 7d id:1", now="2026-11-28T18:31:00Z").splitlines() == [
        "CLOSED 1 urgent alice: Refund not received",
        "CLOSED 3 normal -: How do I export?",
    ]
    assert events(late, 1, "closed")[0]["cause"] == "quiet for 7 days"

    late.desk("new Another")
    late.desk("resolve 4")
    found = json.loads(late("--wake --format json", now="2026-12-07T18:31:00Z"))
    assert (found["woken"], found["closed"]) == ([], [4])
