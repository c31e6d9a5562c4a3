"""Charts as pictures."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings

from tests.hostile import hostile
from tests.output.reports.charted import BOTH, BY_GROUP, OVER_TIME, TIMES, paper
from tix.output.reports.charts import KINDS
from tix.output.reports.charts.chart import Chart, Series, chart
from tix.output.reports.charts.svg import style, svg

CHARTS = [
    chart(paper(section), kind)
    for kind, section in [
        *(("line", OVER_TIME), ("line", TIMES), ("area", BOTH), ("bar", BOTH)),
        *(("bar", BY_GROUP), ("pie", BY_GROUP), ("pie", BOTH)),
    ]
]
SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("shown", CHARTS, ids=lambda one: f"{one.kind}-{one.title}")
def test_a_picture_needs_nothing_and_nobody(shown: Chart):
    drawn = svg(shown, ["the footer"])
    tree = ElementTree.fromstring(drawn)

    tags = {one.tag.removeprefix(SVG) for one in tree.iter()}
    assert tags <= {"svg", "defs", "style", "title", "g", "rect", "path", "text", "circle"}
    assert not [name for one in tree.iter() for name in one.attrib if name.startswith("on")]
    assert "<!--" not in drawn
    assert re.findall(r"https?://(?!www\.w3\.org/2000/svg)", drawn) == []
    assert "url(" not in drawn
    assert "@import" not in drawn


@pytest.mark.parametrize("shown", CHARTS, ids=lambda one: f"{one.kind}-{one.title}")
def test_the_same_chart_is_the_same_bytes(shown: Chart):
    assert svg(shown, ["x"]) == svg(shown, ["x"])


def test_a_picture_tells_its_values_and_what_they_rest_on():
    tree = ElementTree.fromstring(svg(chart(paper(TIMES), "line"), ["of 3 tickets", "log 4f3a"]))
    told = [one.text for one in tree.iter(f"{SVG}title")]
    words = [one.text for one in tree.iter(f"{SVG}text")]

    assert "2026-W45: 1h 30m" in told
    assert words[-2:] == ["of 3 tickets", "log 4f3a"]
    assert {"By week: First response", "median", "p90", "4h", "8h"} <= {*words}


def test_the_parts_of_a_pie_have_their_numbers_beside_them():
    tree = ElementTree.fromstring(svg(chart(paper(BY_GROUP), "pie"), ["x"]))

    words = [one.text for one in tree.iter(f"{SVG}text")]
    assert "<i>carrier</i> · 256 · 50.2 %" in words
    assert "other · 6 · 1.2 %" in words


def test_a_picture_of_a_page_has_the_style_of_the_page():
    alone, inside = svg(CHARTS[0], ["x"]), svg(CHARTS[0])

    assert "prefers-color-scheme" in style()
    assert ("--c0" in alone, "--c0" in inside) == (True, False)
    assert "<style /></defs>" in inside


@settings(max_examples=20)
@given(hostile)
def test_whatever_strangers_write_is_text_in_a_picture(text: str):
    shown = Chart("bar", text, (text,), (Series(text, (3,)),), CHARTS[0].metric, False)
    for kind in KINDS:
        changed = shown._replace(kind=kind, over_time=kind != "pie")
        tree = ElementTree.fromstring(svg(changed, [text]))

        assert {one.tag for one in tree.iter()} & {f"{SVG}script", f"{SVG}a", f"{SVG}b"} == set()
