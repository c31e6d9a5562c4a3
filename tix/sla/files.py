"""Files that others read while they are written: there is always a whole one."""

from __future__ import annotations

import os
from contextlib import suppress

from tix.errors import CannotCreate


def replace_file(path: str, text: str) -> None:
    """Put *text* into a file in one step; who may read other files of the folder may read it.

    Raises:
        CannotCreate: It cannot be written.
    """
    aside = f"{path}.{os.getpid()}.tmp"
    try:
        fd = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o644)
        try:
            with os.fdopen(fd, "w", encoding="utf-8", errors="replace") as file:
                file.write(text)
            os.rename(aside, path)  # noqa: PTH104
        except BaseException:
            with suppress(OSError):
                os.unlink(aside)  # noqa: PTH108
            raise
    except OSError as error:
        raise CannotCreate(f"{path} cannot be written: {error.strerror}") from None
