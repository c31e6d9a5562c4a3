"""Moving: from status to status, and into the trash and back."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tests.ops.desks import START, history, opened, ticket
from tix.domain.status import Status
from tix.ops.tickets import moves

if TYPE_CHECKING:
    from collections.abc import Callable

    from tix.desk import Desk

LATER = START + timedelta(days=1)
WAYS: dict[str, tuple[Callable[[Desk], Any], Status]] = {
    "wait": (lambda d: moves.wait(d, [1], "third-party", None), Status.PENDING),
    "snooze": (lambda d: moves.snooze(d, [1], LATER), Status.POSTPONED),
    "resolve": (lambda d: moves.resolve(d, [1]), Status.RESOLVED),
    "close": (lambda d: moves.resolve(d, [1]) and moves.close(d, [1]), Status.CLOSED),
    "reopen": (lambda d: moves.resolve(d, [1]) and moves.reopen(d, [1]), Status.OPEN),
    "spam": (lambda d: moves.mark_spam(d, [1]), Status.SPAM),
    "delete": (lambda d: moves.trash(d, [1]), Status.NEW),
    "restore": (lambda d: moves.trash(d, [1]) and moves.restore(d, [1]), Status.NEW),
}


@pytest.mark.parametrize("command", WAYS)
def test_a_move_is_an_operation_by_its_name(desk: Desk, command: str) -> None:
    opened(desk)
    way, status = WAYS[command]

    assert way(desk).operation == command
    assert ticket(desk, 1).status is status
    assert desk.store.read(lambda tx: tx.operations.all())[-1].command == command


def test_waiting_says_for_whom_and_until_when(desk: Desk) -> None:
    opened(desk)
    moves.wait(desk, [1], "third-party", LATER)

    waiting = ticket(desk, 1)
    assert (waiting.substatus, waiting.snoozed_until) == ("third-party", LATER)


def test_resolving_can_reply_and_close_in_one_operation(desk: Desk) -> None:
    opened(desk, body="Where is it?")
    change = moves.resolve(desk, [1], "answered", body="On its way.", close=True)

    (changed,) = change.changed
    assert (changed.after.status, changed.after.reason) == (Status.CLOSED, "answered")
    assert [event.kind for event in history(desk, 1)] == ["opened", "replied", "resolved", "closed"]
    assert {event.op for event in history(desk, 1)[1:]} == {change.op}


def test_the_trash_keeps_what_it_gets(desk: Desk) -> None:
    opened(desk)
    before = ticket(desk, 1)
    moves.trash(desk, [1])
    assert ticket(desk, 1).trashed_at == START

    moves.restore(desk, [1])
    after = ticket(desk, 1)
    assert (after.status, after.trashed_at, after.subject) == (before.status, None, before.subject)
