"""A disk that fails under a command, at each of its calls: done, or refused and as before."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cli.faults import NEEDS_SHIM, is_refusal, sweep
from tests.store.plain_desk import memory_folder

pytestmark = [pytest.mark.faults, pytest.mark.timeout(600), NEEDS_SHIM]

Run = dict[str, Any]

LANES = [
    ["errors:new", "errors:note", "readings:list"],
    ["errors:close", "errors:import", "readings:show"],
]
OUTSIDE = {"receipt.txt cannot be read": 2, "config.toml cannot be read": 78}
"""What fails outside the desk, and the code for it."""


@pytest.fixture(scope="module")
def runs() -> list[Run]:
    with memory_folder() as place:
        return sweep(place, LANES)


@pytest.fixture(scope="module")
def changes(runs: list[Run]) -> list[Run]:
    """What became of commands that change something."""
    return [run for run in runs if run["sweep"] == "errors"]


def is_outside(run: Run) -> bool:
    return any(what in run["stderr"] and run["code"] == OUTSIDE[what] for what in OUTSIDE)


def has_not_saved(run: Run) -> bool:
    """Return whether *run* says that it changed nothing, not only that it may have."""
    return run["code"] != 0 and "this change may not be saved" not in run["stderr"]


def test_every_fault_ends_in_success_or_in_one_line_and_the_code_for_it(runs: list[Run]):
    assert len(runs) > 300
    assert {run["code"] for run in runs if not is_outside(run)} == {0, 74, 77}
    assert [run for run in runs if run["code"] and not is_refusal(run["stderr"])] == []


def test_a_command_that_succeeds_in_spite_of_a_fault_has_done_its_work(changes: list[Run]):
    done = [run for run in changes if run["code"] == 0]

    assert {run["command"] for run in done} == {"new", "note", "close", "import"}
    assert [run for run in done if run["seen"] != "new"] == []


def test_a_command_that_fails_leaves_the_desk_as_it_was(changes: list[Run]):
    failed = [run for run in changes if has_not_saved(run)]

    assert len(failed) > 150
    assert [run for run in failed if run["seen"] != "old"] == []
    assert [run for run in failed if run["stdout"]] == []


def test_a_command_that_cannot_tell_leaves_the_desk_as_it_was_or_as_it_is_to_be(
    changes: list[Run],
):
    unsure = [run for run in changes if run["code"] and not has_not_saved(run)]

    assert unsure
    assert [run for run in unsure if run["code"] != 74 or run["seen"] not in ("old", "new")] == []
    assert [run for run in unsure if "run 'tix doctor'" not in run["stderr"]] == []


def test_the_next_command_goes_on_as_if_nothing_had_been(changes: list[Run]):
    assert [run for run in changes if run["next"] != 0] == []


def test_nothing_is_left_over_once_the_next_command_has_run(changes: list[Run]):
    left = {name for run in changes for name in run["strays"]}

    # Attachments are written without the lock; doctor removes what never got its name.
    assert [name for name in left if not name.startswith("files/")] == []
    assert {code for run in changes for code in run["problems"]} <= {"stray"}


def test_a_reading_command_tells_all_or_says_that_it_cannot(runs: list[Run]):
    readings = [run for run in runs if run["sweep"] == "readings"]

    assert {(run["command"], run["code"]) for run in readings if not is_outside(run)} == {
        ("list", 0),
        ("list", 74),
        ("show", 0),
        ("show", 74),
    }
    assert [run for run in readings if run["code"] == 0 and run["stdout"] != run["right"]] == []
