"""What a chart shows of a section."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.output.reports.charted import BOTH, BY_GROUP, CHANNELS, OVER_TIME, TIMES, WEEKS, paper
from tests.output.reports.sample import ALONE, BY_DEPARTMENT, COMPARED, CREATED, KEPT, MEDIAN, PAPER
from tix.errors import UsageError
from tix.output.reports.charts.chart import Chart, Series, chart, charts
from tix.record import replace
from tix.reports.figures import Figure, Row

if TYPE_CHECKING:
    from tix.output.reports.paper import Paper
    from tix.reports.figures import Section


def test_metrics_in_the_same_unit_are_drawn_together():
    drawn = chart(paper(OVER_TIME), "line")

    assert drawn == Chart(
        "line",
        "By week",
        WEEKS,
        (Series("Created", (0, 10, 20, 30)), Series("Calls", (0, 1, 2, 3))),
        CREATED,
        True,
    )


def test_what_all_series_have_in_their_names_stands_in_the_title():
    drawn = chart(paper(TIMES), "line")

    assert drawn.title == "By week: First response"
    assert [one.name for one in drawn.series] == ["median", "p90"]
    assert drawn.series[0].values == (0, 5_400, None, 16_200)


def test_groups_over_time_are_a_series_each_the_least_of_them_together():
    drawn = chart(paper(BOTH), "area")

    assert drawn.title == "By week and channel: Created"
    assert drawn.labels == WEEKS
    names = ["<i>carrier</i>", "none", "sms", "fax", "phone", "other"]
    assert [one.name for one in drawn.series] == names
    largest, *_, other = drawn.series
    assert largest == Series("<i>carrier</i>", (8, 16, 24, 32))
    assert other == Series("other", (1 + 2 + 3, 2 + 0 + 6, 3 + 6 + 9, 4 + 8 + 12))


def test_groups_of_what_cannot_be_summed_up_are_the_largest():
    drawn = chart(paper(BOTH._replace(metrics=("frt_biz_p50",))), "line")

    names = ["<i>carrier</i>", "none", "sms", "fax", "phone", "chat"]
    assert [one.name for one in drawn.series] == names


def test_a_pie_has_six_slices_and_the_rest():
    drawn = chart(paper(BY_GROUP), "pie")

    assert (drawn.title, drawn.over_time) == ("By channel: Created", False)
    assert drawn.labels == ("<i>carrier</i>", "none", "sms", "fax", "phone", "chat", "other")
    assert drawn.series == (Series("Created", (256, 128, 64, 32, 16, 8, 2 + 4)),)


def test_a_pie_of_groups_over_time_sums_the_periods_up():
    drawn = chart(paper(BOTH), "pie")

    assert drawn.labels[0] == "<i>carrier</i>"
    assert drawn.series[0].values[0] == 8 + 16 + 24 + 32
    assert drawn.over_time is False


def test_the_first_section_that_suits_is_drawn():
    drawn = chart(paper(COMPARED, ALONE, BY_GROUP, OVER_TIME))

    assert (drawn.kind, drawn.title, drawn.labels) == (
        "bar",
        "By channel",
        (*CHANNELS[:6], "none", CHANNELS[7]),
    )


def test_more_metrics_are_drawn_if_they_are_asked_for():
    wide = OVER_TIME._replace(metrics=("created", "calls", "created", "calls"))

    assert len(chart(paper(wide), "bar").series) == 3
    assert len(chart(paper(wide), "bar", 6).series) == 4


@pytest.mark.parametrize(
    ("kind", "hint"),
    [
        ("line", "add --by week"),
        ("area", "add --by week"),
        ("pie", "add --group-by channel"),
        ("bar", "add --by week"),
        (None, "add --by week"),
    ],
)
def test_what_cannot_be_drawn_is_refused_with_what_would_help(kind: str | None, hint: str):
    words = BY_GROUP._replace(metrics=("term",))
    for sections in ((COMPARED, ALONE), (words,)):
        with pytest.raises(UsageError) as told:
            chart(of_report("volume", *sections), kind)
        assert told.value.hint == hint


def of_report(name: str, *sections: Section, by: str = "", group: str = "") -> Paper:
    shown = paper(*sections)
    return shown._replace(report=replace(shown.report, name=name, by=by, group=group))


@pytest.mark.parametrize(
    ("shown", "kind", "message", "hint"),
    [
        (
            of_report("trends", BY_GROUP._replace(rows=())),
            None,
            "there is nothing to draw in the report trends",
            "it has no rows; take a longer range: --from -90d",
        ),
        (
            of_report("workload", BY_GROUP),
            "line",
            "a chart of this kind shows time: --chart line",
            "--chart bar",
        ),
        (
            of_report("workload", ALONE),
            None,
            "there is nothing to draw in the report workload",
            "choose other metrics with --fields, or another --section",
        ),
        (
            of_report("transfers", BY_GROUP, by="week"),
            "line",
            "a chart of this kind shows time: --chart line",
            "--chart bar",
        ),
        (
            of_report("response", TIMES, by="week"),
            "area",
            "an area shows parts of a whole",
            "--chart line",
        ),
        (
            of_report("channels", TIMES, group="channel"),
            "pie",
            "a pie shows parts of a whole",
            "--chart bar",
        ),
    ],
)
def test_a_hint_is_of_what_the_report_can_do(
    shown: Paper, kind: str | None, message: str, hint: str
):
    with pytest.raises(UsageError) as told:
        chart(shown, kind)

    assert (told.value.message, told.value.hint) == (message, hint)


def test_shares_are_of_counts_only():
    for kind in ("area", "pie"):
        with pytest.raises(UsageError):
            chart(paper(TIMES), kind)
    with pytest.raises(UsageError):
        chart(paper(OVER_TIME), "pie")


def test_each_section_of_a_page_is_drawn_as_suits_it():
    drawn = dict(charts(paper(OVER_TIME, BOTH, BY_GROUP, COMPARED, ALONE, BY_DEPARTMENT)))

    kinds = {name: one.kind for name, one in drawn.items()}
    assert kinds == {"weeks": "line", "weekly": "line", "channels": "bar", "overview": "bar"}


def test_of_more_groups_than_a_chart_can_hold_the_largest_are_drawn():
    rows = tuple(Row((f"g{n}",), {"created": Figure(n % 20)}) for n in range(40))
    drawn = chart(paper(BY_GROUP._replace(metrics=("created",), rows=rows)), "bar")

    assert drawn.title == "By channel, the 24 largest: Created"
    assert len(drawn.labels) == 24
    assert drawn.labels[:3] == ("g8", "g9", "g10")


def test_a_title_is_not_told_twice():
    drawn = chart(paper(TIMES._replace(title="First response")), "line")

    assert drawn.title == "First response"


def test_a_tall_section_over_time_is_drawn_as_well():
    assert chart(paper(OVER_TIME._replace(tall=True)), "line").labels == WEEKS


def scaled(values: tuple[float | None, ...], metric: object = CREATED) -> list[float]:
    return Chart("line", "", ("",) * len(values), (Series("", values),), metric, True).ticks  # type: ignore[arg-type]


def test_scales_have_round_steps():
    assert scaled((0, 3, None)) == [0, 1, 2, 3]
    assert scaled((None,)) == [0, 1]
    assert scaled((260,)) == [0, 100, 200, 300]
    assert scaled((-12, 30)) == [-20, -10, 0, 10, 20, 30]
    assert scaled((0.91,), KEPT) == [0, 0.2, 0.4, 0.6000000000000001, 0.8, 1.0]
    assert scaled((40_000,), MEDIAN) == [0, 14_400, 28_800, 43_200]
    assert scaled((9_000_000,), MEDIAN)[1] == 3 * 604_800


def test_parts_of_a_whole_are_as_high_as_their_sum():
    series = (Series("a", (1, None)), Series("b", (2, 5)))

    assert Chart("area", "", ("x", "y"), series, CREATED, True).highest == 5
    assert Chart("line", "", ("x", "y"), series, CREATED, True).highest == 5
    assert Chart("area", "", (), (), CREATED, True).highest == 0


def test_a_missing_figure_is_no_point():
    rows = (Row(("2026-W44",), {"created": Figure(1)}), Row(("2026-W45",), {}))

    assert chart(paper(OVER_TIME._replace(rows=rows)), "line").series[0].values == (1, None)
    assert chart(paper(OVER_TIME._replace(rows=rows)), "line").told(None) == "–"


def test_a_report_without_sections_has_no_picture():
    assert list(charts(paper())) == []
    assert PAPER.report.sections != ()
