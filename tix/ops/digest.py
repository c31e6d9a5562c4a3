"""The digest of the desk, at this moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.domain.digest import Digest, digest
from tix.domain.query import EVERYTHING_UNSETTLED, parse
from tix.ops.queries import context
from tix.ops.transactions import reading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tix.desk import Desk
    from tix.store.base import Transaction


@reading
def tell(desk: Desk, tx: Transaction, words: Sequence[str] = ()) -> Digest:
    """Return the digest of the tickets that match, of all that are unsettled without words.

    Raises:
        UsageError: The words are no query.
    """
    query = parse(words, context(desk, tx)) if words else EVERYTHING_UNSETTLED
    return digest(tx.find(query), tx.clocks, tx.now, desk.zone)
