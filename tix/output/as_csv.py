"""CSV as RFC 4180 has it, but lines end in a line feed alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.output.cells import machine_text
from tix.table import Card
from tix.text import clean, safe_cell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tix.output import View
    from tix.table import Cell, R, Table


class _Echo:
    """A file that hands back what is written to it, so that rows can be streamed."""

    def write(self, line: str) -> str:
        return line


def csv(thing: Table[R] | Card, view: View) -> Iterator[str]:
    """Yield a line of names, then the rows; a card is one row of its fields.

    What would steer a terminal is left out, for CSV has no way to write it harmlessly.
    """
    from csv import writer

    write = writer(_Echo(), lineterminator="\n").writerow
    for row in _rows(thing):
        yield write([_cell(cell, formulas=not view.csv_safe) for cell in row])


def _rows(thing: Table[R] | Card) -> Iterator[list[Cell]]:
    if isinstance(thing, Card):
        yield [name for name, _ in thing.fields]
        yield [cell for _, cell in thing.fields]
    else:
        yield [column.name for column in thing.columns]
        values = [column.value for column in thing.columns]
        for row in thing.rows:
            yield [value(row) for value in values]


def _cell(cell: Cell, *, formulas: bool) -> str:
    """Return the text of *cell*; numbers and times are ours, a sign makes no formula of them."""
    text = clean(machine_text(cell), keep_newlines=True)
    return text if formulas or not isinstance(cell, str | tuple) else safe_cell(text)
