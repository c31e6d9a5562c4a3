"""A TOML document to the records it stands for, and everything that is wrong with it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from tix.domain.nearest import nearest
from tix.errors import TixError
from tix.ops.setup.problems import Problem
from tix.ops.setup.sheets import Sheets
from tix.ops.setup.tables import DESK, TABLES, table_named

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tix.ops.setup.tables import Key, Table

_KINDS = {
    str: "a text in quotes",
    int: "a whole number",
    bool: "true or false",
    list: 'a list of texts such as ["a", "b"]',
}
_LEAST: dict[type, Any] = {int: 0, str: "", list: ()}


class Document(NamedTuple):
    """What a set-up document says; *sheets* are only the tables that it has."""

    name: str
    text: str
    version: int | None
    sheets: Sheets
    problems: tuple[Problem, ...]


def read(text: str, name: str) -> Document:
    """Return what the document *text*, from the file *name*, says."""
    import tomllib

    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return Document(name, text, None, {}, (_broken(str(error), text),))
    except RecursionError:
        return Document(name, text, None, {}, (Problem((), "lists are nested too deeply"),))
    reader = _Reader()
    version = reader.version(values.pop("version", None))
    sheets = {table: reader.table(table, rows) for table, rows in values.items()}
    known = {table: rows for table, rows in sheets.items() if rows is not None}
    return Document(name, text, version, known, tuple(reader.problems))


class _Reader:
    """Gathers what is wrong on the way."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def version(self, value: object) -> int | None:
        if value is None or (type(value) is int and value >= 0):
            return value
        self._tell(("version",), f"must be {_KINDS[int]}")
        return None

    def table(self, name: str, rows: object) -> dict[str, Any] | None:
        """Return the records of a table, None if there is no such table."""
        table = table_named(name)
        if table is None:
            self._tell((name,), "there is no such table", _meant(name, [t.name for t in TABLES]))
            return None
        if not isinstance(rows, dict):
            self._tell((name,), f"must be a table: [{name}]")
            return None
        if name == DESK:
            return {"": self._record(table, "", (DESK,), rows)}
        return self._rows(table, rows)

    def _rows(self, table: Table, rows: dict[str, Any]) -> dict[str, Any]:
        records: dict[str, Any] = {}
        for given, values in rows.items():
            path = (table.name, given)
            if not isinstance(values, dict):
                self._tell(path, f"must be a table: [{table.name}.{table.example}]")
                continue
            name = self._checked(path, table.named, given)
            if name is None:
                continue
            if name in records:
                self._tell(path, f"there are two called {name!r}")
            records[name] = self._record(table, name, path, values)
        return records

    def _record(
        self, table: Table, name: str, path: tuple[str, ...], values: dict[str, Any]
    ) -> Any:
        members: dict[str, Any] = {
            key.attribute: _LEAST[key.type] for key in table.keys if key.is_needed
        }
        for given, value in values.items():
            key = table.key(given)
            if key is None:
                hint = _meant(given, [key.name for key in table.keys])
                self._tell((*path, given), f"{_article(table.noun)} has no such key", hint)
            elif self._is_right(key, (*path, given), value):
                kept = self._checked((*path, given), key.checked, _frozen(value))
                members |= {} if kept is None else {key.attribute: kept}
        for key in table.keys:
            if key.is_needed and key.name not in values:
                self._tell(path, f"{key.name} is missing", f"Such as {key.name} = {key.example}")
        return table.kind(name=name, **members)

    def _is_right(self, key: Key, path: tuple[str, ...], value: object) -> bool:
        is_right = type(value) is key.type
        if isinstance(value, list):
            is_right = is_right and all(type(item) is str for item in value)
        if not is_right:
            self._tell(path, f"must be {_KINDS[key.type]}", f"Such as {key.example}")
        return is_right

    def _checked(self, path: tuple[str, ...], check: Any, value: Any) -> Any:
        """Return what *check* makes of a value, None if it refuses."""
        try:
            return check(value)
        except TixError as error:
            self._tell(path, error.message, error.hint)
            return None

    def _tell(self, path: tuple[str, ...], message: str, hint: str = "") -> None:
        self.problems.append(Problem(path, message, hint))


def _broken(message: str, text: str) -> Problem:
    """Return what tomllib says, with its line where ours are."""
    what, _, place = message.rpartition(" (at ")
    found = re.match(r"line (\d+)", place)
    line = int(found[1]) if found else text.rstrip("\n").count("\n") + 1
    return Problem((), f"this is no TOML: {what[:1].lower()}{what[1:]}", line=line)


def _meant(given: str, known: Iterable[str]) -> str:
    known = tuple(known)
    guess = nearest(given, known)
    return f"Did you mean {guess!r}?" if guess else f"There are {', '.join(known)}."


def _article(noun: str) -> str:
    return f"an {noun}" if noun[0] in "aeiou" else f"a {noun}"


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
