"""The report of promises: how many were kept, of each clock, and how late the others were."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.reports.figures import Row, Section
from tix.reports.metrics.sla import CLOCKS, DUE, JUDGES
from tix.reports.sections import sections

if TYPE_CHECKING:
    from tix.reports.view import View

KEPT = (
    *("sla_clocks", "sla_tickets", "sla_met", "sla_breached", "sla_open", "sla_running"),
    "sla_called_off",
)
LATE = tuple(
    f"sla_late_{base}_{statistic}" for statistic in ("p50", "max") for base in ("biz", "cal")
)
EACH = tuple(f"sla_{kind}" for kind in CLOCKS)


def report(view: View) -> tuple[Section, ...]:
    """Return the figures of each period and group if there are some, and those of each clock."""
    scope = view.scope
    if not (scope.by or scope.group):
        return (_clocks(view),)
    apart = sections(
        view, ("promises", "Promises", (*KEPT[:2], *EACH, *KEPT[2:], *LATE, "sla_penalty"))
    )
    return (*apart, _clocks(view.whole))


def _clocks(view: View) -> Section:
    cell = view.cell()
    rows = {
        kind: {metric: judge(cell, cell.once(due)) for metric, judge in JUDGES.items()}
        for kind, due in DUE.items()
    }
    totals = Row((), rows.pop(""))
    found = tuple(Row((kind,), figures) for kind, figures in rows.items())
    return Section("clocks", "Clocks", ("clock",), (*KEPT, *LATE, "sla_penalty"), found, totals)
