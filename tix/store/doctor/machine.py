"""What a desk needs of the machine: time zones, full text, and a command of its own."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from tix.record import NamedTuple
from tix.store.doctor.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

_CLASHING = "tix-cli"
"""A package of somebody else that brings a command named ``tix`` as well."""


class Versions(NamedTuple):
    """What a desk depends on beside Python; None for what is missing."""

    time_zones: str | None
    sqlite: str | None
    has_full_text: bool


def versions() -> Versions:
    """Return what there is on this machine."""
    try:
        import sqlite3
    except ImportError:
        return Versions(_time_zones(), None, has_full_text=False)
    has_full_text = False
    with suppress(sqlite3.Error):
        sqlite3.connect(":memory:").execute("CREATE VIRTUAL TABLE texts USING fts5 (text)").close()
        has_full_text = True
    return Versions(_time_zones(), sqlite3.sqlite_version, has_full_text)


def examine_machine(known: Versions) -> Iterator[Problem]:
    """Yield what is missing on this machine, or in the way."""
    from importlib.metadata import PackageNotFoundError, version

    if known.time_zones is None:
        yield Problem("no_time_zones", "Python", "it knows no time zones: install tzdata")
    if not known.has_full_text:
        what = "it has no SQLite with full text (FTS5), which 'tix search' needs"
        yield Problem("no_full_text", "Python", what)
    with suppress(PackageNotFoundError):
        what = f"{_CLASHING} {version(_CLASHING)} has a command named tix as well"
        yield Problem("clash", "Python", what)


def _time_zones() -> str | None:
    """Return the version of the time zones that Python uses, ``unknown`` if nothing tells it."""
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
