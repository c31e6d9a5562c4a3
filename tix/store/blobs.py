"""Attachments and long bodies: files named by the SHA-256 of what is in them.

They never change, so they need no lock and no part in a commit: they are written and sure to
last before the commit that names them. One that no commit came to name is an orphan.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from tix.errors import DeskDamaged, TixError
from tix.store.folder import failed, parents, temp_name
from tix.store.pending import checksum

if TYPE_CHECKING:
    from tix.store.folder import Folder

FILES = "files"


def put_blob(folder: Folder, content: bytes) -> str:
    """Return the SHA-256 under which *content* is kept, once it is sure to last.

    Raises:
        IOFailed: Nothing was saved.
        PermissionRefused: Nothing was saved.
    """
    digest = checksum(content)
    name = _blob(digest)
    temp = temp_name(name)
    try:
        if not _holds(folder, name, content):
            folder.make_parents(name)
            folder.write_new(temp, content)
            folder.sync(temp)
            folder.rename(temp, name)
        # Also where it was there already: whoever wrote it may have died before this.
        for dirname in parents(name):
            folder.sync_dir(dirname)
    except BaseException as problem:
        with suppress(OSError, TixError):
            folder.remove(temp)
        if isinstance(problem, OSError):
            raise failed(problem, "nothing was saved") from problem
        raise
    return digest


def get_blob(folder: Folder, digest: str) -> bytes:
    """Return the content that ``put_blob`` gave *digest* for.

    Raises:
        FileNotFoundError: There is none.
        DeskDamaged: It is not what was kept.
    """
    content = folder.read(_blob(digest))
    if checksum(content) != digest:
        raise DeskDamaged(
            f"{_blob(digest)} is damaged: its checksum does not fit", hint="see 'tix doctor'"
        )
    return content


def _blob(digest: str) -> str:
    return f"{FILES}/{digest[:2]}/{digest}"


def _holds(folder: Folder, name: str, content: bytes) -> bool:
    try:
        return folder.read(name) == content
    except FileNotFoundError:
        return False
