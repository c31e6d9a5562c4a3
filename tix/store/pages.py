"""The pages that one transaction reads and changes, each loaded once."""

from __future__ import annotations

import itertools
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from tix.store import layout, roster
from tix.store.layout import ROOT
from tix.store.page import Page, damaged, look
from tix.store.rows import Rows, parsed, written

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from tinydb.queries import QueryLike
    from tinydb.table import Document

    from tix.store.migrations import Migrations


DESK = "desk"


class Pages:
    """Pages by name, through *read*; changes are gathered and applied once per table."""

    def __init__(
        self,
        read: Callable[[str], bytes],
        migrations: Migrations,
        names: Callable[[], Iterable[str]] | None = None,
    ) -> None:
        self._read = read
        self._names = names
        self.migrations = migrations
        root = look(ROOT, read(ROOT))
        desk = root.get(DESK, {}).get("1", {})
        self.schema = migrations.schema_of(desk)
        # A desk of a former tix has none until its next commit.
        self._roster: dict[str, str] | None = desk.get(roster.MEMBER)
        self._loaded: dict[str, Page] = {}
        self._loaded[ROOT] = self._upgraded(ROOT, root)
        # As they will stand on their pages: so they take a quarter of the memory.
        self._changes: dict[str, dict[str, dict[str, bytes | None]]] = {}

    def document(self, name: str, table: str, key: str) -> dict[str, Any] | None:
        """Return one document as it now is, None if there is none."""
        waiting = self._changes.get(name, {}).get(table, {})
        if key not in waiting:
            return self._page(name).document(table, key)
        document = waiting[key]
        return None if document is None else parsed(document)

    def documents(
        self,
        name: str,
        table: str,
        condition: QueryLike | None = None,
        words: Collection[bytes] = (),
    ) -> Iterator[Document]:
        """Return the documents of a table that meet *condition*, as they now are.

        One of *words*, if there are any, stands in the JSON of each that does.
        """
        self._apply(name)
        return self._page(name).documents(table, condition, words)

    def passing(
        self, name: str, table: str, condition: QueryLike | None = None
    ) -> Iterator[Document]:
        """Return what ``documents`` does, keeping the page only if it is in use already."""
        if name in self._loaded or name in self._changes:
            self._apply(name)
            return self._page(name).passing(table, condition)
        return self._load(name).documents(table, condition)

    def content(self, name: str) -> bytes | None:
        """Return the bytes of a page as it was before any change, None if there is none."""
        try:
            return self._read(name)
        except FileNotFoundError:
            return None

    def start_anew(self, name: str) -> None:
        """Let a page be empty, whatever there is in its place."""
        self._loaded[name] = Page({})
        self._changes[name] = {}

    def put(self, name: str, table: str, key: str, document: dict[str, Any] | None) -> None:
        """Add, replace or (None) remove a document."""
        self.put_written(name, table, key, None if document is None else written(document))

    def put_written(self, name: str, table: str, key: str, document: bytes | None) -> None:
        """Do what ``put`` does with what ``written`` made of a document."""
        self._changes.setdefault(name, {}).setdefault(table, {})[key] = document

    def changed(self) -> dict[str, bytes | None]:
        """Return the bytes of every changed page; None for one that is empty now.

        This ends the transaction: of a large import not everything need be in memory twice.
        """
        content: dict[str, bytes | None] = {}
        for name in [name for name in self._changes if name != ROOT]:
            self._apply(name)
            page = self._page(name)
            content[name] = None if page.is_empty else page.dump()
            del page, self._loaded[name]
        self._list(content)
        self._apply(ROOT)
        content[ROOT] = self._loaded.pop(ROOT).dump()
        return content

    def rewrite(self, names: Iterable[str]) -> None:
        """Let the pages *names* count as changed: they are saved in today's form."""
        for name in names:
            self._changes.setdefault(name, {})

    @property
    def have_changed(self) -> bool:
        """True if anything was put."""
        return bool(self._changes)

    def _list(self, content: Mapping[str, bytes | None]) -> None:
        """Let the root tell which pages there are after the commit of *content*."""
        if self._roster is None and self._names is not None:
            self._roster = roster.roster_of(self._names())
        desk = self.document(ROOT, DESK, "1")
        if self._roster is not None and desk is not None:
            pages = roster.renewed(self._roster, content)
            self.put(ROOT, DESK, "1", {**desk, roster.MEMBER: pages})

    def _apply(self, name: str) -> None:
        for table, changes in self._changes.get(name, {}).items():
            if changes:
                self._page(name).apply(table, changes)
                self._changes[name][table] = {}

    def _page(self, name: str) -> Page:
        if name not in self._loaded:
            self._loaded[name] = self._load(name)
        return self._loaded[name]

    def _load(self, name: str) -> Page:
        try:
            content = self._read(name)
        except FileNotFoundError:
            self._check_twin(name)
            if self._roster is not None and roster.has(self._roster, name):
                raise damaged(name, "it is missing") from None
            return Page({})
        tables = look(name, content)
        _check_place(name, tables)
        return self._upgraded(name, tables)

    def _check_twin(self, missing: str) -> None:
        """Refuse heads without their histories, and histories without their heads."""
        twin = layout.twin(missing)
        if twin is not None:
            with suppress(FileNotFoundError):
                self._read(twin)
                raise damaged(missing, "it is missing")

    def _upgraded(self, name: str, tables: dict[str, Any]) -> Page:
        if self.schema < self.migrations.schema:
            tables = {table: dict(documents.items()) for table, documents in tables.items()}
            tables = self.migrations.upgrade(name, tables, self.schema)
        return Page(tables)


def _check_place(name: str, tables: dict[str, Any]) -> None:
    """Refuse a whole page that stands where another one should.

    Raises:
        DeskDamaged: What is on it belongs elsewhere.
    """
    for table, documents in tables.items():
        # One tells for all: a page comes to a wrong place as a whole.
        one = documents.first() if isinstance(documents, Rows) else documents
        for key, document in itertools.islice(one.items(), 1):
            pages = layout.pages_of(table, key, document)
            if pages is not None and name not in pages:
                raise damaged(name, f"it is the page of other {table}")
