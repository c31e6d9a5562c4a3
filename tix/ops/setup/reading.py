"""A TOML document to the records it stands for, and everything that is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from tix.domain.nearest import nearest
from tix.errors import TixError, UsageError
from tix.ops.setup.problems import Problem
from tix.ops.setup.sheets import Sheets
from tix.ops.setup.tables import CALENDARS, TABLES, table_named
from tix.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tix.ops.setup.table import Key, Table

_COUNTRY = r"[A-Za-z]{2,3}(-[\w .-]{1,40})?"
_KINDS = {
    str: "a text in quotes",
    int: "a whole number",
    bool: "true or false",
    dict: "a table in braces",
    list: 'a list of texts such as ["a", "b"]',
}
_LEAST: dict[type, Any] = {int: 0, str: "", list: (), dict: ()}
_REFUSED = object()


class Sources(NamedTuple):
    """Where a calendar gets holidays from that do not stand in the document, as its entries.

    *file* reads an iCalendar file, *country* knows those of ``HR`` or ``DE-BY``.
    """

    file: Callable[[str], list[Any]]
    country: Callable[[str], list[Any]]


def _nowhere(name: str) -> list[Any]:
    raise UsageError(f"nothing is read from {name!r} here")


NOWHERE = Sources(_nowhere, _nowhere)


class Document(NamedTuple):
    """What a set-up document says; *sheets* are only the tables that it has."""

    name: str
    text: str
    version: int | None
    sheets: Sheets
    problems: tuple[Problem, ...]


def read(text: str, name: str, sources: Sources = NOWHERE) -> Document:
    """Return what the document *text*, from the file *name*, says."""
    import tomllib

    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return Document(name, text, None, {}, (_broken(str(error), text),))
    except RecursionError:
        return Document(name, text, None, {}, (Problem((), "lists are nested too deeply"),))
    reader = _Reader(sources)
    version = reader.version(values.pop("version", None))
    sheets = {table: reader.table(table, rows) for table, rows in values.items()}
    known = {table: rows for table, rows in sheets.items() if rows is not None}
    return Document(name, text, version, known, tuple(reader.problems))


class _Reader:
    """Gathers what is wrong on the way."""

    def __init__(self, sources: Sources) -> None:
        self.problems: list[Problem] = []
        self._sources = sources

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
        if table.single:
            return {"": self._record(table, "", (name,), rows)}
        return self._rows(table, rows)

    def _rows(self, table: Table, rows: dict[str, Any]) -> dict[str, Any]:
        records: dict[str, Any] = {}
        for given, values in rows.items():
            path = (table.name, given)
            if not isinstance(values, dict):
                self._tell(path, f"must be a table: [{table.name}.{table.example}]")
                continue
            name = self._checked(path, table.named, given)
            if name is _REFUSED:
                continue
            if name in records:
                self._tell(path, f"there are two called {name!r}")
            is_calendar = table.name == CALENDARS
            row = self._with_holidays(path, values) if is_calendar else values
            records[name] = self._record(table, name, path, row)
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
                members |= {} if kept is _REFUSED else {key.attribute: kept}
        for key in table.keys:
            if key.is_needed and key.name not in values:
                self._tell(path, f"{key.name} is missing", f"Such as {key.name} = {key.example}")
        return table.kind(**({"name": name} if name else {}), **members)

    def _with_holidays(self, path: tuple[str, ...], values: dict[str, Any]) -> dict[str, Any]:
        """Return the row of a calendar with the holidays that stand elsewhere as its own."""
        values = dict(values)
        given = values.get("holidays", [])
        entries = [given] if isinstance(given, str) else given
        if isinstance(entries, list):
            parts = [self._entries((*path, "holidays"), entry) for entry in entries]
            values["holidays"] = [entry for part in parts for entry in part]
        if "ics" in values and isinstance(values["holidays"], list):
            found = self._checked((*path, "ics"), self._sources.file, str(values.pop("ics")))
            values["holidays"] += [] if found is _REFUSED else found
        return values

    def _entries(self, path: tuple[str, ...], entry: Any) -> list[Any]:
        if not (isinstance(entry, str) and re.fullmatch(_COUNTRY, entry.strip())):
            return [entry]
        found = self._checked(path, self._sources.country, entry.strip())
        return [] if found is _REFUSED else list(found)

    def _is_right(self, key: Key, path: tuple[str, ...], value: object) -> bool:
        is_right = type(value) is key.type
        if isinstance(value, list):
            is_right = is_right and all(type(item) in key.items for item in value)
        if not is_right:
            told = _KINDS[key.type] if key.items == (str,) else "a list"
            self._tell(path, f"must be {told}", f"Such as {key.example}")
        return is_right

    def _checked(self, path: tuple[str, ...], check: Any, value: Any) -> Any:
        """Return what *check* makes of a value, ``_REFUSED`` if it refuses."""
        try:
            return check(value)
        except TixError as error:
            self._tell(path, error.message, error.hint)
            return _REFUSED

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
