"""The tables of a Zendesk export as they lie in a folder: a CSV file each, times in UTC."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING

from tix.domain.nearest import nearest
from tix.errors import BadData
from tix.ops.importing.problems import Problem, Unusable, shown
from tix.ops.importing.rows import Sheet
from tix.ops.importing.times import Times
from tix.record import NamedTuple
from tix.text import unsafe_cell

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

_ENDINGS = ("_data.csv", ".csv", "s.csv")
_times = Times(("iso",), UTC)


class Line(NamedTuple):
    """A row of a table, by its columns."""

    place: str
    cells: Mapping[str, str]

    def text(self, *columns: str) -> str:
        """Return what stands in the first of *columns* that has anything."""
        return next((text for name in columns if (text := self.cells.get(name, ""))), "")

    def at(self, *columns: str) -> datetime | None:
        """Return the time in the first of *columns* that has one.

        Raises:
            Unusable: It is none.
        """
        text = self.text(*columns)
        try:
            return _times(text) if text else None
        except ValueError as error:
            raise Unusable(columns[0], f"{shown(text)} is {error}") from None

    def is_true(self, column: str) -> bool:
        """Return whether a column says yes."""
        return self.text(column).casefold() in ("true", "t", "1", "yes")


def rows(
    folder: str, table: str, needed: Sequence[str], *, optional: bool = True
) -> Iterator[Line | Problem]:
    """Return the rows of *table*, or what is wrong with them; none if it may be missing and is.

    Raises:
        BadData: It is missing, or lacks a column that is *needed* (``a|b`` is either).
    """
    path = _path(folder, table)
    if path is None:
        if optional:
            return
        endings = " or ".join(f"{table}{ending}" for ending in _ENDINGS)
        raise BadData(f"{folder} has no {endings}", hint="is it the folder of the export?")
    with path.open("rb") as file:
        sheet = Sheet(file, path.name)
        for names in needed:
            _check_column(sheet, names.split("|"))
        for row in sheet.rows():
            if isinstance(row, Problem):
                yield row
            else:
                cells = (unsafe_cell(cell.strip()) for cell in row.cells)
                place = f"{sheet.label} line {row.line}"
                yield Line(place, dict(zip(sheet.header, cells, strict=True)))


def _path(folder: str, table: str) -> Path | None:
    places = (Path(folder, table + ending) for ending in _ENDINGS)
    return next((path for path in places if path.is_file()), None)


def _check_column(sheet: Sheet, names: list[str]) -> None:
    if not any(name in sheet.header for name in names):
        guess = nearest(names[0], sheet.header)
        hint = f"Did you mean {guess!r}?" if guess else ""
        raise BadData(f"{sheet.label} has no column {' or '.join(names)}", hint=hint)
