"""Looking after a desk, by who is asked to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.ops.desks import Clock, opened
from tix.config import load_config
from tix.desk import Desk
from tix.ops.doctoring import examine, repair
from tix.store.doctor.machine import Versions

if TYPE_CHECKING:
    from pathlib import Path

WHOLE = Versions("2025b", "3.45.1", has_full_text=True)


def made(folder: Path) -> Desk:
    config = load_config({"TIX_USER": "alice", "TIX_TZ": "UTC"}, None)
    desk = Desk(str(folder / "desk"), config, clock=Clock(), warn=print)
    desk.create()
    opened(desk, "First")
    return desk


def test_what_the_machine_lacks_is_told_with_what_is_wrong(tmp_path: Path) -> None:
    desk = made(tmp_path)

    assert examine(desk, WHOLE) == ()
    lacking = examine(desk, Versions(None, None, has_full_text=False))
    assert [problem.code for problem in lacking] == ["no_time_zones", "no_full_text"]
    assert all(problem.is_warning and not problem.remedy for problem in lacking)


def test_a_repair_is_an_operation_of_who_asked_for_it(tmp_path: Path) -> None:
    desk = made(tmp_path)
    (tmp_path / "desk" / "history" / "1.json").write_bytes(b"")

    outcome = repair(desk)

    assert outcome.lost == ("ticket 1: events are lost (1 of 1)",)
    last = desk.store.read(lambda tx: tx.operations.all()[-1])
    assert (last.by, last.command, last.tickets) == ("agent:alice", "doctor", ((1, 1),))
    assert examine(desk, WHOLE) == ()
