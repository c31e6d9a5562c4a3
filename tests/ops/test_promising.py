"""Promises of agents: made, kept, called off and listed."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.ops.desks import START, meaning, opened, ticket
from tix.domain.promise import Promise
from tix.errors import Refused
from tix.ops.sla import promising
from tix.ops.tickets import moves
from tix.ops.undo import redo, undo

if TYPE_CHECKING:
    from tests.ops.desks import Clock
    from tix.desk import Desk

HOUR = timedelta(hours=1)


def promised(desk: Desk, text: str = "fix", hours: int = 24) -> int:
    number = opened(desk, f"About the {text}", body="Help", customer="jo@example.com")
    promising.promise(desk, [number], text, START + hours * HOUR)
    return number


def listed(desk: Desk, *words: str, ended: bool = False) -> list[tuple[int, str, str]]:
    rows = promising.promises(desk, words, ended=ended)
    return [(row.ticket.id, row.clock.level, row.clock.state.value) for row in rows]


def test_a_promise_is_an_operation_that_can_be_taken_back(desk: Desk):
    number = promised(desk)

    assert ticket(desk, number).promises == (Promise(1, "fix", START, START + 24 * HOUR),)
    undo(desk)
    assert ticket(desk, number).promises == ()
    redo(desk)
    assert len(ticket(desk, number).promises) == 1


def test_one_promise_can_be_made_on_several_tickets(desk: Desk):
    numbers = [opened(desk), opened(desk)]

    change = promising.promise(meaning(desk, why="the release"), numbers, "fix", START + HOUR)

    assert (change.operation, change.ids) == ("promise", (1, 2))
    assert [len(ticket(desk, number).promises) for number in numbers] == [1, 1]


def test_promises_to_keep_are_listed_by_when_they_are_due(desk: Desk, clock: Clock):
    promised(desk, "later", 48)
    promised(desk, "soon", 1)
    promised(desk, "now", 10)
    promising.keep(desk, [3])
    clock.move(hours=2)

    assert listed(desk) == [(2, "soon", "breached"), (1, "later", "running")]
    assert listed(desk, "subject:later") == [(1, "later", "running")]
    assert listed(desk, ended=True) == [
        (2, "soon", "breached"),
        (1, "later", "running"),
        (3, "now", "met"),
    ]
    assert promising.promises(desk)[0].customer == "jo@example.com"


def test_a_promise_that_was_called_off_is_listed_as_ended(desk: Desk):
    number = promised(desk)

    assert promising.cancel(desk, [number]).operation == "promise cancel"

    assert listed(desk) == []
    assert listed(desk, ended=True) == [(1, "fix", "cancelled")]


def test_promises_of_a_ticket_in_the_trash_are_not_to_be_kept(desk: Desk):
    number = promised(desk)
    moves.trash(desk, [number])

    assert listed(desk) == []
    assert listed(desk, "is:trashed", ended=True) == [(1, "fix", "cancelled")]


def test_time_does_not_close_a_ticket_with_a_promise_to_keep(desk: Desk, clock: Clock):
    number = promised(desk, hours=24 * 60)
    moves.resolve(desk, [number])
    clock.move(days=30)

    opened(desk, "Another")
    assert ticket(desk, number).status == "resolved"
    assert listed(desk, "is:promised") == [(1, "fix", "running")]
    with pytest.raises(Refused, match="ticket 1 cannot be closed"):
        moves.close(desk, [number])
    promising.keep(desk, [number], 1)
    clock.move(days=30)
    opened(desk, "And another")
    assert ticket(desk, number).status == "closed"
