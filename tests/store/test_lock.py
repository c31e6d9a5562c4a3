"""One command at a time changes a desk, and nobody waits for ever."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import threading
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.store.plain_desk import script
from tix.errors import IOFailed, Locked, PermissionRefused
from tix.store.folder import Folder
from tix.store.lock import hold

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Folder]:
    with Folder.create(tmp_path / "desk") as folder:
        yield folder


@contextmanager
def held(folder: Folder, *words: str) -> Iterator[subprocess.Popen]:
    """A block in which another process holds the lock."""
    command, variables = script("lock_holder", folder.path, *words)
    pipe = subprocess.PIPE
    with subprocess.Popen(command, env=variables, stdin=pipe, stdout=pipe) as other:
        assert other.stdout
        assert other.stdout.readline() == b"held\n"
        yield other
        other.kill()


def kept_out(folder: Folder, timeout_s: float = 0, *, shared: bool = False) -> str:
    """Return what one is told who does not get the lock."""
    with pytest.raises(Locked) as locked, hold(folder, timeout_s, shared=shared):
        pass
    return locked.value.message


def test_another_process_is_kept_out_and_told_by_whom(folder: Folder):
    with held(folder) as other, pytest.raises(Locked) as locked, hold(folder, 0.05):
        pass

    assert locked.value.exit_code == 75
    assert locked.value.message == f"the desk is in use by process {other.pid} (tix {folder.path})"
    assert locked.value.hint == "try again in a moment"


def test_the_time_limit_is_kept(folder: Folder):
    started = time.monotonic()

    with held(folder):
        kept_out(folder, 0.2)

    assert 0.2 < time.monotonic() - started < 2


@pytest.mark.parametrize("timeout_s", [0, -1])
def test_without_time_to_wait_nobody_waits(folder: Folder, timeout_s: float):
    with held(folder):
        kept_out(folder, timeout_s)


def test_who_waits_gets_the_lock_when_it_is_free(folder: Folder):
    with held(folder) as other:
        threading.Timer(0.1, other.kill).start()
        with hold(folder, 5):
            assert other.wait() == -signal.SIGKILL


def test_a_thread_waits_as_well(folder: Folder):
    ended = []

    def work() -> None:
        try:
            with hold(folder, 0.1):
                ended.append("held")
        except Locked:
            ended.append("locked")

    with held(folder):
        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
    with held(folder) as other:
        thread = threading.Thread(target=work)
        thread.start()
        other.kill()
        thread.join()

    assert ended == ["locked", "held"]


def test_threads_of_one_process_keep_each_other_out(folder: Folder):
    with hold(folder, 1):
        kept_out(folder)


def test_a_killed_holder_keeps_nobody_out(folder: Folder):
    with held(folder) as other:
        other.kill()
        other.wait()
        with hold(folder, 0):
            pass


def test_readers_share_and_keep_writers_out(folder: Folder):
    with hold(folder, 0):
        pass

    with hold(folder, 0, shared=True), hold(folder, 0, shared=True):
        assert kept_out(folder) == "the desk is in use by another command"
    with hold(folder, 0):
        kept_out(folder, shared=True)


def test_a_reader_makes_no_lock(folder: Folder):
    with hold(folder, 0, shared=True):
        assert folder.listing("") == ()


def test_the_lock_says_who_holds_it_only_while_it_is_held(folder: Folder):
    with hold(folder, 0):
        assert folder.read("lock").split()[0] == b"%d" % os.getpid()

    assert folder.read("lock") == b""


def test_nonsense_in_the_lock_is_not_repeated(folder: Folder):
    with hold(folder, 0):
        Path(folder.path, "lock").write_bytes(b"12 tix \x1b[2J\n")

        assert kept_out(folder) == "the desk is in use by another command"


def test_the_lock_is_the_owners_alone(folder: Folder):
    before = os.umask(0)
    with hold(folder, 0):
        os.umask(before)

    assert stat.S_IMODE(Path(folder.path, "lock").stat().st_mode) == 0o600


def test_a_planted_lock_is_refused(folder: Folder, tmp_path: Path):
    (tmp_path / "elsewhere").write_bytes(b"precious")
    Path(folder.path, "lock").symlink_to(tmp_path / "elsewhere")

    with pytest.raises(PermissionRefused, match="/lock is a link"), hold(folder, 0):
        pass
    with pytest.raises(PermissionRefused, match="/lock is a link"), hold(folder, 0, shared=True):
        pass
    assert (tmp_path / "elsewhere").read_bytes() == b"precious"


def test_a_lock_that_lost_its_name_keeps_nobody_out(folder: Folder):
    """Whoever waited for it does not take it, but looks for the one that has the name now."""
    got_in = threading.Event()

    def wait() -> None:
        with hold(folder, 5):
            got_in.set()

    waiting = threading.Thread(target=wait)
    with held(folder) as other:
        waiting.start()
        Path(folder.path, "lock").unlink()
        with hold(folder, 0):
            other.kill()
            other.wait()
            assert not got_in.wait(0.1)
        assert got_in.wait(5)
    waiting.join()


def test_a_folder_that_is_gone_cannot_be_locked(folder: Folder):
    Path(folder.path).rmdir()

    with pytest.raises(IOFailed, match="cannot lock"), hold(folder, 0):
        pass


def test_an_alarm_set_before_still_rings(folder: Folder):
    rung = []
    handler = signal.signal(signal.SIGALRM, lambda *_: rung.append(True))
    earlier = signal.setitimer(signal.ITIMER_REAL, 0.15)
    try:
        with held(folder) as other:
            threading.Timer(0.01, other.kill).start()
            with hold(folder, 5):
                pass
        while not rung:
            signal.pause()
    finally:
        signal.signal(signal.SIGALRM, handler)
        signal.setitimer(signal.ITIMER_REAL, *earlier)

    assert rung == [True]


def test_the_lock_is_free_after_an_error(folder: Folder):
    with pytest.raises(ZeroDivisionError), hold(folder, 0):
        raise ZeroDivisionError

    with hold(folder, 0):
        pass
