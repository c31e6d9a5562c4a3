"""The turn of the SLA checker: one at a time, and what it leaves for the next.

``sla.lock`` is locked by the kernel for as long as a checker runs, so that it is free at once
when one dies. In it stand its heartbeat and what it was about to send: whoever finds that a
checker came to no end knows that this may have been told already.
"""

from __future__ import annotations

import fcntl
import json
import os
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from tix.codec import encode_time
from tix.record import Record
from tix.store.folder import Folder, contents, failed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

SLA_LOCK = "sla.lock"


class Heartbeat(Record):
    """When a checker came to its end, and how soon the next one was to follow."""

    at: datetime
    every: timedelta

    def is_missed(self, now: datetime) -> bool:
        """Return whether three checks in a row did not take place."""
        return now - self.at > 3 * self.every


class Turn:
    """The turn of one checker; *sending* counts how often what was being sent had been begun."""

    def __init__(self, fd: int, known: Mapping[str, object]) -> None:
        self._fd = fd
        self._beat = known.get("beat")
        sending = known.get("sending")
        self.sending: dict[str, int] = {}
        if isinstance(sending, dict):
            self.sending = {str(key): n for key, n in sending.items() if isinstance(n, int)}

    def begin(self, keys: Iterable[str]) -> None:
        """Note what is about to be sent."""
        self._write({key: self.sending.get(key, 0) + 1 for key in keys})

    def end(self) -> None:
        """Note that all was sent and is known to the desk, or that none of it was sent."""
        self._write({})

    def beat(self, now: datetime, every: timedelta | None) -> None:
        """Note that a check came to its end; without *every* nobody waits for the next."""
        seconds = every and every.total_seconds()
        self._beat = {"at": encode_time(now), "every_s": seconds} if seconds else None
        self._write(self.sending)

    def _write(self, sending: dict[str, int]) -> None:
        self.sending = sending
        kept = {"beat": self._beat, "sending": sending}
        text = json.dumps({name: value for name, value in kept.items() if value}).encode()
        os.ftruncate(self._fd, 0)
        os.pwrite(self._fd, text + b"\n", 0)


@contextmanager
def turn(path: str | os.PathLike[str]) -> Iterator[Turn | None]:
    """Return the block in which no other checker of the desk at *path* runs; None if one does.

    Raises:
        CannotCreate: There is no desk.
        PermissionRefused: Nothing may be written there.
    """
    with Folder.open(path) as folder:
        try:
            fd = folder.open_file(SLA_LOCK, os.O_RDWR | os.O_CREAT)
        except OSError as problem:
            raise failed(problem, f"cannot lock {folder.path}/{SLA_LOCK}") from problem
    try:
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield None
            return
        yield Turn(fd, _known(contents(fd)))
    finally:
        os.close(fd)


def heartbeat(path: str | os.PathLike[str]) -> Heartbeat | None:
    """Return the last heartbeat of the desk at *path*; None if nobody waits for the next."""
    try:
        with open(f"{os.fspath(path)}/{SLA_LOCK}", "rb") as file:  # noqa: PTH123 - 3 ms to import
            beat = _known(file.read()).get("beat")
    except OSError:
        return None
    with suppress(TypeError, ValueError, KeyError, OverflowError):
        if isinstance(beat, dict):
            at = datetime.fromisoformat(beat["at"])
            if at.tzinfo is not None:
                return Heartbeat(at, timedelta(seconds=beat["every_s"]))
    return None


def _known(content: bytes) -> dict[str, object]:
    """Return what a checker left; nothing if it was ended while it wrote."""
    try:
        known = json.loads(content or b"{}")
    except ValueError:
        return {}
    return known if isinstance(known, dict) else {}
