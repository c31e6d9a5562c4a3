"""A report as one page that needs nothing else: tables, charts and definitions, no script."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.markup import page, trusted
from tix.output.reports.charts.chart import charts
from tix.output.reports.charts.svg import style, svg
from tix.output.reports.paper import footer, range_text
from tix.output.reports.sheet import meaning, sheets

if TYPE_CHECKING:
    from tix.output import View
    from tix.output.reports.charts.chart import Chart
    from tix.output.reports.paper import Paper
    from tix.output.reports.sheet import Cell, Sheet
    from tix.reports.figures import Metric


_LONG = 40
"""Names longer than this are broken into lines."""


def html(paper: Paper, view: View, chosen: Chart | None = None) -> str:
    """Return the page; *chosen* is drawn on top of it, else what suits each section."""
    drawn = {} if chosen else dict(charts(paper))
    found = [*sheets(paper)]
    values = {
        "title": paper.report.title,
        "range": range_text(paper),
        "zone": paper.report.zone,
        "query": paper.report.query,
        "tool": view.tool,
        "style": trusted(style()),
        "chart": trusted(svg(chosen)) if chosen else None,
        "sections": [_section(sheet, drawn.get(sheet.name)) for sheet in found],
        "has_headings": len(found) > 1 or found[0].title != paper.report.title,
        "definitions": [_definition(metric) for metric in paper.metrics.values()],
        "footer": footer(paper),
        "log": paper.report.log,
    }
    return page("output/reports", "page.html", values)


def _section(sheet: Sheet, chart: Chart | None) -> dict[str, object]:
    names = [column.is_name for column in sheet.columns]
    heads = [column.head for column in sheet.columns]
    return {
        "title": sheet.title,
        "chart": trusted(svg(chart, is_titled=chart.title != sheet.title)) if chart else None,
        "heads": [*map(_cell, heads, names)],
        "rows": [[*map(_cell, row, names)] for row in sheet.rows],
        "has_totals": sheet.has_totals,
        "notes": list(sheet.notes),
    }


def _cell(cell: Cell, is_name: bool) -> dict[str, object]:
    beside = cell.beside.replace(") ", ")\n").splitlines()  # the interval, and what to know
    shown = {**cell._asdict(), "beside": beside}
    return {**shown, "is_name": is_name, "is_long": len(cell.text) > _LONG}


def _definition(metric: Metric) -> dict[str, str]:
    return {"id": metric.id, "title": metric.title, "meaning": meaning(metric)}
