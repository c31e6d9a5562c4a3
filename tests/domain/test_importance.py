"""The order of the inbox, computed by hand and in a slower way."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.domain.asking import NOW, ticket
from tix.domain.calendar import Calendar, standard
from tix.domain.found import Found
from tix.domain.importance import Ranking, Terms
from tix.domain.people import Contact
from tix.domain.setup import Priority, Setup
from tix.domain.sla.clock import Clock, State
from tix.domain.sla.policy import Kind
from tix.record import replace

if TYPE_CHECKING:
    from tix.domain.ticket import Ticket

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
FRIDAY_HALF_PAST_FOUR = NOW - 26 * HOUR
OVERDUE = Terms(20, 80, 0, 0, 0)
VIP = Contact(3, "Jo", vip=True)

STANDARD = standard("UTC")
LONG_WEEK = Calendar("long", 1, "Europe/Zagreb", (((6 * 3600, 22 * 3600),),) * 7)
SHORT_WEEK = Calendar("short", 1, "UTC", (((9 * 3600, 12 * 3600),), *((),) * 6))


def ranking(setup: Setup | None = None, calendar: Calendar = STANDARD) -> Ranking:
    return Ranking(NOW, setup or Setup(), calendar)


@pytest.mark.parametrize(
    ("values", "contact", "terms", "total"),
    [
        ({}, None, Terms(20, 0, 0, 0, 0), 20),
        ({"priority": "low"}, Contact(3), Terms(10, 0, 0, 0, 0), 10),
        ({"priority": "urgent", "tier": 2}, VIP, Terms(40, 0, 0, 10, 20), 70),
        ({"priority": "no longer there"}, None, Terms(0, 0, 0, 0, 0), 0),
        # Nobody has waited yet, or a clock was set back.
        ({"waiting_since": NOW}, None, Terms(20, 0, 0, 0, 0), 20),
        ({"waiting_since": NOW + HOUR}, None, Terms(20, 0, 0, 0, 0), 20),
        # 26 of 168 hours are gone, and half an hour of eight was worked.
        (
            {"waiting_since": FRIDAY_HALF_PAST_FOUR},
            None,
            Terms(20, 40 * 26 / 168, 10 * 0.5 / 8, 0, 0),
            27,
        ),
        # A week is gone, and five days of it were worked; after another one nothing is added.
        ({"waiting_since": NOW - 7 * DAY}, None, Terms(20, 40, 50, 0, 0), 110),
        ({"waiting_since": NOW - 14 * DAY}, None, Terms(20, 80, 50, 0, 0), 150),
        ({"waiting_since": NOW - 999 * DAY}, None, Terms(20, 80, 50, 0, 0), 150),
        # A due date stands above the wait: 3 of 4 hours are gone; all of them; as many again.
        (
            {"created_at": NOW - 3 * HOUR, "due_at": NOW + HOUR, "waiting_since": NOW - 9 * DAY},
            None,
            Terms(20, 30, 50, 0, 0),
            100,
        ),
        ({"created_at": NOW - 3 * HOUR, "due_at": NOW}, None, Terms(20, 40, 0, 0, 0), 60),
        (
            {"created_at": NOW - 6 * HOUR, "due_at": NOW - 3 * HOUR},
            None,
            Terms(20, 80, 0, 0, 0),
            100,
        ),
        (
            {"created_at": NOW - 6 * HOUR, "due_at": NOW - 5 * HOUR},
            None,
            Terms(20, 80, 0, 0, 0),
            100,
        ),
        ({"created_at": NOW, "due_at": NOW - DAY}, None, Terms(20, 80, 0, 0, 0), 100),
    ],
)
def test_importance_is_the_sum_of_its_terms(
    values: dict[str, Any], contact: Contact | None, terms: Terms, total: int
) -> None:
    found = ranking().terms(ticket(**values), contact)

    assert found == pytest.approx(terms)
    assert found.total == total


HALF = Clock(
    Kind.FIRST, State.RUNNING, "gold", 1, "normal", "business", 4 * HOUR, NOW, None, NOW, 2 * HOUR
)


@pytest.mark.parametrize(
    ("clock", "values", "slack"),
    [
        (HALF, {"waiting_since": NOW - 14 * DAY}, 20),
        (HALF._replace(remaining=-2 * HOUR), {}, 60),
        (HALF._replace(remaining=-9 * HOUR), {}, 80),
        # The ticket's own due date counts if it is closer: 3 of 4 hours are gone.
        (HALF, {"created_at": NOW - 3 * HOUR, "due_at": NOW + HOUR}, 30),
        (HALF, {"created_at": NOW - HOUR, "due_at": NOW + 3 * HOUR}, 20),
        # A clock that is paused presses nobody, so that the oldest message does.
        (HALF._replace(state=State.PAUSED, due_at=None), {"waiting_since": NOW - 7 * DAY}, 40),
        (None, {"waiting_since": NOW - 7 * DAY}, 40),
    ],
)
def test_the_tightest_clock_stands_above_the_implicit_target(
    clock: Clock | None, values: dict[str, Any], slack: float
) -> None:
    asked = ticket(**values)
    ranks = Ranking(NOW, Setup(), STANDARD, lambda _: clock)

    assert ranks.terms(asked, None).slack == pytest.approx(slack)


def test_a_desks_own_scale_counts_by_its_weights() -> None:
    setup = Setup(priorities=(Priority("wish", 2), Priority("blocker", 8)))
    terms = [ranking(setup).terms(ticket(priority=name), None) for name in ("wish", "blocker")]

    assert [t.priority for t in terms] == [10, 40]


hours = st.integers(-40 * 24, 10 * 24)
moments = hours.map(lambda count: NOW + timedelta(hours=count))
asked = st.builds(
    ticket,
    priority=st.sampled_from(Setup().scale),
    created_at=moments,
    due_at=st.none() | moments,
    waiting_since=st.none() | moments,
)


def slowly(asked: Ticket, calendar: Calendar) -> float:
    """Return the importance before it is rounded, by the formula as it is written."""
    waits = asked.waiting_since
    start, end = asked.created_at, asked.due_at
    if end is None and waits is not None:
        start, end = waits, waits + 7 * DAY
    left = (end - NOW) / max(end - start, timedelta(seconds=1)) if end else 1
    worked = calendar.elapsed(waits, NOW) if waits else timedelta()
    weight = {"low": 1, "normal": 2, "high": 3, "urgent": 4}[asked.priority]
    return 10 * weight + 40 * min(2, max(0, 1 - left)) + 10 * min(5, worked / (8 * HOUR))


@settings(max_examples=60)
@given(asked, st.sampled_from([STANDARD, LONG_WEEK, SHORT_WEEK]))
def test_the_quick_way_is_the_slow_way(asked: Ticket, calendar: Calendar) -> None:
    terms = ranking(calendar=calendar).terms(asked, None)

    assert sum(terms) == pytest.approx(slowly(asked, calendar))
    assert terms.total == round(sum(terms))


def test_a_desk_that_hardly_ever_opens_is_ranked_as_well() -> None:
    never = replace(SHORT_WEEK, week=(((0, 1),), *((),) * 6))

    assert ranking(calendar=never).terms(ticket(waiting_since=NOW - 21 * DAY), None).wait < 0.01


def test_ties_go_to_who_waits_longer_and_then_to_the_lower_number() -> None:
    setup = Setup(priorities=(Priority("normal", 1),))
    weekend = NOW - 20 * HOUR
    rows = [
        Found(ticket(5), None),
        Found(ticket(2), None),
        Found(ticket(4, waiting_since=NOW - timedelta(seconds=2)), None),
        Found(ticket(3, waiting_since=NOW - timedelta(seconds=9)), None),
        Found(ticket(6, waiting_since=NOW - timedelta(seconds=9)), None),
        Found(ticket(9, waiting_since=weekend), VIP),
    ]

    assert [row.ticket.id for row in ranking(setup).ordered(rows)] == [9, 3, 6, 4, 2, 5]
