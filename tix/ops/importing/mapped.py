"""Drafts from a CSV file by a map."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from tix.domain.nearest import nearest
from tix.errors import BadData
from tix.ops.importing.drafts import Draft
from tix.ops.importing.identity import Ids, person
from tix.ops.importing.maps import TEXTS, TIMES
from tix.ops.importing.people import staff
from tix.ops.importing.problems import Problem, Unusable, counted, shown
from tix.ops.importing.times import Times
from tix.ops.importing.words import member, translation
from tix.text import unsafe_cell

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime, tzinfo

    from tix.ops.importing.drafts import Person
    from tix.ops.importing.maps import Columns, Map
    from tix.ops.importing.people import People
    from tix.ops.importing.rows import Row, Sheet

_JOINTS = {"category": "/", "tags": ",", "body": "\n\n", "subject": " - "}
_SHARED_LENGTH = 60
_SHARED_TEXTS = 50_000
_STEMS = {"due": "due_at", "snoozed": "snoozed_until"}


class MappedSheet:
    """The rows of a CSV file as drafts.

    Raises:
        BadData: The map names a column that the file does not have.
    """

    def __init__(self, sheet: Sheet, how: Map, zone: tzinfo) -> None:
        self.name = how.name
        self.creates = how.creates
        self._sheet = sheet
        self._map = how
        self._places = {
            field: self._bound(columns, splits=field == "category")
            for field, columns in how.columns.items()
        }
        self._id = self._bound(how.id)
        self._only = self._tests(how.only)
        self._skip = self._tests(how.skip)
        self._values = {field: translation(table) for field, table in how.values.items()}
        self._custom = [name for name in self._names() if name.startswith("fields.")]
        self._times = {
            field: Times(how.dates.get(field, how.date), zone)
            for field in TIMES
            if field in self._names()
        }
        self._left_out = 0
        self._shared: dict[str, str] = {}

    def drafts(self) -> Iterator[Draft | Problem]:
        """Return every row that the filter lets pass, as a draft or as what is wrong with it."""
        ids = Ids()
        self._left_out = 0
        for row in self._sheet.rows():
            if isinstance(row, Problem):
                yield row
            elif self._passes(row.cells):
                yield self._draft_or_problem(row, ids)
            else:
                self._left_out += 1

    def column(self, field: str) -> str:
        """Return the columns that a field of a draft comes from, else its own name."""
        stem = field.removesuffix("_at").removesuffix("_until")
        return " + ".join(self._sheet.header[n] for n in self._places.get(stem, ())) or stem

    def introduce(self, people: People) -> None:
        """Make nobody: only rows name people."""

    def oddities(self) -> Iterable[str]:
        """Return how many rows the filter of the map left out."""
        if self._left_out:
            rows = counted(self._left_out, "row")
            yield f"{rows} left out by [only] and [skip] of {self._map.path}"

    def _draft_or_problem(self, row: Row, ids: Ids) -> Draft | Problem:
        place = f"{self._sheet.label} line {row.line}"
        try:
            given = "\x1f".join(self._cell(row.cells, n) for n in self._id)
            known = ids.given(given, place) if self._id else ids.content(row.cells)
            return self._draft(place, known, row.cells)
        except Unusable as problem:
            return Problem(place, self.column(problem.field), problem.why)

    def _draft(self, place: str, known: str, cells: list[str]) -> Draft:
        texts: dict[str, Any] = {field: self._text(field, cells) for field in TEXTS}
        assignee, tags = texts.pop("assignee"), texts.pop("tags")
        times: dict[str, Any] = {
            _STEMS.get(field, f"{field}_at"): self._time(field, cells) for field in self._times
        }
        return Draft(
            place,
            known,
            **texts,
            **times,
            customer=self._customer(cells),
            assignee=staff(assignee) if assignee else None,
            tags=tuple(tag for tag in re.split(r"[,;]", tags) if tag.strip()),
            fields={
                name.removeprefix("fields."): text
                for name in self._custom
                if (text := self._text(name, cells))
            },
        )

    def _customer(self, cells: list[str]) -> Person | None:
        return person(
            self._text("customer", cells),
            id=self._text("customer.id", cells),
            address=self._text("customer.email", cells),
            phone=self._text("customer.phone", cells),
            name=self._text("customer.name", cells),
            organisation=self._text("customer.organisation", cells),
        )

    def _text(self, field: str, cells: list[str]) -> str:
        """Return what the row says of *field*, read by the map; empty if nothing."""
        parts = [self._cell(cells, n) for n in self._places.get(field, ())]
        text = _JOINTS.get(field, " ").join(filter(None, parts))
        if field in self._values:
            text = self._values[field](text)
        return self._share(text) or self._map.constants.get(field, "")

    def _share(self, text: str) -> str:
        """Return *text* as one object, however often it comes: most cells of a column repeat."""
        if len(text) > _SHARED_LENGTH or len(self._shared) > _SHARED_TEXTS:
            return text
        return self._shared.setdefault(text, text)

    def _time(self, field: str, cells: list[str]) -> datetime | None:
        text = self._text(field, cells)
        try:
            return self._times[field](text, end_of_day=field == "due") if text else None
        except ValueError as error:
            raise Unusable(field, f"{shown(text)} is {error}") from None

    def _cell(self, cells: list[str], place: int) -> str:
        text = unsafe_cell(cells[place].strip())
        return "" if text in self._map.null else text

    def _passes(self, cells: list[str]) -> bool:
        if not all(test(cells[place].strip()) for place, test in self._only):
            return False
        return not any(test(cells[place].strip()) for place, test in self._skip)

    def _names(self) -> set[str]:
        return {*self._map.columns, *self._map.constants}

    def _tests(self, columns: Columns) -> list[tuple[int, Callable[[str], bool]]]:
        return [(self._bound((column,))[0], member(words)) for column, words in columns.items()]

    def _bound(self, columns: tuple[str, ...], *, splits: bool = False) -> tuple[int, ...]:
        """Return where *columns* stand; ``a/b`` are two if *splits* and no column is so called."""
        header = self._sheet.header
        if splits and len(columns) == 1 and columns[0] not in header:
            columns = tuple(part.strip() for part in columns[0].split("/"))
        return tuple(self._place(column) for column in columns)

    def _place(self, column: str) -> int:
        header = self._sheet.header
        found = header.count(column)
        if found == 1:
            return header.index(column)
        if found:
            raise BadData(f"{self._sheet.label} has {found} columns {column!r}")
        guess = nearest(column, header)
        raise BadData(
            f"{self._map.path} names the column {column!r}, and {self._sheet.label} has none",
            hint=f"Did you mean {guess!r}?" if guess else f"it has {', '.join(header)}",
        )
