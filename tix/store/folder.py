"""A folder held open: the files below it are reached without ever following a link.

Names are relative and written with ``/``: ``settled/00/0.json``; the empty name is the
folder itself. The real path is resolved once, when the folder is opened; from then on each
part of a name is opened relative to the part before it and must not be a link, so that
nobody can swap what a name means between two looks at it.

Reading gives errors for the person at the terminal. What changes files raises OSError as it
comes: only the caller knows whether anything was saved by then.
"""

from __future__ import annotations

import errno
import os
import stat
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from tix.errors import CannotCreate, IOFailed, PermissionRefused, TixError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from typing import Self

TEMP = ".tmp-"
LOCK = "lock"

Signature = tuple[int, int, int, int]
"""Device, inode, size and time of change in ns: another tuple, another content."""

_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC | os.O_NOFOLLOW
_FILE = os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW
_NO_RIGHT = (errno.EACCES, errno.EPERM, errno.EROFS)


def is_safe(name: str) -> bool:
    """Return whether *name* can only mean something below the folder."""
    return "\0" not in name and all(part not in ("", ".", "..") for part in name.split("/"))


def temp_name(name: str) -> str:
    """Return a new name beside *name* that says what it is and cannot be guessed."""
    parent, slash, base = name.rpartition("/")
    return f"{parent}{slash}{TEMP}{os.urandom(8).hex()}-{base}"


def is_temp(name: str) -> bool:
    """Return whether *name* came from ``temp_name``."""
    return name.rpartition("/")[2].startswith(TEMP)


def parents(name: str) -> Iterator[str]:
    """Return the folders above *name*, the nearest first, the folder itself ("") last."""
    while name:
        name = name.rpartition("/")[0]
        yield name


def failed(problem: OSError, what: str) -> IOFailed | PermissionRefused:
    """Return *problem* as an error for the person at the terminal, *what* in front."""
    kind = PermissionRefused if problem.errno in _NO_RIGHT else IOFailed
    return kind(f"{what}: {reason(problem)}")


def reason(problem: OSError | TixError) -> str:
    """Return what went wrong, to stand behind what came of it."""
    return str(problem.strerror or problem) if isinstance(problem, OSError) else problem.message


class Folder:
    """A folder and all that lies below it."""

    def __init__(self, path: str, fd: int) -> None:
        self.path = path
        self._fd = fd
        self._unsynced: dict[str, int] = {}

    @classmethod
    def open(cls, path: str | os.PathLike[str], *, trust_others: bool = False) -> Self:
        """Return the folder at *path*, which may be a link to it.

        Raises:
            CannotCreate: There is no folder.
            PermissionRefused: Others can write to it, and *trust_others* is not set.
        """
        real = os.path.realpath(path)
        try:
            fd = os.open(real, _FOLDER)
        except FileNotFoundError:
            raise CannotCreate(f"there is no desk at {real}", hint="'tix init' makes one") from None
        except NotADirectoryError:
            raise CannotCreate(f"{real} is not a folder", hint="'tix init' makes one") from None
        except OSError as problem:
            raise failed(problem, f"cannot open {real}") from problem
        folder = cls(real, fd)
        if not trust_others and folder._others_can_write():
            folder.close()
            raise PermissionRefused(
                f"others can write to {real}", hint=f"make it yours alone: chmod go-w '{real}'"
            )
        return folder

    @classmethod
    def create(cls, path: str | os.PathLike[str]) -> Self:
        """Return a new folder that is its owner's alone; an empty one is taken over.

        Raises:
            CannotCreate: Something else is there, or the folder cannot be made.
        """
        real = os.path.realpath(path)
        try:
            _make_durably(real)
            fd = os.open(real, _FOLDER)
        except OSError as problem:
            raise CannotCreate(f"cannot make {real}: {problem.strerror}") from problem
        folder = cls(real, fd)
        try:
            folder._take_over()
        except BaseException:
            folder.close()
            raise
        return folder

    def _others_can_write(self) -> bool:
        with self._looking_at(""):
            return bool(os.fstat(self._fd).st_mode & (stat.S_IWGRP | stat.S_IWOTH))

    def _take_over(self) -> None:
        # What an interrupted creation leaves behind is no reason to refuse the next one.
        if set(self.listing("")) - {LOCK}:
            raise CannotCreate(f"{self.path} is not empty", hint="choose another folder")
        try:
            os.fchmod(self._fd, 0o700)
        except OSError as problem:
            raise failed(problem, f"cannot make {self.path} yours alone") from problem

    def close(self) -> None:
        """Let go of the folder and of all files not synced."""
        for fd in (*self._unsynced.values(), self._fd):
            with suppress(OSError):
                os.close(fd)
        # The numbers may soon mean files of somebody else.
        self._unsynced.clear()
        self._fd = -1

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def read(self, name: str) -> bytes:
        """Return the bytes of a file.

        Raises:
            FileNotFoundError: There is none; its ``filename`` is *name*.
            PermissionRefused: It may not be read, or it is not a plain file.
        """
        with self._looking_at(name):
            fd = self.open_file(name)
            try:
                return contents(fd)
            finally:
                os.close(fd)

    def open_file(self, name: str, flags: int = os.O_RDONLY) -> int:
        """Return a descriptor of a plain file, made with mode 0600 if *flags* ask for it."""
        with self._parent(name) as (parent, base):
            try:
                fd = os.open(base, flags | _FILE, 0o600, dir_fd=parent)
            except OSError as problem:
                # ELOOP is a link, ENXIO a socket, EISDIR a folder opened for writing.
                if problem.errno in (errno.ELOOP, errno.ENXIO, errno.EISDIR):
                    raise self._planted(name) from None
                raise
        if not stat.S_ISREG(os.fstat(fd).st_mode):
            os.close(fd)
            raise self._planted(name)
        return fd

    def signature(self, name: str) -> Signature | None:
        """Return what changes when the content of a file does, None if there is no file.

        Raises:
            PermissionRefused: There is something else than a plain file.
        """
        found = self._stat(name)
        if found is None:
            return None
        if not stat.S_ISREG(found.st_mode):
            raise self._planted(name)
        return _signature(found)

    def is_same(self, name: str, fd: int) -> bool:
        """Return whether *name* still means the file that *fd* has open."""
        found = self._stat(name)
        with self._looking_at(name):
            return found is not None and os.path.samestat(found, os.fstat(fd))

    def listing(self, dirname: str) -> tuple[str, ...]:
        """Return the sorted names in a folder but for unfinished files; empty if missing."""
        return tuple(name for name in self._entries(dirname) if not is_temp(name))

    def temps(self, dirname: str) -> tuple[str, ...]:
        """Return the sorted names of unfinished files in a folder."""
        return tuple(name for name in self._entries(dirname) if is_temp(name))

    def walk(
        self, dirname: str = "", *, skip: Collection[str] = ()
    ) -> Iterator[tuple[str, Signature]]:
        """Return all files below a folder, unfinished ones too, without the folders in *skip*."""
        folders = []
        with (
            self._looking_at(dirname),
            self._folder(dirname) as fd,
            os.scandir(fd) as entries,
        ):
            for entry in entries:
                name = f"{dirname}/{entry.name}" if dirname else entry.name
                if entry.is_dir(follow_symlinks=False):
                    folders.append(name)
                    continue
                # A writer's unfinished files come and go while readers look on.
                with suppress(FileNotFoundError):
                    found = entry.stat(follow_symlinks=False)
                    yield name, _signature(found)
        for name in folders:
            if name not in skip:
                yield from self.walk(name, skip=skip)

    def free_bytes(self) -> int:
        """Return how much can still be written to the disk."""
        found = os.fstatvfs(self._fd)
        return found.f_bavail * found.f_frsize

    def write_new(self, name: str, content: bytes) -> None:
        """Write a file that is not there yet; ``sync`` makes it last.

        What a failed write leaves behind is for the caller to remove.
        """
        with self._parent(name) as (parent, base):
            fd = os.open(base, _NEW, 0o600, dir_fd=parent)
        # Kept open until sync: a new descriptor can miss what went wrong before it.
        self._unsynced[name] = fd
        os.fchmod(fd, 0o600)
        rest = memoryview(content)
        while rest:
            rest = rest[os.write(fd, rest) :]

    def touch(self, name: str) -> None:
        """Make an empty file that is not there yet; ``sync_dir`` makes it last."""
        with self._parent(name) as (parent, base):
            os.close(os.open(base, _NEW, 0o600, dir_fd=parent))

    def sync(self, name: str) -> None:
        """Wait until what ``write_new`` wrote is on the disk; only ever asked once."""
        fd = self._unsynced.pop(name)
        try:
            os.fsync(fd)
        finally:
            os.close(fd)

    def sync_dir(self, dirname: str) -> None:
        """Wait until the names in a folder are on the disk."""
        with self._folder(dirname) as fd:
            try:
                os.fsync(fd)
            except OSError as problem:
                # Some network and FUSE file systems cannot sync a folder at all.
                if problem.errno != errno.EINVAL:
                    raise

    def rename(self, old: str, new: str) -> None:
        """Give a file or a folder another name; what has it is replaced."""
        with self._parent(old) as (source, before), self._parent(new) as (target, after):
            os.rename(before, after, src_dir_fd=source, dst_dir_fd=target)

    def link(self, old: str, new: str) -> None:
        """Give a file a second name, which must be free."""
        with self._parent(old) as (source, before), self._parent(new) as (target, after):
            os.link(before, after, src_dir_fd=source, dst_dir_fd=target, follow_symlinks=False)

    def remove(self, name: str) -> None:
        """Remove a file; one that is not there is no error."""
        if name in self._unsynced:
            os.close(self._unsynced.pop(name))
        with suppress(FileNotFoundError), self._parent(name) as (parent, base):
            os.unlink(base, dir_fd=parent)

    def remove_folder(self, dirname: str) -> None:
        """Remove an empty folder."""
        with self._parent(dirname) as (parent, base):
            os.rmdir(base, dir_fd=parent)

    def make_parents(self, name: str) -> None:
        """Make the folders above *name* that are missing."""
        for dirname in reversed([*parents(name)][:-1]):
            with self._parent(dirname) as (parent, base), suppress(FileExistsError):
                os.mkdir(base, 0o700, dir_fd=parent)

    def _stat(self, name: str) -> os.stat_result | None:
        try:
            with self._looking_at(name), self._parent(name) as (parent, base):
                return os.stat(base, dir_fd=parent, follow_symlinks=False)
        except FileNotFoundError:
            return None

    def _entries(self, dirname: str) -> list[str]:
        try:
            with (
                self._looking_at(dirname),
                self._folder(dirname) as fd,
                os.scandir(fd) as entries,
            ):
                return sorted(entry.name for entry in entries)
        except FileNotFoundError:
            return []

    @contextmanager
    def _looking_at(self, name: str) -> Iterator[None]:
        try:
            yield
        except FileNotFoundError:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), name) from None
        except OSError as problem:
            place = f"{self.path}/{name}" if name else self.path
            raise failed(problem, f"cannot read {place}") from problem

    @contextmanager
    def _parent(self, name: str) -> Iterator[tuple[int, str]]:
        if not is_safe(name):
            raise PermissionRefused(f"{name!r} is not a name inside {self.path}")
        dirname, _, base = name.rpartition("/")
        with self._folder(dirname) as fd:
            yield fd, base

    @contextmanager
    def _folder(self, dirname: str) -> Iterator[int]:
        if not dirname:
            yield self._fd
            return
        fd = os.dup(self._fd)
        try:
            for part in dirname.split("/"):
                below = self._below(fd, part, dirname)
                os.close(fd)
                fd = below
            yield fd
        finally:
            os.close(fd)

    def _below(self, fd: int, part: str, dirname: str) -> int:
        try:
            return os.open(part, _FOLDER, dir_fd=fd)
        except OSError as problem:
            if problem.errno in (errno.ENOTDIR, errno.ELOOP):
                raise PermissionRefused(
                    f"{self.path}/{dirname} is not a folder that tix made",
                    hint="look what it is, and move it away",
                ) from None
            raise

    def _planted(self, name: str) -> PermissionRefused:
        return PermissionRefused(
            f"{self.path}/{name} is a link, a folder or a device where a file should be",
            hint="look what it is, and move it away",
        )


def contents(fd: int) -> bytes:
    """Return all bytes of an open file, from its start."""
    chunks = []
    size = os.fstat(fd).st_size + 1
    at = 0
    while chunk := os.pread(fd, size, at):
        chunks.append(chunk)
        at += len(chunk)
    return b"".join(chunks)


def _signature(found: os.stat_result) -> Signature:
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns


def _make_durably(real: str) -> None:
    if os.path.isdir(real):
        return
    above = os.path.dirname(real)
    _make_durably(above)
    os.mkdir(real, 0o700)
    fd = os.open(above, _FOLDER)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)
