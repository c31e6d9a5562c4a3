"""Commands in this process, on a terminal: much sooner than a process each, and measured."""

from __future__ import annotations

import os
import termios
from fcntl import ioctl
from struct import pack
from threading import Thread
from typing import TYPE_CHECKING, cast

from tests.commandline import SIZE, Desk, Result, _standard_streams, _surroundings

if TYPE_CHECKING:
    import io
    from collections.abc import Mapping, Sequence
    from pathlib import Path


class SeatedDesk(Desk):
    """A desk whose commands with ``tty=True`` run in this process as well.

    The terminal is nobody's controlling one: Ctrl-C and Ctrl-Z are for ``spawn``.
    """

    def run(
        self,
        line: str | Sequence[str],
        *,
        input: str | bytes = b"",
        env: Mapping[str, str] | None = None,
        tty: bool = False,
    ) -> Result:
        execute = here_on_a_terminal if tty else self._execute
        return Desk(self.home, execute).run(line, input=input, env={**self.env, **(env or {})})


def here_on_a_terminal(
    words: Sequence[str], given: bytes, env: Mapping[str, str], cwd: Path
) -> Result:
    """Run ``tix.__main__.main`` on a terminal where *given* was typed ahead; return all shown."""
    from tix.__main__ import main

    master, slave = os.openpty()
    settings = termios.tcgetattr(slave)
    settings[3] &= ~termios.ECHO
    termios.tcsetattr(slave, termios.TCSANOW, settings)
    ioctl(slave, termios.TIOCSWINSZ, pack("HHHH", *SIZE, 0, 0))
    shown: list[bytes] = []
    reader = Thread(target=_read_all, args=(master, shown))
    reader.start()
    os.write(master, given)
    with os.fdopen(slave, "r+b", buffering=0) as terminal:
        streams = [cast("io.BufferedRandom", terminal)] * 3
        with _surroundings(env, cwd), _standard_streams(streams):
            code = main(list(words))
        assert termios.tcgetattr(terminal.fileno()) == settings
    reader.join()
    os.close(master)
    text = b"".join(shown).decode("utf-8", "surrogateescape")
    return Result(text.replace("\r\n", "\n"), "", code)


def _read_all(master: int, shown: list[bytes]) -> None:
    """Read until nobody has the terminal open any more."""
    try:
        while piece := os.read(master, 65_536):
            shown.append(piece)
    except OSError:
        return
