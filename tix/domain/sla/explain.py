"""Why a clock is due when it is: every stretch of time, counted or not."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from tix.domain.calendar import Calendar
from tix.domain.sla.clock import Clock
from tix.domain.sla.policy import BUSINESS
from tix.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tix.domain.course import Stay


class Counting(StrEnum):
    """What became of a stretch of time."""

    COUNTED = "counted"
    PAUSED = "paused"
    CLOSED = "closed"


class Segment(NamedTuple):
    """A stretch of time on the way of a clock; *reason* says why it was not counted."""

    start: datetime
    end: datetime
    counting: Counting
    reason: str = ""

    @property
    def length(self) -> timedelta:
        """How long it was."""
        return self.end - self.start


class Explained(NamedTuple):
    """A clock, the calendar in which it counts, and every stretch of time on its way."""

    clock: Clock
    calendar: Calendar
    segments: tuple[Segment, ...]


def segments(clock: Clock, calendar: Calendar, now: datetime) -> tuple[Segment, ...]:
    """Return what lies between the start of *clock* and its due instant, without a gap.

    A clock in a pause has none; then it is what lies before *now*. What is counted adds up
    to the target, or to what of it was used.
    """
    end = clock.due_at or max(now, clock.started_at)
    joined: list[Segment] = []
    for segment in _overlaid(_open_and_closed(clock, calendar, end), clock.pauses, end):
        goes_on = joined and joined[-1][2:] == segment[2:]
        joined.append(segment._replace(start=joined.pop().start) if goes_on else segment)
    return tuple(joined)


def _open_and_closed(clock: Clock, calendar: Calendar, end: datetime) -> Iterator[Segment]:
    if clock.base != BUSINESS:
        if clock.started_at < end:
            yield Segment(clock.started_at, end, Counting.COUNTED)
        return
    for start, until, reason in calendar.stretches(clock.started_at, end):
        yield Segment(start, until, Counting.CLOSED if reason else Counting.COUNTED, reason)


def _overlaid(
    stretches: Iterable[Segment], pauses: tuple[Stay, ...], end: datetime
) -> Iterator[Segment]:
    """Yield *stretches* with the pauses in their place."""
    for stretch in stretches:
        at = stretch.start
        for pause in pauses:
            begins, ends = max(at, pause.since), min(stretch.end, pause.until or end)
            if begins < ends:
                if at < begins:
                    yield stretch._replace(start=at, end=begins)
                yield Segment(begins, ends, Counting.PAUSED, pause.state)
                at = ends
        if at < stretch.end:
            yield stretch._replace(start=at)
