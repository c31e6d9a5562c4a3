"""The head as the fold of its events, and what time alone makes of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.domain.tickets import START, Story, act
from tix.domain import verbs
from tix.domain.course import Applied
from tix.domain.event import Event
from tix.domain.promise import Promise
from tix.domain.status import SETTLED, UNRESOLVED, Status
from tix.domain.ticket import (
    INVERSE_LINKS,
    LINKS,
    Link,
    Ticket,
    Timer,
    awake,
    changes,
    evolve,
    fold,
)
from tix.record import members, replace

HOUR = timedelta(hours=1)
TIMES = (
    "due_at",
    "snoozed_until",
    "waiting_since",
    "first_response_at",
    "answered_at",
    "resolved_at",
    "closed_at",
    "trashed_at",
)


def event(**after: object) -> Event:
    """Return an event that changes fields, whatever they were, an hour after the start."""
    pairs = {name: [None, value] for name, value in after.items()}
    return Event("edited", 1, START + HOUR, "agent:alice", data={"changes": pairs}, hash="ab")


def test_the_first_event_makes_the_ticket() -> None:
    assert evolve(None, event(subject="Refund", tags=["vip"])) == Ticket(
        1, "Refund", START + HOUR, START + HOUR, tags=("vip",), rev=1, hash="ab"
    )


def test_every_field_goes_through_an_event_as_json() -> None:
    times: dict[str, Any] = {name: START + n * HOUR for n, name in enumerate(TIMES, 1)}
    other = Ticket(
        1,
        "Refund of 77",
        START,
        START + HOUR,
        Status.POSTPONED,
        "third-party",
        Status.PENDING,
        "solved",
        "urgent",
        "incident",
        "billing/refund",
        3,
        ("eve@x.org",),
        "alice",
        "billing",
        2,
        ("vip", "web"),
        "email",
        {"order": "77"},
        (Link("related", 2), Link("parent", 3)),
        merged_into=4,
        absorbed=(5, 6),
        split_from=7,
        messages=2,
        replies=3,
        notes=4,
        attachments=5,
        reopened=6,
        outbound=True,
        secrets=("card",),
        worked=60,
        timers=(Timer("alice", START),),
        rating="bad",
        promises=(Promise(1, "fix", START, START + HOUR),),
        sla=Applied("gold", 2),
        rev=2,
        hash="ab",
        **times,
    )
    own = {"id", "course", "created_at", "updated_at", "rev", "hash"}
    names = [name for name in members(Ticket) if name not in own]
    was = Story().ticket
    pairs = changes(was, {name: getattr(other, name) for name in names})
    told = Event("edited", 1, START + HOUR, "agent:alice", data={"changes": pairs}, hash="ab")

    assert set(pairs) == set(names)
    made = evolve(was, told)
    assert made == replace(other, course=made.course)


def test_an_event_that_comes_late_does_not_set_the_ticket_back() -> None:
    ticket = replace(Story().ticket, updated_at=START + 2 * HOUR)

    assert evolve(ticket, event()).updated_at == START + 2 * HOUR


def test_an_event_of_an_unknown_kind_is_folded_all_the_same() -> None:
    told = replace(event(priority="high"), kind="blessed")

    assert evolve(Story().ticket, told).priority == "high"


def test_a_ticket_without_a_history_is_none() -> None:
    with pytest.raises(ValueError, match="without a history"):
        fold(())


def test_only_what_differs_is_a_change() -> None:
    ticket = Story(tags=("vip",), priority="high").ticket

    assert changes(ticket, {"priority": "high", "tags": ("vip",)}) == {}
    assert changes(
        ticket, {"status": Status.OPEN, "due_at": START, "links": (Link("related", 2),)}
    ) == {
        "status": ["new", "open"],
        "due_at": [None, "2026-11-21T18:30:00Z"],
        "links": [[], [{"kind": "related", "ticket_id": 2}]],
    }


@pytest.mark.parametrize("status", Status)
def test_settled_and_open_are_told_by_status_and_trash(status: Status) -> None:
    ticket = replace(Story().ticket, status=status)
    trashed = replace(ticket, trashed_at=START)

    assert (ticket.is_settled, ticket.is_open) == (status in SETTLED, status in UNRESOLVED)
    assert (trashed.is_settled, trashed.is_open) == (True, False)


def asleep(**values: object) -> Ticket:
    """Return a ticket whose time comes an hour after the start."""
    values = {"status": Status.POSTPONED, "before": Status.PENDING, **values}
    return replace(Story().ticket, snoozed_until=START + HOUR, **values)


@pytest.mark.parametrize(
    ("ticket", "status"),
    [
        (asleep(), Status.PENDING),
        (asleep(before=None), Status.OPEN),
        (asleep(status=Status.PENDING, before=None, substatus="customer"), Status.OPEN),
        (asleep(status=Status.OPEN, before=None), Status.OPEN),
    ],
)
def test_a_ticket_wakes_when_its_time_has_come(ticket: Ticket, status: Status) -> None:
    assert awake(ticket, START + HOUR - timedelta(seconds=1)) is ticket
    assert awake(ticket, START + HOUR) == replace(
        ticket, status=status, before=None, substatus=None, snoozed_until=None
    )


def test_a_ticket_without_a_time_never_wakes() -> None:
    ticket = replace(asleep(), snoozed_until=None)

    assert awake(ticket, START + 9999 * HOUR) is ticket


@pytest.mark.parametrize("values", [{"trashed_at": START}, {"status": Status.MERGED}])
def test_a_settled_ticket_sleeps_on(values: dict[str, object]) -> None:
    ticket = asleep(**values)

    assert awake(ticket, START + 2 * HOUR) is ticket


def test_a_ticket_restored_from_the_trash_is_what_its_history_tells() -> None:
    story = Story()
    story.do(lambda t, a: verbs.postpone(t, START + HOUR, a), verbs.trash)
    late = act(120)
    head = awake(story.ticket, late.at)
    (restored,) = verbs.restore(head, late)

    assert evolve(head, restored) == fold([*story.history, restored])
    assert awake(evolve(head, restored), late.at).status is Status.NEW


def test_every_tie_can_be_told_from_the_other_side() -> None:
    assert tuple(INVERSE_LINKS) == LINKS
