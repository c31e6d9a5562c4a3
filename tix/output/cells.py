"""Cells as text: for a script and for a person."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from tix.codec import encode_time

if TYPE_CHECKING:
    from collections.abc import Callable

    from tix.table import Cell, Column, R


def machine_text(cell: Cell) -> str:
    """Return what a script reads for *cell*: times in UTC, lists by comma, nothing as ``""``."""
    if isinstance(cell, str):
        return cell
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, datetime):
        return encode_time(cell)
    if isinstance(cell, tuple):
        return ",".join(cell)
    return str(cell)


def human(column: Column[R]) -> Callable[[R], str]:
    """Return what gives the text a person sees, as it came: not yet safe to print."""
    value = column.value
    return column.human or (lambda row: machine_text(value(row)))
