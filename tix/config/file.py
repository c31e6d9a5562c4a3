"""config.toml as a file: read with suspicion, written whole or not at all."""

from __future__ import annotations

import os
import stat
from contextlib import contextmanager, suppress
from errno import EACCES, EEXIST, EISDIR, ENOTDIR, EPERM, EROFS
from typing import TYPE_CHECKING

from tix.config.places import make_private, refuse_shared
from tix.errors import CannotCreate, ConfigInvalid, IOFailed, PermissionRefused, TixError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tix.config.places import StrPath

_LARGEST_BYTES = 1_000_000


def read_text(path: StrPath) -> str:
    """Return what stands in the file, nothing if it is not there.

    Raises:
        PermissionRefused: It cannot be read, or others may write to it or its folder.
        ConfigInvalid: It is no file, too large or not UTF-8.
    """
    try:
        content = _read(path)
    except FileNotFoundError:
        return ""
    except PermissionError:
        raise PermissionRefused(
            f"{path} cannot be read", hint="Make it readable, or name another file in TIX_CONFIG."
        ) from None
    except OSError as error:
        raise ConfigInvalid(f"{path} cannot be read: {error.strerror}") from None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise ConfigInvalid(f"{path}:{line}: it is not UTF-8") from None


def parse(text: str, path: StrPath) -> dict[str, object]:
    """Return what *text*, the content of *path*, sets.

    Raises:
        ConfigInvalid: It is no TOML.
    """
    if not text:
        return {}
    from tomllib import TOMLDecodeError, loads

    try:
        return loads(text)
    except TOMLDecodeError as error:
        raise ConfigInvalid(_located(str(error), text, path)) from None
    except RecursionError:
        raise ConfigInvalid(f"{path}: it is nested too deeply") from None


def line_of(name: str, text: str) -> int:
    """Return the number of the line in *text* that sets *name* or begins a table of this name."""
    for number, line in enumerate(text.splitlines(), 1):
        key = line.partition("=")[0].strip(" \t[]")
        if name in (key.strip("\"'"), key.partition(".")[0].rstrip(" \t").strip("\"'")):
            return number
    return 1


def write_text(path: StrPath, text: str) -> None:
    """Replace the file, or what it links to, by *text*; nobody else may read it.

    Raises:
        CannotCreate, IOFailed, PermissionRefused: It did not work, and the file is as before.
    """
    with _told(path):
        place = os.path.realpath(path)
        folder, name = os.path.split(place)
        make_private(folder)
        aside = os.path.join(folder, f".{name}.{os.urandom(4).hex()}")
        try:
            _write(aside, text.encode())
            os.replace(aside, place)
        except BaseException:
            with suppress(FileNotFoundError):
                os.unlink(aside)
            raise
        _sync_folder(folder)


def _read(path: StrPath) -> bytes:
    # Without O_NONBLOCK, a named pipe would be waited for.
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    with os.fdopen(descriptor, "rb") as file:
        status = os.fstat(descriptor)
        if os.fspath(path) != os.devnull:
            if not stat.S_ISREG(status.st_mode):
                raise ConfigInvalid(f"{path} is not a file")
            refuse_shared(path, status)
            for folder in {os.path.dirname(path) or ".", os.path.dirname(os.path.realpath(path))}:
                refuse_shared(folder, os.stat(folder))
        content = file.read(_LARGEST_BYTES + 1)
    if len(content) > _LARGEST_BYTES:
        raise ConfigInvalid(f"{path} is larger than a megabyte")
    return content


def _write(path: StrPath, content: bytes) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    with os.fdopen(os.open(path, flags, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: str) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _located(message: str, text: str, path: StrPath) -> str:
    """Return what ``tomllib`` says, with the place before it instead of behind."""
    what, _, place = message.rstrip(")").rpartition(" (at ")
    line, comma, column = place.partition(", column ")
    number = line.removeprefix("line ") if comma else len(text.splitlines())
    return f"{path}:{number}{':' * bool(comma)}{column}: {what[:1].lower()}{what[1:]}"


@contextmanager
def _told(path: StrPath) -> Iterator[None]:
    """Tell a failure to write *path* in a sentence."""
    try:
        yield
    except OSError as error:
        kind: type[TixError] = IOFailed
        if error.errno in (EACCES, EPERM, EROFS):
            kind = PermissionRefused
        elif error.errno in (EEXIST, EISDIR, ENOTDIR):
            kind = CannotCreate
        raise kind(f"{path} cannot be written: {error.strerror}") from None
