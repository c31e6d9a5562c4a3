"""A small report with something of everything, made by hand."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from tix.output.reports.paper import Paper
from tix.reports.figures import Figure, Metric, Report, Row, Section, Unit

CREATED = Metric(
    "created",
    "Created",
    Unit.COUNT,
    "tickets created",
    "docs/metrics.md, Department columns: R24; LiveAgent",
)
MEDIAN = Metric(
    "frt_biz_p50",
    "First response, median",
    Unit.SECONDS,
    "half are answered sooner",
    "docs/metrics.md, First response",
    base="business",
)
P90 = Metric(
    "frt_biz_p90",
    "First response, p90",
    Unit.SECONDS,
    "nine of ten are answered sooner",
    "docs/metrics.md, First response",
    base="business",
    enough=10,
)
KEPT = Metric(
    "kept",
    "Promises kept",
    Unit.RATE,
    "met / (met + breached)",
    "docs/metrics.md, Promises",
    twin="created",
)
CALLS = Metric(
    "calls",
    "Calls",
    Unit.COUNT,
    "calls in and out",
    "docs/metrics.md, Department columns: R5; LiveAgent",
)
TERM = Metric("term", "Word", Unit.TEXT, "what is written more often", "docs/metrics.md, Trends")
METRICS = {metric.id: metric for metric in (CREATED, MEDIAN, P90, KEPT, CALLS, TERM)}


def row(*keys: str, created: int, n: int, waiting: int, kept: float | None) -> Row:
    """Return the figures of one group."""
    p90 = 7_200.5 if n >= 10 else None
    rate = Figure(kept, n=n, low=0.4, high=0.982, mark="low n" if n < 10 else "")
    return Row(
        keys,
        {
            "created": Figure(created, n=created),
            "frt_biz_p50": Figure(6_300, n=n, waiting=waiting, oldest=100_000),
            "frt_biz_p90": Figure(p90, n=n, waiting=waiting, oldest=100_000),
            "kept": rate if kept is not None else Figure(n=0),
            "calls": Figure(0, n=0, mark="unused"),
        },
    )


BY_DEPARTMENT = Section(
    "overview",
    "By department",
    ("department",),
    ("created", "frt_biz_p50", "frt_biz_p90", "kept", "calls"),
    (
        row("billing", created=1_234, n=45, waiting=3, kept=0.9),
        row("<b>web\x1b[2J</b>", created=7, n=7, waiting=0, kept=1.0),
        row("", created=0, n=0, waiting=0, kept=None),
    ),
    row("", created=1_241, n=52, waiting=3, kept=0.91),
)
COMPARED = Section(
    "compared",
    "With the period before",
    ("when",),
    ("created", "frt_biz_p50", "kept"),
    (
        row("now", created=30, n=20, waiting=1, kept=0.8),
        row("before", created=25, n=21, waiting=0, kept=0.7),
        Row(
            ("change",),
            {
                "created": Figure(5),
                "frt_biz_p50": Figure(-600, low=-1_200, high=300, mark="no clear change"),
                "kept": Figure(0.1, low=-0.15, high=0.35, mark="no clear change"),
            },
        ),
    ),
    tall=True,
)
ALONE = COMPARED._replace(
    name="alone", title="Alone", keys=(), rows=(COMPARED.rows[0]._replace(keys=()),)
)

REPORT = Report(
    name="sample",
    title="Sample",
    since=datetime(2026, 10, 31, 23, tzinfo=UTC),
    until=datetime(2026, 11, 21, 23, tzinfo=UTC),
    as_of=datetime(2026, 11, 21, 18, 30, tzinfo=UTC),
    zone="Europe/Zagreb",
    sections=(BY_DEPARTMENT, COMPARED, ALONE),
    n=1_241,
    group="department",
    query="tag:vip",
    excluded={"spam": 4, "merged": 2},
    versions=("standard 1", "gold 3"),
    log="4f3a9c0d1e2b" + "0" * 52,
    notes=("people and set-up are today's",),
)
PAPER = Paper(REPORT, METRICS, ZoneInfo("Europe/Zagreb"))
