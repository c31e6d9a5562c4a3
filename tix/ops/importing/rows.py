"""CSV as it comes: rows with the lines they stand on, and what is wrong with some."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from tix.errors import BadData
from tix.ops.importing.problems import Problem, counted, shown
from tix.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

ENCODINGS = ("utf-8", "latin-1", "cp1252", "iso-8859-2", "iso-8859-15", "cp1250", "cp1251")
"""What a map may declare: each has line ends where ASCII has them."""

DELIMITERS = (",", ";", "\t")
CELL_LIMIT_BYTES = 32 * 1024 * 1024
_REASONS = {
    "field larger": f"a cell is longer than {CELL_LIMIT_BYTES >> 20} MB; is a quote never closed?",
    "unexpected end": "a quote opens here and never closes",
    "expected after": "a quoted cell goes on after its closing quote",
    "new-line": "a carriage return stands inside the row",
}


class Row(NamedTuple):
    """A row and the line on which it begins, the header being on the first."""

    line: int
    cells: list[str]


class Sheet:
    """A CSV file, read from its start as often as it is asked for.

    Raises:
        BadData: It is empty, or its first line is no header.
    """

    def __init__(
        self, file: BinaryIO, label: str, *, encoding: str = "utf-8", delimiter: str = ""
    ) -> None:
        self.label = label
        self._file = file
        self._encoding = encoding
        first = next(self._lines(), "")
        if not first.strip():
            raise BadData(f"{label} is empty; its first line must name the columns")
        if first.startswith(("\xff\xfe", "\xfe\xff", "\udcff\udcfe", "\udcfe\udcff", "PK\x03")):
            raise BadData(f"{label} is no CSV file", hint="save it as CSV in UTF-8")
        self.delimiter = delimiter or _delimiter(first)
        header = next(self._read(), None)
        if not isinstance(header, Row):
            raise BadData(f"{label}: the header cannot be read: {header.why if header else ''}")
        self.header = [name.strip() for name in header.cells]

    def rows(self) -> Iterator[Row | Problem]:
        """Return the rows below the header, or what is wrong with them; blank ones are none."""
        rows = self._read()
        next(rows)
        for row in rows:
            if isinstance(row, Row) and len(row.cells) != len(self.header):
                cells = counted(len(row.cells), "cell")
                yield self._problem(row.line, f"{cells} where the header has {len(self.header)}")
            else:
                yield row

    def _read(self) -> Iterator[Row | Problem]:
        import csv

        csv.field_size_limit(CELL_LIMIT_BYTES)
        reader = csv.reader(self._lines(), delimiter=self.delimiter, strict=True)
        while True:
            line = reader.line_num + 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                yield self._problem(line, _reason(str(error)))
                continue
            if cells:
                why = _unfit("".join(cells), self._encoding)
                yield self._problem(line, why) if why else Row(line, cells)

    def _lines(self) -> Iterator[str]:
        self._file.seek(0)
        whole = iter(lambda: self._file.readline(CELL_LIMIT_BYTES), b"")
        for number, raw in enumerate(whole, 1):
            if len(raw) >= CELL_LIMIT_BYTES:
                raise BadData(f"{self.label} line {number} is longer than 32 MB")
            line = raw.decode(self._encoding, "surrogateescape")
            yield line.removeprefix("\ufeff") if number == 1 else line

    def _problem(self, line: int, why: str) -> Problem:
        return Problem(f"{self.label} line {line}", "", why)


def _delimiter(header: str) -> str:
    outside = "".join(header.split('"')[::2])
    return max(DELIMITERS, key=outside.count)


def _unfit(text: str, encoding: str) -> str:
    """Return why the cells that make *text* cannot be kept, nothing if they can."""
    if "\0" in text:
        return "it holds a NUL"
    if text.isascii():
        return ""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        byte = ord(text[error.start]) - 0xDC00
        hint = "; if it is Latin-1, say encoding = 'latin-1' in the map"
        near = shown(text[max(0, error.start - 12) : error.start])
        return f"byte 0x{byte:02x} after {near} is not {encoding}" + hint * (encoding == "utf-8")
    return ""


def _reason(error: str) -> str:
    return next((why for part, why in _REASONS.items() if part in error), error)
