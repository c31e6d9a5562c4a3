"""The registry: every metric has one place, and says what it is."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module

import pytest

from tests.reports.made import november
from tix.reports.figures import Figure
from tix.reports.metrics import METRICS, THEMES, figure, samples


@pytest.mark.parametrize("theme", THEMES)
def test_a_theme_has_the_metrics_that_the_registry_says(theme: str):
    entries = import_module(f"tix.reports.metrics.{theme}").METRICS

    assert sorted(entries) == sorted(THEMES[theme])
    assert all(entry.metric.id == name for name, entry in entries.items())


def test_no_metric_is_in_two_themes():
    assert len(METRICS) == sum(map(len, THEMES.values()))


@pytest.mark.parametrize("name", METRICS)
def test_a_metric_says_what_it_is_and_can_do_with_nothing(name: str):
    metric = METRICS[name]

    assert metric.title
    assert metric.source
    assert metric.formula
    assert not metric.formula.endswith(".")
    assert metric.base in {"", "calendar", "business"}
    assert not metric.twin or metric.twin in METRICS
    assert isinstance(figure(name, november()), Figure)


def test_no_two_metrics_have_the_same_title():
    titles = [metric.title for metric in METRICS.values()]

    assert sorted(titles) == sorted(set(titles))


def test_what_is_no_metric_is_none():
    assert "frt_biz_p42" not in METRICS
    assert "created" in METRICS


def test_percentiles_have_samples_and_nothing_else_has():
    cell = november()
    found = {name: samples(name, cell) for name in ("frt_cal_p90", "frt_cal_mean", "created")}

    assert found["frt_cal_p90"] is not None
    assert found["frt_cal_p90"][1] == 90
    assert (found["frt_cal_mean"], found["created"]) == (None, None)


def test_a_theme_is_imported_when_one_of_its_metrics_is_read():
    code = (
        "import sys; from tix.reports.metrics import METRICS; len(METRICS); METRICS['created'];"
        "print(*(name for name in sys.modules if name.startswith('tix.reports.metrics.')))"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert set(shown.stdout.split()) == {
        "tix.reports.metrics.counts",
        "tix.reports.metrics.entry",
    }
