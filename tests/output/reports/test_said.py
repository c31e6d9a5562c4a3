from __future__ import annotations

import pytest

from tix.output.reports import said
from tix.reports.figures import Figure, Metric, Unit


def metric(unit: Unit, base: str = "") -> Metric:
    return Metric("m", "M", unit, "formula", "source", base=base)


@pytest.mark.parametrize(
    ("unit", "base", "value", "told"),
    [
        (Unit.COUNT, "", 0, "0"),
        (Unit.COUNT, "", 1_234_567, "1,234,567"),
        (Unit.COUNT, "", -3, "−3"),
        (Unit.RATE, "", 0.9, "90.0 %"),
        (Unit.RATE, "", 1.23, "123.0 %"),
        (Unit.SECONDS, "", 45, "45s"),
        (Unit.SECONDS, "calendar", 6_300, "1h 45m"),
        (Unit.SECONDS, "calendar", 102_600, "1d 4h"),
        (Unit.SECONDS, "", 102_600, "28h 30m"),
        (Unit.SECONDS, "business", 6_300.4, "1h 45m"),
        (Unit.SECONDS, "business", 102_600, "28h 30m"),
        (Unit.SECONDS, "business", 360_000 + 1_800, "100h"),
        (Unit.SECONDS, "business", -102_600, "−28h 30m"),
        (Unit.MINUTES, "", 12, "12.0"),
        (Unit.POINTS, "", 4.25, "+4.2"),
        (Unit.POINTS, "", -4.25, "−4.2"),
        (Unit.NUMBER, "", 2.5, "2.5"),
        (Unit.NUMBER, "", 10.0, "10"),
        (Unit.TEXT, "", "refund", "refund"),
    ],
)
def test_a_number_is_told_in_its_unit(unit: Unit, base: str, value: float | str, told: str):
    assert said.value(Figure(value), metric(unit, base)) == told


def test_a_blank_figure_is_a_dash_and_an_unused_channel_has_one_behind_its_nought():
    assert said.value(Figure(None, n=3), metric(Unit.SECONDS)) == "–"
    assert said.value(Figure(0, mark="unused"), metric(Unit.COUNT)) == "0 –"


@pytest.mark.parametrize(
    ("unit", "figure", "told"),
    [
        (Unit.RATE, Figure(0.9, low=0.596, high=0.982), "(59.6–98.2)"),
        (Unit.RATE, Figure(0.9, low=0.596, high=0.982, mark="low n"), "(59.6–98.2) low n"),
        (Unit.RATE, Figure(0.1, low=-0.2, high=0.3), "(−20.0 pp to +30.0 pp)"),
        (Unit.SECONDS, Figure(-60, low=-120, high=30), "(−2m to +30s)"),
        (Unit.NUMBER, Figure(1.7, low=1.37, high=2.12), "(1.37 to 2.12)"),
        (Unit.COUNT, Figure(3), ""),
        (Unit.COUNT, Figure(0, mark="unused"), ""),
    ],
)
def test_an_interval_and_a_mark_stand_beside_a_number(unit: Unit, figure: Figure, told: str):
    assert said.beside(figure, metric(unit)) == told


def test_a_change_shows_its_sign_also_where_it_rises():
    assert said.value(Figure(3), metric(Unit.COUNT), signed=True) == "+3"
    assert said.value(Figure(60), metric(Unit.SECONDS), signed=True) == "+1m"
    assert said.value(Figure(0), metric(Unit.SECONDS), signed=True) == "0s"


@pytest.mark.parametrize(
    ("figure", "told"),
    [
        (Figure(1), ""),
        (Figure(1, waiting=0, oldest=5), "0"),
        (Figure(1, waiting=3, oldest=100_000), "3, oldest 1d 3h"),
        (Figure(1, waiting=1_200), "1,200"),
    ],
)
def test_what_still_waits_is_told_with_the_age_of_the_oldest(figure: Figure, told: str):
    assert said.waiting(figure) == told
