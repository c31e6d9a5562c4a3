"""Looking at the desk as it was."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ops.desks import START, Clock, make_desk, opened
from tests.ops.imports import by_map
from tix.errors import BadDate, TicketNotFound, TixError
from tix.ops import past, undo
from tix.ops.people import customers
from tix.ops.queries import count, find
from tix.ops.tickets import filing, moves, talking
from tix.ops.tickets.joining import merge
from tix.ops.tickets.reads import show

if TYPE_CHECKING:
    from collections.abc import Callable

    from tix.desk import Desk

HOUR = timedelta(hours=1)


def ids(desk: Desk, line: str, at: datetime, **ways: Any) -> list[int]:
    rows = find(desk, line.split(), sort="id", as_of=at, **ways).rows
    return [row.ticket.id for row in rows]


@pytest.fixture
def told(desk: Desk, clock: Clock) -> Desk:
    """A desk on which something happens every hour: 1 is opened, 2, 1 resolved, 2 trashed."""
    opened(desk, "Refund", customer="jo@example.com", body="Where is it?", due_at=START + 2 * HOUR)
    clock.move(hours=1)
    opened(desk, "Login", tags=("web",))
    clock.move(hours=1)
    talking.reply(desk, 1, "On its way.")
    moves.resolve(desk, [1])
    clock.move(hours=1)
    moves.trash(desk, [2])
    return desk


def test_tickets_are_found_as_they_were(told: Desk):
    assert ids(told, "", START - HOUR) == []
    assert ids(told, "", START) == [1]
    assert ids(told, "", START + HOUR) == [1, 2]
    assert ids(told, "", START + 2 * HOUR) == [2]
    assert ids(told, "", START + 3 * HOUR) == []
    assert ids(told, "is:trashed", START + 3 * HOUR) == [2]
    assert ids(told, "tag:web", START, everything=True) == []
    assert count(told, ["tag:web"], as_of=START + HOUR) == 1


def test_words_about_time_and_text_mean_what_they_meant_then(told: Desk, clock: Clock):
    clock.move(days=30)

    assert ids(told, "is:overdue", START + 2 * HOUR - timedelta(seconds=1)) == []
    assert ids(told, "is:overdue", START + 2 * HOUR) == []
    assert ids(told, "created:today", START) == [1]
    assert ids(told, "text:where", START) == [1]
    assert ids(told, "text:way", START, everything=True) == []
    assert ids(told, "text:way", START + 2 * HOUR, everything=True) == [1]
    assert ids(told, "due:today", START) == [1]


def test_a_postponed_ticket_is_back_when_its_time_had_come(desk: Desk, clock: Clock):
    opened(desk)
    moves.snooze(desk, [1], START + HOUR)
    clock.move(hours=5)
    opened(desk)

    assert ids(desk, "status:postponed", START) == [1]
    assert ids(desk, "status:new", START + HOUR) == [1]


def test_a_ticket_is_shown_as_it_was(told: Desk, clock: Clock):
    (then,), _ = show(told, [1], START + HOUR)
    (now,), _ = show(told, [1])

    assert (then.ticket.status, then.ticket.rev, len(then.history)) == ("new", 1, 1)
    assert [message.body for message in then.messages] == ["Where is it?"]
    assert then.customer == now.customer
    assert [message.body for message in now.messages] == ["Where is it?", "On its way."]


def test_a_ticket_that_was_not_there_yet_is_not_shown(told: Desk):
    with pytest.raises(TicketNotFound) as error:
        show(told, [1, 2], START)

    assert error.value.message == "ticket 2 was not there yet"
    assert error.value.hint == "ticket 2 was opened at 2026-11-21T19:30:00Z"
    assert error.value.ids == (2,)
    with pytest.raises(TicketNotFound, match="no ticket 3"):
        show(told, [1, 3], START)


def test_a_merged_ticket_is_shown_as_it_was_before_and_after(desk: Desk, clock: Clock):
    for body in ("one", "two"):
        opened(desk, body, body=body)
    clock.move(hours=1)
    merge(desk, [1], 2)
    clock.move(hours=1)
    undo.undo(desk)

    def bodies(at: datetime) -> list[str | None]:
        (shown,), _ = show(desk, [2], at)
        return [message.body for message in shown.messages]

    assert bodies(START) == ["two"]
    assert bodies(START + HOUR) == ["one", "two"]
    assert bodies(START + 2 * HOUR) == ["two"]
    assert ids(desk, "status:merged", START + HOUR) == [1]
    assert ids(desk, "", START) == [1, 2]


def test_what_was_imported_has_a_past_here(desk: Desk, clock: Clock):
    toml = 'name = "old"\nid = "id"\n[ticket]\nsubject = "subject"\ncreated = "at"\n'
    by_map(desk, "id,subject,at\n1,Old,2020-01-01T00:00:00Z\n", toml)

    assert ids(desk, "", datetime.fromisoformat("2021-01-01T00:00:00Z")) == [1]
    assert ids(desk, "", datetime.fromisoformat("2019-01-01T00:00:00Z")) == []


def test_a_customer_whom_nobody_knows_any_more_is_left_out(desk: Desk, clock: Clock):
    customers.add(desk, name="Jo", addresses=["jo@example.com"])
    opened(desk, customer="jo@example.com")
    clock.move(hours=1)
    filing.edit(desk, [1], customer="other@example.com")
    undo.undo(desk, 1)

    (shown,), _ = show(desk, [1], START)
    assert shown.customer is None
    (row,) = find(desk, [], as_of=START).rows
    assert (row.ticket.requester, row.contact) == (1, None)


STEPS: list[Callable[[Desk], object]] = [
    opened,
    lambda desk: filing.tag(desk, [1], ["web"]),
    lambda desk: talking.reply(desk, 2, "Yes."),
    lambda desk: moves.resolve(desk, [1, 2]),
    lambda desk: moves.trash(desk, [1]),
    lambda desk: merge(desk, [1], 2),
    undo.undo,
]


@given(st.lists(st.sampled_from(STEPS), max_size=8))
def test_what_is_found_as_of_then_is_what_was_found_then(
    steps: list[Callable[[Desk], object]],
):
    clock = Clock()
    desk = make_desk(clock)
    seen = []
    for step in [opened, *steps]:
        try:
            step(desk)
        except TixError:
            continue
        seen.append((clock(), find(desk, [], sort="id", everything=True), show_all(desk)))
        clock.move(minutes=1)

    for at, found, pages in seen:
        assert find(desk, [], sort="id", everything=True, as_of=at).rows == found.rows
        assert show_all(desk, at) == pages


def show_all(desk: Desk, at: datetime | None = None) -> list[Any]:
    rows = find(desk, [], sort="id", everything=True, as_of=at).rows
    return show(desk, [row.ticket.id for row in rows], at)[0]


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("2026-11-20", "2026-11-20T22:59:59+00:00"),
        ("today", "2026-11-21T18:30:00+00:00"),
        ("2026-11-21 12:00", "2026-11-21T11:00:00+00:00"),
        ("2d", "2026-11-19T18:30:00+00:00"),
        ("now", "2026-11-21T18:30:00+00:00"),
    ],
)
def test_a_date_alone_is_the_end_of_its_day_and_of_today_now(desk: Desk, text: str, at: str):
    assert past.instant(desk, text).at.isoformat() == at


@pytest.mark.parametrize("text", ["tomorrow", "2026-11-22", "2026-11-21 19:31", "+1h"])
def test_what_has_not_come_yet_is_refused(desk: Desk, text: str):
    with pytest.raises(BadDate, match="has not come yet"):
        past.instant(desk, text)
