"""The lock that lets one command at a time change a desk.

The kernel's own lock on an open file: it is free at once when its holder dies, whatever it
died of, and those who wait are served in turn. The file is never removed: a lock on a file
without a name would keep nobody out. What is written in it only says who holds the lock.
"""

from __future__ import annotations

import fcntl
import os
import sys
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from tix.errors import Locked
from tix.store.folder import LOCK, failed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tix.store.folder import Folder

_POLL_S = 0.01


@contextmanager
def hold(folder: Folder, timeout_s: float, *, shared: bool = False) -> Iterator[None]:
    """Return the block in which nobody else changes the desk.

    With *shared* other readers may be there as well and nothing is written, so that it works
    in a folder that can only be read.

    Raises:
        Locked: *timeout_s* seconds were not enough.
    """
    fd = _acquire(folder, time.monotonic() + timeout_s, shared=shared)
    try:
        yield
    finally:
        if fd is not None:
            _release(fd, shared=shared)


def _acquire(folder: Folder, deadline: float, *, shared: bool) -> int | None:
    while True:
        fd = _open(folder, shared=shared)
        if fd is None:
            return None
        try:
            _lock(fd, deadline, shared=shared)
            if folder.is_same(LOCK, fd):
                if not shared:
                    _sign(fd)
                return fd
        except OSError as problem:
            os.close(fd)
            raise failed(problem, f"cannot lock {folder.path}") from problem
        except BaseException:
            os.close(fd)
            raise
        # Somebody removed the file while we waited: our lock keeps nobody out.
        os.close(fd)


def _open(folder: Folder, *, shared: bool) -> int | None:
    try:
        return folder.open_file(LOCK, os.O_RDONLY if shared else os.O_RDWR | os.O_CREAT)
    except OSError as problem:
        if shared and isinstance(problem, FileNotFoundError):
            return None  # where no writer ever was there is none to wait for
        raise failed(problem, f"cannot lock {folder.path}") from problem


def _lock(fd: int, deadline: float, *, shared: bool) -> None:
    operation = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
    try:
        fcntl.flock(fd, operation | fcntl.LOCK_NB)
    except BlockingIOError:
        left_s = deadline - time.monotonic()
        if left_s <= 0 or not _wait(fd, operation, left_s):
            raise Locked(
                f"the desk is in use by {_holder(fd)}", hint="try again in a moment"
            ) from None


def _wait(fd: int, operation: int, left_s: float) -> bool:
    import threading

    if threading.current_thread() is threading.main_thread():
        return _wait_in_turn(fd, operation, left_s)
    return _poll(fd, operation, time.monotonic() + left_s)


class _TimeUp(Exception):
    """The alarm rang."""


def _wait_in_turn(fd: int, operation: int, left_s: float) -> bool:
    """Return whether the lock was had in time; the kernel keeps the queue, an alarm ends it."""
    import signal

    waiting = True

    def ring(*_: object) -> None:
        if waiting:
            raise _TimeUp

    handler = signal.signal(signal.SIGALRM, ring)
    started = time.monotonic()
    earlier_s, interval_s = signal.setitimer(signal.ITIMER_REAL, left_s)
    try:
        fcntl.flock(fd, operation)
        waiting = False
    except _TimeUp:
        return False
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, handler or signal.SIG_DFL)
        if earlier_s:
            gone_s = time.monotonic() - started
            signal.setitimer(signal.ITIMER_REAL, max(earlier_s - gone_s, 0.001), interval_s)
    return True


def _poll(fd: int, operation: int, deadline: float) -> bool:
    """Return whether the lock was had in time; alarms belong to the main thread alone."""
    while time.monotonic() < deadline:
        time.sleep(_POLL_S)
        with suppress(BlockingIOError):
            fcntl.flock(fd, operation | fcntl.LOCK_NB)
            return True
    return False


def _sign(fd: int) -> None:
    """Write who holds the lock: for the next one's error, nothing depends on it."""
    words = " ".join(["tix", *sys.argv[1:2]])
    with suppress(OSError):
        os.fchmod(fd, 0o600)
        os.ftruncate(fd, 0)
        os.pwrite(fd, f"{os.getpid()} {words}\n".encode(errors="replace"), 0)


def _release(fd: int, *, shared: bool) -> None:
    with suppress(OSError):
        if not shared:
            os.ftruncate(fd, 0)
        # Closing would do, but for a child that inherited the descriptor.
        fcntl.flock(fd, fcntl.LOCK_UN)
    os.close(fd)


def _holder(fd: int) -> str:
    pid, _, command = os.pread(fd, 200, 0).decode(errors="replace").strip().partition(" ")
    if not (pid.isdigit() and command.isprintable()):
        return "another command"
    return f"process {pid} ({command})"
