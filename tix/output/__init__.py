"""The output formats: each is a function of a table or card, loaded when it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.errors import UsageError
from tix.lazy import load
from tix.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tix.table import Card, R, Table

FORMATS = {
    "table": "tix.output.text:terminal",
    "plain": "tix.output.plain:plain",
    "tsv": "tix.output.plain:tsv",
    "csv": "tix.output.as_csv:csv",
    "json": "tix.output.as_json:document",
    "jsonl": "tix.output.as_json:lines",
    "ids": "tix.output.plain:ids",
    "md": "tix.output.markdown:markdown",
}

_CHUNK = 65_536


class View(NamedTuple):
    """Where the output goes: *width* is None where nothing is to be cut or wrapped."""

    width: int | None = None
    color: bool = False
    tty: bool = False
    tool: str = "tix"
    csv_safe: bool = False


def render(thing: Table[R] | Card, fmt: str, view: View) -> Iterator[str]:
    """Return *thing* in the format named *fmt*, in pieces that are worth a write each.

    Raises:
        UsageError: There is no such format.
    """
    if fmt not in FORMATS:
        raise UsageError(
            f"unknown output format '{fmt}'", hint=f"The formats are {', '.join(FORMATS)}."
        )
    write: Callable[[Table[R] | Card, View], Iterator[str]] = load(FORMATS[fmt])
    return _chunks(write(thing, view))


def _chunks(pieces: Iterator[str]) -> Iterator[str]:
    """Join *pieces* to about 64 KB: twenty thousand small writes take forty times as long."""
    held: list[str] = []
    size = 0
    for piece in pieces:
        held.append(piece)
        size += len(piece)
        if size >= _CHUNK:
            yield "".join(held)
            held, size = [], 0
    if held:
        yield "".join(held)
