"""Hooks: executables named ``on-KIND`` that are told of events after they are committed.

They run without a shell, in a process group of their own, one after the other; what they
print goes to stderr, for stdout is data.
"""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

from tix.notify.program import run_program
from tix.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

EVERY = "on-change"
LIMIT_S = 5.0


class Told(NamedTuple):
    """An event as a hook gets it: its kind, and a line of JSON."""

    kind: str
    line: str


def run_hooks(
    folder: Path,
    events: Iterable[Told],
    environ: Mapping[str, str],
    warn: Callable[[str], None],
    *,
    limit_s: float = LIMIT_S,
) -> None:
    """Run the hooks of *folder* that are for *events*: one process a kind, then ``on-change``.

    Each reads its events from stdin, a line each, and has *limit_s* seconds. Whatever goes
    wrong is told to *warn*: what was committed stands.
    """
    if not _may_run(folder, warn):
        return
    for name, lines in _batches(events):
        path = folder / name
        if _may_run(path, warn):
            failure = run_program([str(path)], "".join(lines).encode(), environ, limit_s)
            if failure:
                warn(f"hook {name} {failure}")


def run_hook(
    folder: Path,
    name: str,
    given: str,
    environ: Mapping[str, str],
    *,
    limit_s: float = LIMIT_S,
) -> str:
    """Run one hook of *folder* on *given*; return what went wrong, nothing if all was well."""
    refusals: list[str] = []
    path = folder / name
    if not (_may_run(folder, refusals.append) and _may_run(path, refusals.append)):
        return refusals[0] if refusals else "is not there"
    return run_program([str(path)], given.encode(), environ, limit_s)


def _batches(events: Iterable[Told]) -> Iterator[tuple[str, list[str]]]:
    """Yield the name of each hook with its lines, in the order of the first of each kind."""
    every: list[str] = []
    kinds: dict[str, list[str]] = {}
    for kind, line in events:
        kinds.setdefault(f"on-{kind}", []).append(line)
        every.append(line)
    yield from kinds.items()
    if every:
        yield EVERY, every


def _may_run(path: Path, warn: Callable[[str], None]) -> bool:
    """Return whether *path* is there and nobody else could have put or changed it."""
    try:
        status = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError as error:
        warn(f"no hook is run from {path}: {error.strerror}")
        return False
    reason = _distrust(status)
    if reason:
        warn(f"no hook is run from {path}: {reason}")
    return not reason


def _distrust(status: os.stat_result) -> str:
    """Return why a program or folder is not to be trusted, nothing if it is."""
    if status.st_uid not in (os.geteuid(), 0):
        return "it belongs to somebody else"
    if status.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        return "others may write to it; chmod go-w makes it yours"
    if not status.st_mode & stat.S_IXUSR:
        return "it is not executable; chmod +x makes it so"
    return ""
