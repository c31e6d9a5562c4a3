"""The shapes everything printable takes; every output format is a function of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, Generic, Literal, TypeVar

from tix.errors import UnknownField, UsageError
from tix.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

R = TypeVar("R")
T = TypeVar("T")

Cell = str | int | float | bool | datetime | tuple[str, ...] | None
"""A machine value; times are aware."""


class Column(NamedTuple, Generic[R]):
    """One column: what a script reads of a row, and what a person sees.

    A person sees the machine value as text unless *human* says it otherwise, under *title* or
    else the name in capitals. *style* gives words such as ``bold red`` for a row, or None. A
    *flexible* column is cut when the table is wider than the terminal; without any, the last.
    """

    name: str
    value: Callable[[R], Cell]
    human: Callable[[R], str] | None = None
    title: str | None = None
    align: Literal["left", "right"] = "left"
    style: Callable[[R], str | None] | None = None
    flexible: bool = False

    @property
    def heading(self) -> str:
        """What stands above the column; an empty title is kept."""
        return self.name.upper() if self.title is None else self.title


class Table(NamedTuple, Generic[R]):
    """Rows of one kind, and all that any format needs to print them.

    *name* is the stem of the schema (``ticket_list`` is ``tix.ticket_list/1``), *items* the
    member of the JSON envelope that holds the records, *envelope* its other members.
    *footer* and *empty* are sentences for the person, for stderr. Rows that follow each
    other and have the same *group* stand under one heading on a terminal.
    """

    name: str
    columns: Sequence[Column[R]]
    rows: Sequence[R]
    record: Callable[[R], Mapping[str, object]]
    ident: Callable[[R], str]
    items: str
    envelope: Mapping[str, object] = MappingProxyType({})
    footer: str = ""
    empty: str = ""
    group: Callable[[R], str] | None = None

    def select(self, names: Sequence[str], extra_columns: Iterable[Column[R]] = ()) -> Table[R]:
        """Return the table with only the named columns, in the order of *names*.

        A JSON record keeps its schema and its members of these names; where it has no such
        member, it gets the column's machine value.

        Raises:
            UnknownField: No column, own or extra, has such a name.
        """
        known = {column.name: column for column in (*self.columns, *extra_columns)}
        columns = tuple(_named(names, known))
        return self._replace(columns=columns, record=_part(self.record, columns))


class Block(NamedTuple):
    """A piece of text under a heading, such as one message of a thread."""

    heading: str
    text: str
    style: str | None = None


class Card(NamedTuple):
    """One record on a page of its own.

    *pairs* are labels and values for a person, *fields* names and values for tsv and csv;
    *name*, *record* and *ident* are as in a table.
    """

    name: str
    title: str
    pairs: Sequence[tuple[str, str]]
    fields: Sequence[tuple[str, Cell]]
    record: Mapping[str, object]
    ident: str
    blocks: Sequence[Block] = ()

    def select(self, names: Sequence[str], text: Callable[[Cell], str]) -> Card:
        """Return the card with only the named fields, shown to a person as *text* of them.

        Raises:
            UnknownField: No field has such a name.
        """
        known = dict(self.fields)
        fields = list(zip(names, _named(names, known), strict=True))
        return self._replace(
            pairs=[(name, text(cell)) for name, cell in fields],
            fields=fields,
            record=_chosen(self.record, fields),
            blocks=(),
        )


def _part(
    record: Callable[[R], Mapping[str, object]], columns: Sequence[Column[R]]
) -> Callable[[R], Mapping[str, object]]:
    """Return what makes the record of a row with just the chosen columns."""
    return lambda row: _chosen(record(row), [(c.name, c.value(row)) for c in columns])


def _chosen(whole: Mapping[str, object], cells: Iterable[tuple[str, Cell]]) -> dict[str, object]:
    part = {"schema": whole["schema"]} if "schema" in whole else {}
    return part | {name: whole.get(name, cell) for name, cell in cells}


def _named(names: Sequence[str], known: Mapping[str, T]) -> Iterator[T]:
    if not names:
        raise UsageError("no field is named", hint=_listed(known))
    for name in names:
        if name not in known:
            raise UnknownField(f"unknown field '{name}'", hint=_nearest(name, known))
        yield known[name]


def _nearest(name: str, known: Iterable[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, known, n=1)
    return f"Did you mean '{near[0]}'?" if near else _listed(known)


def _listed(known: Iterable[str]) -> str:
    return f"The fields are {', '.join(known)}."
