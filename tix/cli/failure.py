"""Where every error ends: one line on stderr, a hint, and the exit code."""

from __future__ import annotations

import errno
import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from tix.errors import ExitCode, TixError
from tix.text import clean, one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def report(error: BaseException, argv: Sequence[str]) -> int:
    """Tell *error* on stderr and return the exit code for it."""
    if isinstance(error, KeyboardInterrupt):
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


def say(line: str) -> None:
    """Write a line to stderr, or lose it if that cannot be done."""
    try:
        if sys.stderr is not None:
            sys.stderr.write(line + "\n")
            sys.stderr.flush()
    except (OSError, ValueError, UnicodeEncodeError):
        return


def warn(message: str) -> None:
    """Write a warning to stderr."""
    say(f"tix: warning: {one_line(message)}")


@contextmanager
def telling(done: str, *, hint: str = "") -> Iterator[None]:
    """Return the block that prints what was *done*; its failure says that this stands.

    Raises:
        IOFailed: It could not be printed.
    """
    from tix.errors import IOFailed

    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        reason = error.strerror or str(error)
        raise IOFailed(f"{done}, but it could not be told: {reason}", hint=hint) from None


def _tell(error: TixError, argv: Sequence[str], usage: str = "") -> int:
    if wants_json(argv):
        say(_as_json(error))
        return error.exit_code
    say(f"tix: error: {one_line(error.message)}")
    if error.hint:
        say(f"hint: {one_line(error.hint)}")
    if usage:
        say(usage)
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

    if isinstance(error, click.NoSuchOption):
        hint = f"Did you mean {error.possibilities[0]!r}?" if error.possibilities else ""
        if error.option_name.lstrip("-")[:1].isdigit():
            hint = "put -- before words that begin with a dash"
        return UsageError(f"no such option {error.option_name!r}", hint=hint)
    message = error.format_message().rstrip(".")
    message, question, guess = message.partition(" Did you mean ")
    hint = f"Did you mean {guess}" if question else ""
    return UsageError(message[:1].lower() + message[1:].rstrip("."), hint=hint)


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


def _bug(error: BaseException, argv: Sequence[str]) -> int:
    if "--debug" in argv or os.environ.get("TIX_DEBUG"):
        import traceback

        say("".join(traceback.format_exception(error)).rstrip())
    name = type(error).__name__
    return _tell(
        TixError(
            f"a bug in tix: {name}: {error}",
            hint="run it again with --debug and report what it prints; "
            "'tix log' tells whether anything was saved",
        ),
        argv,
    )


def _silence_stdout() -> None:
    """Let the flush at exit go nowhere instead of into the closed pipe."""
    devnull = os.open(os.devnull, os.O_WRONLY)
    os.dup2(devnull, 1)
