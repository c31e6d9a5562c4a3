"""The real command line for tests: in a process of its own, on a terminal, or in this process."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pexpect

if TYPE_CHECKING:
    import io
    from collections.abc import Callable, Iterator, Mapping, Sequence

ROOT = Path(__file__).resolve().parent.parent
SIZE = (50, 100)  # of a terminal: rows, columns
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGPIPE)


@dataclass(frozen=True)
class Result:
    """What a command printed, and the exit code it ended with."""

    stdout: str
    stderr: str
    code: int


def environment(home: Path) -> dict[str, str]:
    """Return all that a command sees: *home*, the desk in it, a fixed clock, nobody's settings."""
    return {
        "HOME": str(home),
        "LC_ALL": "C.UTF-8",
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "TERM": "xterm",
        "TIX_CONFIG": str(home / "config.toml"),
        "TIX_DB": str(home / "desk"),
        "TIX_NOW": "2026-11-21T18:30:00Z",
        "TIX_PAGER": "",
        "TIX_TZ": "Europe/Zagreb",
        "TIX_USER": "alice",
        "TZ": "UTC",
    }


class Desk:
    """The command line with one throwaway desk behind it.

    ``tix("list -o ids")`` expects exit code 0 and returns standard output. Words are split as a
    shell does; a sequence of words is taken as it is. Standard input is empty unless *input* is
    given. ``tix.run(…)`` takes any exit code and returns the whole result.

    ``tix`` starts a process, as users do. ``run`` (the fixture) and ``tix.fast`` do the same in
    this process, much sooner, with real file descriptors, environment, folder and signals put back
    afterwards. They differ in three things only: modules stay loaded, a warning of Python is an
    error, and ``enter``, which ends a process without tearing it down, is not called.
    """

    def __init__(self, home: Path, execute: Callable[..., Result]) -> None:
        self.home = home
        self.env = environment(home)
        self._execute = execute

    def __call__(
        self,
        line: str | Sequence[str],
        *,
        code: int = 0,
        input: str | bytes = b"",
        env: Mapping[str, str] | None = None,
        tty: bool = False,
    ) -> str:
        result = self.run(line, input=input, env=env, tty=tty)
        assert result.code == code, (
            f"tix {line} ended with {result.code}, not {code}\n"
            f"--- stdout\n{result.stdout}--- stderr\n{result.stderr}"
        )
        return result.stdout

    def run(
        self,
        line: str | Sequence[str],
        *,
        input: str | bytes = b"",
        env: Mapping[str, str] | None = None,
        tty: bool = False,
    ) -> Result:
        words = shlex.split(line) if isinstance(line, str) else list(line)
        given = input.encode() if isinstance(input, str) else input
        execute = on_a_terminal if tty else self._execute
        return execute(words, given, {**self.env, **(env or {})}, self.home)

    def spawn(self, line: str, *, env: Mapping[str, str] | None = None) -> pexpect.spawn[str]:
        """Start a command on a terminal, to be talked with by ``expect`` and ``sendline``."""
        return spawn(shlex.split(line), {**self.env, **(env or {})}, self.home)

    @property
    def fast(self) -> Desk:
        """The same desk, with commands run in this process."""
        sibling = Desk(self.home, in_this_process)
        sibling.env = self.env
        return sibling


def in_a_process(words: Sequence[str], given: bytes, env: Mapping[str, str], cwd: Path) -> Result:
    """Run ``python -m tix`` as its users do, without a terminal."""
    done = subprocess.run(
        [sys.executable, "-m", "tix", *words],
        input=given,
        capture_output=True,
        env=env,
        cwd=cwd,
        check=False,
    )
    return Result(_text(done.stdout), _text(done.stderr), _shell_code(done.returncode))


def spawn(words: Sequence[str], env: Mapping[str, str], cwd: Path) -> pexpect.spawn[str]:
    """Start ``python -m tix`` on a terminal of ``SIZE``; nothing typed is shown."""
    return pexpect.spawn(
        sys.executable,
        ["-m", "tix", *words],
        env=env,
        cwd=str(cwd),
        dimensions=SIZE,
        echo=False,
        encoding="utf-8",
        codec_errors="surrogateescape",
        timeout=20,
    )


def on_a_terminal(words: Sequence[str], given: bytes, env: Mapping[str, str], cwd: Path) -> Result:
    """Run on a terminal, with *given* typed at once; standard error is part of what it shows."""
    return finish(spawn(words, env, cwd), given)


def finish(child: pexpect.spawn[str], given: bytes = b"") -> Result:
    """Type *given*, wait for the end and return everything the terminal showed since."""
    if given:
        child.send(given.decode())
    child.expect(pexpect.EOF)
    child.close()
    code = child.exitstatus if child.signalstatus is None else 128 + child.signalstatus
    assert code is not None
    return Result((child.before or "").replace("\r\n", "\n"), "", code)


def in_this_process(
    words: Sequence[str],
    given: bytes,
    env: Mapping[str, str],
    cwd: Path,
    other: Callable[[list[str]], int] | None = None,
) -> Result:
    """Run ``tix.__main__.main``, or an *other*, here: on descriptors 0, 1 and 2 of its own."""
    from tix.__main__ import main

    with ExitStack() as stack:
        files = [stack.enter_context(tempfile.TemporaryFile()) for _ in range(3)]
        files[0].write(given)
        files[0].seek(0)
        with _surroundings(env, cwd), _standard_streams(files):
            code = (other or main)(list(words))
        printed = [_text(_whole(file)) for file in files[1:]]
    return Result(printed[0], printed[1], code)


@contextmanager
def _surroundings(env: Mapping[str, str], cwd: Path) -> Iterator[None]:
    """Set what a process is born with, and put back whatever the command made of it."""
    before = dict(os.environ), Path.cwd()
    os.umask(mask := os.umask(0))
    handlers = {number: signal.getsignal(number) for number in SIGNALS}
    os.environ.clear()
    os.environ.update(env)
    time.tzset()
    os.chdir(cwd)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before[0])
        time.tzset()
        os.chdir(before[1])
        os.umask(mask)
        for number, handler in handlers.items():
            signal.signal(number, handler)


@contextmanager
def _standard_streams(files: Sequence[io.BufferedRandom]) -> Iterator[None]:
    """Let descriptors 0, 1, 2 and the streams above them be *files*, as Python sets them up."""
    before = sys.stdin, sys.stdout, sys.stderr
    kept = [os.dup(number) for number in range(3)]
    for number, file in enumerate(files):
        os.dup2(file.fileno(), number)
    sys.stdin = os.fdopen(0, "r", -1, "utf-8", "surrogateescape", closefd=False)
    sys.stdout = os.fdopen(1, "w", -1, "utf-8", "surrogateescape", closefd=False)
    sys.stderr = os.fdopen(2, "w", 1, "utf-8", "backslashreplace", closefd=False)
    try:
        yield
    finally:
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        sys.stdin, sys.stdout, sys.stderr = before
        for number, descriptor in enumerate(kept):
            os.dup2(descriptor, number)
            os.close(descriptor)


def _whole(file: io.BufferedRandom) -> bytes:
    file.seek(0)
    return file.read()


def _text(printed: bytes) -> str:
    return printed.decode("utf-8", "surrogateescape")


def _shell_code(returncode: int) -> int:
    """Return the code a shell would see: 128 + n for a process that died of signal n."""
    return returncode if returncode >= 0 else 128 - returncode
