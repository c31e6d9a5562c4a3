"""A promise on a ticket in every store: kept on disk, and not lost when time closes tickets."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.store.desks import START, Clock, act, make_store, open_one
from tix.domain import verbs
from tix.domain.promise import KEPT, Promise
from tix.domain.verbs.promising import end_promise, promise
from tix.ops.reactions import record
from tix.store import BACKENDS

if TYPE_CHECKING:
    from pathlib import Path

    from tix.store.base import Store

DUE = START + timedelta(days=60)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(params=sorted(BACKENDS))
def store(request: pytest.FixtureRequest, tmp_path: Path, clock: Clock) -> Store:
    store = make_store(request.param, tmp_path, clock)
    with store.write() as tx:
        tx.begin("agent:alice", "new")
        ticket = open_one(tx)
        for decide in (
            lambda t: promise(t, "fix", DUE, act(tx)),
            lambda t: verbs.resolve(t, act(tx)),
        ):
            ticket = record(tx, ticket, decide(ticket))
    return store


def test_a_promise_is_kept_with_its_ticket(store: Store):
    assert store.read(lambda tx: tx.ticket(1).promises) == (Promise(1, "fix", START, DUE),)


def test_the_time_of_a_ticket_with_a_promise_to_keep_does_not_come(store: Store, clock: Clock):
    clock.move(days=30)
    assert store.read(lambda tx: tx.ripe(clock())) == []

    with store.write() as tx:
        tx.begin("agent:alice", "promise done")
        record(tx, tx.ticket(1), end_promise(tx.ticket(1), None, KEPT, act(tx)))
    assert [one.id for one in store.read(lambda tx: tx.ripe(clock()))] == [1]
