"""What the pages in Markdown that are written from the program are made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def page(title: str, *parts: str) -> str:
    """Return a page in Markdown that says where it comes from."""
    return "\n\n".join((f"# {title}", "<!-- written by scripts/docs -->", *parts)) + "\n"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a Markdown table; a bar inside a cell does not end it."""
    escaped = ([cell.replace("|", r"\|") for cell in row] for row in rows)
    lines = [head, ["---"] * len(head), *escaped]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
