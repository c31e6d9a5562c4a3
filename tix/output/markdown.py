"""Markdown for notes and e-mail: tables, and cards as a thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.output.cells import human
from tix.table import Card
from tix.text import clean, escape_markdown, one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tix.output import View
    from tix.table import R, Table


def markdown(thing: Table[R] | Card, view: View) -> Iterator[str]:
    """Yield a table, or a card with its blocks as quotations; all text shows as it is."""
    if isinstance(thing, Card):
        yield from _card(thing)
        return
    yield _row(column.heading for column in thing.columns)
    yield "".join("| ---: " if c.align == "right" else "| --- " for c in thing.columns) + "|\n"
    shown = [human(column) for column in thing.columns]
    for row in thing.rows:
        yield _row(text(row) for text in shown)


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(map(_inline, cells))} |\n"


def _card(card: Card) -> Iterator[str]:
    yield f"# {_inline(card.title)}\n\n"
    for label, value in card.pairs:
        yield f"- **{_inline(label)}:** {_inline(value)}".rstrip() + "\n"
    for block in card.blocks:
        yield f"\n## {_inline(block.heading)}\n\n"
        yield from _quotation(clean(block.text, keep_newlines=True).strip("\n"))


def _inline(text: str) -> str:
    return escape_markdown(one_line(text))


def _quotation(text: str) -> Iterator[str]:
    """Yield *text* as a quotation that keeps its lines and their indentation."""
    lines = [line.expandtabs().rstrip() for line in text.split("\n")]
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        bare = line.lstrip()
        indent = "&nbsp;" * (len(line) - len(bare))
        break_ = "\\" if bare and following else ""
        yield f"> {indent}{escape_markdown(bare)}{break_}".rstrip() + "\n"
