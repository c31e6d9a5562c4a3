"""Facts as they are kept: each column of a table as one text, of as few bytes as it needs.

A column of equal numbers is that number. Any other is ``B``, ``H`` or ``I`` for the size of its
numbers (one, two or four bytes, little-endian), and base64 of them.
"""

from __future__ import annotations

import sys
from array import array
from binascii import a2b_base64, b2a_base64
from typing import TYPE_CHECKING, Any

from tix.domain.facts import NAMES, TABLES
from tix.store.measures import KNOWN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tix.domain.facts import Rows

    Text = int | str
    Documents = dict[str, dict[str, Any]]

COUNT = "rows"
"""Beside the columns: how many rows there are."""

KEPT: Mapping[str, tuple[str, ...]] = {**TABLES, KNOWN: ("ticket", "at")}

_HIGHEST = 2**32 - 1
_SIZES = (("B", 2**8), ("H", 2**16))
_CODES = frozenset("BHI")


def pack(measured: Iterable[Rows]) -> tuple[Documents, list[str]]:
    """Return a document for each table that has rows, and the texts that numbers stand for."""
    tickets = list(measured)
    numbers = {"": 0}
    documents: Documents = {}
    for table, columns in KEPT.items():
        rows = [row for ticket in tickets for row in ticket.get(table, ())]
        if not rows:
            continue
        documents[table] = {COUNT: len(rows)}
        for column, found in zip(columns, zip(*rows, strict=True), strict=True):
            values: Sequence[int] = found
            if column in NAMES:
                values = [numbers.setdefault(str(text), len(numbers)) for text in found]
            documents[table][column] = text_of(values)
    return documents, list(numbers)


def text_of(values: Sequence[Any]) -> Text:
    """Return a column of numbers as it is kept; one beyond 32 bits is the highest."""
    low, high = min(values), max(values)
    if low == high:
        return min(int(low), _HIGHEST)
    code = next((code for code, size in _SIZES if high < size), "I")
    packed = array(code, values if high <= _HIGHEST else [min(v, _HIGHEST) for v in values])
    if sys.byteorder == "big":
        packed.byteswap()
    return f"{code}{b2a_base64(packed.tobytes(), newline=False).decode()}"


def values_of(text: Text, count: int) -> Sequence[int]:
    """Return the *count* numbers of a column.

    Raises:
        ValueError, TypeError: It is none.
    """
    if isinstance(text, int) and text >= 0:
        return [text] * count
    if not isinstance(text, str) or text[:1] not in _CODES:
        raise ValueError(f"{text!r} is no column")
    found: Sequence[int] = a2b_base64(text[1:])
    if text[0] != "B":
        packed = array(text[0], found)
        if sys.byteorder == "big":
            packed.byteswap()
        found = packed
    if len(found) != count:
        raise ValueError(f"{len(found)} numbers instead of {count}")
    return found


class Bundle:
    """The facts of some tickets, in the order of their numbers, read as far as they are wanted."""

    def __init__(
        self,
        documents: Mapping[str, Mapping[str, Any]],
        names: Sequence[str],
        page: str = "",
    ) -> None:
        self.page = page
        self.documents = documents
        self._read: dict[str, Mapping[str, Any]] = {}
        self.names = names

    @classmethod
    def of(cls, measured: Iterable[Rows]) -> Bundle:
        """Return the facts of tickets that were measured."""
        return cls(*pack(measured))

    def column(self, table: str, column: str) -> Sequence[int]:
        """Return a column of a table; texts are numbers of ``names``."""
        document = self._document(table)
        return values_of(document[column], document[COUNT]) if document else ()

    def count(self, table: str) -> int:
        """Return how many rows a table has."""
        return int(self._document(table).get(COUNT, 0))

    def rows(self, table: str) -> Iterator[tuple[int | str, ...]]:
        """Yield the rows of a table, with texts."""
        return zip(*(self._texts(table, column) for column in KEPT[table]), strict=True)

    def tickets(self) -> list[Rows]:
        """Return the rows of each ticket, with texts, as they were measured."""
        found: dict[int, dict[str, list[tuple[int | str, ...]]]] = {}
        for table in KEPT:
            for row in self.rows(table):
                found.setdefault(int(row[0]), {}).setdefault(table, []).append(row)
        return list(found.values())

    def _document(self, table: str) -> Mapping[str, Any]:
        if table not in self._read:
            self._read[table] = self.documents.get(table) or {}
        return self._read[table]

    def _texts(self, table: str, column: str) -> Sequence[int | str]:
        values = self.column(table, column)
        return [self.names[value] for value in values] if column in NAMES else values
