"""Where every error ends: one line on stderr, a hint, and the exit code."""

from __future__ import annotations

import errno
import os
import sys
from typing import TYPE_CHECKING

import click

from tix.errors import ExitCode, TixError
from tix.text import clean, one_line

if TYPE_CHECKING:
    from collections.abc import Sequence


def report(error: BaseException, argv: Sequence[str]) -> int:
    """Tell *error* on stderr and return the exit code for it."""
    if isinstance(error, KeyboardInterrupt) or _is_interrupt(error):
        return ExitCode.INTERRUPTED
    if isinstance(error, BrokenPipeError):
        _silence_stdout()
        return ExitCode.PIPE_CLOSED
    if isinstance(error, TixError):
        return _tell(error, argv)
    if isinstance(error, click.ClickException):
        return _tell(_from_click(error), argv, _usage_line(error))
    if isinstance(error, OSError):
        return _tell(_from_os(error), argv)
    return _bug(error, argv)


def warn(message: str) -> None:
    """Write a warning to stderr."""
    _write(f"tix: warning: {one_line(message)}")


def _tell(error: TixError, argv: Sequence[str], usage: str = "") -> int:
    if wants_json(argv):
        _write(_as_json(error))
        return error.exit_code
    _write(f"tix: error: {one_line(error.message)}")
    if error.hint:
        _write(f"hint: {one_line(error.hint)}")
    if usage:
        _write(usage)
    return error.exit_code


def _as_json(error: TixError) -> str:
    import json

    body = {
        "code": error.code,
        "message": clean(error.message),
        "hint": clean(error.hint) or None,
        "ids": list(error.ids),
        "exit": int(error.exit_code),
    }
    return json.dumps({"schema": "tix.error/1", "error": body})


def wants_json(argv: Sequence[str]) -> bool:
    """Return whether *argv* asks for JSON, also if it cannot be parsed."""
    asked = False
    for word, value in zip(argv, [*argv[1:], ""], strict=False):
        if word == "--":
            break
        if word == "--json" or word in ("-ojson", "-ojsonl"):
            asked = True
        name, equals, inline = word.partition("=")
        if name in ("-o", "--output"):
            asked = (inline if equals else value) in ("json", "jsonl")
    return asked


def _from_click(error: click.ClickException) -> TixError:
    from tix.errors import UsageError

    message = error.format_message().rstrip(".")
    message, question, guess = message.partition(" Did you mean ")
    message = message.rstrip(".")
    hint = f"Did you mean {guess}" if question else ""
    if isinstance(error, click.NoSuchOption) and error.option_name.lstrip("-")[:1].isdigit():
        hint = "put -- before words that begin with a dash"
    return UsageError(message[:1].lower() + message[1:], hint=hint)


def _usage_line(error: click.ClickException) -> str:
    ctx = getattr(error, "ctx", None)
    if ctx is None:
        return ""
    return "usage: " + " ".join(ctx.get_usage().removeprefix("Usage: ").split())


def _from_os(error: OSError) -> TixError:
    from tix.errors import IOFailed, PermissionRefused

    reason = error.strerror or str(error)
    where = f"{error.filename}: " if error.filename else ""
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return PermissionRefused(f"{where}{reason}")
    return IOFailed(f"{where}{reason}" if where else f"input or output failed: {reason}")


def _is_interrupt(error: BaseException) -> bool:
    return isinstance(error, click.exceptions.Abort) and isinstance(
        error.__cause__, KeyboardInterrupt
    )


def _bug(error: BaseException, argv: Sequence[str]) -> int:
    if "--debug" in argv or os.environ.get("TIX_DEBUG"):
        import traceback

        traceback.print_exception(error)
    else:
        name = type(error).__name__
        _write(f"tix: bug: {name}: {one_line(str(error))}")
        _write("hint: nothing was saved; run it again with --debug and report what it prints")
    return ExitCode.BUG


def _write(line: str) -> None:
    try:
        if sys.stderr is not None:
            sys.stderr.write(line + "\n")
            sys.stderr.flush()
    except (OSError, ValueError, UnicodeEncodeError):
        return


def _silence_stdout() -> None:
    """Let the flush at exit go nowhere instead of into the closed pipe."""
    devnull = os.open(os.devnull, os.O_WRONLY)
    os.dup2(devnull, 1)
