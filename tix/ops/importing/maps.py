"""The map: a TOML file that says which column is which field, and what its values mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

from tix.config.file import line_of, parse
from tix.domain.nearest import nearest
from tix.domain.status import REASONS, SUBSTATUSES, Status
from tix.domain.zone import zone_named
from tix.errors import ConfigInvalid
from tix.ops.importing.rows import DELIMITERS, ENCODINGS
from tix.ops.importing.times import EXAMPLES, is_form
from tix.record import NamedTuple

if TYPE_CHECKING:
    from pathlib import Path

TEXTS = (
    "subject",
    "body",
    "status",
    "substatus",
    "reason",
    "priority",
    "type",
    "category",
    "tags",
    "channel",
    "assignee",
    "department",
)
TIMES = ("created", "updated", "resolved", "closed", "due", "snoozed")
CUSTOMER = ("id", "email", "phone", "name", "organisation")
TRASH = "trash"
CHOICES = {
    "status": (*(s.value for s in Status if s is not Status.MERGED), TRASH),
    "substatus": SUBSTATUSES,
    "reason": REASONS,
}
CREATES = ("agents", "departments")
_SECTIONS = ("ticket", "constants", "values", "dates", "only", "skip")
_KEYS = ("name", "id", "encoding", "delimiter", "date", "zone", "null", "create", *_SECTIONS)
_NAME_LIMIT = 60

Columns = Mapping[str, tuple[str, ...]]
_NONE: Mapping[str, tuple[str, ...]] = MappingProxyType({})


class Map(NamedTuple):
    """Which columns make which field, and how their cells are to be read.

    Fields are named as in the file, with dots: ``subject``, ``customer.email``,
    ``fields.company``. *values* and the row filters hold texts, or beginnings that end in
    ``*``; ``*`` alone is everything else.
    """

    name: str
    path: str = "the map"
    id: tuple[str, ...] = ()
    columns: Columns = _NONE
    constants: Mapping[str, str] = MappingProxyType({})
    values: Mapping[str, Mapping[str, str]] = MappingProxyType({})
    dates: Columns = _NONE
    date: tuple[str, ...] = ("iso",)
    zone: str | None = None
    null: frozenset[str] = frozenset()
    only: Columns = _NONE
    skip: Columns = _NONE
    encoding: str = "utf-8"
    delimiter: str = ""
    creates: frozenset[str] = frozenset()


def read_map(text: str, path: Path) -> Map:
    """Return the map that *text*, the content of *path*, holds.

    Raises:
        ConfigInvalid: It is no TOML, or something in it means nothing.
    """
    return _Reader(text, path).map(parse(text, path))


def checked_name(name: str) -> str:
    """Return *name* if a source can be called so: it goes into ``import:name``.

    Raises:
        ConfigInvalid: It is empty, too long or more than one word.
    """
    if not name or len(name) > _NAME_LIMIT or not name.isprintable() or set(name) & set(" :,"):
        raise ConfigInvalid(f"{name[:_NAME_LIMIT]!r} cannot be the name of a source: one word")
    return name


class _Reader:
    """Reads one map; every error names the file and the line."""

    def __init__(self, text: str, path: Path) -> None:
        self._text = text
        self._path = path

    def map(self, document: Mapping[str, object]) -> Map:
        self._known(document, _KEYS, "key")
        found = Map(
            name=self._name(document),
            path=str(self._path),
            id=self._strings("id", document.get("id", [])),
            columns=self._columns(document),
            constants=self._constants(document),
            values=self._values(document),
            dates=self._dates(document),
            date=self._forms("date", document.get("date", "iso")),
            zone=self._zone(document),
            null=frozenset(self._strings("null", document.get("null", []), empty=True)),
            only=self._filter("only", document),
            skip=self._filter("skip", document),
            encoding=self._choice("encoding", document.get("encoding", "utf-8"), ENCODINGS),
            delimiter=self._choice("delimiter", document.get("delimiter", ""), ("", *DELIMITERS)),
            creates=frozenset(
                self._choice("create", one, CREATES)
                for one in self._strings("create", document.get("create", []))
            ),
        )
        if "subject" not in found.columns and not found.constants.get("subject"):
            raise self._wrong("ticket", "[ticket] must say which column is the subject")
        return found

    def _name(self, document: Mapping[str, object]) -> str:
        name = document.get("name", self._path.stem)
        try:
            return checked_name(name if isinstance(name, str) else "")
        except ConfigInvalid as error:
            raise self._wrong("name", error.message) from None

    def _columns(self, document: Mapping[str, object]) -> dict[str, tuple[str, ...]]:
        found = {}
        for field, value in self._flat("ticket", self._table("ticket", document)):
            found[field] = self._strings(field, value)
            if not found[field]:
                raise self._wrong(field, f"{field} names no column")
        return found

    def _constants(self, document: Mapping[str, object]) -> dict[str, str]:
        found = {}
        for field, value in self._flat("constants", self._table("constants", document)):
            text = ",".join(self._strings(field, value))
            found[field] = self._value(field, text, field)
        return found

    def _values(self, document: Mapping[str, object]) -> dict[str, dict[str, str]]:
        found: dict[str, dict[str, str]] = {}
        for field, table in self._flat("values", self._table("values", document), tables=True):
            if not isinstance(table, Mapping):
                raise self._wrong(field, f"values.{field} must be a table of value = value")
            found[field] = {}
            for cell, value in table.items():
                if not isinstance(value, str):
                    raise self._wrong(cell, f"values.{field}: {cell!r} must become a text")
                found[field][cell] = self._value(field, value, cell)
        return found

    def _dates(self, document: Mapping[str, object]) -> dict[str, tuple[str, ...]]:
        table = self._table("dates", document)
        self._known(table, TIMES, "time", section="dates")
        return {field: self._forms(field, value) for field, value in table.items()}

    def _filter(self, section: str, document: Mapping[str, object]) -> dict[str, tuple[str, ...]]:
        table = self._table(section, document)
        return {column: self._strings(column, value, empty=True) for column, value in table.items()}

    def _zone(self, document: Mapping[str, object]) -> str | None:
        name = document.get("zone")
        if name is None:
            return None
        try:
            zone_named(name if isinstance(name, str) else "")
        except ConfigInvalid as error:
            raise self._wrong("zone", error.message, error.hint) from None
        return str(name)

    def _forms(self, key: str, value: object) -> tuple[str, ...]:
        forms = self._strings(key, value)
        for form in forms:
            if not is_form(form):
                names = ", ".join(EXAMPLES)
                hint = _guess(form, EXAMPLES)
                raise self._wrong(
                    key, f"{form!r} is no form of dates: {names}, or one such as %d/%m/%y", hint
                )
        if not forms:
            raise self._wrong(key, f"{key} names no form of dates")
        return forms

    def _value(self, field: str, value: str, at: str) -> str:
        if field not in CHOICES:
            return value
        return self._choice(field, value, ("", *CHOICES[field]), at)

    def _choice(self, key: str, value: object, choices: Iterable[str], at: str = "") -> str:
        choices = tuple(choices)
        if isinstance(value, str) and value in choices:
            return value
        named = ", ".join(map(repr, filter(None, choices)))
        why = f"{key} cannot be {value!r}; there are {named}"
        raise self._wrong(at or key, why, _guess(str(value), choices))

    def _flat(
        self, section: str, table: Mapping[str, object], *, tables: bool = False
    ) -> Iterable[tuple[str, object]]:
        """Return the fields of *table* with their values, those below others with dots."""
        self._known(table, (*TEXTS, *TIMES, "customer", "fields"), "field", section=section)
        for field, value in table.items():
            inner = value if isinstance(value, Mapping) else None
            if field == "customer" and inner is not None:
                self._known(inner, CUSTOMER, "part of a customer", section=f"{section}.customer")
            if field in ("customer", "fields") and inner is not None:
                yield from ((f"{field}.{name}", part) for name, part in inner.items())
            elif field == "fields" or (inner is not None and not tables):
                raise self._wrong(field, f"{field} in [{section}] is no such table")
            else:
                yield field, value

    def _table(self, name: str, document: Mapping[str, object]) -> Mapping[str, object]:
        table = document.get(name, {})
        if not isinstance(table, Mapping):
            raise self._wrong(name, f"{name} must be a table: [{name}]")
        return table

    def _strings(self, key: str, value: object, *, empty: bool = False) -> tuple[str, ...]:
        texts = value if isinstance(value, list) else [value]
        if not all(isinstance(text, str) and (text or empty) for text in texts):
            raise self._wrong(key, f"{key} must be a text, or a list of texts")
        return tuple(texts)

    def _known(
        self, table: Mapping[str, object], names: Iterable[str], what: str, section: str = ""
    ) -> None:
        for key in table:
            if key not in names:
                where = f" in [{section}]" if section else ""
                hint = _guess(key, names) or f"there are {', '.join(names)}"
                dotted = f"{section.rpartition('.')[2]}.{key}"
                raise self._wrong(key, f"unknown {what} {key!r}{where}", hint, dotted)

    def _wrong(self, key: str, why: str, hint: str = "", dotted: str = "") -> ConfigInvalid:
        line = max(line_of(name, self._text) for name in (key, dotted) if name)
        return ConfigInvalid(f"{self._path}:{line}: {why}", hint=hint)


def _guess(word: str, words: Iterable[str]) -> str:
    guess = nearest(word, [w for w in words if w])
    return f"Did you mean {guess!r}?" if guess else ""


def plain_map(header: Sequence[str], name: str) -> Map | None:
    """Return the map of a file whose columns are all called as the fields they are, else None.

    ``tix export --format csv`` writes such files.
    """
    fields = {*TEXTS, *TIMES, "id", "customer", *(f"customer.{part}" for part in CUSTOMER)}
    if "subject" not in header or not all(c in fields or c.startswith("fields.") for c in header):
        return None
    return Map(
        name,
        id=("id",) if "id" in header else (),
        columns={column: (column,) for column in header if column != "id"},
        values={"status": {Status.MERGED: Status.CLOSED}},
        creates=frozenset(CREATES),
    )
