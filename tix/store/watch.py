"""Noticing that a desk has changed, without reading it and without a lock."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.store.layout import ROOT
from tix.store.pending import COMMIT

if TYPE_CHECKING:
    from pathlib import Path


def signature(folder: Path) -> tuple[object, ...]:
    """Return what is different after every commit: which files the root and its successor are."""
    return tuple(_identity(folder / name) for name in (ROOT, COMMIT))


def _identity(path: Path) -> tuple[int, int, int] | None:
    try:
        status = path.stat()
    except FileNotFoundError:
        return None
    return status.st_ino, status.st_mtime_ns, status.st_size
