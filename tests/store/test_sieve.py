"""What a query says of stored heads lets every match pass, and little else."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.store.desks import START
from tix.codec import encode
from tix.domain.query import Context, Seen, TicketQuery, matches, parse
from tix.domain.setup import Setup
from tix.domain.status import Status
from tix.domain.ticket import Ticket, awake
from tix.domain.when import Dates
from tix.domain.zone import zone_named
from tix.store import sieve

if TYPE_CHECKING:
    from tinydb.queries import QueryInstance

DAY = timedelta(days=1)
NOW = START + 10 * DAY
MEANT = Context(Dates(NOW, zone_named("UTC")), Setup().scale, "alice")
QUERIES = (
    "assignee:alice",
    "assignee:none,Alice",
    "status:new",
    "status:new,open",
    "status:postponed",
    "priority:normal",
    "priority:high..",
    "tag:vip",
    "tag:none,web",
    "tag:we: dept:billing",
    "dept:billing type:task channel:none",
    "id:3-7",
    "id:5..",
    "id:2,9",
    "created:2026-11-22..2026-11-24",
    "updated:..2026-11-23 assignee!=bob",
    "due:2026-11-24",
    "closed:2026-11-20.. resolved:..2026-11-30",
    "first_response:today,2026-11-22",
)

times = st.integers(0, 20 * 86_400).map(lambda s: START - 5 * DAY + timedelta(seconds=s / 2))
maybe_time = st.none() | times
tickets = st.builds(
    Ticket,
    id=st.integers(1, 10),
    subject=st.just("Refund"),
    created_at=times,
    updated_at=times,
    status=st.sampled_from(Status),
    before=st.sampled_from([None, Status.NEW, Status.OPEN]),
    priority=st.sampled_from(["low", "normal", "high", "urgent"]),
    type=st.sampled_from([None, "task", "incident"]),
    assignee=st.sampled_from([None, "alice", "bob", "Alice"]),
    department=st.sampled_from([None, "billing", "sales"]),
    channel=st.sampled_from([None, "email"]),
    tags=st.lists(st.sampled_from(["vip", "web", "we:b"]), unique=True).map(tuple),
    due_at=maybe_time,
    snoozed_until=maybe_time,
    first_response_at=maybe_time,
    resolved_at=maybe_time,
    closed_at=maybe_time,
)


def asked(line: str) -> tuple[TicketQuery, QueryInstance]:
    query = parse(line.split(), MEANT)
    condition = sieve.condition(query, NOW)
    assert condition is not None
    return query, condition


@pytest.mark.parametrize("line", QUERIES)
@given(ticket=tickets)
def test_every_match_passes(line: str, ticket: Ticket) -> None:
    query, condition = asked(line)

    if matches(query, Seen(awake(ticket, NOW), None, NOW)):
        assert condition(encode(ticket))
        assert ticket.id // 100 * 100 in sieve.blocks(query, 10)


@pytest.mark.parametrize("line", QUERIES)
def test_what_differs_does_not_pass(line: str) -> None:
    other = Ticket(
        1,
        "Refund",
        START - 30 * DAY,
        START + 30 * DAY,
        status=Status.PENDING,
        priority="low",
        type="incident",
        assignee="carla",
        department="sales",
        channel="chat",
        tags=("crash",),
    )
    assert not asked(line)[1](encode(other))


def test_nothing_is_asked_where_every_head_can_match() -> None:
    for line in ("", "refund", "is:open", "assignee!=alice", "no:tag", "tag:we:"):
        assert sieve.condition(parse(line.split(), MEANT), NOW) is None


def test_only_the_blocks_of_the_numbers_are_looked_at() -> None:
    def blocks(line: str) -> list[int]:
        return list(sieve.blocks(parse(line.split(), MEANT), 420))

    assert blocks("assignee:alice") == [0, 100, 200, 300, 400]
    assert blocks("id:150") == [100]
    assert blocks("id:199-200") == [100, 200]
    assert blocks("id:350..") == [300, 400]
    assert blocks("id:500..") == []
