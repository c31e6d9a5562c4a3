"""The pages that one transaction reads and changes, each loaded once."""

from __future__ import annotations

import itertools
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from tix.store import layout
from tix.store.layout import ROOT
from tix.store.page import Page, Tables, damaged, load

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from tinydb.queries import QueryLike
    from tinydb.table import Document

    from tix.store.migrations import Migrations


DESK = "desk"


class Pages:
    """Pages by name, through *read*; changes are gathered and applied once per table."""

    def __init__(self, read: Callable[[str], bytes], migrations: Migrations) -> None:
        self._read = read
        self.migrations = migrations
        root = load(ROOT, read(ROOT))
        self.schema = migrations.schema_of(root.get(DESK, {}).get("1", {}))
        self._loaded: dict[str, Page] = {}
        self._loaded[ROOT] = self._upgraded(ROOT, root)
        self._changes: dict[str, dict[str, dict[str, dict[str, Any] | None]]] = {}

    def document(self, name: str, table: str, key: str) -> dict[str, Any] | None:
        """Return one document as it now is, None if there is none."""
        waiting = self._changes.get(name, {}).get(table, {})
        return waiting[key] if key in waiting else self._page(name).document(table, key)

    def documents(
        self, name: str, table: str, condition: QueryLike | None = None
    ) -> Iterator[Document]:
        """Return the documents of a table that meet *condition*, as they now are."""
        self._apply(name)
        return self._page(name).documents(table, condition)

    def passing(
        self, name: str, table: str, condition: QueryLike | None = None
    ) -> Iterator[Document]:
        """Return what ``documents`` does, keeping the page only if it is in use already."""
        if name in self._loaded or name in self._changes:
            return self.documents(name, table, condition)
        return self._load(name).documents(table, condition)

    def put(self, name: str, table: str, key: str, document: dict[str, Any] | None) -> None:
        """Add, replace or (None) remove a document."""
        self._changes.setdefault(name, {}).setdefault(table, {})[key] = document

    def changed(self) -> dict[str, bytes | None]:
        """Return the bytes of every changed page; None for one that is empty now.

        This ends the transaction: of a large import not everything need be in memory twice.
        """
        content: dict[str, bytes | None] = {}
        for name in list(self._changes):
            self._apply(name)
            page = self._page(name)
            content[name] = None if page.is_empty and name != ROOT else page.dump()
            del page, self._loaded[name]
        return content

    def rewrite(self, names: Iterable[str]) -> None:
        """Let the pages *names* count as changed: they are saved in today's form."""
        for name in names:
            self._changes.setdefault(name, {})

    @property
    def have_changed(self) -> bool:
        """True if anything was put."""
        return bool(self._changes)

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
            return Page({})
        tables = load(name, content)
        _check_place(name, tables)
        return self._upgraded(name, tables)

    def _check_twin(self, missing: str) -> None:
        """Refuse heads without their histories, and histories without their heads."""
        twin = layout.twin(missing)
        if twin is not None:
            with suppress(FileNotFoundError):
                self._read(twin)
                raise damaged(missing, "it is missing")

    def _upgraded(self, name: str, tables: Tables) -> Page:
        return Page(self.migrations.upgrade(name, tables, self.schema))


def _check_place(name: str, tables: Tables) -> None:
    """Refuse a whole page that stands where another one should.

    Raises:
        DeskDamaged: What is on it belongs elsewhere.
    """
    for table, documents in tables.items():
        # One tells for all: a page comes to a wrong place as a whole.
        for key in itertools.islice(documents, 1):
            pages = layout.pages_of(table, key, documents[key])
            if pages is not None and name not in pages:
                raise damaged(name, f"it is the page of other {table}")
