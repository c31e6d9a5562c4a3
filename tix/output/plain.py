"""Lines for scripts: plain, tsv and ids."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.output.cells import machine_text
from tix.table import Card
from tix.text import escape_tsv

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tix.output import View
    from tix.table import R, Table


def plain(thing: Table[R] | Card, view: View) -> Iterator[str]:
    """Yield rows without a header, or a card as it stands on a terminal of any width."""
    if isinstance(thing, Card):
        from tix.output.text import card_text

        yield from card_text(thing, view._replace(width=None, color=False))
    else:
        yield from _rows(thing)


def tsv(thing: Table[R] | Card, view: View) -> Iterator[str]:
    """Yield a line of names, then the rows; a card is one row of its fields."""
    if isinstance(thing, Card):
        yield _line(name for name, _ in thing.fields)
        yield _line(machine_text(cell) for _, cell in thing.fields)
    else:
        yield _line(column.name for column in thing.columns)
        yield from _rows(thing)


def ids(thing: Table[R] | Card, view: View) -> Iterator[str]:
    """Yield one id a line."""
    idents = [thing.ident] if isinstance(thing, Card) else map(thing.ident, thing.rows)
    yield from (_line([ident]) for ident in idents)


def _rows(table: Table[R]) -> Iterator[str]:
    values = [column.value for column in table.columns]
    for row in table.rows:
        yield _line([machine_text(value(row)) for value in values])


def _line(cells: Iterable[str]) -> str:
    """Return *cells* as a line; most need no escape, which is quicker asked of all at once."""
    cells = list(cells)
    whole = "".join(cells)
    if not whole.isprintable() or "\\" in whole:
        cells = list(map(escape_tsv, cells))
    return "\t".join(cells) + "\n"
