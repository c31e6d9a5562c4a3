"""Records without events (customers, agents, departments …) on pages of the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar

from tix.codec import decode, encode
from tix.errors import NotFound
from tix.store import layout
from tix.store.page import damaged

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tix.domain.alert import Alerts
    from tix.store.ledger import Ledger
    from tix.store.pages import Pages

K = TypeVar("K", int, str)
R = TypeVar("R")


class PagedRecords(Generic[K, R]):
    """The records of one kind: class *kind*, in table *table*, found by its *key* member."""

    def __init__(
        self,
        pages: Pages,
        ledger: Ledger | None,
        *,
        kind: type[R],
        table: str,
        key: Callable[[R], K],
        page_of: Callable[[K], str],
        all_pages: Callable[[], Iterable[str]],
    ) -> None:
        self._pages = pages
        self._ledger = ledger
        self._kind = kind
        self._table = table
        self._key: Callable[[R], K] = key
        self._page_of: Callable[[K], str] = page_of
        self._all_pages = all_pages

    def get(self, key: K) -> R:
        """Return the record."""
        document = self._document(key)
        if document is None:
            raise NotFound(f"no {self._table.removesuffix('s')} {key!r}", ids=(key,))
        return self._decode(document)

    def __contains__(self, key: object) -> bool:
        """Return whether there is such a record."""
        return isinstance(key, int | str) and self._document(key) is not None

    def all(self) -> list[R]:
        """Return every record in the order of its key."""
        found = [
            self._decode(document)
            for name in self._all_pages()
            for document in self._pages.documents(name, self._table)
        ]
        return sorted(found, key=self._key)

    def put(self, record: R) -> None:
        """Add or replace a record."""
        key = self._key(record)
        self._change(key, encode(record))

    def drop(self, key: K) -> None:
        """Remove a record."""
        self.get(key)
        self._change(key, None)

    def _change(self, key: K, after: dict[str, Any] | None) -> None:
        before = self._document(key)
        if before == after:
            return
        if self._ledger is not None:
            self._ledger.change(self._table, key, dict(before) if before else None, after)
        self._pages.put(self._page_of(key), self._table, str(key), after)

    def _document(self, key: Any) -> dict[str, Any] | None:
        return self._pages.document(self._page_of(key), self._table, str(key))

    def _decode(self, document: dict[str, Any]) -> R:
        try:
            return decode(self._kind, document)
        except (TypeError, ValueError, KeyError) as error:
            raise damaged(self._table, f"a record in it cannot be read ({error})") from error


def alerts_on(pages: Pages, ledger: Ledger | None = None) -> PagedRecords[int, Alerts]:
    """Return what the checker has told, on the root; without *ledger* in no operation."""
    from tix.domain.alert import Alerts

    return PagedRecords(
        pages,
        ledger,
        kind=Alerts,
        table=layout.ALERTS,
        key=lambda alerts: alerts.ticket_id,
        page_of=lambda _: layout.ROOT,
        all_pages=lambda: [layout.ROOT],
    )
