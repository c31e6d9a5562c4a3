"""One key from the terminal, without Return, and the terminal as it was on every way out."""

from __future__ import annotations

import os
import signal
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tix.cli.terminal import is_terminal
from tix.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import FrameType

END = "\x04"
"""The key that stands for the end of input, Ctrl-D."""

_ESCAPE = b"\x1b"


def need_keyboard(command: str, *, may_ask: bool, instead: str) -> None:
    """Do nothing where somebody can see a question and press a key.

    Raises:
        Refused: There is nobody.
    """
    if not (may_ask and is_terminal(sys.stdin) and is_terminal(sys.stderr)):
        raise Refused(f"{command} needs somebody at a terminal", hint=instead)


def read_key(prompt: Callable[[], None]) -> str:
    """Return the next key; *prompt* is shown before, and again after the command was suspended.

    What is more than a character, such as an arrow, is an empty text. What was typed ahead
    stays for the next one.
    """
    descriptor = sys.stdin.fileno()
    with _single_keys(descriptor, prompt):
        prompt()
        first = os.read(descriptor, 1)
        if first == _ESCAPE:
            _skip_sequence(descriptor)
            return ""
        more = os.read(descriptor, _length(first) - 1) if _length(first) > 1 else b""
    return (first + more).decode("utf-8", "replace") or END


@contextmanager
def _single_keys(descriptor: int, prompt: Callable[[], None]) -> Iterator[None]:
    """Return the block in which keys come one by one and are not shown.

    Ctrl-C and Ctrl-Z are signals as ever; before the latter stops the command, the terminal
    is what it was.
    """
    import termios

    before = termios.tcgetattr(descriptor)
    single = termios.tcgetattr(descriptor)
    single[3] &= ~(termios.ICANON | termios.ECHO)
    single[6][termios.VMIN], single[6][termios.VTIME] = 1, 0

    def suspend(number: int, frame: FrameType | None) -> None:
        termios.tcsetattr(descriptor, termios.TCSADRAIN, before)
        signal.signal(signal.SIGTSTP, signal.SIG_DFL)
        os.kill(os.getpid(), signal.SIGTSTP)
        signal.signal(signal.SIGTSTP, suspend)
        termios.tcsetattr(descriptor, termios.TCSADRAIN, single)
        prompt()

    handler = signal.signal(signal.SIGTSTP, suspend)
    try:
        termios.tcsetattr(descriptor, termios.TCSADRAIN, single)
        yield
    finally:
        termios.tcsetattr(descriptor, termios.TCSADRAIN, before)
        signal.signal(signal.SIGTSTP, handler)


def _length(first: bytes) -> int:
    """Return how many bytes the UTF-8 character that begins with *first* has."""
    lead = first[0] if first else 0
    return 4 if lead >= 0xF0 else 3 if lead >= 0xE0 else 2 if lead >= 0xC0 else 1


def _skip_sequence(descriptor: int) -> None:
    """Take the rest of an escape sequence off the terminal, if it is one and no single Escape."""
    from select import select

    taken = b""
    while select([descriptor], [], [], 0)[0] and len(taken) < 16:
        taken += os.read(descriptor, 1)
        if taken not in (b"[", b"O") and 0x40 <= taken[-1] <= 0x7E:
            return
