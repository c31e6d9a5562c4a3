"""The metrics of promises: of all clocks, or of those of one kind."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from tests.reports.independent.figures import Figure, count, quantile, rate
from tests.reports.independent.slices import Slice, numbers, those

if TYPE_CHECKING:
    from tests.reports.independent.thing import Thing

Judge = Callable[[Slice, str], Figure]


def clocks(s: Slice, kind: str, *states: str) -> list[Thing]:
    """Return the clocks of one kind, or all, that were due in the period."""
    due = [clock for clock in s.of("clocks") if clock.at]
    return those([clock for clock in due if kind in ("", clock.more["kind"])], *states)


def kept(s: Slice, kind: str) -> Figure:
    met, breached = (len(clocks(s, kind, state)) for state in ("met", "breached"))
    return rate(met, met + breached)


def _kept_tickets(s: Slice, kind: str) -> Figure:
    finished = numbers(clocks(s, kind, "met", "breached"))
    broken = numbers(clocks(s, kind, "breached"))
    return rate(len(finished - broken), len(finished))


def _running(s: Slice, kind: str) -> Figure:
    found = [
        clock
        for clock in those(s.all("clocks"), "running", "paused")
        if kind in ("", clock.more["kind"]) and clock.more["started"] <= s.last
    ]
    return count(len(found))


def _late(s: Slice, kind: str, base: str, *, longest: bool) -> Figure:
    late = [getattr(clock, base) for clock in clocks(s, kind, "breached")]
    value = max(late, default=None) if longest else quantile(late, 50)
    return Figure(value, len(late))


JUDGED: dict[str, Judge] = {
    "sla_clocks": kept,
    "sla_tickets": _kept_tickets,
    "sla_met": lambda s, kind: count(len(clocks(s, kind, "met"))),
    "sla_breached": lambda s, kind: count(len(clocks(s, kind, "breached"))),
    "sla_open": lambda s, kind: count(
        sum(not clock.until for clock in clocks(s, kind, "breached"))
    ),
    "sla_running": _running,
    "sla_called_off": lambda s, kind: count(len(clocks(s, kind, "cancelled"))),
    "sla_late_cal_p50": partial(_late, base="cal", longest=False),
    "sla_late_cal_max": partial(_late, base="cal", longest=True),
    "sla_late_biz_p50": partial(_late, base="biz", longest=False),
    "sla_late_biz_max": partial(_late, base="biz", longest=True),
    # The levels of this desk ask for nothing.
    "sla_penalty": lambda s, kind: Figure(0, len(clocks(s, kind, "breached"))),
}
"""What is said of one kind of clock, or of all."""
