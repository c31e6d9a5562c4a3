"""The page of all metrics, written from ``METRICS``: what each is, in one line."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from scripts.markdown import page, table
from tix.reports.metrics import METRICS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tix.reports.figures import Metric

HEAD = ("id", "title", "unit", "formula", "blank below")


def sections(metric: Metric) -> Sequence[str]:
    """Return the headings of docs/metrics.md that the source of a metric names."""
    named = metric.source.partition(";")[0].removeprefix("docs/metrics.md, ")
    return [name.partition(":")[0] for name in named.split(", ")]


def figures() -> str:
    """Return the page, each metric under the first heading that its source names."""
    headings = list(dict.fromkeys(sections(metric)[0] for metric in METRICS.values()))
    ordered = sorted(METRICS.values(), key=lambda metric: headings.index(sections(metric)[0]))
    parts = []
    for heading, metrics in groupby(ordered, key=lambda metric: sections(metric)[0]):
        parts += [f"## {heading}", table(HEAD, map(_row, metrics))]
    return page(
        "All metrics",
        "What `tix report define` prints, in short. How they are meant, and the ground rules: "
        "[metrics.md](metrics.md). An average or a rate is blank on no case, and "
        "a figure with a number in the last column on fewer than that.",
        *parts,
    )


def _row(metric: Metric) -> Sequence[str]:
    few = str(metric.enough) if metric.enough > 1 else ""
    return f"`{metric.id}`", metric.title, metric.unit.value, metric.formula, few


PAGES: dict[str, Callable[[], str]] = {"docs/figures.md": figures}
