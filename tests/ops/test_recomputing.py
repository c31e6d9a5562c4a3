"""Measuring all settled tickets again changes what is kept of them, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.ops.desks import Clock, make_desk, opened
from tests.store.desks import make_store
from tix.ops.reports.recomputing import recompute
from tix.ops.tickets import moves

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from tix.desk import Desk


def settled(desk: Desk, count: int) -> None:
    for _ in range(count):
        number = opened(desk, customer="jo@example.com")
        moves.resolve(desk, [number])
        moves.close(desk, [number])


def test_every_settled_ticket_is_measured_and_counted(desk: Desk):
    settled(desk, 3)
    opened(desk)

    assert recompute(desk) == 3


def test_it_is_no_operation_and_somebody_can_watch(desk: Desk):
    settled(desk, 2)
    before = desk.store.read(lambda tx: tx.operations.all())
    watched: list[tuple[int, int]] = []

    def watch(pieces: Iterable[Any], total: int) -> Iterator[Any]:
        for piece in pieces:
            watched.append((piece, total))
            yield piece

    assert recompute(desk, watch) == 2
    assert watched == [(2, 1)]
    assert desk.store.read(lambda tx: tx.operations.all()) == before


def test_what_few_tickets_wait_for_is_done_at_once(tmp_path: Path):
    clock = Clock()
    desk = make_desk(clock)
    desk.__dict__["store"] = make_store("file", tmp_path, clock)
    settled(desk, 2)
    page = tmp_path / "desk" / "settled" / "00" / "0.measures.json"
    assert b'"left":{"1":' in page.read_bytes()

    assert recompute(desk) == 2

    assert b'"left":{}' in page.read_bytes()
