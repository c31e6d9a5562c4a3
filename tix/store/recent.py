"""Recent generations: what a commit replaces keeps a second name for a while.

Why such a generation is a whole state of the desk is told in ``generations.py``.
"""

from __future__ import annotations

import errno
from contextlib import suppress
from typing import TYPE_CHECKING

from tix.errors import TixError
from tix.store.folder import parents, temp_name
from tix.store.generations import BACKUPS, Label, labels

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from tix.store.folder import Folder

RECENT = f"{BACKUPS}/recent"

_KEPT = 10
_APART_S = 60

# What a file system says that has no hard links, or none for this file.
_NO_LINKS = (errno.EPERM, errno.EXDEV, errno.EMLINK, errno.ENOTSUP, errno.ENOSYS)


def recents(folder: Folder) -> list[Label]:
    """Return the recent generations, the oldest first."""
    return labels(folder.listing(RECENT))


def keep(
    folder: Folder,
    names: Iterable[str],
    now: datetime,
    *,
    generation: int | None,
    afresh: bool = False,
) -> None:
    """Keep what is about to be replaced under *names*.

    *generation* is the root's before the change: 0 if there is no desk yet, None if it cannot
    be told. With *afresh* a new generation begins, however young the newest is.
    """
    if generation == 0:
        return
    found = recents(folder)
    at_s = int(now.timestamp())
    if found and not afresh and abs(at_s - found[-1].at_s) < _APART_S:
        _keep_in(folder, f"{RECENT}/{found[-1]}", names)
        return
    last = found[-1] if found else Label(0, 0, 0)
    if generation is None:
        generation = last.generation
    _begin(folder, found, Label(last.seq + 1, generation, at_s), names)


def changes_back(folder: Folder, label: Label) -> dict[str, bytes | None]:
    """Return what a generation has otherwise than the present state; None is no file."""
    found: dict[str, bytes | None] = {}
    for later in recents(folder):
        if later < label:
            continue
        dirname = f"{RECENT}/{later}"
        for entry in folder.listing(dirname):
            name = entry[1:].replace("%2F", "/").replace("%25", "%")
            if name not in found:
                was_there = entry.startswith("+")
                found[name] = folder.read(f"{dirname}/{entry}") if was_there else None
    return found


def remove_dropped(folder: Folder) -> None:
    """Remove what is left of generations that are none any more."""
    for dropped in folder.temps(RECENT):
        dirname = f"{RECENT}/{dropped}"
        for entry in [name for name, _ in folder.walk(dirname)]:
            folder.remove(entry)
        folder.remove_folder(dirname)


def _begin(folder: Folder, found: list[Label], label: Label, names: Iterable[str]) -> None:
    for old in found[: -(_KEPT - 1)]:
        folder.rename(f"{RECENT}/{old}", temp_name(f"{RECENT}/{old}"))
    dirname = f"{RECENT}/{label}"
    folder.make_parents(f"{dirname}/+")
    _keep_in(folder, dirname, names)
    for above in parents(dirname):
        folder.sync_dir(above)
    with suppress(OSError, TixError):
        remove_dropped(folder)


def _keep_in(folder: Folder, dirname: str, names: Iterable[str]) -> None:
    kept = {entry[1:] for entry in folder.listing(dirname)}
    entries = {name: name.replace("%", "%25").replace("/", "%2F") for name in names}
    fresh = {name: entry for name, entry in entries.items() if entry not in kept}
    for name, entry in fresh.items():
        if folder.signature(name) is None:
            folder.touch(f"{dirname}/-{entry}")
        else:
            _link(folder, name, f"{dirname}/+{entry}")
    if fresh:
        folder.sync_dir(dirname)


def _link(folder: Folder, name: str, entry: str) -> None:
    try:
        folder.link(name, entry)
    except OSError as problem:
        if problem.errno not in _NO_LINKS:
            raise
        temp = temp_name(entry)
        folder.write_new(temp, folder.read(name))
        folder.sync(temp)
        folder.rename(temp, entry)
