"""A file that is there whole or not at all, its owner's alone."""

from __future__ import annotations

import os
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, BinaryIO

from tix.errors import CannotCreate, PermissionRefused

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_FLAGS = os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC


@contextmanager
def new_file(path: Path, *, force: bool = False) -> Iterator[BinaryIO]:
    """Return a file to write to, which gets the name *path* when the block ends well.

    With *force* it takes the place of a file that is there.

    Raises:
        CannotCreate: Something is there already, or there is no such folder.
        PermissionRefused: Nothing may be written there.
    """
    target = path.absolute()
    _check(target, force=force)
    aside = target.with_name(f".{target.name[:100]}.{os.urandom(6).hex()}")
    try:
        descriptor = os.open(aside, _FLAGS, 0o600)
    except OSError as problem:
        kind = PermissionRefused if isinstance(problem, PermissionError) else CannotCreate
        raise kind(f"{target} cannot be written: {problem.strerror}") from None
    try:
        with os.fdopen(descriptor, "wb+") as file:
            os.fchmod(descriptor, 0o600)
            yield file
            file.flush()
            os.fsync(descriptor)
        _give_name(aside, target, force=force)
    finally:
        with suppress(OSError):
            aside.unlink()


def _check(target: Path, *, force: bool) -> None:
    if not os.path.lexists(target):
        return
    if target.is_dir() or not (target.is_file() or target.is_symlink()):
        raise CannotCreate(f"{target} is a folder or a device, and no file")
    if not force:
        raise CannotCreate(f"{target} is there already", hint="another name, or --force")


def _give_name(aside: Path, target: Path, *, force: bool) -> None:
    if force:
        aside.replace(target)
    else:
        try:
            target.hardlink_to(aside)
        except FileExistsError:
            raise CannotCreate(f"{target} is there already") from None
        except OSError:
            aside.rename(target)  # a disk without links
    folder = os.open(target.parent, _FOLDER)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
