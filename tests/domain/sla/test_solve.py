"""The tightest target that would have been met."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.domain.sla.cases import OFFICE, Life, at, promises
from tests.domain.sla.test_laws import lives
from tix.domain.sla.clock import Clock, State
from tix.domain.sla.policy import BUSINESS, CALENDAR, Goal, Kind, Level, length
from tix.domain.sla.reading import all_clocks
from tix.domain.sla.solve import Durations, Group, Tightest, needed, rounded

NOW = "02-20 12:00"
FIRST = Group(Kind.FIRST, "gold", "normal", BUSINESS)


def durations(*told: Life, target: str = "4h", now: str = NOW) -> Durations:
    found = Durations(lambda name: OFFICE, at(now))
    for life in told:
        found.add(life.ever(now, Level("gold", first=Goal({"any": target}))))
    return found


def answered(minutes: int) -> Life:
    return Life("01-16 09:00").answers(f"01-16 {9 + minutes // 60:02}:{minutes % 60:02}")


def test_the_tightest_target_is_met_by_so_many_and_no_shorter_one_is():
    found = durations(*(answered(minutes) for minutes in range(10, 210, 10)))

    assert found.tightest(95) == (Tightest(FIRST, 190 * 60, "3h15m", 19, 20),)
    assert found.tightest(50) == (Tightest(FIRST, 100 * 60, "1h45m", 10, 20),)
    assert found.tightest(100) == (Tightest(FIRST, 200 * 60, "3h30m", 20, 20),)


def test_what_nobody_has_answered_yet_counts_against_a_target_that_it_is_over():
    waiting = Life("01-16 09:00")

    found = durations(answered(10), answered(20), waiting, now="01-16 09:15")
    later = durations(answered(10), answered(20), waiting, now="01-16 12:00")

    assert found.tightest(100)[0] == Tightest(FIRST, 20 * 60, "20m", 2, 2)
    assert later.tightest(60)[0] == Tightest(FIRST, 20 * 60, "20m", 2, 3)
    assert later.tightest(100)[0] == Tightest(FIRST, 180 * 60, "3h", 2, 2)


def test_what_was_resolved_without_an_answer_meets_no_target():
    found = durations(answered(10), Life("01-16 09:00").resolves("01-16 11:00"))

    assert found.tightest(50) == (Tightest(FIRST, 600, "10m", 1, 2),)
    assert found.tightest(100) == (Tightest(FIRST, 7200, "2h", 1, 1),)


def test_what_was_cancelled_says_nothing():
    found = Durations(lambda name: OFFICE, at(NOW))
    for life in (Life("01-16 09:00").resolves("01-16 11:00", "duplicate"), answered(10)):
        found.add(life.ever(NOW, Level("gold", resolution=Goal({"any": "4h"}))))

    assert found.tightest(95) == ()


@pytest.mark.parametrize(
    ("stopped", "seconds"),
    [("01-16 16:59", 59 * 60), ("01-16 17:00", 3600), ("01-16 18:00", 3601), ("01-16 16:00", 1)],
)
def test_a_target_that_ends_at_closing_is_too_short_for_what_came_later(stopped: str, seconds: int):
    (clock,) = (
        Life("01-16 16:00").answers(stopped).ever(NOW, Level("gold", first=Goal({"any": "4h"})))
    )

    assert needed(clock, OFFICE, at(NOW)) == seconds


@pytest.mark.parametrize(
    ("seconds", "base", "text"),
    [
        (1, BUSINESS, "1m"),
        (601, BUSINESS, "15m"),
        (3600, BUSINESS, "1h"),
        (3601, BUSINESS, "1h15m"),
        (5 * 3600 - 1, BUSINESS, "5h"),
        (9 * 3600 + 1, BUSINESS, "10h"),
        (50 * 3600 + 1, BUSINESS, "51h"),
        (50 * 3600 + 1, CALENDAR, "3d"),
    ],
)
def test_a_target_is_rounded_up_to_what_a_person_would_write(seconds: int, base: str, text: str):
    assert rounded(seconds, base) == text


@given(st.integers(1, 10_000_000), st.sampled_from([BUSINESS, CALENDAR]))
def test_a_rounded_target_is_no_shorter_and_little_longer(seconds: int, base: str):
    found = length(rounded(seconds, base), base).seconds

    assert seconds <= found <= max(2 * seconds, 60)


@given(lives(), st.sampled_from([BUSINESS, CALENDAR]), st.sampled_from(["first", "total"]))
def test_a_clock_meets_what_it_needs_and_nothing_shorter(told, base: str, mode: str):
    life, now = told
    assume(len(life.course.terms) == 1)

    def under(seconds: int) -> list[Clock]:
        goal = Goal({"any": f"{seconds}s"}, base, mode=mode)
        gold = Level("gold", first=goal, next=goal, update=goal, resolution=goal)
        return list(all_clocks(life.steps, promises(gold), now))

    for place, clock in enumerate(under(3600)):
        if clock.ending not in ("", "answered", "solved", "resolved", "resolved-unanswered"):
            continue
        seconds = needed(clock, OFFICE, now)
        assert under(seconds)[place].state is not State.BREACHED
        assert seconds == 1 or under(seconds - 1)[place].state is State.BREACHED
