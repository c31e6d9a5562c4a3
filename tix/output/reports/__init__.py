"""Reports in every format: tables for people, columns for scripts, charts and pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.errors import UsageError
from tix.lazy import load

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tix.output import View
    from tix.output.reports.paper import Paper

FORMATS = {
    "table": "tix.output.reports.text:terminal",
    "plain": "tix.output.reports.machine:plain",
    "tsv": "tix.output.reports.machine:tsv",
    "csv": "tix.output.reports.machine:csv",
    "json": "tix.output.reports.as_json:document",
    "jsonl": "tix.output.reports.as_json:lines",
    "ids": "tix.output.reports.machine:ids",
    "md": "tix.output.reports.markdown:markdown",
}
SINGLE = frozenset({"plain", "tsv", "csv", "ids"})
"""The formats that have room for one section only."""


def render(paper: Paper, fmt: str, view: View) -> Iterator[str]:
    """Return a report in the format named *fmt*, in pieces.

    Raises:
        UsageError: There is no such format.
    """
    if fmt not in FORMATS:
        raise UsageError(
            f"unknown output format '{fmt}'", hint=f"The formats are {', '.join(FORMATS)}."
        )
    write: Callable[[Paper, View], Iterator[str]] = load(FORMATS[fmt])
    return write(paper, view)
