"""Many writers at once, and a lock that somebody else holds."""

from __future__ import annotations

import fcntl
import json
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from tests.cli.faults import in_memory, start
from tests.store.plain_desk import script

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.commandline import Desk

pytestmark = [pytest.mark.faults, pytest.mark.timeout(600)]

WRITERS = 16
BOUND_S = 10.0
"""The promise is 3 s, and 1 s is usual; a machine that does other things as well gets time."""


@pytest.fixture
def tix(fresh_home: Path) -> Iterator[Desk]:
    with in_memory(fresh_home) as desk:
        yield desk


@pytest.fixture
def run(tix: Desk) -> Desk:
    return tix.fast


def test_sixteen_writers_lose_nothing_and_wait_in_turn(
    tix: Desk, record_property: Callable[[str, object], None]
):
    printed, _ = start("racing_writers", WRITERS, 50, **tix.env).communicate()
    told = [json.loads(line) for line in printed.splitlines()]

    slowest_s = max(seconds for _, _, seconds in told)
    record_property("slowest of 800 creates, s", round(slowest_s, 2))
    assert {code for code, _, _ in told} == {0}
    assert sorted(int(number) for _, number, _ in told) == list(range(1, 801))
    assert sorted(map(int, tix("list -o ids").split())) == list(range(1, 801))
    assert slowest_s < BOUND_S
    tix("doctor")


def test_real_commands_at_once_lose_nothing(tix: Desk):
    def work(name: int) -> list[str]:
        return [tix(f"new 'By {name}, {nth}'") for nth in range(5)]

    with ThreadPoolExecutor(WRITERS) as pool:
        printed = [number for numbers in pool.map(work, range(WRITERS)) for number in numbers]

    assert sorted(map(int, printed)) == list(range(1, 81))
    assert sorted(map(int, tix("list -o ids").split())) == list(range(1, 81))
    tix("doctor")


@pytest.fixture
def holder(run: Desk) -> Iterator[subprocess.Popen[str]]:
    """A process that holds the lock."""
    run("new Refund")
    command, variables = script("lock_holder", run.home / "desk")
    with subprocess.Popen(
        command, env=variables, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_who_waits_in_vain_is_told_who_holds_the_lock(holder: subprocess.Popen[str], tix: Desk):
    begun = time.monotonic()
    refused = tix.run("new x --lock-timeout 0.4")

    assert 0.4 < time.monotonic() - begun < 5
    assert (refused.code, refused.stdout) == (75, "")
    assert refused.stderr.startswith(
        f"tix: error: the desk is in use by process {holder.pid} (tix "
    )
    assert "hint: try again" in refused.stderr


def test_a_lock_of_somebody_else_is_respected_without_a_name(tix: Desk):
    with (tix.home / "desk" / "lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        refused = tix.run("new x", env={"TIX_LOCK_TIMEOUT": "0"})

        assert refused.code == 75
        assert "the desk is in use by another command" in refused.stderr


@pytest.mark.usefixtures("holder")
@pytest.mark.parametrize("line", ["list", "show 1", "search refund", "log", "doctor"])
def test_readers_do_not_wait(line: str, run: Desk):
    assert run.run(f"{line} --lock-timeout 0").code == 0


def test_who_waits_goes_on_when_the_holder_is_done(holder: subprocess.Popen[str], tix: Desk):
    assert holder.stdin is not None
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(tix, "new x --lock-timeout 20")
        with pytest.raises(TimeoutError):
            waiting.result(timeout=0.5)
        holder.stdin.write("done\n")
        holder.stdin.flush()

        assert waiting.result(timeout=20) == "2\n"


def test_a_dead_holder_holds_nothing(holder: subprocess.Popen[str], tix: Desk):
    holder.kill()
    holder.wait()

    assert tix("new x --lock-timeout 0") == "2\n"
