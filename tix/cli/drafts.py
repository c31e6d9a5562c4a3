"""Drafts: texts on disk from before the editor starts until they are saved for good.

Each lies in a folder of its own below the state folder, beside the text that it began with,
and is locked for as long as the tix that made it lives. So a draft that nobody holds was
left by a crash or a failure, and is found again by what it is *for*.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Self

import click

from tix.config.places import make_private, refuse_shared, state_dir
from tix.errors import CannotCreate

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet
    from types import TracebackType

    from tix.config import Config

_BEGINNING = "before"


class Draft:
    """A text from the editor, in a file of its own until the text is saved for good.

    As a context manager it discards the file at the end of the block; after an error it keeps
    it and says where, and that the command *again* offers it. ``Call.end_drafts`` does so at
    the end of a command. *is_found* tells that it was left by an earlier one; ``edited_s`` is
    for how many seconds it was open.
    """

    def __init__(
        self, path: Path, *, again: str = "", lock: int | None = None, is_found: bool = False
    ) -> None:
        self.path = path
        self.text = ""
        self.edited_s = 0.0
        self.again = again
        self.is_found = is_found
        self._lock = lock
        self._has_ended = False

    @property
    def content(self) -> bytes:
        """What the file holds now; nothing if it is gone."""
        return _content(self.path)

    @property
    def beginning(self) -> bytes:
        """What the file held when it was made."""
        return _content(self.path.parent / _BEGINNING)

    def keep(self) -> None:
        """Leave the file for good, and say where it is."""
        if self._ends():
            offered = f" ({self.again} offers it again)" if self.again else ""
            click.echo(f"your text is kept in {self.path}{offered}", err=True)

    def discard(self) -> None:
        """Remove the file, and what the editor has put beside it."""
        if self._ends():
            from shutil import rmtree

            rmtree(self.path.parent, ignore_errors=True)

    def leave(self) -> None:
        """Let another command find the file."""
        self._ends()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if error is None:
            self.discard()
        else:
            self.keep()

    def _ends(self) -> bool:
        """Return whether this is the end of the draft; it has only one."""
        has_ended, self._has_ended = self._has_ended, True
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None
        return not has_ended


def new_draft(
    config: Config, name: str, content: bytes, *, purpose: str = "", again: str = ""
) -> Draft:
    """Return a draft with *content*, in a folder that nobody else can look into.

    *purpose* is what ``left_drafts`` finds it by.

    Raises:
        CannotCreate: There is no place for it.
    """
    from tempfile import mkdtemp

    place = _place(config)
    try:
        if place:
            make_private(place)
        folder = Path(mkdtemp(prefix=".tix-", dir=place))
        lock = _locked(folder)
        for file in (folder / _BEGINNING, folder / name):
            file.touch(0o600)
            file.write_bytes(content)
        # Nobody may find it before it is locked.
        folder = folder.rename(folder.with_name(f"{purpose or 'tix'}{folder.name}"))
    except OSError as error:
        raise CannotCreate(f"there is no place for a draft: {error}") from None
    return Draft(folder / name, again=again, lock=lock)


def left_drafts(config: Config, name: str, *, purpose: str, again: str) -> list[Draft]:
    """Return the drafts for *purpose* that nobody writes on, the last written first.

    Those in which nothing was written are removed.

    Raises:
        PermissionRefused: Others may write where drafts are.
    """
    place = _place(config)
    found: list[Draft] = []
    if not place or not place.is_dir():
        return found
    refuse_shared(place, place.stat())
    for folder in place.glob(f"{purpose}.tix-*"):
        lock = _locked(folder)
        if lock is None:
            continue
        draft = Draft(folder / name, again=again, lock=lock, is_found=True)
        if draft.content.strip() and draft.content != draft.beginning:
            found.append(draft)
        else:
            draft.discard()
    return sorted(found, key=lambda draft: draft.path.stat().st_mtime, reverse=True)


def remove_drafts(config: Config, desk: str, numbers: AbstractSet[int]) -> tuple[int, int]:
    """Remove the drafts about these tickets; return how many went, and how many another tix holds.

    *desk* is what the purposes of all drafts of a desk begin with.
    """
    removed = held = 0
    place = _place(config)
    for folder in place.glob(f"{desk}-*.tix-*") if place else ():
        purpose = folder.name.removeprefix(desk).rpartition(".tix-")[0]
        if numbers.isdisjoint(map(int, re.findall("[0-9]+", purpose))):
            continue
        lock = _locked(folder)
        if lock is None:
            held += 1
        else:
            Draft(folder / _BEGINNING, lock=lock).discard()
            removed += 1
    return removed, held


def _place(config: Config) -> Path | None:
    """Return the folder of all drafts, None without a home."""
    state = state_dir(config.environ)
    return Path(state, "drafts") if state else None


def _locked(folder: Path) -> int | None:
    """Return the lock on *folder*, None if another tix holds it or there is none to have."""
    from fcntl import LOCK_EX, LOCK_NB, flock

    try:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        flock(descriptor, LOCK_EX | LOCK_NB)
    except OSError:
        os.close(descriptor)
        return None
    return descriptor


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes() if file.is_file() else b""
    except OSError:
        return b""
