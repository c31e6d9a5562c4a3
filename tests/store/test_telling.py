"""Who looks for facts can be shown how far it is."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from tests.store.desks import Clock, make_store, open_one

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


def test_tickets_at_work_and_blocks_of_settled_ones_are_gone_through(tmp_path: Path):
    store = make_store("file", tmp_path, Clock())
    with store.write() as tx:
        tx.begin("agent:alice", "new")
        for _ in range(3):
            open_one(tx)
    seen: list[tuple[list[int], int]] = []

    def watch(items: Iterable[Any], total: int) -> Iterable[Any]:
        seen.append(([*items], total))
        return seen[-1][0]

    since = datetime(2026, 1, 1, tzinfo=UTC)
    watched = store.read(lambda tx: tx.facts(since, watch=watch).column("tickets", "ticket"))

    assert seen == [([1, 2, 3], 3), ([0], 1)]
    assert [*watched] == [1, 2, 3]
