"""A report as JSON: one envelope with all of it, or a row a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.codec import encode_time
from tix.output.as_json import encode
from tix.output.reports.machine import columns, exact

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tix.output import View
    from tix.output.reports.paper import Paper
    from tix.reports.figures import Figure, Metric, Row, Section


def document(paper: Paper, view: View) -> Iterator[str]:
    """Yield one object; ``rows`` and ``totals`` are those of the first section, flat."""
    report = paper.report
    first = report.sections[0]
    envelope = {
        "schema": "tix.report/1",
        "tool": view.tool,
        "report": report.name,
        "title": report.title,
        "range": {
            "from": encode_time(report.since),
            "to": encode_time(report.until),
            "tz": report.zone,
        },
        "as_of": encode_time(report.as_of),
        "by": report.by or None,
        "group_by": report.group or None,
        "query": report.query or None,
        "n": report.n,
        "excluded": dict(report.excluded),
        "versions": list(report.versions),
        "log": report.log or None,
        "notes": list(report.notes),
        "rows": [_flat(row, first, paper) for row in first.rows],
        "totals": _flat(first.totals, first, paper) if first.totals else None,
        "sections": [_section(section, paper) for section in report.sections],
        "definitions": {name: definition(metric) for name, metric in paper.metrics.items()},
    }
    yield encode(envelope, indent=2 if view.tty else None) + "\n"


def lines(paper: Paper, view: View) -> Iterator[str]:
    """Yield each row of each section as a line of its own."""
    for section in paper.report.sections:
        for row in section.rows:
            told = {
                "schema": "tix.report_row/1",
                "report": paper.report.name,
                "section": section.name,
                **_row(row, section, paper),
            }
            yield encode(told) + "\n"


def definition(metric: Metric) -> dict[str, object]:
    """Return what a metric means."""
    return {
        "title": metric.title,
        "unit": metric.unit.value,
        "formula": metric.formula,
        "source": metric.source,
        "base": metric.base or None,
        "enough": metric.enough,
        "twin": metric.twin or None,
    }


def _section(section: Section, paper: Paper) -> dict[str, object]:
    return {
        "name": section.name,
        "title": section.title,
        "keys": list(section.keys),
        "metrics": list(section.metrics),
        "rows": [_row(row, section, paper) for row in section.rows],
        "totals": _row(section.totals, section, paper) if section.totals else None,
    }


def _row(row: Row, section: Section, paper: Paper) -> dict[str, object]:
    figures = {
        name: _figure(row.figures[name], paper.metrics[name])
        for name in section.metrics
        if name in row.figures
    }
    return {"keys": dict(zip(section.keys, row.keys, strict=False)), "figures": figures}


def _figure(figure: Figure, metric: Metric) -> dict[str, object]:
    return {
        "value": exact(figure.value, metric.unit),
        "n": figure.n,
        "low": exact(figure.low, metric.unit),
        "high": exact(figure.high, metric.unit),
        "waiting": figure.waiting,
        "oldest_s": figure.oldest,
        "mark": figure.mark or None,
    }


def _flat(row: Row, section: Section, paper: Paper) -> dict[str, object]:
    keys: dict[str, object] = dict(zip(section.keys, row.keys, strict=False))
    return keys | {column.name: column.of(row) for column in columns(section, paper)}
