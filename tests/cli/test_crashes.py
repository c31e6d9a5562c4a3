"""Commands that are killed or stopped half-way: done or not done, and nothing in between."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from tests.cli.faults import NEEDS_SHIM, SCALE, in_memory, start, sweep
from tests.store.plain_desk import memory_folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.commandline import Desk

pytestmark = [pytest.mark.faults, pytest.mark.timeout(600)]

Run = dict[str, Any]

LANES = [
    ["kills:new", "kills:note", "kills:close", "kills:import"],
    ["stops:new", "stops:note", "stops:close", "stops:import"],
]


@pytest.fixture(scope="module")
def runs() -> list[Run]:
    with memory_folder() as place:
        return sweep(place, LANES)


@NEEDS_SHIM
def test_a_killed_command_was_done_or_not(runs: list[Run]):
    killed = [run for run in runs if run["sweep"] == "kills"]

    assert len(killed) > 150
    assert {run["code"] for run in killed} == {-9}
    assert {run["seen"] for run in killed} == {"old", "new"}
    assert Counter(run["command"] for run in killed if run["seen"] == "new").keys() == {
        "new",
        "note",
        "close",
        "import",
    }


@NEEDS_SHIM
def test_readers_see_the_old_or_the_new_state_while_a_writer_stands_still(runs: list[Run]):
    stopped = [run for run in runs if run["sweep"] == "stops"]

    assert len(stopped) > 150
    assert {run["meanwhile"] for run in stopped} == {"old", "new"}


@NEEDS_SHIM
@pytest.mark.parametrize("command", ["new", "note", "close", "import"])
def test_what_readers_have_seen_stays_so(command: str, runs: list[Run]):
    seen = [
        run["meanwhile"] for run in runs if run["sweep"] == "stops" and run["command"] == command
    ]

    assert seen == sorted(seen, key=["old", "new"].index)


@NEEDS_SHIM
def test_a_writer_that_goes_on_does_its_work(runs: list[Run]):
    stopped = [run for run in runs if run["sweep"] == "stops"]

    assert {(run["code"], run["seen"]) for run in stopped} == {(0, "new")}


@NEEDS_SHIM
def test_the_next_command_goes_on_and_clears_away(runs: list[Run]):
    assert [run for run in runs if run["next"] != 0] == []
    left = {name for run in runs for name in run["strays"]}
    assert [name for name in left if not name.startswith("files/")] == []
    assert {code for run in runs for code in run["problems"]} <= {"stray"}


@pytest.fixture
def tix(fresh_home: Path) -> Iterator[Desk]:
    with in_memory(fresh_home) as desk:
        yield desk


def test_kills_at_random_moments_lose_nothing_that_was_acknowledged(tix: Desk):
    process = start("killed_writers", "seed", 40 * SCALE, **tix.env)
    told = [json.loads(line) for line in process.communicate()[0].splitlines()]

    assert process.returncode == 0
    assert [one for one in told if "failed" in one] == []
    done = [one for one in told if "words" in one]
    made = [one["ticket"] for one in done if one["words"][0] == "new"]
    assert len(made) == len(set(made)) > 20
    shown = {ticket["id"]: ticket for ticket in everything(tix)}
    assert set(made) <= shown.keys()
    for number, count in Counter(one["ticket"] for one in done).items():
        # The last command on a ticket may have been killed before it could tell.
        assert shown[number]["rev"] in (count, count + 1)
    bodies = {(n, message["body"]) for n in shown for message in shown[n]["messages"]}
    notes = {(one["ticket"], one["words"][-1]) for one in done if one["words"][0] == "note"}
    assert notes <= bodies
    assert max(one["seconds"] for one in told if "seconds" in one) < 5
    problems = json.loads(tix.run("doctor --json").stdout)["problems"]
    assert {problem["code"] for problem in problems} <= {"stray", "unfinished_commit"}
    tix("note 1 -m 'What was left over is cleared away'")
    tix("doctor")


def everything(tix: Desk) -> list[dict[str, Any]]:
    """Return all tickets with all that happened on them."""
    numbers = tix("list --all -o ids").split()
    tickets: list[dict[str, Any]] = json.loads(tix(["show", *numbers, "-o", "json"]))["tickets"]
    return tickets
