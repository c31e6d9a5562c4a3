"""How many promises were kept, by clock and by ticket."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.domain.sla.cases import HOUR, Life, at
from tix.domain.sla.compliance import Compliance, Lateness, Share, compliance
from tix.domain.sla.policy import Goal, Level

if TYPE_CHECKING:
    from tix.domain.sla.clock import Clock

NOW = "01-20 12:00"
ONE = Level("gold", first=Goal({"any": "4h"}, penalty=2.0), next=Goal({"any": "4h"}))


def lives() -> list[list[Clock]]:
    """A kept promise, a broken one, one broken and open, one kept and one broken, a fresh one."""
    told = (
        Life("01-16 09:00").answers("01-16 10:00"),
        Life("01-16 09:00").answers("01-16 15:00"),
        Life("01-19 15:00"),
        Life("01-16 10:00").answers("01-16 11:00").asks("01-16 12:00").answers("01-19 10:00"),
        Life("01-20 11:00"),
        Life("01-16 09:00").resolves("01-16 10:00"),
    )
    return [life.ever(NOW, ONE) for life in told]


def test_open_breaches_count_and_what_is_not_due_yet_does_not():
    assert compliance(lives()) == Compliance(
        by_clock=Share(2, 3),
        by_ticket=Share(1, 3),
        open_breaches=1,
        running=1,
        late=Lateness(2 * HOUR, 66 * HOUR),
        late_business=Lateness(2 * HOUR, 2 * HOUR),
        penalty=4.0,
        excluded={"resolved-unanswered": 1},
    )


def test_terms_that_others_took_the_place_of_are_left_out():
    life = Life("01-16 09:00").gets("01-16 09:30", "high").answers("01-16 09:45")

    found = compliance([life.ever("01-16 16:00")])

    assert (found.by_clock, found.by_ticket) == (Share(1, 0), Share(1, 0))
    assert (found.running, found.excluded) == (1, {"superseded": 2})


def test_what_is_excluded_belongs_to_its_period_as_well():
    assert compliance(lives(), at("01-17 00:00")).excluded == {}


def test_nothing_at_all_has_no_rate():
    nothing = compliance(())

    assert nothing == Compliance()
    assert (nothing.by_clock.rate, nothing.by_clock.interval) == (None, None)


@pytest.mark.parametrize(
    ("share", "rate", "low", "high"),
    [
        (Share(9, 1), 0.9, 0.596, 0.982),
        (Share(45, 5), 0.9, 0.786, 0.957),
        (Share(0, 3), 0, 0, 0.5615),
    ],
)
def test_a_rate_has_its_wilson_interval(share: Share, rate: float, low: float, high: float):
    assert share.rate == rate
    assert share.interval == pytest.approx((low, high), abs=0.0005)


def test_the_median_of_two_lies_between_them():
    two = [Life("01-16 09:00").answers(f"01-16 {hour}:00").ever(NOW, ONE) for hour in (14, 16)]

    assert compliance(two).late == Lateness(2 * HOUR, 3 * HOUR)


@pytest.mark.parametrize(
    ("by", "since", "until", "expected"),
    [
        ("due", "01-16 13:00", "01-16 14:00", Share(1, 1)),
        ("due", "01-16 14:00", None, Share(1, 2)),
        ("stop", None, "01-16 12:00", Share(2, 0)),
        ("start", "01-16 12:00", "01-16 13:00", Share(0, 1)),
        ("due", "02-01 00:00", None, Share()),
    ],
)
def test_a_clock_belongs_to_the_period_of_its_due_time_unless_told_otherwise(
    by: str, since: str | None, until: str | None, expected: Share
):
    found = compliance(lives(), at(since) if since else None, at(until) if until else None, by=by)

    assert found.by_clock == expected
