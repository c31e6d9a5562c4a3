"""Where a desk is put together again: pages to write, and what can be put on them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tix.codec import encode
from tix.store import layout
from tix.store.doctor.forms import FORMS
from tix.store.doctor.salvage import Found, records_of
from tix.store.page import dump

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tix.store.doctor.salvage import Earlier
    from tix.store.doctor.view import View
    from tix.store.page import Tables


class Sources:
    """What records there are: on whole pages, on what is left of broken ones, in backups."""

    def __init__(self, view: View, earlier: Earlier) -> None:
        self._view = view
        self._earlier = earlier
        self._now: dict[str, list[Found]] = {}
        self._before: dict[str, list[Found]] = {}
        self.broken = frozenset(view.report.pages)
        self.rest: list[Found] = []
        """All that is left on broken pages, wherever it belongs."""
        for name in view.misnamed:
            self.rest += view.left_of(name)

    def now(self, page: str) -> list[Found]:
        """Return the records of a page that is whole."""
        if page not in self._now:
            tables = {} if page in self.broken else self._view.tables(page)
            self._now[page] = list(records_of(tables or {}))
        return self._now[page]

    def before(self, page: str) -> list[Found]:
        """Return the records of a page in all backups, the newest first."""
        if page not in self._before:
            versions = self._earlier.records(page)
            self._before[page] = [found for records in versions for found in records]
        return self._before[page]

    def of_page(self, page: str, table: str) -> Iterator[tuple[str, list[Found]]]:
        """Yield each key that belongs in a table of a page, with its records, the newest first."""
        found: dict[str, list[Found]] = {}
        for one in (*self.now(page), *self.rest, *self.before(page)):
            if one.table == table and page in FORMS[table].pages(one.key, one.record):
                found.setdefault(one.key, []).append(one)
        yield from sorted(found.items())


class Bench:
    """The pages as they will be; a broken one begins with the tables that nobody knows."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._pages: dict[str, Tables] = {}
        self._changed: set[str] = set()
        for name in view.report.pages:
            rest = view.tables(name) or {}
            self._pages[name] = {table: rest[table] for table in rest if table not in FORMS}
            self._changed.add(name)

    def rows(self, page: str, table: str) -> dict[str, Any]:
        """Return the documents of a table, to be read only."""
        if page not in self._pages:
            self._pages[page] = self._view.tables(page) or {}
        rows: dict[str, Any] = self._pages[page].get(table, {})
        return rows

    def put(self, page: str, table: str, key: str, record: Any) -> None:
        """Put a record on a page."""
        self.rows(page, table)
        self._pages[page].setdefault(table, {})[key] = encode(record)
        self._changed.add(page)

    def drop(self, page: str, table: str, key: str) -> None:
        """Take a record off a page, if it is there."""
        if self.rows(page, table).pop(key, None) is not None:
            self._changed.add(page)

    def clear(self, page: str, table: str) -> None:
        """Take all records of a table off a page."""
        for key in list(self.rows(page, table)):
            self.drop(page, table, key)

    def pages_after(self) -> set[str]:
        """Return the names of the pages that there will be."""
        kept = {name for name in self._view.names if name not in self._changed}
        return kept | {name for name in self._changed if any(self._pages[name].values())}

    def changes(self) -> dict[str, bytes | None]:
        """Return the bytes of each changed page; None for one that is empty now."""
        return {name: self._bytes(name) for name in sorted(self._changed)}

    def _bytes(self, name: str) -> bytes | None:
        tables = self._pages[name]
        return dump(tables) if any(tables.values()) or name == layout.ROOT else None
