"""The report of workload: who works on what, when customers come, and what next week needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.record import replace
from tix.reports.grid import grid
from tix.reports.groups import WEEKDAYS
from tix.reports.view import View

if TYPE_CHECKING:
    from tix.reports.figures import Section

LOAD = ("backlog", "actionable", "waiting_max", "answers", "resolved", "worked", "aht")
WORK = ("answers", "resolved", "worked", "backlog")
ARRIVALS = ("created", *(f"arrivals_{day}" for day in WEEKDAYS))
AHEAD = ("weekly", "after_hours", "aht", "aht_coverage", "hours_needed", "days_of_work")


def report(view: View) -> tuple[Section, ...]:
    """Return the load of each agent, their work by category, arrivals, and the week ahead."""

    def by(group: str) -> View:
        return View(view.facts, replace(view.scope, by="", group=group), view.desk)

    return (
        grid(by("agent"), "load", "Load", LOAD),
        _busy(grid(by("agent+category"), "work", "Who works on what", WORK)),
        grid(by("hour"), "arrivals", "Arrivals by hour", ARRIVALS),
        grid(by(view.scope.group), "ahead", "Next week", AHEAD, tall=not view.scope.group),
    )


def _busy(section: Section) -> Section:
    """Return a table without the rows in which nothing was done."""
    rows = (row for row in section.rows if any(figure.value for figure in row.figures.values()))
    return section._replace(rows=tuple(rows))
