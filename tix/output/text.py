"""Tables and cards for a terminal."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

from tix.output.cells import human
from tix.table import Card
from tix.text import clean, cut, is_narrow, one_line, width, wrap

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tix.output import View
    from tix.table import Column, R, Table

_SGR = {
    "bold": 1,
    "dim": 2,
    "red": 31,
    "green": 32,
    "yellow": 33,
    "blue": 34,
    "magenta": 35,
    "cyan": 36,
}
_GAP = 2
_LEAST = 10
_STAND_IN = "\0"


def terminal(thing: Table[R] | Card, view: View) -> Iterator[str]:
    """Yield *thing* for a person, cut and wrapped to the width of *view* if it has one."""
    return card_text(thing, view) if isinstance(thing, Card) else _table_text(thing, view)


def paint(text: str, style: str | None) -> str:
    """Return *text* in a *style* of words such as ``bold red``."""
    if not style:
        return text
    codes = ";".join(str(_SGR[word]) for word in style.split())
    return f"\x1b[{codes}m{text}\x1b[0m"


def card_text(card: Card, view: View) -> Iterator[str]:
    """Yield the title, the pairs, and the blocks with their text indented.

    The indentation tells our lines from a stranger's, who may write what looks like ours.
    """
    yield _styled(clean(card.title).strip(), "bold", view) + "\n"
    pairs = [(one_line(label), one_line(value)) for label, value in card.pairs]
    margin = max((width(label) for label, _ in pairs), default=0) + _GAP
    for label, value in pairs:
        begin = _styled(label, "dim", view) + " " * (margin - width(label))
        yield (begin + f"\n{' ' * margin}".join(_lines(value, margin, view))).rstrip() + "\n"
    for block in card.blocks:
        yield "\n" + _styled(one_line(block.heading), f"bold {block.style or ''}", view) + "\n"
        text = clean(block.text, keep_newlines=True).strip("\n")
        yield from (f"{' ' * _GAP}{line}".rstrip() + "\n" for line in _lines(text, _GAP, view))


def _styled(text: str, style: str, view: View) -> str:
    return paint(text, style) if view.color else text


def _lines(text: str, margin: int, view: View) -> Iterator[str]:
    if view.width is None:
        return iter(text.split("\n"))
    return wrap(text, max(_LEAST, view.width - margin))


def _table_text(table: Table[R], view: View) -> Iterator[str]:
    if not table.rows:
        return
    sheet = [_texts(column, table.rows) for column in table.columns]
    if view.width is not None:
        sheet = _fitted(sheet, table.columns, view.width)
    styles = [_styles(column, table.rows, view) for column in table.columns]
    header, *lines = _lay_out(sheet, styles, [column.align for column in table.columns])
    yield _styled(header, "bold", view) + "\n"
    heading: str | None = None
    for row, line in zip(table.rows, lines, strict=True):
        if table.group and (group := table.group(row)) != heading:
            heading = group
            yield "\n" + _styled(one_line(group), "bold", view) + "\n"
        yield line + "\n"


def _texts(column: Column[R], rows: Sequence[R]) -> list[str]:
    shown = human(column)
    return [one_line(column.heading), *(one_line(shown(row)) for row in rows)]


def _styles(column: Column[R], rows: Sequence[R], view: View) -> list[str | None] | None:
    return [None, *map(column.style, rows)] if view.color and column.style else None


def _fitted(
    sheet: list[list[str]], columns: Sequence[Column[R]], width_of_terminal: int
) -> list[list[str]]:
    """Return *sheet* with its flexible columns, the widest first, cut until it fits.

    A column keeps its heading and a few characters, even if the lines are then too wide.
    """
    sizes = [_widest(cells) for cells in sheet]
    excess = sum(sizes) + _GAP * (len(sizes) - 1) - width_of_terminal
    flexible = [i for i, column in enumerate(columns) if column.flexible] or [len(columns) - 1]
    fitted = list(sheet)
    for i in sorted(flexible, key=lambda i: -sizes[i]):
        least = min(sizes[i], max(_LEAST, width(sheet[i][0])))
        room = max(least, sizes[i] - max(0, excess))
        excess -= sizes[i] - room
        fitted[i] = [cut(cell, room) for cell in sheet[i]]
    return fitted


def _widest(cells: list[str]) -> int:
    return max(map(len if is_narrow("".join(cells)) else width, cells))


def _lay_out(
    sheet: list[list[str]], styles: list[list[str | None] | None], aligns: list[str]
) -> list[str]:
    """Return the lines of *sheet*, which holds the cells of each column, heading first.

    Columns of coloured or wide cells are laid out with stand-ins as long as the cells are
    wide, which are then replaced in the order in which they come.
    """
    measurable, replaced = [], []
    for cells, words in zip(sheet, styles, strict=True):
        if words is None and is_narrow("".join(cells)):
            measurable.append(cells)
        else:
            stand_ins = [_STAND_IN * width(cell) for cell in cells]
            measurable.append(stand_ins)
            replaced.append(_painted(cells, words or [None] * len(cells), stand_ins))
    originals = (cell for line in zip(*replaced, strict=True) for cell in line if cell)
    text = _tabulated(measurable, aligns)
    return re.sub(f"{_STAND_IN}+", lambda _: next(originals), text).split("\n")


def _painted(cells: list[str], words: Sequence[str | None], stand_ins: list[str]) -> list[str]:
    """Return the cells with their colours; what takes no column has no stand-in and is left out."""
    return [
        paint(cell, word) if stand_in else ""
        for cell, word, stand_in in zip(cells, words, stand_ins, strict=True)
    ]


def _tabulated(columns: list[list[str]], aligns: list[str]) -> str:
    """Return the lines of a table without rules.

    Each column goes in as one cell of many lines: tabulate looks at the type of each cell,
    which for 500 rows of 9 takes 20 ms, and 4 ms this way. It would strip empty lines from
    the ends of a cell, so a line that is not empty stands at each.
    """
    cells = ["\n".join((".", *column, ".")) for column in columns]
    text = _tabulate()([cells], tablefmt="plain", disable_numparse=True, colalign=aligns)
    return text[text.index("\n") + 1 : text.rindex("\n")]


def _tabulate() -> Callable[..., str]:
    """Return ``tabulate``, measuring by length.

    It would load wcwidth, 13 ms, before there is anything wide; ``width`` does when there is.
    """
    hidden = "wcwidth" not in sys.modules
    if hidden:
        sys.modules["wcwidth"] = None  # type: ignore[assignment]
    try:
        import tabulate
    finally:
        if hidden:
            del sys.modules["wcwidth"]
    tabulate.WIDE_CHARS_MODE = False
    return tabulate.tabulate
