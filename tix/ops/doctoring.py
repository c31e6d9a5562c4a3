"""Looking after a desk: is it healthy, is everything there that it needs, and repair."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from tix.store.doctor import Outcome, Problem, check
from tix.store.doctor import repair as repair_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tix.desk import Desk

_CLASHING = "tix-cli"
"""A package of somebody else that brings a command named ``tix`` as well."""


class Versions(NamedTuple):
    """What a desk depends on beside Python: time zones, and SQLite for searching in texts."""

    time_zones: str | None
    sqlite: str | None
    has_full_text: bool


def examine(desk: Desk) -> tuple[Problem, ...]:
    """Return what is wrong with the desk and around it; nothing is changed.

    Raises:
        CannotCreate: There is no desk.
        DeskNewer: It was written by a later tix.
    """
    found = check(desk.folder.path, timeout_s=desk.config.lock_timeout)
    return (*found, *_around())


def repair(desk: Desk) -> Outcome:
    """Make the desk as healthy as it can be made.

    Raises:
        CannotCreate: There is no desk.
        DeskNewer: It was written by a later tix.
        Locked: Somebody writes.
    """
    return repair_folder(
        desk.folder.path, by=desk.by, now=desk.clock(), timeout_s=desk.config.lock_timeout
    )


def versions() -> Versions:
    """Return the versions of what a desk depends on, None for what is missing."""
    try:
        import sqlite3
    except ImportError:
        return Versions(_zones(), None, has_full_text=False)
    with suppress(sqlite3.Error):
        sqlite3.connect(":memory:").execute("CREATE VIRTUAL TABLE texts USING fts5 (text)").close()
        return Versions(_zones(), sqlite3.sqlite_version, has_full_text=True)
    return Versions(_zones(), sqlite3.sqlite_version, has_full_text=False)


def _around() -> Iterator[Problem]:
    """Return what is missing or in the way on this machine."""
    from importlib.metadata import PackageNotFoundError, version

    known = versions()
    if known.time_zones is None:
        yield Problem("no_time_zones", "Python", "it knows no time zones: install tzdata")
    if not known.has_full_text:
        what = "it has no SQLite with full text (FTS5), which 'tix search' needs"
        yield Problem("no_full_text", "Python", what)
    with suppress(PackageNotFoundError):
        what = f"{_CLASHING} {version(_CLASHING)} has a command named tix as well"
        yield Problem("clash", "Python", what)


def _zones() -> str | None:
    """Return the version of the time zones that Python uses, None if it knows none."""
    import zoneinfo
    from importlib.metadata import PackageNotFoundError, version
    from pathlib import Path

    for folder in zoneinfo.TZPATH:
        with suppress(OSError):
            with (Path(folder) / "tzdata.zi").open(encoding="utf-8") as file:
                first = file.readline().split()
            return first[-1] if first[:2] == ["#", "version"] else "unknown"
    with suppress(PackageNotFoundError):
        return version("tzdata")
    return "unknown" if zoneinfo.available_timezones() else None
