"""What the terminal is and can: colour, size, and a bar for long work."""

from __future__ import annotations

import os
import signal
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO, TypeVar

import click

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

T = TypeVar("T")

_PATIENCE_S = 1.0
_REDRAW_S = 0.1


def is_terminal(stream: TextIO | None) -> bool:
    """Return whether *stream* is open and a terminal; a closed one is None in ``sys``."""
    return stream is not None and not stream.closed and stream.isatty()


def use_color(when: str, environ: Mapping[str, str], stream: TextIO | None) -> bool:
    """Return whether to colour what goes to *stream*, asked for each stream by itself.

    *when* is the setting ``color``: ``auto`` leaves it to NO_COLOR, CLICOLOR_FORCE,
    FORCE_COLOR (no-color.org, bixense.com/clicolors) and the terminal, in this order.
    """
    if when != "auto":
        return when == "always"
    if environ.get("NO_COLOR"):
        return False
    if any(environ.get(name, "0") not in ("", "0") for name in ("CLICOLOR_FORCE", "FORCE_COLOR")):
        return True
    return is_terminal(stream) and environ.get("TERM") != "dumb"


def screen(environ: Mapping[str, str], stream: TextIO | None) -> os.terminal_size:
    """Return the size of the terminal behind *stream*; COLUMNS and LINES stand above it."""
    columns, lines = _number(environ.get("COLUMNS")), _number(environ.get("LINES"))
    if not (columns and lines):
        try:
            actual = os.get_terminal_size(stream.fileno()) if stream else os.terminal_size((0, 0))
        except (OSError, ValueError):
            actual = os.terminal_size((0, 0))
        columns, lines = columns or actual.columns, lines or actual.lines
    return os.terminal_size((columns or 80, lines or 24))


def progress(items: Iterable[T], total: int, label: str, *, quiet: bool = False) -> Iterator[T]:
    """Yield *items*, with a bar on standard error if it is a terminal and this takes long."""
    if quiet or not is_terminal(sys.stderr):
        yield from items
        return
    bar = click.progressbar(length=total, label=label, file=sys.stderr)
    seen, drawn_at = 0, time.monotonic() + _PATIENCE_S - _REDRAW_S
    try:
        for done, item in enumerate(items, 1):
            yield item
            if (now := time.monotonic()) - drawn_at > _REDRAW_S:
                bar.update(done - seen)
                seen, drawn_at = done, now
        if seen:
            bar.update(total - seen)
    finally:
        if seen:
            bar.render_finish()


@contextmanager
def ctrl_c_is_for_another() -> Iterator[None]:
    """Leave Ctrl-C to the program that has the terminal during the block."""
    # Not SIG_IGN, which the program would inherit.
    before = signal.signal(signal.SIGINT, lambda number, frame: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 6 else 0
