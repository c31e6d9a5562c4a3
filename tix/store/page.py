"""One file of the desk: TinyDB tables behind a checksum.

A page is JSON in TinyDB's own form, ``{"table": {"id": document}}``. Its first member is the
table ``_file`` with the SHA-256 of all the bytes after it, of fixed width, so that a page
can be checked without parsing it and read by TinyDB and jq all the same.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, cast

from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Document, Table

from tix.errors import DeskDamaged

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tinydb.queries import QueryLike

Tables = dict[str, dict[str, Any]]

_START = b'{"_file":{"1":{"sha256":"'
_AFTER_SUM = b'"}}'
_SUM_END = len(_START) + 64


def dump(tables: Tables) -> bytes:
    """Return the bytes of a page with *tables*."""
    from tix.digest import sha256

    text = json.dumps(tables, ensure_ascii=False, separators=(",", ":"))
    rest = _AFTER_SUM + (b"," if tables else b"") + text[1:].encode() + b"\n"
    return _START + sha256(rest).hexdigest().encode() + rest


def load(name: str, content: bytes) -> Tables:
    """Return the tables of the page *name*, whose bytes are *content*.

    Raises:
        DeskDamaged: They are not what ``dump`` wrote.
    """
    from tix.digest import sha256

    rest = content[_SUM_END:]
    if not content.startswith(_START) or not rest.startswith(_AFTER_SUM):
        raise damaged(name, "it is empty" if not content else "it does not begin as a page does")
    if sha256(rest).hexdigest().encode() != content[len(_START) : _SUM_END]:
        raise damaged(name, "its checksum does not fit")
    tables: Tables = json.loads(content)
    del tables["_file"]
    return tables


def damaged(name: str, why: str) -> DeskDamaged:
    """Return the error that names a damaged file and the way out."""
    return DeskDamaged(
        f"{name} is damaged: {why}",
        hint="nothing was changed; see 'tix doctor' and 'tix backup list'",
    )


class _Memory(Storage):
    """What TinyDB reads and writes: the tables of one page, saved by the commit."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables

    def read(self) -> Tables:
        return self.tables

    def write(self, data: Tables) -> None:
        self.tables = data


class _Table(Table):
    """A table whose ids are strings and which takes many changes in one update."""

    document_id_class = str  # type: ignore[assignment]  # TinyDB types it by its default, int

    def apply(self, changes: Mapping[str, dict[str, Any] | None]) -> None:
        """Add, replace or (None) remove documents."""

        def update(table: dict[Any, Any]) -> None:
            for key, document in changes.items():
                if document is None:
                    table.pop(key, None)
                else:
                    table[key] = document

        self._update_table(update)


class Page(TinyDB):
    """The tables of one file, queried through TinyDB."""

    table_class = _Table

    def __init__(self, tables: Tables) -> None:
        super().__init__(tables, storage=_Memory)

    def document(self, table: str, key: str) -> Document | None:
        """Return one document, None if there is none."""
        found = self.table(table).get(doc_id=key)  # type: ignore[call-overload]
        return found if isinstance(found, Document) else None

    def documents(self, table: str, condition: QueryLike | None = None) -> Iterator[Document]:
        """Return the documents of *table* that meet *condition*, in the order written."""
        rows = self.table(table)
        return iter(rows) if condition is None else iter(rows.search(condition))

    def apply(self, table: str, changes: Mapping[str, dict[str, Any] | None]) -> None:
        """Change many documents of *table* at once; None removes one."""
        cast("_Table", self.table(table)).apply(changes)

    def dump(self) -> bytes:
        """Return the bytes of the page as it stands."""
        return dump(self.storage.read() or {})

    @property
    def is_empty(self) -> bool:
        """True if no table has a document."""
        return not any((self.storage.read() or {}).values())
