"""How an op reads and writes, and what time alone does before it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.ops.desks import START, history, meaning, opened, ticket
from tix.domain.operation import Operation
from tix.domain.status import Status
from tix.domain.ticket import fold
from tix.domain.verbs import Act
from tix.ops.tickets import moves
from tix.ops.transactions import acting, reading, writing

if TYPE_CHECKING:
    from tests.ops.desks import Clock
    from tix.desk import Desk
    from tix.store.base import Transaction


@reading
def subject(desk: Desk, tx: Transaction, number: int, *, loud: bool = False) -> str:
    """Return the subject."""
    found = tx.ticket(number).subject
    return found.upper() if loud else found


def test_a_reading_op_sees_one_state_of_the_desk(desk: Desk) -> None:
    opened(desk)

    assert (subject(desk, 1), subject(desk, 1, loud=True)) == ("Refund", "REFUND")
    assert (subject.__name__, subject.__doc__) == ("subject", "Return the subject.")


def test_a_write_is_an_operation_of_who_acts_with_the_reason(desk: Desk) -> None:
    meaning(desk, why="she called")
    opened(desk)

    (operation,) = desk.store.read(lambda tx: tx.operations.all())
    assert operation == Operation(1, START, "agent:alice", "new", "she called", ((1, 1),))


def test_a_write_that_fails_leaves_no_trace(desk: Desk) -> None:
    with pytest.raises(RuntimeError), writing(desk, "new") as tx:
        tx.next_number("ticket")
        raise RuntimeError

    assert desk.store.read(lambda tx: tx.last_number("ticket")) == 0


def test_a_dry_run_is_tried_and_dropped(desk: Desk) -> None:
    with writing(meaning(desk, dry_run=True), "new") as tx:
        assert tx.next_number("ticket") == 1

    assert desk.store.read(lambda tx: tx.last_number("ticket")) == 0


def test_an_act_has_who_when_and_why(desk: Desk) -> None:
    with writing(meaning(desk, why="she called"), "new") as tx:
        assert acting(desk, tx) == Act("agent:alice", START, "she called")


def test_what_time_has_done_is_written_before_the_change(desk: Desk, clock: Clock) -> None:
    for _ in range(3):
        opened(desk)
    moves.snooze(desk, [1], START + timedelta(hours=1))
    moves.wait(desk, [2], "customer", START + timedelta(hours=2))
    moves.resolve(desk, [3])
    clock.move(days=14)
    opened(desk)

    assert [ticket(desk, n).status for n in (1, 2, 3, 4)] == [
        Status.NEW,
        Status.OPEN,
        Status.CLOSED,
        Status.NEW,
    ]
    woken, closed = history(desk, 1)[-1], history(desk, 3)[-1]
    assert (woken.kind, woken.by, woken.cause) == ("woken", "system", "its time came")
    assert (woken.at, woken.recorded_at) == (START + timedelta(hours=1), clock())
    assert (closed.kind, closed.by, closed.cause) == ("closed", "system", "quiet for 14 days")
    upkeep, new = desk.store.read(lambda tx: tx.operations.all())[-2:]
    assert (upkeep.by, upkeep.command, upkeep.numbers) == ("system", "upkeep", [1, 2, 3])
    assert (new.command, new.numbers) == ("new", [4])


def test_a_resolved_ticket_is_not_closed_a_moment_too_soon(desk: Desk, clock: Clock) -> None:
    opened(desk)
    moves.resolve(desk, [1])
    clock.move(days=14, seconds=-1)
    opened(desk)

    assert ticket(desk, 1).status is Status.RESOLVED


def test_a_snoozed_ticket_in_the_trash_wakes_after_it_was_restored(
    desk: Desk, clock: Clock
) -> None:
    opened(desk)
    moves.snooze(desk, [1], START + timedelta(hours=1))
    moves.trash(desk, [1])
    clock.move(hours=2)
    (restored,) = moves.restore(desk, [1]).changed

    assert restored.after == fold(history(desk, 1))
    assert ticket(desk, 1).status is Status.NEW
    opened(desk)
    assert history(desk, 1)[-1].kind == "woken"
    assert ticket(desk, 1) == fold(history(desk, 1))
