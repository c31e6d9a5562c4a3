"""What a reader sees: one state of the folder, without a lock.

A complete ``commit.json`` is the state: its new files are read in place of their targets, and
one that is gone already has its target's name. The root is replaced by every commit, so one
look at ``commit.json`` and one at the root tell whether anything has changed meanwhile.
"""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING, TypeVar

from tix.errors import CannotCreate, DeskDamaged, TixError
from tix.store.folder import contents, failed
from tix.store.generations import BACKUPS, state_files
from tix.store.layout import ROOT
from tix.store.lock import hold
from tix.store.pending import COMMIT, Plan, check_base, decode, read_new, unfit

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Self

    from tix.store.folder import Folder

T = TypeVar("T")

_TRIES = 3


class Snapshot:
    """One state of the folder, as long as ``still_true`` says so; close it after use."""

    def __init__(self, folder: Folder) -> None:
        self._folder = folder
        self._plan: Plan | None = None
        self._commit: int | None = None
        self._root: int | None = None
        self._is_steady = False

    @classmethod
    def take(cls, folder: Folder) -> Self:
        """Look at ``commit.json`` and open the root.

        Raises:
            CannotCreate: There is no root, and nothing says that there ever was one.
            DeskDamaged: ``commit.json`` is not what was written, or the root is gone.
        """
        snapshot = cls(folder)
        try:
            snapshot._look()
        except BaseException as problem:
            snapshot.close()
            if isinstance(problem, OSError):
                place = f"{folder.path}/{problem.filename or ''}".rstrip("/")
                raise failed(problem, f"cannot read {place}") from problem
            raise
        return snapshot

    def _look(self) -> None:
        self._commit = _open(self._folder, COMMIT)
        if self._commit is not None:
            self._plan = decode(contents(self._commit))
            self._root = _open(self._folder, self._plan.new[ROOT][0])
        if self._root is None:
            self._root = _open(self._folder, ROOT)
        # From the root's renaming to the end of its commit the root is new while files that
        # go are still there. If commit.json is the same before and after, it is no such time.
        self._is_steady = self._sees_same_commit()
        if self._root is None and self._is_steady:
            raise _rootless(self._folder, self._plan)

    def close(self) -> None:
        """Let go of the root and of ``commit.json``."""
        for fd in (self._commit, self._root):
            if fd is not None:
                os.close(fd)
        self._commit = self._root = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def read(self, name: str) -> bytes:
        """Return the bytes of a file as this state has it.

        Raises:
            FileNotFoundError: This state has none.
            DeskDamaged: It is not what ``commit.json`` names.
        """
        if self._plan is None:
            return self._read(name)
        if name in self._plan.removed:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), name)
        if name in self._plan.new:
            return read_new(self._read, self._plan, name)
        return self._read(name)

    def _read(self, name: str) -> bytes:
        is_root = name == ROOT or (self._plan is not None and name == self._plan.new[ROOT][0])
        if not is_root or self._root is None:
            return self._folder.read(name)
        try:
            return contents(self._root)
        except OSError as problem:
            raise failed(problem, f"cannot read {self._folder.path}/{ROOT}") from problem

    def names(self) -> list[str]:
        """Return the sorted names of all files of this state, attachments among them."""
        found = {name for name, _ in state_files(self._folder)}
        if self._plan is not None:
            found = found.union(self._plan.new).difference(self._plan.removed)
        return sorted(found)

    def check_base(self, generation_of: Callable[[bytes], int]) -> None:
        """Refuse a pending ``commit.json`` that does not follow the root beside it.

        Raises:
            DeskDamaged: It follows another generation.
        """
        if self._plan is not None:
            check_base(self._folder, self._plan, generation_of)

    def still_true(self) -> bool:
        """Return whether the folder was in this state ever since it was taken."""
        if not self._is_steady or self._root is None:
            return False
        if self._commit is not None and self._folder.is_same(COMMIT, self._commit):
            return True
        # In this order: a commit that ended before the first look shows in the second.
        return self._folder.signature(COMMIT) is None and self._folder.is_same(ROOT, self._root)

    def _sees_same_commit(self) -> bool:
        if self._commit is None:
            return self._folder.signature(COMMIT) is None
        return self._folder.is_same(COMMIT, self._commit)


def _open(folder: Folder, name: str) -> int | None:
    try:
        return folder.open_file(name)
    except FileNotFoundError:
        return None


def _rootless(folder: Folder, plan: Plan | None) -> TixError:
    if plan is not None:
        return unfit(f"{ROOT} is missing")
    if folder.listing(BACKUPS):
        return DeskDamaged(f"{ROOT} is gone from {folder.path}", hint="see 'tix backup list'")
    return CannotCreate(f"there is no desk in {folder.path}", hint="'tix init' makes one")


def reading(
    folder: Folder,
    work: Callable[[Snapshot], T],
    timeout_s: float,
    *,
    generation_of: Callable[[bytes], int] | None = None,
) -> T:
    """Return what *work* makes of one state of the folder; it may be called several times.

    What it raises counts only if it saw one state. With *generation_of* a ``commit.json``
    that does not belong to the root beside it is refused.

    Raises:
        DeskDamaged: A file that must be there is not.
        Locked: Writers came so thick that a reader had to wait, and waited in vain.
    """

    def once(snapshot: Snapshot) -> T:
        try:
            if generation_of is not None:
                snapshot.check_base(generation_of)
            return work(snapshot)
        except FileNotFoundError as problem:
            raise DeskDamaged(
                f"{problem.filename} is missing", hint="see 'tix doctor' and 'tix backup list'"
            ) from problem

    for _ in range(_TRIES):
        with Snapshot.take(folder) as snapshot:
            try:
                result = once(snapshot)
            except Exception:
                if snapshot.still_true():
                    raise
                continue
            if snapshot.still_true():
                return result
    with hold(folder, timeout_s, shared=True), Snapshot.take(folder) as snapshot:
        return once(snapshot)
