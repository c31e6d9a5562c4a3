"""One file of the desk: TinyDB tables behind a checksum.

A page is JSON in TinyDB's own form, ``{"table": {"id": document}}``. Its first member is the
table ``_file`` with the SHA-256 of all the bytes after it, of fixed width, so that a page
can be checked without parsing it and read by TinyDB and jq all the same. Each document has a
line of its own, so that one of many can be read and replaced without the others (``rows``);
pages written before that have but one line.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Document, Table

from tix.errors import DeskDamaged
from tix.store.rows import Rows, text_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from tinydb.queries import QueryLike

Tables = dict[str, dict[str, Any]]
Sum = Callable[[memoryview], Any]

_START = b'{"_file":{"1":{"sha256":"'
_AFTER_SUM = b'"}}'
_SUM_END = len(_START) + 64
_LINES_BEGIN = _AFTER_SUM + b",\n"
_LINES_END = b"\n}}\n"
_NEXT_TABLE = b"\n},\n"


def dump(tables: Mapping[str, Any]) -> bytes:
    """Return the bytes of a page with *tables*."""
    from tix.digest import sha256

    parts = [_AFTER_SUM]
    for name, table in tables.items():
        text = table.text() if isinstance(table, Rows) else text_of(table)
        parts.append(b",\n%s:{\n%s\n}" % (json.dumps(name).encode(), text))
    rest = b"".join([*parts, b"}\n"])
    return b"".join([_START, sha256(rest).hexdigest().encode(), rest])


def load(name: str, content: bytes) -> Tables:
    """Return the tables of the page *name*, whose bytes are *content*.

    Raises:
        DeskDamaged: They are not what ``dump`` wrote.
    """
    _check(name, content)
    tables: Tables = json.loads(content)
    del tables["_file"]
    return tables


def look(name: str, content: bytes, sum_of: Sum | None = None) -> dict[str, Any]:
    """Return what ``load`` does, as ``Rows`` where each document has a line of its own.

    *sum_of* is a SHA-256 for many pages: one that takes its time to load, and then is quick.

    Raises:
        DeskDamaged: They are not what ``dump`` wrote.
    """
    if not content.startswith(_LINES_BEGIN, _SUM_END):
        return load(name, content)
    _check(name, content, sum_of)
    tables = {}
    begin = _SUM_END + len(_LINES_BEGIN)
    for table in content[begin : -len(_LINES_END)].split(_NEXT_TABLE):
        head, _, text = table.partition(b"\n")
        tables[json.loads(head.removesuffix(b":{"))] = Rows(text)
    return tables


def _check(name: str, content: bytes, sum_of: Sum | None = None) -> None:
    """Refuse a page whose bytes are not what its sum says."""
    from tix.digest import sha256

    sum_of = sum_of or sha256
    if not content.startswith(_START) or not content.startswith(_AFTER_SUM, _SUM_END):
        raise damaged(name, "it is empty" if not content else "it does not begin as a page does")
    rest = memoryview(content)[_SUM_END:]
    if sum_of(rest).hexdigest().encode() != content[len(_START) : _SUM_END]:
        raise damaged(name, "its checksum does not fit")


def damaged(name: str, why: str) -> DeskDamaged:
    """Return the error that names a damaged file and the way out."""
    return DeskDamaged(
        f"{name} is damaged: {why}",
        hint="nothing was changed; see 'tix doctor' and 'tix backup list'",
    )


class _Memory(Storage):
    """What TinyDB reads: the tables of one page, saved by the commit."""

    def __init__(self, tables: dict[str, Any]) -> None:
        self.tables = tables

    def read(self) -> dict[str, Any]:
        return self.tables

    def write(self, data: dict[str, Any]) -> None:
        self.tables = data


class _Table(Table):
    """A table whose ids are strings."""

    document_id_class = str  # type: ignore[assignment]  # TinyDB types it by its default, int


class Page(TinyDB):
    """The tables of one file, queried through TinyDB."""

    table_class = _Table

    def __init__(self, tables: dict[str, Any]) -> None:
        super().__init__(tables, storage=_Memory)
        self._content = tables

    def document(self, table: str, key: str) -> Document | None:
        """Return one document, None if there is none."""
        found = self.table(table).get(doc_id=key)  # type: ignore[call-overload]
        return found if isinstance(found, Document) else None

    def documents(
        self, table: str, condition: QueryLike | None = None, words: Collection[bytes] = ()
    ) -> Iterator[Document]:
        """Return the documents of *table* that meet *condition*, in the order written.

        One of *words*, if there are any, stands in the JSON of each that does.
        """
        found = self._content.get(table)
        if words and isinstance(found, Rows):
            return Page({table: found.holding(words)}).documents(table, condition)
        rows = self.table(table)
        return iter(rows) if condition is None else iter(rows.search(condition))

    def passing(self, table: str, condition: QueryLike | None = None) -> Iterator[Document]:
        """Return what ``documents`` does, for one look at all of a large table."""
        found = self._content.get(table)
        if isinstance(found, Rows):
            return Page({table: found.once()}).documents(table, condition)
        return self.documents(table, condition)

    def apply(self, table: str, changes: Mapping[str, bytes | None]) -> None:
        """Change many documents of *table* at once, given as JSON; None removes one."""
        rows = self._content.setdefault(table, {})
        if not isinstance(rows, Rows):
            rows = self._content[table] = Rows.of(rows)
        rows.change(changes)
        self.table(table).clear_cache()

    def dump(self) -> bytes:
        """Return the bytes of the page as it stands."""
        return dump(self._content)

    @property
    def is_empty(self) -> bool:
        """True if no table has a document."""
        return not any(self._content.values())
