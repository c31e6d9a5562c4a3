"""Long output through the user's pager.

Click's own starts less for an empty PAGER and for three lines, and not if stdin is a pipe.
"""

from __future__ import annotations

import sys
from itertools import chain
from typing import TYPE_CHECKING

import click

from tix.cli.terminal import ctrl_c_is_for_another, is_terminal, screen
from tix.text import width

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from subprocess import Popen

    from tix.config import Config


def page(pieces: Iterable[str], config: Config, warn: Callable[[str], None]) -> None:
    """Print *pieces*, through the pager if they are taller than the terminal.

    ``--no-pager`` is the setting ``pager`` as empty text. Leaving the pager early is fine.
    """
    rest = iter(pieces)
    taken, is_taller = _screenful(rest, config.environ)
    whole = chain(taken, rest)
    if not (is_taller and _shown_in_pager(whole, config, warn)):
        _print(whole)


def _screenful(pieces: Iterator[str], environ: Mapping[str, str]) -> tuple[list[str], bool]:
    """Take pieces until they leave no line for the shell's prompt; return whether they do."""
    taken: list[str] = []
    if not is_terminal(sys.stdout):
        return taken, False
    size = screen(environ, sys.stdout)
    rows = 0
    for piece in pieces:
        taken.append(piece)
        for line in click.unstyle(piece).splitlines():
            rows += max(1, -(-width(line) // size.columns))
            if rows >= size.lines:
                return taken, True
    return taken, False


def _shown_in_pager(pieces: Iterable[str], config: Config, warn: Callable[[str], None]) -> bool:
    """Return whether there is a pager, which then has shown what it wanted of *pieces*."""
    words = _words(config, warn)
    if not words:
        return False
    with ctrl_c_is_for_another():
        process = _started(words, config.environ, warn)
        if process:
            _feed(process, pieces)
    return process is not None


def _words(config: Config, warn: Callable[[str], None]) -> list[str]:
    """Return the words of the pager's command, none if there is to be no pager."""
    from shlex import split

    default = "" if config.environ.get("TERM") == "dumb" else "less"
    command = config.environ.get("PAGER", default) if config.pager is None else config.pager
    try:
        words = split(command)
    except ValueError:
        warn(f"the pager {command!r} has a quotation mark without its partner")
        return []
    return [] if words == ["cat"] else words


def _started(
    words: list[str], environ: Mapping[str, str], warn: Callable[[str], None]
) -> Popen[bytes] | None:
    """Return the running pager; less that is not there is no pager, any other is missed."""
    from subprocess import PIPE, Popen

    options = {"LESS": "FRX", **environ}
    try:
        return Popen(words, stdin=PIPE, env=options)  # noqa: S603 - the user's own, no shell
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
    except BrokenPipeError:
        pass  # it was left early
    finally:
        process.wait()


def _print(pieces: Iterable[str]) -> None:
    """Write to stdout as UTF-8, whatever the locale says."""
    out = sys.stdout.buffer
    for piece in pieces:
        out.write(piece.encode("utf-8", "replace"))
    out.flush()
