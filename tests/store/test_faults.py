"""The machine breaks under the desk, at each call of a commit, and nothing is lost."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.store.plain_desk import memory_folder, script

if TYPE_CHECKING:
    from collections.abc import Iterator

Run = dict[str, Any]

# Two processes share the work.
LANES = [["commits"], ["recoveries", "power_cuts", "readers", "blobs", "no_links"]]

pytestmark = [
    pytest.mark.faults,
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="faults.c is made for Linux"),
    pytest.mark.skipif(not shutil.which("gcc"), reason="faults.c needs gcc"),
]


@pytest.fixture(scope="module")
def place() -> Iterator[Path]:
    with memory_folder() as folder:
        yield folder


@pytest.fixture(scope="module")
def runs(place: Path) -> dict[str, list[Run]]:
    """What under_faults.py tells, by kind."""
    shim = place / "faults.so"
    source = Path(__file__).with_name("faults.c")
    subprocess.run(["gcc", "-shared", "-fPIC", "-o", shim, source, "-ldl"], check=True)
    lanes = []
    for kinds in LANES:
        command, variables = script("under_faults", place, *kinds, LD_PRELOAD=str(shim))
        lanes.append(subprocess.Popen(command, env=variables, stdout=subprocess.PIPE))
    told: dict[str, list[Run]] = {kind: [] for kinds in LANES for kind in kinds}
    for lane in lanes:
        lines, _ = lane.communicate()
        assert lane.returncode == 0
        for kind, run in map(json.loads, lines.splitlines()):
            told[kind].append(run)
    return told


def goes_on(run: Run) -> bool:
    """Whether the desk is as good as new for the next writer, its backups too."""
    return run.get("next", True) and not run.get("untrue") and not run["strays"]


def test_a_killed_commit_has_happened_or_not(runs: dict[str, list[Run]]):
    found = [run for run in runs["commits"] if run["end"] == "killed"]

    assert len(found) > 150
    assert [
        run
        for run in found
        if run["seen"] not in (run["old"], run["old"] + 1) or run["after"] != run["seen"]
    ] == []


def test_a_commit_that_says_it_was_done_was_done(runs: dict[str, list[Run]]):
    found = [run for run in runs["commits"] if run["end"] == "done"]

    assert len(found) > 100
    assert [run for run in found if not run["seen"] == run["after"] == run["old"] + 1] == []


def test_a_commit_that_was_refused_has_not_happened(runs: dict[str, list[Run]]):
    found = [run for run in runs["commits"] if run["end"] == "refused"]
    sure = [run for run in found if not run["message"].startswith("this change may not be")]

    assert len(sure) > 200
    assert [run for run in sure if not run["seen"] == run["after"] == run["old"]] == []
    assert {run["code"] for run in sure} == {74, 77}


def test_a_commit_that_may_not_be_saved_has_happened_or_not(runs: dict[str, list[Run]]):
    found = [run for run in runs["commits"] if run.get("message", "").startswith("this change")]

    assert {run["message"].rpartition(": ")[2] for run in found} == {
        "Input/output error",
        "No space left on device",
        "Read-only file system",
    }
    assert [
        run
        for run in found
        if run["code"] != 74
        or run["seen"] not in (run["old"], run["old"] + 1)
        or run["after"] != run["seen"]
    ] == []


def test_no_fault_in_a_commit_ends_in_a_traceback(runs: dict[str, list[Run]]):
    assert {run["end"] for run in runs["commits"]} == {"killed", "done", "refused"}


def test_what_is_left_to_the_next_writer_is_told(runs: dict[str, list[Run]]):
    left = [warning for run in runs["commits"] for warning in run.get("told", ())]

    assert {warning.partition(":")[0] for warning in left} == {
        "saved; the next command finishes the writing",
        "the daily copy of the desk was not made",
    }


def test_after_any_fault_the_desk_goes_on_and_its_backups_are_whole(runs: dict[str, list[Run]]):
    assert [run for run in runs["commits"] if not goes_on(run)] == []


def test_a_disturbed_recovery_changes_nothing_that_a_reader_sees(runs: dict[str, list[Run]]):
    found = runs["recoveries"]

    assert len(found) > 200
    assert [run for run in found if not run["before"] == run["seen"] == run["after"]] == []
    assert {run["end"] for run in found} == {"killed", "done", "refused"}
    assert [run for run in found if not goes_on(run)] == []


def test_power_cuts_leave_a_commit_done_or_not(runs: dict[str, list[Run]]):
    found = [run for run in runs["power_cuts"] if "before" not in run]
    done = [run for run in found if run["is_done"]]

    assert len(found) > 300
    assert [
        run
        for run in found
        if run["seen"] != run["after"] or run["seen"] not in range(run["old"], run["old"] + 3)
    ] == []
    assert [run for run in done if run["seen"] == run["old"]] == []


def test_power_cuts_do_not_undo_a_recovery(runs: dict[str, list[Run]]):
    found = [run for run in runs["power_cuts"] if "before" in run]

    assert len(found) > 50
    assert [run for run in found if not run["before"] == run["seen"] == run["after"]] == []


def test_power_cuts_spare_the_backups_and_the_next_commit(runs: dict[str, list[Run]]):
    # A new file may outlive the one that would have told of it; doctor removes it.
    found = [{**run, "strays": []} for run in runs["power_cuts"]]

    assert [run for run in found if not goes_on(run)] == []


def test_an_attachment_is_kept_or_refused(runs: dict[str, list[Run]]):
    found = runs["blobs"]

    assert {run["end"] for run in found} == {"killed", "done", "refused"}
    assert {run["code"] for run in found if run["end"] == "refused"} == {74, 77}
    assert [run for run in found if not run["next"]] == []


def test_a_reader_that_meets_a_bad_disk_says_so_or_sees_the_desk(runs: dict[str, list[Run]]):
    found = runs["readers"]
    said = [run["told"] for run in found if run["end"] == "done" and run["told"] != run["before"]]

    assert {run["end"] for run in found} == {"done"}
    assert len(said) > 150
    assert [told for told in said if not told.startswith("cannot ")] == []


def test_backups_are_whole_on_a_disk_without_links(runs: dict[str, list[Run]]):
    assert runs["no_links"] == [
        {"untrue": [], "kept": 2, "saved": True},
        {"untrue": [], "kept": 2, "saved": True},
        {"untrue": [], "kept": 17, "saved": True},
    ]
