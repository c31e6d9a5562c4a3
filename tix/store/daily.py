"""Daily copies: once a day, what has changed is copied for real.

Why such a copy is a whole state of the desk is told in ``generations.py``.
"""

from __future__ import annotations

import errno
import json
import os
from bisect import bisect
from contextlib import suppress
from itertools import accumulate
from typing import TYPE_CHECKING

from tix.errors import DeskDamaged, TixError
from tix.store.blobs import FILES
from tix.store.folder import parents, reason, temp_name
from tix.store.generations import BACKUPS, Label, labels, state_files
from tix.store.pending import checksum

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from tix.store.folder import Folder, Signature

DAILY = f"{BACKUPS}/daily"
COPIES = f"{BACKUPS}/copies"

_KEPT = 7
_DAY_S = 86_400

# One commit copies no more than this, so that it never takes long: after a large import the
# copying goes on with the next commits, and what it has come to is in a list of its own.
_MOST_BYTES = 64 << 20
_BEGUN = "begun"

# So many copies are open at a time; many systems allow a process 1024.
_BATCH = 200

Copied = tuple[str, int, int, int]
"""The sum of a file, and the inode, size and time of change it had when it was copied."""


def dailies(folder: Folder) -> list[Label]:
    """Return the daily copies, the oldest first."""
    return labels(name.removesuffix(".json") for name in folder.listing(DAILY))


def copy_once_a_day(folder: Folder, now: datetime, *, generation: int | None) -> tuple[str, ...]:
    """Copy what has changed since the last copy, if that was on another day (UTC).

    *generation* is the root's: 0 if there is no desk yet, None if it cannot be told. What
    goes wrong is told in the warnings returned; nothing but the copy suffers from it.
    """
    days = dailies(folder)
    at_s = int(now.timestamp())
    last = days[-1] if days else Label(0, 0, 0)
    if generation == 0 or last.at_s // _DAY_S == at_s // _DAY_S:
        return ()
    if generation is None:
        generation = last.generation
    try:
        _copy_day(folder, days, Label(last.seq + 1, generation, at_s))
    except (OSError, TixError) as problem:
        _clear(folder)
        return (f"the daily copy of the desk was not made: {reason(problem)}",)
    return ()


def sums(folder: Folder, label: Label) -> dict[str, str]:
    """Return the sum of each file in a daily copy.

    Raises:
        DeskDamaged: Its list is not what was written.
    """
    return {name: copied[0] for name, copied in _list(folder, str(label)).items()}


def has_all(folder: Folder, label: Label) -> bool:
    """Return whether the list and all copies of a day are there."""
    try:
        return {*sums(folder, label).values()}.issubset(folder.listing(COPIES))
    except DeskDamaged:
        return False


def read_copy(folder: Folder, name: str, digest: str) -> bytes:
    """Return the copy of a file with the sum *digest*.

    Raises:
        DeskDamaged: It is missing or not what was copied.
    """
    try:
        content = folder.read(f"{COPIES}/{digest}")
    except FileNotFoundError:
        raise DeskDamaged(f"the daily copy of {name} is missing") from None
    if checksum(content) != digest:
        raise DeskDamaged(f"the daily copy of {name} is damaged")
    return content


def _list(folder: Folder, name: str) -> dict[str, Copied]:
    try:
        found = json.loads(folder.read(f"{DAILY}/{name}.json"))["files"]
        return {name: (digest, *rest) for name, (digest, *rest) in found.items()}
    except (FileNotFoundError, ValueError, KeyError, TypeError, AttributeError):
        raise DeskDamaged(f"the list of the daily copy {name} is missing or damaged") from None


def _known(folder: Folder, days: list[Label]) -> dict[str, Copied]:
    """Return what has been copied already, by name; what cannot be told is copied anew."""
    found: dict[str, Copied] = {}
    for name in (*map(str, days[-1:]), _BEGUN):
        with suppress(DeskDamaged):
            found.update(_list(folder, name))
    copies = set(folder.listing(COPIES))
    return {name: copied for name, copied in found.items() if copied[0] in copies}


def _copy_day(folder: Folder, days: list[Label], label: Label) -> None:
    known = _known(folder, days)
    files = {}
    changed = []
    for name, signature in state_files(folder, skip=(FILES,)):
        if name in known and known[name][1:] == signature[1:]:
            files[name] = known[name]
        else:
            changed.append((name, signature))
    sizes = [*accumulate(signature[2] for _, signature in changed)]
    if sizes and folder.free_bytes() < 2 * sizes[-1]:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    count = max(1, bisect(sizes, _MOST_BYTES))
    folder.make_parents(f"{COPIES}/+")
    for start in range(0, count, _BATCH):
        files.update(_copy(folder, changed[start : min(start + _BATCH, count)]))
    folder.sync_dir(COPIES)
    if count < len(changed):
        _write_list(folder, _BEGUN, files)
        return
    _write_list(folder, str(label), files)
    folder.remove(f"{DAILY}/{_BEGUN}.json")
    _drop(folder, days[: -(_KEPT - 1)])


def _copy(folder: Folder, changed: Sequence[tuple[str, Signature]]) -> dict[str, Copied]:
    files = {}
    temps = {}
    for name, signature in changed:
        content = folder.read(name)
        digest = checksum(content)
        files[name] = digest, *signature[1:]
        copy = f"{COPIES}/{digest}"
        if copy not in temps and folder.signature(copy) is None:
            temps[copy] = temp_name(copy)
            folder.write_new(temps[copy], content)
    for temp in temps.values():
        folder.sync(temp)
    for copy, temp in temps.items():
        folder.rename(temp, copy)
    return files


def _write_list(folder: Folder, of: str, files: dict[str, Copied]) -> None:
    name = f"{DAILY}/{of}.json"
    temp = temp_name(name)
    folder.make_parents(name)
    folder.write_new(temp, json.dumps({"files": files}).encode())
    folder.sync(temp)
    folder.rename(temp, name)
    for above in parents(name):
        folder.sync_dir(above)


def _drop(folder: Folder, dropped: list[Label]) -> None:
    """Remove lists, then the copies that no list names any more."""
    if not dropped:
        return
    for label in dropped:
        folder.remove(f"{DAILY}/{label}.json")
    # A list that cannot be read might name any copy: then all stay.
    with suppress(DeskDamaged):
        needed = {digest for day in dailies(folder) for digest in sums(folder, day).values()}
        for digest in folder.listing(COPIES):
            if digest not in needed:
                folder.remove(f"{COPIES}/{digest}")


def _clear(folder: Folder) -> None:
    """Remove what a failed copy left unfinished, that it may not fill the disk."""
    with suppress(OSError, TixError):
        for dirname in (COPIES, DAILY):
            for temp in folder.temps(dirname):
                folder.remove(f"{dirname}/{temp}")
