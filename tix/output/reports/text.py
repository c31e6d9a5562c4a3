"""A report for a terminal: each section as a table that is folded where it is too wide."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from tix.output.reports.paper import footer
from tix.output.reports.sheet import sheets
from tix.output.text import paint
from tix.text import one_line, width, wrap

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tix.output import View
    from tix.output.reports.paper import Paper
    from tix.output.reports.sheet import Column, Sheet

_GAP = "  "
_HEADING = 12  # no narrower for the sake of its column


def terminal(paper: Paper, view: View) -> Iterator[str]:
    """Yield the title, the sections and what they rest on."""
    yield _styled(one_line(paper.report.title), "bold", view) + "\n"
    for sheet in sheets(paper):
        if len(paper.report.sections) > 1 or sheet.title != paper.report.title:
            yield "\n" + _styled(one_line(sheet.title), "bold", view) + "\n"
        yield from _section(sheet, view)
    yield "\n"
    for line in footer(paper):
        folded = wrap(one_line(line), view.width) if view.width else (one_line(line),)
        yield from (_styled(part, "dim", view) + "\n" for part in folded)


def _section(sheet: Sheet, view: View) -> Iterator[str]:
    for columns in _folded(sheet.columns, view.width):
        yield from _lines(columns, sheet, view)
    yield from (_styled(one_line(note), "dim", view) + "\n" for note in sheet.notes)


def _folded(columns: Sequence[Column], limit: int | None) -> Iterator[list[Column]]:
    """Yield the columns in lots that fit into *limit*, the names of the rows in each."""
    names = [column for column in columns if column.is_name]
    margin = sum(_size(column) + len(_GAP) for column in names)
    lot: list[Column] = []
    used = margin
    for together in _together(column for column in columns if not column.is_name):
        size = sum(_size(column) + len(_GAP) for column in together)
        if lot and limit is not None and used + size - len(_GAP) > limit:
            yield [*names, *lot]
            lot, used = [], margin
        lot += together
        used += size
    yield [*names, *lot]


def _together(columns: Iterable[Column]) -> Iterator[list[Column]]:
    """Yield the columns one by one, what the next one rests on with that."""
    held: list[Column] = []
    for column in columns:
        held.append(column)
        if not column.is_basis:
            yield held
            held = []


def _lines(columns: Sequence[Column], sheet: Sheet, view: View) -> Iterator[str]:
    sizes = [_size(column) for column in columns]
    heads = [list(_heading(column)) for column in columns]
    height = max(map(len, heads))
    padded = [[""] * (height - len(lines)) + lines for lines in heads]
    for words in zip(*padded, strict=True):
        yield _styled(_line(words, columns, sizes), "bold", view) + "\n"
    rows = list(zip_longest(*((one_line(c.whole) for c in col.cells) for col in columns)))
    for place, row in enumerate(rows, 1):
        is_sum = sheet.has_totals and place == len(rows)
        line = _line(row, columns, sizes)
        yield (_styled(line, "bold", view) if is_sum else line) + "\n"


def _line(cells: Iterable[str], columns: Sequence[Column], sizes: Sequence[int]) -> str:
    padded = (
        cell + _blanks(cell, size) if column.is_name else _blanks(cell, size) + cell
        for cell, column, size in zip(cells, columns, sizes, strict=True)
    )
    return _GAP.join(padded).rstrip()


def _blanks(cell: str, size: int) -> str:
    return " " * (size - width(cell))


def _size(column: Column) -> int:
    return max(map(width, (*_heading(column), *(one_line(cell.whole) for cell in column.cells))))


def _heading(column: Column) -> Iterator[str]:
    """Yield the lines of a heading, broken to the width of what stands below it."""
    widest = max((width(one_line(cell.whole)) for cell in column.cells), default=0)
    return wrap(one_line(column.head.text).upper(), max(widest, _HEADING))


def _styled(text: str, style: str, view: View) -> str:
    return paint(text, style) if view.color and text else text
