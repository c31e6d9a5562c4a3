"""Where everything ends that keeps a check from being made: one line, and 3."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from tix.errors import IOFailed, PermissionRefused, TixError
from tix.text import clean, one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

UNKNOWN = 3


class Stopped(BaseException):
    """The check was ended from outside, or took too long; *code* is for scripts.

    It is no Exception, so that nothing takes it for a failure of its own.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def unknown(error: BaseException, argv: Sequence[str]) -> int:
    """Tell why there was no check, in one line on stderr, and return 3."""
    if isinstance(error, BrokenPipeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return UNKNOWN
    if "--debug" in argv:
        import traceback

        say("".join(traceback.format_exception(error)).rstrip())
    code, message, hint = _told(error)
    if _wants_json(argv):
        say(_as_json(code, message, hint))
    else:
        aside = f" ({hint.rstrip('.')})" if hint else ""
        say(f"tix-sla: UNKNOWN: {code}: {one_line(message + aside)}")
    return UNKNOWN


def say(line: str) -> None:
    """Write a line to stderr, or lose it if that cannot be done."""
    try:
        sys.stderr.write(line + "\n")
        sys.stderr.flush()
    except (AttributeError, OSError, ValueError):
        return


def _told(error: BaseException) -> tuple[str, str, str]:
    """Return the code of *error*, the sentence and what to do."""
    if isinstance(error, Stopped):
        return error.code, str(error), ""
    if isinstance(error, KeyboardInterrupt):
        return "interrupted", "it was interrupted", ""
    if isinstance(error, OSError):
        error = _from_os(error)
    if isinstance(error, TixError):
        return error.code, error.message, error.hint
    return "internal", f"a bug in tix: {type(error).__name__}: {error}", "--debug shows where"


def _from_os(error: OSError) -> TixError:
    from errno import EACCES, EPERM, EROFS

    kind = PermissionRefused if error.errno in (EACCES, EPERM, EROFS) else IOFailed
    where = f"{error.filename}: " if error.filename else ""
    return kind(f"{where}{error.strerror or error}")


def _as_json(code: str, message: str, hint: str) -> str:
    import json

    body = {"code": code, "message": clean(message), "hint": clean(hint) or None}
    return json.dumps({"schema": "tix.error/1", "error": {**body, "ids": [], "exit": UNKNOWN}})


def _wants_json(argv: Sequence[str]) -> bool:
    """Return whether *argv* asks for JSON, also if it cannot be read."""
    asked = False
    for word, value in zip(argv, [*argv[1:], ""], strict=False):
        name, equals, inline = word.partition("=")
        if name == "--":
            break
        if name in ("--format", "--output", "-o"):
            asked = (inline if equals else value) in ("json", "jsonl")
    return asked
