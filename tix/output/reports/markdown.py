"""A report as Markdown, for notes and e-mail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.output.reports.paper import footer
from tix.output.reports.sheet import sheets
from tix.text import escape_markdown, one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tix.output import View
    from tix.output.reports.paper import Paper


def markdown(paper: Paper, view: View) -> Iterator[str]:
    """Yield a heading and a table for each section, then what they rest on."""
    yield f"# {_inline(paper.report.title)}\n"
    for sheet in sheets(paper):
        yield f"\n## {_inline(sheet.title)}\n\n"
        yield _row(column.head.text for column in sheet.columns)
        yield "".join("| --- " if c.is_name else "| ---: " for c in sheet.columns) + "|\n"
        for row in sheet.rows:
            yield _row(cell.whole for cell in row)
        yield from (f"\n{_inline(note)}\n" for note in sheet.notes)
    yield "\n"
    yield from (f"- {_inline(line)}\n" for line in footer(paper))


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(map(_inline, cells))} |\n"


def _inline(text: str) -> str:
    return escape_markdown(one_line(text))
