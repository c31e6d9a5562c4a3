"""The parts of a page of help, none of them wider than a terminal of 80 columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

WIDTH = 78
_INDENT = 2
_LEFT_LIMIT = 26


def page(*parts: str) -> str:
    """Return *parts* with an empty line between them."""
    return "\n\n".join(part.strip("\n") for part in parts) + "\n"


def paragraph(text: str) -> str:
    """Return *text* as one paragraph, whatever its line breaks were."""
    from textwrap import fill

    return fill(" ".join(text.split()), WIDTH, break_on_hyphens=False, break_long_words=False)


def section(title: str, body: str) -> str:
    """Return *body* under a *title*."""
    return f"{title}\n{body}"


def columns(rows: Iterable[tuple[str, str]]) -> str:
    """Return two columns; the second is wrapped, and begins below a first that is too long."""
    found = [*rows]
    lefts = [len(left) for left, _ in found if len(left) <= _LEFT_LIMIT]
    margin = _INDENT + max(lefts, default=0) + _INDENT
    return "\n".join(line for left, right in found for line in _row(left, right, margin))


def code(text: str) -> str:
    """Return lines of *text* as they are, indented."""
    return "\n".join(f"  {line}".rstrip() for line in text.strip("\n").splitlines())


def _row(left: str, right: str, margin: int) -> Iterator[str]:
    from textwrap import wrap

    lines = wrap(right, WIDTH - margin, break_on_hyphens=False) or [""]
    first = f"{' ' * _INDENT}{left}"
    if len(first) + _INDENT > margin:
        yield first
    else:
        yield first.ljust(margin) + lines.pop(0)
    yield from (" " * margin + line for line in lines)
