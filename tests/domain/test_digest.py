"""What needs attention today: each ticket under the first heading that fits."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tix.domain.digest import Digest, Heading, digest
from tix.domain.found import Found
from tix.domain.kept import Clocks, Kept
from tix.domain.promise import Promise
from tix.domain.setup import Setup
from tix.domain.status import Status
from tix.domain.ticket import Ticket

ZONE = ZoneInfo("Europe/Zagreb")
NOW = datetime(2026, 11, 20, 10, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def _ticket(number: int, **members: Any) -> Ticket:
    made = {"created_at": NOW - DAY, "updated_at": NOW, "assignee": "alice", **members}
    return Ticket(id=number, subject="Refund", **made)


def _digest(*tickets: Ticket) -> Digest:
    clocks = Clocks(Kept(lambda: iter([Setup()]), lambda: "Europe/Zagreb"))
    return digest([Found(ticket, None) for ticket in tickets], clocks, NOW, ZONE)


def _headings(*tickets: Ticket) -> list[tuple[int, str]]:
    return [(item.ticket.id, item.heading.value) for item in _digest(*tickets).items]


def test_the_own_due_date_of_a_ticket_is_overdue_or_due_today():
    tonight = datetime(2026, 11, 20, 22, 59, 59, tzinfo=UTC)

    assert _headings(
        _ticket(1, due_at=NOW + DAY),
        _ticket(2, due_at=tonight),
        _ticket(3, due_at=NOW - HOUR),
    ) == [(3, "overdue"), (2, "due today")]


def test_the_most_delayed_of_each_heading_comes_first():
    items = _digest(_ticket(1, due_at=NOW - HOUR), _ticket(2, due_at=NOW - DAY)).items

    assert [item.ticket.id for item in items] == [2, 1]
    assert [item.about for item in items] == ["due date", "due date"]


def test_promises_of_today_have_a_heading_of_their_own_and_broken_ones_are_overdue():
    def promised(number: int, due_at: datetime) -> Ticket:
        return _ticket(number, promises=(Promise(1, "call her", NOW - DAY, due_at),))

    found = _digest(promised(1, NOW + HOUR), promised(2, NOW - HOUR), promised(3, NOW + DAY))

    assert [(i.ticket.id, i.heading, i.about) for i in found.items] == [
        (2, Heading.OVERDUE, "call her"),
        (1, Heading.PROMISED, "call her"),
    ]


def test_who_waits_over_three_days_is_told_before_what_nobody_has():
    assert _headings(
        _ticket(1, waiting_since=NOW - 3 * DAY - HOUR, assignee=None),
        _ticket(2, waiting_since=NOW - 3 * DAY, assignee=None),
    ) == [(1, "waiting over three days"), (2, "unassigned")]


def test_what_wakes_today_is_told_and_is_not_called_unassigned():
    asleep = {"status": Status.POSTPONED, "assignee": None}

    assert _headings(
        _ticket(1, snoozed_until=NOW + HOUR, **asleep),
        _ticket(2, snoozed_until=NOW + DAY, **asleep),
    ) == [(1, "waking today")]


def test_a_resolved_ticket_is_told_of_for_its_promises_only():
    promise = Promise(1, "send it", NOW - DAY, NOW + HOUR)

    assert _headings(
        _ticket(1, status=Status.RESOLVED, due_at=NOW - DAY, assignee=None),
        _ticket(2, status=Status.RESOLVED, promises=(promise,)),
    ) == [(2, "promised for today")]


def test_counts_name_every_heading():
    assert _digest(_ticket(1, due_at=NOW - HOUR)).counts == {
        "overdue": 1,
        "due today": 0,
        "promised for today": 0,
        "waiting over three days": 0,
        "unassigned": 0,
        "waking today": 0,
    }
