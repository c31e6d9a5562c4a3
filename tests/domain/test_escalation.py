"""Escalation: which steps a clock has reached, and what their actions mean on a desk."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tix.domain.escalation import Rung, filed, reached
from tix.domain.setup import Setup
from tix.domain.sla.clock import Clock, State
from tix.domain.sla.policy import Kind, Level, Step
from tix.domain.ticket import Ticket
from tix.errors import UsageError
from tix.record import replace

START = datetime(2026, 11, 23, 8, tzinfo=UTC)
TICKET = Ticket(7, "Refund", START, START, tags=("a",))


def test_the_steps_that_a_clock_reached_are_its_rungs():
    half = Step("50%", ("tag half",))
    other = Step("breach", ("tag late",), ("resolution",))
    last = Step("breach", ("notify boss",), ("first",))
    level = Level("gold", ladder=(half, other, last))
    clock = Clock(
        *(Kind.FIRST, State.BREACHED, "gold", 1, "high", "business"),
        timedelta(hours=1),
        START,
        None,
        START,
        timedelta(),
        reached=("50%", "breach"),
    )

    assert list(reached(level, clock)) == [Rung("gold:1", half), Rung("gold:3", last)]
    assert list(reached(level, clock._replace(reached=()))) == []


@pytest.mark.parametrize(
    ("verb", "text", "after"),
    [
        ("priority", "up", {"priority": "high"}),
        ("priority", "URGENT", {"priority": "urgent"}),
        ("tier", "up", {"tier": 2}),
        ("tier", "3", {"tier": 3}),
        ("tag", "late,a", {"tags": ("a", "late")}),
    ],
)
def test_an_action_says_what_a_ticket_becomes(verb: str, text: str, after: dict[str, object]):
    assert filed(TICKET, verb, text, Setup()) == after


def test_nothing_goes_above_the_top():
    top = replace(TICKET, priority="urgent", tier=9)

    assert filed(top, "priority", "up", Setup()) == {"priority": "urgent"}
    assert filed(top, "tier", "up", Setup()) == {"tier": 9}


@pytest.mark.parametrize(
    ("verb", "text"),
    [("priority", "mega"), ("tier", "0"), ("tier", "x"), ("tag", ""), ("tag", "a b")],
)
def test_what_means_nothing_is_refused(verb: str, text: str):
    with pytest.raises(UsageError):
        filed(TICKET, verb, text, Setup())
