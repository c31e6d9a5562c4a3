"""A page of help as data: sections of paragraphs, columns and code; ``as_text`` for a terminal.

The manual pages are written from the same data, so that ``tix help`` and ``man`` never differ.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tix.record import NamedTuple

WIDTH = 78
_INDENT = 2
_LEFT_LIMIT = 26


class Paragraph(NamedTuple):
    """Prose, wherever its lines are broken."""

    text: str


class Columns(NamedTuple):
    """Words, each with what it means."""

    rows: Sequence[tuple[str, str]]


class Code(NamedTuple):
    """Lines that stay as they are."""

    text: str


Part = Paragraph | Columns | Code


class Section(NamedTuple):
    """Parts of a page under a title; only the first section may have none."""

    title: str
    parts: tuple[Part, ...]


def section(title: str, *parts: Part) -> Section:
    """Return a section of these *parts*."""
    return Section(title, parts)


def as_text(page: Sequence[Section]) -> str:
    """Return *page* for a terminal, no wider than 80 columns."""
    return "\n\n".join(_section_text(found) for found in page) + "\n"


def _section_text(found: Section) -> str:
    margin = " " * _INDENT if found.title else ""
    body = "\n\n".join("\n".join(_lines(part, margin)) for part in found.parts)
    return f"{found.title}\n{body}" if found.title else body


def _lines(part: Part, margin: str) -> Iterator[str]:
    """Yield the lines of a part, each behind *margin*."""
    if isinstance(part, Code):
        lines = part.text.strip("\n").splitlines()
        yield from (f"{margin}{line}".rstrip() for line in lines)
    elif isinstance(part, Columns):
        lefts = [len(left) for left, _ in part.rows if len(left) <= _LEFT_LIMIT]
        left = len(margin) + max(lefts, default=0) + _INDENT
        yield from (line for row in part.rows for line in _row(*row, margin, left))
    else:
        yield from _wrapped(part.text, margin, margin)


def _row(word: str, meaning: str, margin: str, left: int) -> Iterator[str]:
    """Yield the lines of one row; a *word* that is too long has a line of its own."""
    first = f"{margin}{word}"
    if len(first) + _INDENT > left:
        yield first
        first = ""
    yield from _wrapped(meaning, first.ljust(left), " " * left)


def _wrapped(text: str, first: str, others: str) -> list[str]:
    from textwrap import wrap

    return wrap(
        " ".join(text.split()),
        WIDTH,
        initial_indent=first,
        subsequent_indent=others,
        break_on_hyphens=False,
        break_long_words=False,
    )
