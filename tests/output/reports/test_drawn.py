"""Charts in a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.output.reports.charted import BOTH, BY_GROUP, OVER_TIME, TIMES, paper
from tix.output.reports.charts import KINDS
from tix.output.reports.charts.chart import Chart, Series, chart
from tix.output.reports.charts.drawn import drawn, height, spread
from tix.text import width

if TYPE_CHECKING:
    from collections.abc import Callable

    from tix.reports.figures import Section


@pytest.mark.parametrize(
    ("kind", "section"),
    [("line", OVER_TIME), ("line", TIMES), ("area", BOTH), ("bar", OVER_TIME), ("bar", TIMES)],
)
def test_time_is_drawn_as_wide_as_the_terminal(
    golden: Callable[[str, str], None], kind: str, section: Section
):
    lines = [*drawn(chart(paper(section), kind), 72, 12)]

    golden(f"report/{kind}-{section.metrics[0]}.txt", "\n".join(lines) + "\n")
    assert max(map(width, lines)) <= 72


@pytest.mark.parametrize("kind", ["bar", "pie"])
def test_groups_are_bars_with_their_numbers(golden: Callable[[str, str], None], kind: str):
    lines = [*drawn(chart(paper(BY_GROUP), kind), 72)]

    golden(f"report/{kind}-groups.txt", "\n".join(lines) + "\n")
    assert max(map(width, lines)) <= 72


@pytest.mark.parametrize("kind", KINDS)
def test_plain_characters_are_all_that_a_chart_in_ascii_has(kind: str):
    lines = "\n".join(drawn(chart(paper(BOTH), kind), 72, is_ascii=True))

    assert lines.isascii()


def test_colours_come_only_where_they_are_wanted():
    shown = chart(paper(BOTH), "line")

    assert "\x1b" not in "\n".join(drawn(shown, 72))
    assert "\x1b[" in "\n".join(drawn(shown, 72, color=True))


def test_no_name_steers_the_terminal():
    hostile = Series("\x1b[2J\nb\x07", (1, 2))
    shown = chart(paper(OVER_TIME), "line")._replace(
        title="\x1b]0;x\x07t", labels=("\x1b[31ma", "b\n"), series=(hostile, hostile)
    )

    for kind in KINDS:
        for over_time in (True, False):
            changed = shown._replace(kind=kind, over_time=over_time)
            lines = [*drawn(changed, None)]
            assert all(line.isprintable() for line in lines)


def test_a_chart_of_nothing_but_blanks_is_an_empty_one():
    shown = chart(paper(OVER_TIME), "line")._replace(series=(Series("a", (None,) * 4),))

    for kind in KINDS:
        assert "".join(drawn(shown._replace(kind=kind), 40)) != ""
        assert "".join(drawn(shown._replace(kind=kind, over_time=False), 40)) != ""


def test_a_chart_is_half_as_high_as_the_screen_within_bounds():
    assert [height(lines) for lines in (5, 24, 40, 90)] == [12, 12, 20, 24]


def test_labels_are_spread_evenly():
    assert spread(4, 12) == [0, 1, 2, 3]
    assert spread(30, 12) == [0, 3, 6, 9, 12, 15, 18, 21, 24, 27]
    assert spread(3, 0) == [0]


def test_a_pie_of_nothing_has_no_shares():
    shown = chart(paper(BY_GROUP), "pie")._replace(labels=("a",), series=(Series("x", (0,)),))

    assert [*drawn(shown, 40)] == ["By channel: Created", "a   0"]
    assert isinstance(shown, Chart)
