"""Looking: tickets with their history, what comes next, which tags are in use."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.ops.desks import history, make_desk, opened, staffed, ticket
from tix.domain.joining import merge
from tix.domain.people import Agent
from tix.domain.setup import Setup
from tix.errors import TicketNotFound
from tix.ops.change import Notice
from tix.ops.reactions import record
from tix.ops.tickets import filing, moves, talking
from tix.ops.tickets.reads import new_tags, next_ids, show, tags_in_use
from tix.ops.transactions import acting, writing

if TYPE_CHECKING:
    from tests.ops.desks import Clock
    from tix.desk import Desk


def test_a_ticket_is_shown_with_customer_history_and_messages(desk: Desk) -> None:
    opened(desk, customer="jo@example.com", body="Where is it?")
    talking.reply(desk, 1, "On its way.")
    opened(desk)
    (second, first), setup = show(desk, [2, 1])

    assert (first.ticket, first.history) == (ticket(desk, 1), history(desk, 1))
    assert first.customer is not None
    assert first.customer.addresses == ("jo@example.com",)
    assert [message.body for message in first.messages] == ["Where is it?", "On its way."]
    assert (second.ticket.id, second.customer, second.messages) == (2, None, ())
    assert setup == Setup()


def test_tickets_that_are_not_there_cannot_be_shown(desk: Desk) -> None:
    opened(desk)
    with pytest.raises(TicketNotFound) as error:
        show(desk, [1, 2, 3])

    assert error.value.ids == (2, 3)


def test_messages_of_a_merged_ticket_are_shown_in_the_other_by_their_time(
    desk: Desk, clock: Clock
) -> None:
    opened(desk, "First", body="one")
    clock.move(minutes=1)
    opened(desk, "Second", body="two")
    clock.move(minutes=1)
    talking.receive(desk, 1, "three")
    with writing(desk, "merge") as tx:
        tickets = tx.ticket(1), tx.ticket(2)
        for head, event in zip(tickets, merge(*tickets, acting(desk, tx)), strict=True):
            record(tx, head, [event])

    (shown,), _ = show(desk, [2])
    assert [(m.n, m.ticket_id, m.body) for m in shown.messages] == [
        (1, 1, "one"),
        (2, 2, "two"),
        (3, 1, "three"),
    ]
    assert {event.ticket_id for event in shown.history} == {2}


def test_next_is_the_most_important_of_ones_own_and_nobodys(desk: Desk) -> None:
    staffed(desk, Agent("bob"))
    opened(desk, "low", priority="low")
    opened(desk, "his", priority="urgent", assignee="bob")
    opened(desk, "mine", priority="high", assignee="@me")
    opened(desk, "done", priority="urgent")
    opened(desk, "later", priority="urgent")
    moves.resolve(desk, [4])
    talking.reply(desk, 5, "Which order?")

    assert next_ids(desk) == (3,)
    assert next_ids(desk, limit=0) == (3, 1)
    assert next_ids(desk, ["prio:low"]) == (1,)
    assert next_ids(desk, ["tag:vip"]) == ()


@pytest.mark.parametrize("user", ['o"neill', "a,b", "Anna Maria", "back\\slash", "no:one", "@me"])
def test_whoever_acts_has_a_next_ticket(clock: Clock, user: str) -> None:
    desk = make_desk(clock, user)
    opened(desk)
    filing.take(desk, [1])

    assert next_ids(desk) == (1,)


def test_tags_of_unsettled_tickets_are_counted(desk: Desk) -> None:
    opened(desk, tags=("web", "vip"))
    opened(desk, tags=("vip",))
    opened(desk, tags=("old",))
    moves.resolve(desk, [3], close=True)

    assert desk.store.read(tags_in_use) == {"vip": 2, "web": 1}


def test_a_tag_is_new_if_there_are_others(desk: Desk) -> None:
    assert desk.store.read(lambda tx: new_tags(tx, ["vip"])) == ()

    opened(desk, tags=("vip",))
    assert desk.store.read(lambda tx: new_tags(tx, ["vip", "vipp"])) == (
        Notice("new_tag", "new tag 'vipp' (did you mean 'vip'?)"),
    )
