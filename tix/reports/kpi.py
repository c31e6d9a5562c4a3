"""The overview: the figures that matter, beside those of the period before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.reports.comparing import change
from tix.reports.figures import Row, Section
from tix.reports.grid import grid
from tix.reports.groups import ALL, parts
from tix.reports.metrics import figure
from tix.reports.view import View, alphabetical

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

METRICS = (
    *("created", "resolved", "resolution_rate", "backlog"),
    *("frt_biz_p50", "frt_cal_p50", "frt_biz_p90", "frt_cal_p90", "resolved_unanswered"),
    *("nrt_biz_p50", "nrt_cal_p50"),
    *("res_biz_p50", "res_cal_p50", "res_biz_p90", "res_cal_p90"),
    *("fcr", "reopen_rate", "escalation_rate", "sla_clocks", "sla_tickets"),
    *("csat", "aht", "aht_coverage"),
)
NAME, TITLE = "kpi", "Overview"


def report(view: View) -> tuple[Section, ...]:
    """Return each figure now and before, and what has changed; or its course, period by period."""
    scope = view.scope
    if scope.by:
        return (grid(view, NAME, TITLE, METRICS, tall=True),)
    both = View(view.facts, scope, view.desk, (scope.before, scope.whole))
    kinds = _kinds(view)
    rows = tuple(row for group in _groups(both) for row in _rows(both, group, kinds))
    return (Section(NAME, TITLE, (*kinds, "when"), METRICS, rows, tall=True),)


def _kinds(view: View) -> tuple[str, ...]:
    return tuple(view.scope.group.split("+")) if view.scope.group else ()


def _groups(view: View) -> Sequence[str]:
    """Return the groups that have anything to tell of, now or before."""
    if not view.scope.group:
        return (ALL,)
    for metric in METRICS:
        figure(metric, view.cell())
    return sorted({group for _, group in view.filled}, key=alphabetical)


def _rows(view: View, group: str, kinds: Sequence[str]) -> Iterator[Row]:
    before, now = view.cell(0, group), view.cell(1, group)
    keys = parts(group, kinds) if kinds else ()
    yield Row((*keys, "now"), {metric: figure(metric, now) for metric in METRICS})
    yield Row((*keys, "before"), {metric: figure(metric, before) for metric in METRICS})
    yield Row((*keys, "change"), {metric: change(metric, now, before) for metric in METRICS})
