"""What is new in the log: since a mark, and of operations."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from tests.ops.desks import Clock, make_desk, opened
from tests.ops.imports import by_map
from tix.ops.history import Mark, events_of, last_news, news
from tix.ops.people import agents
from tix.ops.tickets import filing, moves, talking
from tix.ops.transactions import writing

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tix.desk import Desk
    from tix.domain.event import Event


def seqs(events: Iterable[Event]) -> list[int]:
    return [event.seq for event in events]


def test_the_last_events_come_in_their_order_with_the_mark_behind_them(desk: Desk):
    for _ in range(2):
        opened(desk)
    filing.tag(desk, [1, 2], ["web"])
    agents.add(desk, "bob")

    found = last_news(desk, (), 3)

    assert seqs(found.rows) == [2, 3, 4]
    assert (found.mark.op, found.restored) == (3, False)
    assert found.mark.ticket_id == 2
    assert seqs(last_news(desk, [1]).rows) == [1, 3]


def test_what_comes_behind_a_mark_is_news_once(desk: Desk):
    mark = last_news(desk).mark
    assert mark == Mark()
    for _ in range(2):
        opened(desk)
    first = news(desk, mark)
    filing.tag(desk, [1, 2], ["web"])
    with writing(desk, "nothing") as tx:
        tx.next_number("operation")
    agents.add(desk, "bob")
    talking.note(desk, [1], "Hello")
    second = news(desk, first.mark, [1])

    assert seqs(first.rows) == [1, 2]
    assert seqs(second.rows) == [3, 5]
    assert seqs(last_news(desk, (), 3).rows) == [3, 4, 5]
    assert news(desk, second.mark) == second._replace(rows=())


def test_on_a_desk_that_is_another_one_now_the_last_events_come_again(desk: Desk):
    for _ in range(3):
        opened(desk)
    elsewhere = last_news(desk).mark
    other = make_desk(Clock())
    opened(other)
    shorter = news(other, elsewhere, (), 10)
    for _ in range(3):
        opened(other)
    moves.resolve(other, [1, 2, 3])
    longer = news(other, elsewhere._replace(hash="other"), [1, 3], 2)

    assert (seqs(shorter.rows), shorter.restored) == ([1], True)
    assert (seqs(longer.rows), longer.restored) == ([5, 7], True)
    assert longer.mark == last_news(other).mark


def test_the_events_of_operations_are_those_of_no_import(desk: Desk, clock: Clock):
    opened(desk)
    moves.snooze(desk, [1], clock() + timedelta(hours=1))
    clock.move(hours=2)
    agents.add(desk, "bob")
    by_map(desk, "id,subject\n1,Old\n")
    filing.tag(desk, [1, 2], ["web"])

    assert [event.kind for event in events_of(desk, range(1, 100))] == [
        "opened",
        "postponed",
        "woken",
        "tagged",
        "tagged",
    ]
