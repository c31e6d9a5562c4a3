"""Erasing for good: what was erased from the desk goes from all that is kept of its past.

The earlier states below ``backups`` hold every word that the desk held then. None of them can
be changed without making it a state that never was, so all go, and a copy of the present one
is made at once. That happens after the moment of truth: should it be cut short, the erasure
itself is saved, and the same command does the rest when it is called again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tix.errors import IOFailed, TixError
from tix.store.blobs import FILES
from tix.store.daily import COPIES, DAILY, copy_once_a_day
from tix.store.folder import reason, temp_name
from tix.store.recent import RECENT, recents, remove_dropped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime

    from tix.store.folder import Folder


def drop_past(
    folder: Folder, unused: Iterable[str], now: datetime, *, generation: int
) -> tuple[str, ...]:
    """Remove every earlier state and the files with the sums *unused*; return what to tell.

    *generation* is the root's as it is now. Only under the lock.

    Raises:
        IOFailed: Some of it is still there.
    """
    try:
        for sha256 in unused:
            folder.remove(f"{FILES}/{sha256[:2]}/{sha256}")
        for label in recents(folder):
            folder.rename(f"{RECENT}/{label}", temp_name(f"{RECENT}/{label}"))
        remove_dropped(folder)
        for dirname in (DAILY, COPIES):
            for name in folder.listing(dirname):
                folder.remove(f"{dirname}/{name}")
            for temp in folder.temps(dirname):
                folder.remove(f"{dirname}/{temp}")
    except (OSError, TixError) as problem:
        raise IOFailed(
            f"the change is saved, and earlier states still hold what it erased: {reason(problem)}",
            hint="the same command again removes them",
        ) from problem
    return copy_once_a_day(folder, now, generation=generation)


def sums_in(data: Mapping[str, Any]) -> Iterator[str]:
    """Return the sums of the files that the data of an event names."""
    if "body_file" in data:
        yield str(data["body_file"])
    yield from (str(file["sha256"]) for file in data.get("attachments", ()))
