"""How many tickets are resolved, at the first contact or at all, and how many come back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reports.made import DAY, HOUR, NOVEMBER, START, facts, november, told, value, view
from tix.record import replace
from tix.reports import fcr, reopens
from tix.reports.figures import Figure
from tix.reports.metrics.contact import MISSES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from tests.reports.made import Thing

WAYS = ("fcr", *(f"fcr_{miss}" for miss in MISSES))


def life(*steps: int, cause: str = "solved", created_at: int = START, **more: Any) -> list[Thing]:
    """A ticket that was resolved, reopened, resolved … so many seconds after its creation."""
    times = [created_at + step for step in steps]
    resolved, reopened = times[::2], times[1::2]
    ticket = {
        "created_at": created_at,
        "asked_at": created_at,
        "reopens": len(reopened),
        "first_resolved_at": resolved[0] if resolved else 0,
        "reopened_at": reopened[0] if reopened else 0,
        "one_contact": 1,
        "status": "resolved" if len(times) % 2 else "open",
        "resolved_at": times[-1] if len(times) % 2 else 0,
        "reason": cause,
    }
    flow = [
        ("flow", {"at": at, "kind": "reopened", "cause": "customer"})
        if number % 2
        else ("flow", {"at": at, "kind": "resolved", "cause": cause})
        for number, at in enumerate(times)
    ]
    created = ("flow", {"at": created_at, "kind": "created"})
    return [("tickets", {**ticket, **more}), created, *flow]


@pytest.mark.parametrize(
    ("steps", "is_resolved"),
    [
        ((), False),
        ((7 * DAY,), True),
        ((7 * DAY + 1,), False),
        ((DAY, 2 * DAY), False),
        ((DAY, 2 * DAY, 3 * DAY), True),
        ((DAY, 2 * DAY, 8 * DAY), False),
        ((DAY, 8 * DAY), True),
        ((DAY, 2 * DAY, 3 * DAY, 4 * DAY), False),
    ],
)
def test_a_ticket_is_resolved_within_seven_days_if_it_was_not_open_again(
    steps: tuple[int, ...], is_resolved: bool
):
    assert told("resolution_rate", november(life(*steps)))[:2] == (is_resolved, 1)


@pytest.mark.parametrize("steps", [(DAY,), (DAY, 2 * DAY, 3 * DAY)])
def test_a_ticket_that_merely_ended_counts_and_is_not_resolved(steps: tuple[int, ...]):
    cell = november(life(*steps, cause="duplicate"), life(DAY))

    assert told("resolution_rate", cell)[:2] == (0.5, 2)


def test_tickets_whose_seven_days_have_not_passed_are_not_counted_yet():
    scope = replace(NOVEMBER, as_of=NOVEMBER.until)
    young = life(60, created_at=START + 24 * DAY)
    found = told("resolution_rate", view(facts(life(DAY), young), scope).cell())

    assert (found.value, found.n, found.waiting) == (1, 1, 1)


def test_no_ticket_has_no_rate():
    cell = november()

    assert told("resolution_rate", cell) == Figure(None, 0, waiting=0)
    assert told("resolution_flow", cell) == Figure(None, 0)
    assert told("reopens_per_ticket", cell) == Figure(None, 0)
    for metric in (*WAYS, "reopen_rate"):
        assert told(metric, cell) == Figure(None, 0, waiting=0)


STEPS = st.lists(st.integers(1, 20 * DAY), max_size=5, unique=True).map(sorted)


@given(st.lists(STEPS, max_size=8))
def test_rates_of_cohorts_lie_between_nothing_and_all(lives: list[list[int]]):
    cell = november(*(life(*steps) for steps in lives))

    for metric in ("resolution_rate", "reopen_rate", "fcr"):
        found = told(metric, cell).value
        assert found is None or 0 <= float(found) <= 1


@given(STEPS)
def test_a_ticket_is_resolved_if_its_last_step_before_the_window_ends_says_so(steps: list[int]):
    within = [step for step in steps if step <= 7 * DAY]

    assert value("resolution_rate", november(life(*steps))) == len(within) % 2


def test_the_flow_is_over_one_when_old_tickets_are_done():
    old = life(40 * DAY, created_at=START - 30 * DAY)
    cell = november(life(DAY), old, old)

    assert told("resolution_flow", cell) == Figure(3, 1)


def test_one_answer_that_lasts_is_a_first_contact():
    found = told("fcr", november(life(HOUR), life(HOUR, one_contact=0)))

    assert (found.value, found.n, found.waiting) == (0.5, 2, 0)


@pytest.mark.parametrize(
    ("told_of", "way"),
    [
        (life(HOUR), "fcr"),
        (life(HOUR, transfers=1, one_contact=0), "fcr_transferred"),
        (life(HOUR, escalated_at=START + 60), "fcr_escalated"),
        (life(HOUR, one_contact=0), "fcr_continued"),
        (life(HOUR, HOUR + 7 * DAY), "fcr_reopened"),
        (life(HOUR, HOUR + 7 * DAY + 1), "fcr"),
        (life(HOUR, HOUR + 8 * DAY, HOUR + 9 * DAY, HOUR + 10 * DAY), "fcr"),
    ],
)
def test_what_kept_a_ticket_from_its_first_contact(told_of: Sequence[Thing], way: str):
    cell = november(told_of)

    assert {metric for metric in WAYS if value(metric, cell)} == {way}


def test_the_ways_of_tickets_sum_up_to_all():
    lives = [life(HOUR, transfers=n % 2, one_contact=n % 3, escalated_at=n % 5) for n in range(30)]
    found = [told(metric, november(*lives)) for metric in WAYS]

    assert sum(float(one.value or 0) for one in found) == pytest.approx(1)
    assert {one.n for one in found} == {30}


def test_what_may_still_come_back_and_who_never_wrote_are_left_out_of_first_contacts():
    scope = replace(NOVEMBER, as_of=NOVEMBER.until)
    early = life(29 * DAY)
    call = life(HOUR, asked_at=0)
    found = told("fcr", view(facts(life(DAY), early, call), scope).cell())

    assert (found.value, found.n, found.waiting) == (1, 1, 1)


@pytest.mark.parametrize(
    ("steps", "is_back"),
    [
        ((DAY,), False),
        ((DAY, 8 * DAY), True),
        ((DAY, 8 * DAY + 1), False),
        ((DAY, 9 * DAY, 10 * DAY, 11 * DAY), True),
        ((DAY, 9 * DAY, 10 * DAY, 20 * DAY), False),
    ],
)
def test_a_ticket_is_reopened_if_it_was_within_seven_days_of_any_resolution(
    steps: tuple[int, ...], is_back: bool
):
    assert told("reopen_rate", november(life(*steps)))[:2] == (is_back, 1)


def test_tickets_that_may_still_be_reopened_are_told_of():
    scope = replace(NOVEMBER, as_of=NOVEMBER.until)
    found = told("reopen_rate", view(facts(life(DAY), life(29 * DAY)), scope).cell())

    assert (found.value, found.n, found.waiting) == (0, 2, 1)


def test_reopenings_are_counted_by_their_cause():
    causes = ("customer", "customer", "agent", "rule")
    flow = [("flow", {"at": START, "kind": "reopened", "cause": cause}) for cause in causes]
    cell = november((*life(DAY), *flow), life(DAY))

    assert [value(f"reopens_{cause}", cell) for cause in ("customer", "agent", "rule")] == [2, 1, 1]
    assert told("reopens_per_ticket", cell) == Figure(2, 2)


def test_the_reports_show_these_figures():
    seen = view(facts(life(HOUR)))

    assert fcr.report(seen)[0].metrics == WAYS
    assert reopens.report(seen)[0].rows[0].figures["reopen_rate"].n == 1
