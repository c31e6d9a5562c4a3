"""Promises of agents: made on a ticket, kept or called off, and never lost on the way."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from tix.domain import joining, verbs
from tix.domain.promise import CANCELLED, KEPT, Promise
from tix.domain.ticket import Ticket, evolve, fold
from tix.domain.undo import reverse
from tix.domain.verbs.promising import end_promise, promise
from tix.errors import NotFound, Refused, TransitionRefused, UsageError
from tix.record import replace

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tix.domain.event import Event

NOW = datetime(2026, 1, 16, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
FRIDAY = NOW + 7 * 24 * HOUR
ALICE = verbs.Act("agent:alice", NOW)


def later(hours: int) -> verbs.Act:
    return verbs.Act("agent:alice", NOW + hours * HOUR)


def opened() -> Ticket:
    return fold(verbs.open_ticket(12, "It is broken", ALICE, body="Help."))


def after(ticket: Ticket, events: Iterable[Event]) -> Ticket:
    for event in events:
        ticket = evolve(ticket, event)
    return ticket


def promised(*texts: str) -> Ticket:
    ticket = opened()
    for text in texts:
        ticket = after(ticket, promise(ticket, text, FRIDAY, ALICE))
    return ticket


def test_a_promise_is_on_the_head_of_its_ticket():
    ticket = promised("send  the\nfix", "call her")

    assert ticket.promises == (
        Promise(1, "send the fix", NOW, FRIDAY),
        Promise(2, "call her", NOW, FRIDAY),
    )


@pytest.mark.parametrize(
    ("text", "due_at", "told"),
    [
        (" \n", FRIDAY, "what is promised is missing"),
        ("x" * 201, FRIDAY, "a promise has at most 200 characters"),
        ("fix", NOW, "2026-01-16 09:00 UTC is past; a time to come is needed"),
    ],
)
def test_what_cannot_be_promised_is_refused(text: str, due_at: datetime, told: str):
    with pytest.raises(UsageError, match=told):
        promise(opened(), text, due_at, ALICE)


def test_nothing_is_promised_on_a_ticket_that_is_settled():
    spam = after(opened(), verbs.mark_spam(opened(), ALICE))

    with pytest.raises(TransitionRefused) as refused:
        promise(spam, "fix", FRIDAY, ALICE)

    assert refused.value.message == "ticket 12 is spam; nothing can be promised on it"
    assert refused.value.hint == "it can become open"


def test_the_only_promise_needs_no_number():
    ticket = promised("fix")

    kept = after(ticket, end_promise(ticket, None, KEPT, later(2)))

    assert kept.promises == (Promise(1, "fix", NOW, FRIDAY, NOW + 2 * HOUR, KEPT),)


def test_one_of_several_promises_is_named_by_its_number():
    ticket = promised("fix", "call")

    (event,) = end_promise(ticket, 2, CANCELLED, later(2))

    assert event.kind == "promise_cancelled"
    assert evolve(ticket, event).promises == (
        Promise(1, "fix", NOW, FRIDAY),
        Promise(2, "call", NOW, FRIDAY, NOW + 2 * HOUR, CANCELLED),
    )
    with pytest.raises(Refused) as refused:
        end_promise(ticket, None, KEPT, later(2))
    assert refused.value.message == "ticket 12 has 2 promises to keep: 1 'fix', 2 'call'"
    assert refused.value.hint == "say which: --number 1"


def test_what_is_kept_already_is_kept():
    ticket = promised("fix", "call")
    for number in (1, 2):
        ticket = after(ticket, end_promise(ticket, number, KEPT, later(number)))

    assert end_promise(ticket, 1, KEPT, later(3)) == ()
    assert end_promise(ticket, None, KEPT, later(3)) == ()


def test_a_promise_ends_once():
    ticket = promised("fix")
    ticket = after(ticket, end_promise(ticket, 1, CANCELLED, later(1)))

    with pytest.raises(Refused, match="promise 1 of ticket 12 is cancelled"):
        end_promise(ticket, 1, KEPT, later(2))
    with pytest.raises(NotFound, match="ticket 12 has no promise to keep"):
        end_promise(ticket, None, KEPT, later(2))


@pytest.mark.parametrize(
    ("ticket", "number", "hint"),
    [
        (opened(), None, "tix promise list"),
        (opened(), 1, "tix promise list"),
        (promised("fix"), 2, "tix show 12 lists them"),
    ],
)
def test_a_promise_that_is_not_there_cannot_be_kept(ticket: Ticket, number: int | None, hint: str):
    with pytest.raises(NotFound) as missing:
        end_promise(ticket, number, KEPT, ALICE)

    assert missing.value.hint == hint


def test_a_ticket_with_a_promise_to_keep_is_not_left():
    resolved = after(promised("fix"), verbs.resolve(promised("fix"), ALICE))
    other = replace(opened(), id=13)

    with pytest.raises(Refused) as refused:
        verbs.close(resolved, ALICE)
    assert refused.value.message == ("ticket 12 cannot be closed: it has a promise to keep, 'fix'")
    assert refused.value.hint == "tix promise done 12, or tix promise cancel 12"
    with pytest.raises(Refused, match="ticket 12 cannot be merged"):
        joining.merge(promised("fix"), other, ALICE)
    kept = after(resolved, end_promise(resolved, 1, KEPT, ALICE))
    assert verbs.close(kept, ALICE)


def test_undo_takes_one_promise_back_and_leaves_the_others():
    opening = verbs.open_ticket(12, "It is broken", ALICE, body="Help.")
    history = [replace(event, op=1) for event in opening]
    for op, text in ((2, "fix"), (3, "call")):
        made = promise(fold(history), text, FRIDAY, ALICE)
        history += [replace(event, op=op) for event in made]

    back = fold([*history, *reverse(history, 2, later(1))])

    assert back.promises == (Promise(2, "call", NOW, FRIDAY),)
