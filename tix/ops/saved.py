"""Saved queries: words under a name, for ``query:NAME``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.domain.query import parse, sort_rows
from tix.domain.setup import SavedQuery
from tix.errors import UsageError
from tix.ops.change import Altered, Change, alter
from tix.ops.queries import context, find_query
from tix.ops.transactions import reading

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tix.desk import Desk
    from tix.store.base import Transaction

_NAME_LIMIT = 100


def save(desk: Desk, name: str, words: Sequence[str], sort: str = "") -> Change:
    """Keep *words*, to be sorted by *sort*, under *name*; one of that name is replaced.

    Raises:
        UsageError: The words are no query, or the name is none.
    """
    name = query_name(name)

    def work(tx: Transaction) -> Iterator[Altered]:
        before = tx.queries.get(name) if name in tx.queries else None
        after = SavedQuery(name, tuple(words), sort)
        tx.queries.put(after)
        parse([f"query:{name}"], context(desk, tx))
        if sort:
            sort_rows([], sort, tx.setup.scale)
        yield Altered("query", name, before, after)

    return alter(desk, "query save", work)


@reading
def queries(desk: Desk, tx: Transaction) -> Sequence[SavedQuery]:
    """Return the saved queries by name."""
    return tx.queries.all()


@reading
def query(desk: Desk, tx: Transaction, name: str) -> SavedQuery:
    """Return the saved query of this name.

    Raises:
        NotFound: There is none.
    """
    return find_query(tx, name)


def drop(desk: Desk, name: str) -> Change:
    """Forget a saved query.

    Raises:
        NotFound: There is none of that name.
    """

    def work(tx: Transaction) -> Iterator[Altered]:
        before = find_query(tx, name)
        tx.queries.drop(before.name)
        yield Altered("query", before.name, before, None)

    return alter(desk, "query rm", work)


def query_name(name: str) -> str:
    """Return the form under which a saved query is found.

    Raises:
        UsageError: It cannot be a name.
    """
    folded = name.strip().casefold()
    if not folded[:1].isalnum() or not folded.isprintable() or any(c in ' ":,\\' for c in folded):
        raise UsageError(f"{name[:60]!r} cannot be the name of a query: one word without : and ,")
    if len(folded) > _NAME_LIMIT:
        raise UsageError(f"the name of a query has at most {_NAME_LIMIT} characters")
    return folded
