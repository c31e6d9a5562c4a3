"""The report of trends: tags, categories and words of subjects that come more than before.

Every candidate is tested against chance alone; of so many tests some would be passed by luck,
so only those are told of which at most one in twenty is expected to be.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.record import replace
from tix.reports.figures import Row, Section
from tix.reports.groups import ALL
from tix.reports.metrics import figure
from tix.reports.metrics.arrivals import ENOUGH
from tix.reports.metrics.counts import moves
from tix.reports.statistics import beyond_noise, chance
from tix.reports.view import View

if TYPE_CHECKING:
    from collections.abc import Iterator

KINDS = ("tag", "category", "term")
METRICS = ("created", "created_before", "growth")


def report(view: View) -> tuple[Section, ...]:
    """Return what grows, the surest first."""
    found = sorted(candidate for kind in KINDS for candidate in _candidates(view, kind))
    sure = beyond_noise([unlikely for unlikely, *_ in found])
    rows = tuple(
        Row((kind, name), {metric: figure(metric, seen.cell(1, name)) for metric in METRICS})
        for (_, kind, name), seen in ((one, _compared(view, one[1])) for one in found[:sure])
    )
    return (Section("growing", "Growing", ("kind", "name"), METRICS, rows),)


def _candidates(view: View, kind: str) -> Iterator[tuple[float, str, str]]:
    """Yield how unlikely the growth of each group is by chance alone, with what it is."""
    seen = _compared(view, kind)
    seen.cell().once(moves)
    for number, name in seen.filled:
        if number == 0 or name == ALL:
            continue
        now, before = (seen.cell(n, name).once(moves).get("created", 0) for n in (1, 0))
        if now > before and now + before >= ENOUGH:
            yield chance(now, before), kind, name


def _compared(view: View, kind: str) -> View:
    """Return the view in groups of one kind, the period before and the present one."""
    scope = replace(view.scope, by="", group=kind)
    return View(view.facts, scope, view.desk, (scope.before, scope.whole))
