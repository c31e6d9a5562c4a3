"""The heartbeat: who waits for the checker is told when it stops."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.sla.checker import Checker

TOLD = "tix-sla last ran 16 min ago and should run every 5 min; see 'tix help cron'"


def inbox(sla: Checker, now: str, *words: str) -> str:
    """Return what ``tix inbox`` says on stderr."""
    return sla.desk.run(["inbox", *words], env={"TIX_NOW": now}).stderr


def test_the_inbox_says_so_if_three_checks_did_not_take_place(late: Checker):
    late("--every 5m -q", code=2)

    assert inbox(late, "2026-11-23T08:35:00Z") == ""
    assert inbox(late, "2026-11-23T08:36:00Z") == f"{TOLD}\n"
    assert inbox(late, "2026-11-23T08:36:00Z", "-q") == ""


def test_nobody_waits_for_a_checker_without_an_interval(late: Checker):
    late("--new -q", code=2)
    assert inbox(late, "2027-01-01T00:00:00Z") == ""

    late("--every 5m -q", code=2)
    late("--new -q")
    assert inbox(late, "2027-01-01T00:00:00Z") == ""


def test_a_check_that_was_ended_is_no_heartbeat(late: Checker):
    late("--every 5m -q", code=2)

    late.here("--every", "5m", "--now", "2026-11-23T08:30:00Z", "--to", "/nowhere/x")

    assert inbox(late, "2026-11-23T08:36:00Z") == f"{TOLD}\n"


@pytest.mark.parametrize(
    "content", ["", "no json", "[]", '{"beat": 1}', '{"beat": {}}', '{"beat": {"at": "x"}}']
)
def test_a_damaged_heartbeat_is_none(late: Checker, content: str):
    (late.desk.home / "desk" / "sla.lock").write_text(content)

    assert inbox(late, "2026-11-23T08:36:00Z") == ""
    assert late("--every 5m -q", code=2) == ""
    assert inbox(late, "2026-11-23T08:36:00Z") == f"{TOLD}\n"


def test_a_heartbeat_can_be_a_file_of_its_own(late: Checker):
    file = late.desk.home / "beat"

    late(f"--heartbeat {file} -q", code=2)

    assert file.read_text() == "2026-11-23T08:20:00Z\n"
