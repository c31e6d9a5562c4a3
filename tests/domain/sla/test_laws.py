"""Laws of clocks, on any course that a ticket can take, and against slower ways to count."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import pairwise

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.domain.sla.cases import GOLD, OFFICE, Life, promises
from tix.domain.calendar import Calendar
from tix.domain.course import Applied, Stay
from tix.domain.sla.clock import Clock, State, tightest
from tix.domain.sla.explain import Counting, segments
from tix.domain.sla.policy import Goal, Length, Level
from tix.domain.sla.reading import Reader, all_clocks, clocks
from tix.domain.sla.run import heads, runs_of
from tix.domain.sla.way import Way
from tix.errors import TransitionRefused, UsageError
from tix.record import replace

MINUTE = timedelta(minutes=1)
START = datetime(2026, 1, 16, 8, tzinfo=UTC)
LONG = Calendar(
    "long", 1, "America/New_York", (((6 * 3600, 12 * 3600), (13 * 3600, 22 * 3600)),) * 7
)
LOOP = replace(GOLD, update=Goal({"any": "8h"}, pause=("postponed", "resolved")))
DAYS = Level("days", 2, resolution=Goal({"any": "2bd", "high": "30h"}, mode="total"))
REAL = Level(
    "real", first=Goal({"any": "5h"}, "calendar"), resolution=Goal({"any": "2d"}, "calendar")
)
KNOWN = promises(LOOP, DAYS, REAL)

STEPS = (
    Life.asks,
    Life.answers,
    Life.notes,
    Life.waits,
    Life.resolves,
    Life.closes,
    Life.opens,
    lambda life, when: life.waits(when, "third-party"),
    lambda life, when: life.gets(when, "high"),
    lambda life, when: life.gets(when, "normal"),
    lambda life, when: life.apply(when, Applied("days", 2)),
    lambda life, when: life.apply(when, Applied("real")),
    lambda life, when: life.apply(when, None),
    lambda life, when: life.sleeps(when, stamp(START + timedelta(days=30))),
)


def stamp(at: datetime) -> str:
    """The wall time in Zagreb, as steps are told."""
    return f"{at + timedelta(hours=1):%m-%d %H:%M}"


@st.composite
def lives(draw: st.DrawFn) -> tuple[Life, datetime]:
    """A ticket after up to eight steps, and the time after the last one."""
    life, now = Life(stamp(START), level=LOOP), START
    for step in draw(st.lists(st.sampled_from(STEPS), max_size=8)):
        now += draw(st.integers(1, 3000)) * MINUTE
        try:
            step(life, stamp(now))
        except (TransitionRefused, UsageError):
            continue
    return life, now + draw(st.integers(0, 3000)) * MINUTE


@given(lives())
def test_the_head_tells_what_the_history_tells(told: tuple[Life, datetime]):
    life, now = told
    runs, course = runs_of(life.steps)
    going = {(run.kind, run.started_at) for run in runs if run.stopped_at is None}

    from_head = set(clocks(life.ticket, life.course, KNOWN, now))
    whole = all_clocks(life.steps, KNOWN, now)

    assert course == life.course
    assert from_head == {
        clock
        for clock in whole
        if (clock.kind, clock.started_at) in going and clock.state is not State.SUPERSEDED
    }


@given(lives())
def test_the_tightest_clock_is_found_without_the_others(told: tuple[Life, datetime]):
    life, now = told
    reader = Reader(KNOWN)

    assert reader.tightest(life.ticket, life.course, now) == tightest(
        clocks(life.ticket, life.course, KNOWN, now)
    )


@given(lives(), st.sampled_from(STEPS[8:13]), st.integers(1, 999))
def test_no_other_terms_make_a_breach_undone(told: tuple[Life, datetime], step, minutes: int):
    life, now = told
    broken = {clock[:10] for clock in all_clocks(life.steps, KNOWN, now) if is_broken(clock)}

    step(life, stamp(now + MINUTE))
    later = all_clocks(life.steps, KNOWN, now + minutes * MINUTE)

    assert broken <= {clock[:10] for clock in later if is_broken(clock)}


def is_broken(clock: Clock) -> bool:
    return clock.state is State.BREACHED


@given(lives())
def test_segments_lie_side_by_side_and_add_up_to_the_target(told: tuple[Life, datetime]):
    life, now = told
    for clock in all_clocks(life.steps, KNOWN, now):
        if "days" in clock.level:
            continue
        parts = segments(clock, OFFICE, now)
        counted = [part.length for part in parts if part.counting is Counting.COUNTED]

        assert parts[0].start == clock.started_at
        assert parts[-1].end == (clock.due_at or now)
        assert all(one.end == other.start for one, other in pairwise(parts))
        assert all(one[2:] != other[2:] for one, other in pairwise(parts))
        if clock.due_at:
            assert sum(counted, timedelta()) == clock.target
        else:
            assert sum(counted, timedelta()) == clock.target - clock.remaining


@st.composite
def pauses(draw: st.DrawFn) -> tuple[Stay, ...]:
    """Up to four pauses within three days; the last may have no end."""
    ends = sorted(draw(st.sets(st.integers(0, 4320), max_size=8)))
    moments = [START + n * MINUTE for n in ends]
    found = [Stay("postponed", *pair) for pair in zip(moments[::2], moments[1::2], strict=False)]
    rest = [Stay("postponed", moments[-1])] if len(moments) % 2 else []
    return (*found, *rest)


@settings(max_examples=60)
@given(pauses(), st.integers(1, 1200), st.sampled_from([OFFICE, LONG]))
def test_a_clock_is_due_when_its_minutes_without_the_pauses_are_over(
    stays: tuple[Stay, ...], length: int, calendar: Calendar
):
    way, goal = Way(START, calendar, "business", stays), Length(length * 60)
    due, left = way.reach(goal)
    worked = [at for at in open_minutes(calendar) if not is_paused(stays, at)]
    assume(due is None or len(worked) >= length)

    assert way.target(goal) == length * MINUTE
    if due is None:
        assert left == (length - len(worked)) * MINUTE
    else:
        assert due == worked[length - 1] + MINUTE


@cache
def open_minutes(calendar: Calendar) -> list[datetime]:
    """Every open minute of two weeks, by the hours that are open."""
    return [at for n in range(20_000) if calendar.is_open(at := START + n * MINUTE)]


def is_paused(stays: tuple[Stay, ...], at: datetime) -> bool:
    return any(stay.since <= at and (stay.until is None or at < stay.until) for stay in stays)


def test_heads_are_the_ticket_after_each_event():
    life = Life(stamp(START), level=None).asks("01-16 10:00").answers("01-16 11:00")

    assert list(heads(event for event, _ in life.steps)) == life.steps
