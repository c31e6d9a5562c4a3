"""Files inside a line: laid out in folders of their own while the command runs."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tix.errors import BadData

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

_NAME_LIMIT_BYTES = 255


def checked(file: Mapping[str, Any]) -> str:
    """Return the name of a file that can be laid out.

    Raises:
        BadData: It cannot be.
    """
    if set(file) != {"name", "base64"}:
        raise BadData("a file has a name, and its content as base64")
    name = file["name"]
    if not isinstance(name, str) or not _is_plain(name):
        raise BadData(f"{str(name)[:60]!r} is no name of a file")
    _content(file)
    return name


@contextmanager
def unpacking() -> Iterator[Callable[[Mapping[str, Any]], str]]:
    """Return what lays a file out and returns where; the block's end removes them all."""
    from tempfile import TemporaryDirectory

    folders: list[TemporaryDirectory[str]] = []

    def unpacked(file: Mapping[str, Any]) -> str:
        name = checked(file)
        folders.append(TemporaryDirectory(prefix="tix-"))
        path = Path(folders[-1].name, name)
        path.write_bytes(_content(file))
        return str(path)

    try:
        yield unpacked
    finally:
        for folder in folders:
            folder.cleanup()


def _content(file: Mapping[str, Any]) -> bytes:
    import binascii
    from base64 import b64decode

    try:
        return b64decode(file["base64"], validate=True)
    except (binascii.Error, TypeError, ValueError):
        raise BadData(f"the content of {file['name']!r} is no base64") from None


def _is_plain(name: str) -> bool:
    """Return whether *name* stays in its folder, and can be the name of a file."""
    try:
        size = len(name.encode())
    except UnicodeEncodeError:
        return False
    return 0 < size <= _NAME_LIMIT_BYTES and name not in (".", "..") and not {*"/\0"} & {*name}
