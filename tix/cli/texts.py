"""Where the text of a message comes from: -m, -F or stdin; the editor is for ``sheets``."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from tix.cli.options import option
from tix.cli.params import checked_text
from tix.errors import BadData, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tix.cli.call import Call
    from tix.cli.options import F

ATTACHMENT_LIMIT_BYTES = 100 * 1024 * 1024


def message_options(function: F) -> F:
    """Add ``-m``, ``-F`` and ``--attach``."""
    decorators: list[Callable[[F], F]] = [
        option("-m", "--message", metavar="TEXT", help="The text."),
        option("-F", "--file", metavar="FILE", help="Read the text from a file; - is stdin."),
        option("--attach", metavar="FILE", multiple=True, help="Attach a file."),
    ]
    for decorator in reversed(decorators):
        function = decorator(function)
    return function


def given_text(call: Call, message: str | None, file: str | None) -> str | None:
    """Return the text given by ``-m`` or ``-F``, None if there is neither.

    Raises:
        UsageError: Both were given, or the text is empty.
    """
    if message is not None and file is not None:
        raise UsageError("give -m or -F, not both")
    if message is not None:
        return _filled(checked_text(message))
    if file is not None:
        return _filled(read_text(call, file))
    return None


def read_text(call: Call, file: str) -> str:
    """Return the text of a file or a pipe, or of stdin for ``-``.

    Raises:
        BadData: It is not UTF-8.
        UsageError: It cannot be read, or is too large.
    """
    from tix.cli.refs import read_stdin

    if file == "-":
        return read_stdin(call)
    try:
        content = _piped(call, file)
        return (read_file(file) if content is None else content).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadData(f"{file} is not UTF-8 (byte {error.start})") from None


def read_file(path: str) -> bytes:
    """Return the content of a regular file.

    Raises:
        UsageError: There is none, it is no file, or it is too large.
    """
    from pathlib import Path

    try:
        if not Path(path).is_file():
            raise UsageError(f"{path} is no file")
        if Path(path).stat().st_size > ATTACHMENT_LIMIT_BYTES:
            raise UsageError(f"{path} is larger than {ATTACHMENT_LIMIT_BYTES >> 20} MB")
        return Path(path).read_bytes()
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}") from None


def _piped(call: Call, path: str) -> bytes | None:
    """Return what comes through the pipe at *path*, such as a shell's ``<(command)``.

    None stands for no pipe.
    """
    from pathlib import Path

    if path in call.piped:
        return call.piped[path]
    try:
        if not Path(path).is_fifo():
            return None
        with Path(path).open("rb") as pipe:
            content = pipe.read(ATTACHMENT_LIMIT_BYTES + 1)
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}") from None
    if len(content) > ATTACHMENT_LIMIT_BYTES:
        raise UsageError(f"{path} is larger than {ATTACHMENT_LIMIT_BYTES >> 20} MB")
    call.piped[path] = content
    return content


def attachments(paths: Sequence[str]) -> tuple[tuple[str, bytes], ...]:
    """Return name and content of each file.

    Raises:
        UsageError: One cannot be read, or is too large.
    """
    found = []
    for path in paths:
        content = read_file(path)
        # A name may be any bytes; what is no UTF-8 in it cannot be stored.
        found.append((os.fsencode(os.path.basename(path)).decode("utf-8", "replace"), content))
    return tuple(found)


def _filled(text: str) -> str:
    if not text.strip():
        raise UsageError("the text is empty")
    return text
