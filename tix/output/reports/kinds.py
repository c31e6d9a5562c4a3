"""Which reports there are, and what a metric means, in every format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.domain.query import joined_line
from tix.output.reports.as_json import definition
from tix.record import NamedTuple
from tix.table import Card, Column, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tix.domain.setup import SavedReport
    from tix.reports import ReportKind
    from tix.reports.figures import Metric


class Listed(NamedTuple):
    """A report as lists have it; *saved* are the words that make one which the desk keeps."""

    name: str
    title: str
    summary: str
    group: str = ""
    saved: str = ""


def listed(kinds: Mapping[str, ReportKind], saved: Iterable[SavedReport]) -> list[Listed]:
    """Return all reports: those of tix, then those of the desk."""
    own = (Listed(name, kind.title, kind.summary, kind.group) for name, kind in kinds.items())
    kept = (
        Listed(
            one.name, kinds[one.report].title, f"saved: {words_of(one)}", one.group, words_of(one)
        )
        for one in saved
    )
    return [*own, *kept]


def words_of(saved: SavedReport) -> str:
    """Return what ``tix report`` is given for the same report."""
    named = (("from", saved.since), ("to", saved.until), ("by", saved.by))
    options = [f"--{name} {value}" for name, value in (*named, ("group-by", saved.group)) if value]
    return " ".join([saved.report, *filter(None, [joined_line(saved.words)]), *options])


def table(rows: Sequence[Listed]) -> Table[Listed]:
    """Return reports as a table."""
    return Table(
        name="report_kind_list",
        columns=[
            Column("name", lambda row: row.name),
            Column("group", lambda row: row.group or None),
            Column("summary", lambda row: row.summary, flexible=True),
        ],
        rows=rows,
        record=_record,
        ident=lambda row: row.name,
        items="reports",
    )


def recomputed(count: int) -> Card:
    """Return how many tickets were measured again."""
    return Card(
        name="report_recomputed",
        title=f"{count} ticket{'s' * (count != 1)} measured again",
        pairs=[],
        fields=[("measured", count)],
        record={"measured": count},
        ident=str(count),
    )


def card(metric: Metric) -> Card:
    """Return a metric with its formula, its source and its plain twin."""
    pairs = [
        ("Id", metric.id),
        ("Formula", metric.formula),
        ("Source", metric.source),
        ("Unit", metric.unit.value),
    ]
    if metric.base:
        pairs.append(("Time", metric.base))
    if metric.enough > 1:
        pairs.append(("Blank", f"below {metric.enough} cases"))
    if metric.twin:
        pairs.append(("Plain twin", metric.twin))
    record = {"schema": "tix.metric/1", "id": metric.id, **definition(metric)}
    return Card(
        name="metric",
        title=metric.title,
        pairs=pairs,
        fields=[("id", metric.id), *_fields(metric)],
        record=record,
        ident=metric.id,
    )


def _fields(metric: Metric) -> list[tuple[str, str | int | None]]:
    return [
        ("title", metric.title),
        ("unit", metric.unit.value),
        ("formula", metric.formula),
        ("source", metric.source),
        ("base", metric.base or None),
        ("enough", metric.enough),
        ("twin", metric.twin or None),
    ]


def _record(row: Listed) -> dict[str, object]:
    return {
        "schema": "tix.report_kind/1",
        "name": row.name,
        "title": row.title,
        "summary": row.summary,
        "group": row.group or None,
        "saved": row.saved or None,
    }


def metrics(rows: Sequence[Metric]) -> Table[Metric]:
    """Return metrics as a table."""
    return Table(
        name="metric_list",
        columns=[
            Column("id", lambda row: row.id),
            Column("title", lambda row: row.title),
            Column("unit", lambda row: row.unit.value),
            Column("formula", lambda row: row.formula, flexible=True),
        ],
        rows=rows,
        record=lambda row: {"schema": "tix.metric/1", "id": row.id, **definition(row)},
        ident=lambda row: row.id,
        items="metrics",
    )
