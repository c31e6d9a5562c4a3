"""Long output through the user's pager.

Click's own starts less for an empty PAGER and for three lines, and not if stdin is a pipe.
"""

from __future__ import annotations

import sys
from itertools import chain
from typing import TYPE_CHECKING

import click

from tix.cli.terminal import is_terminal, screen, wait
from tix.text import width

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterable, Iterator
    from subprocess import Popen

    from tix.config import Config


def page(pieces: Iterable[str], config: Config, warn: Callable[[str], None]) -> None:
    """Print *pieces*, through the pager if they are taller than the terminal.

    ``--no-pager`` is the setting ``pager`` as empty text. Leaving the pager early is fine.
    """
    words = _words(config, warn) if is_terminal(sys.stdout) else []
    if not words:
        _print(pieces)
        return
    rest = iter(pieces)
    shown, is_taller = _screenful(rest, screen(config.environ, sys.stdout))
    process = _start(words, config, warn) if is_taller else None
    if process is None:
        _print(chain(shown, rest))
    else:
        _feed(process, chain(shown, rest))


def _words(config: Config, warn: Callable[[str], None]) -> list[str]:
    """Return the words of the pager's command, none if there is to be no pager."""
    from shlex import split

    command = _command(config)
    try:
        words = split(command)
    except ValueError:
        warn(f"the pager {command!r} has a quotation mark without its partner")
        return []
    return [] if words == ["cat"] else words


def _command(config: Config) -> str:
    if config.pager is not None:
        return config.pager
    default = "" if config.environ.get("TERM") == "dumb" else "less"
    return config.environ.get("PAGER", default)


def _screenful(pieces: Iterator[str], size: os.terminal_size) -> tuple[list[str], bool]:
    """Take pieces until they leave no line for the shell's prompt; return whether they do."""
    taken: list[str] = []
    rows = 0
    for piece in pieces:
        taken.append(piece)
        for line in click.unstyle(piece).splitlines():
            rows += max(1, -(-width(line) // size.columns))
            if rows >= size.lines:
                return taken, True
    return taken, False


def _start(words: list[str], config: Config, warn: Callable[[str], None]) -> Popen[bytes] | None:
    from subprocess import PIPE, Popen

    sys.stdout.flush()
    try:
        environ = {"LESS": "FRX", **config.environ}
        return Popen(words, stdin=PIPE, env=environ)  # noqa: S603 - the user's own, no shell
    except OSError as error:
        if words != ["less"]:
            warn(f"the pager {words[0]!r} cannot be run: {error.strerror}")
        return None


def _feed(process: Popen[bytes], pieces: Iterable[str]) -> None:
    """Write *pieces* until the pager has them all or wants no more, and wait for its end."""
    if process.stdin is None:
        raise AssertionError("the pager was started with a pipe")
    try:
        with process.stdin as pipe:
            for piece in pieces:
                pipe.write(piece.encode("utf-8", "replace"))
    except (BrokenPipeError, KeyboardInterrupt):
        pass  # it was left early, or Ctrl-C told it to read no further
    finally:
        wait(process)


def _print(pieces: Iterable[str]) -> None:
    for piece in pieces:
        sys.stdout.write(piece)
    sys.stdout.flush()
