"""What the figures mean: every metric is in the documentation, where its source says."""

from __future__ import annotations

import re

import pytest

from scripts.figures import PAGES, sections
from tests.commandline import ROOT
from tix.reports.metrics import METRICS
from tix.reports.plain import DEPARTMENTS

MEANT = (ROOT / "docs" / "metrics.md").read_text("utf-8")
HEADINGS = set(re.findall(r"^## (.*)$", MEANT, re.MULTILINE))


@pytest.mark.parametrize("path", PAGES)
def test_the_page_of_all_metrics_is_up_to_date(path: str):
    assert PAGES[path]() == (ROOT / path).read_text("utf-8"), "run scripts/docs"


@pytest.mark.parametrize("name", METRICS)
def test_the_source_of_a_metric_names_sections_that_there_are(name: str):
    metric = METRICS[name]

    assert metric.source.startswith("docs/metrics.md, ")
    assert set(sections(metric)) <= HEADINGS


def test_the_columns_of_the_department_report_are_explained_under_their_numbers():
    rows = re.findall(r"^\| (R\d+(?:, R\d+)?) \| (.*?) \|", MEANT, re.MULTILINE)
    explained = [
        (number, name.strip("`"))
        for numbers, names in rows
        for number, name in zip(numbers.split(", "), names.split(", "), strict=True)
    ]

    assert explained == [(f"R{n}", name) for n, name in enumerate(DEPARTMENTS[:24], 2)]


def test_the_page_speaks_of_no_metric_that_there_is_not():
    stems = {part for name in METRICS for part in _stems(name)}

    assert {word for word in re.findall(r"`([a-z]+_[a-z_]+)`", MEANT) if word not in stems} == set()


def _stems(name: str) -> set[str]:
    """Return how a metric may be written: its id, or the beginning or the end of that."""
    words = name.split("_")
    ends = {f"_{'_'.join(words[n:])}" for n in range(1, len(words))}
    return ends | {"_".join(words[:n]) for n in range(1, len(words) + 1)}
