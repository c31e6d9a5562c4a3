from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.ops.desks import START, history, ticket
from tix.domain import verbs
from tix.domain.event import first_broken
from tix.domain.ticket import fold
from tix.ops.reactions import record
from tix.ops.transactions import writing

if TYPE_CHECKING:
    from tix.desk import Desk

ACT = verbs.Act("agent:alice", START)


def test_events_go_into_the_history_and_onto_the_head(desk: Desk) -> None:
    with writing(desk, "new") as tx:
        made = record(tx, None, verbs.open_ticket(1, "Refund", ACT, body="Where is it?"))
        again = record(tx, made, [*verbs.assign(made, "bob", ACT), *verbs.note(made, "Hm.", ACT)])

    events = history(desk, 1)
    assert [event.kind for event in events] == ["opened", "assigned", "noted"]
    assert first_broken(events) is None
    assert ticket(desk, 1) == again == fold(events)
    assert {event.op for event in events} == {1}


def test_no_event_leaves_the_ticket_as_it_is(desk: Desk) -> None:
    with writing(desk, "new") as tx:
        made = record(tx, None, verbs.open_ticket(1, "Refund", ACT))

        assert record(tx, made, []) == made


def test_nothing_of_nothing_cannot_be_recorded(desk: Desk) -> None:
    with pytest.raises(ValueError, match="nothing to record"), writing(desk, "new") as tx:
        record(tx, None, [])
