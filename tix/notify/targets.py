"""Where alerts are sent: a command, a file, or a webhook of the user's own.

Alerts are lines of JSON. Whoever sends them gets back what went wrong, in words, and keeps
what was not sent for the next time.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from tix.errors import UsageError
from tix.notify.program import run_program
from tix.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

LIMIT_S = 20.0
COMMAND, FILE, WEBHOOK = "command", "file", "https"
_HINT = "Targets are command:PROGRAM ARGUMENTS, file:PATH and https://HOST/PATH."


class Target(NamedTuple):
    """A place to send to; *words* are a program with its arguments, a path, or an address."""

    kind: str
    words: tuple[str, ...]

    def __str__(self) -> str:
        """Return the kind, and no more: the rest may hold a password."""
        return {COMMAND: "the command", FILE: "the file", WEBHOOK: "the webhook"}[self.kind]


def target(text: str) -> Target:
    """Return the target that *text* names: ``command:…``, ``file:…`` or ``https://…``.

    Raises:
        UsageError: It is none of them.
    """
    kind, colon, rest = text.strip().partition(":")
    if kind == COMMAND and rest.strip():
        return Target(COMMAND, _words(rest))
    if kind == FILE and rest.strip():
        return Target(FILE, (rest.strip(),))
    if kind == WEBHOOK and rest.startswith("//"):
        from tix.notify.webhook import checked

        return Target(WEBHOOK, (checked(text.strip()),))
    named = f"{kind}{colon}" if kind in (COMMAND, FILE) else kind
    raise UsageError(f"{named[:40]!r} is no place to send alerts to", hint=_HINT)


def send(
    where: Target, lines: Sequence[str], environ: Mapping[str, str], *, limit_s: float = LIMIT_S
) -> str:
    """Send *lines* of JSON; return what went wrong, nothing if all was well."""
    if where.kind == COMMAND:
        return run_program(where.words, "".join(lines).encode(), environ, limit_s)
    if where.kind == FILE:
        return _append(where.words[0], "".join(lines).encode())
    from tix.notify.webhook import post

    return post(where.words[0], _document(lines), limit_s=limit_s)


def _words(text: str) -> tuple[str, ...]:
    from shlex import split

    try:
        return tuple(split(text))
    except ValueError:
        raise UsageError("the command has a quotation mark without its partner") from None


def _append(path: str, content: bytes) -> str:
    """Append to a file in one write, so that two who append do not mix."""
    flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC | os.O_NOCTTY | os.O_NONBLOCK
    try:
        fd = os.open(path, flags, 0o600)
    except OSError as error:
        return f"cannot be opened: {error.strerror}"
    try:
        written = os.write(fd, content)
        os.fsync(fd)
    except OSError as error:
        return f"cannot be written: {error.strerror}"
    finally:
        os.close(fd)
    return "" if written == len(content) else "was written in part only"


def _document(lines: Sequence[str]) -> bytes:
    """Return what a webhook gets: the alerts, and a text that chats show."""
    import json

    alerts = [json.loads(line) for line in lines]
    text = "\n".join(
        f"{a['state']} {a['id']} {a['priority']} {a['clock']}: {a['subject']}" for a in alerts
    )
    return json.dumps({"schema": "tix.sla_alerts/1", "text": text, "alerts": alerts}).encode()
