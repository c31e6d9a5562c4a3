"""The overview: now, before, and what has changed beyond chance."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.reports.made import DAY, NOVEMBER, START, facts, view
from tix.record import replace
from tix.reports import REPORTS
from tix.reports.comparing import change
from tix.reports.figures import Figure
from tix.reports.kpi import METRICS, report
from tix.reports.statistics import Distribution, quantile_difference
from tix.reports.view import View

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.reports.made import Thing

OCTOBER = START - 20 * DAY


def created(at: int, **more: object) -> tuple[Thing, ...]:
    ticket = {"created_at": at, "first_at": at, "first_ending": "answered", "asked_at": at}
    return ("tickets", {**ticket, **more}), ("flow", {"at": at, "kind": "created"})


def answered(at: int, lengths: Sequence[int]) -> list[tuple[Thing, ...]]:
    return [created(at, first_cal=length, first_biz=length) for length in lengths]


def changed(metric: str, *tickets: Sequence[Thing]) -> Figure:
    scope = NOVEMBER
    both = View(facts(*tickets), scope, view(facts()).desk, (scope.before, scope.whole))
    return change(metric, both.cell(1), both.cell(0))


def test_counts_are_subtracted_and_have_no_interval():
    assert changed("created", created(START), created(START), created(OCTOBER)) == Figure(1)


def test_rates_have_the_interval_of_newcombe():
    now = [created(START, escalated_at=int(n < 56)) for n in range(70)]
    before = [created(OCTOBER, escalated_at=int(n < 48)) for n in range(80)]
    found = changed("escalation_rate", *now, *before)

    assert (found.value, found.low, found.high) == pytest.approx((0.2, 0.0524, 0.3339), abs=5e-5)
    assert found.mark == ""


def test_a_difference_that_may_be_none_is_no_clear_change():
    now, before = ([created(at, escalated_at=n) for n in range(5)] for at in (START, OCTOBER))

    assert changed("escalation_rate", *now, *before).mark == "no clear change"


def test_medians_have_a_bootstrap_interval():
    now, before = range(100, 160), range(60)
    found = changed("frt_cal_p50", *answered(START, now), *answered(OCTOBER, before))

    expected = quantile_difference(Distribution(now), Distribution(before))
    assert expected is not None
    assert found == Figure(expected.value, low=expected.low, high=expected.high)


def test_few_samples_are_subtracted_and_prove_nothing():
    found = changed("frt_cal_p50", *answered(START, range(9)), *answered(OCTOBER, range(20)))

    assert found == Figure(4 - 9.5, mark="low n")


def test_what_is_blank_in_either_period_has_no_change():
    assert changed("frt_cal_p50", *answered(START, range(9))) == Figure()
    assert changed("csat") == Figure()


def test_the_overview_has_now_before_and_the_change():
    (section,) = report(view(facts(created(START), created(START), created(OCTOBER))))

    assert (section.keys, section.metrics, section.tall) == (("when",), METRICS, True)
    assert [row.keys for row in section.rows] == [("now",), ("before",), ("change",)]
    assert [row.figures["created"].value for row in section.rows] == [2, 1, 1]


def test_the_overview_of_nothing_is_blank():
    (section,) = report(view(facts()))

    assert [row.figures["fcr"].value for row in section.rows] == [None] * 3


def test_each_group_has_its_own_three_rows():
    now, before = (
        (("flow", {"at": at, "kind": "created", "department": name}),)
        for at, name in ((START, "sales"), (OCTOBER, "billing"))
    )
    (section,) = report(view(facts(now, before), replace(NOVEMBER, group="department")))

    assert section.keys == ("department", "when")
    named = [row.keys for row in section.rows]
    assert named[:3] == [("billing", "now"), ("billing", "before"), ("billing", "change")]
    assert [row.figures["created"].value for row in section.rows if row.keys[0] == "sales"] == [
        *(1, 0, 1)
    ]


def test_periods_stand_beside_each_other_instead():
    scope = replace(NOVEMBER, by="week")
    (section,) = report(view(facts(created(START)), scope))

    assert section.keys == ("period",)
    assert [row.keys for row in section.rows][:2] == [("2026-W44",), ("2026-W45",)]
    assert section.totals is not None


@pytest.mark.parametrize("name", REPORTS)
@pytest.mark.parametrize(("by", "group"), [("", ""), ("week", ""), ("", "agent"), ("week", "tag")])
def test_every_report_can_be_cut_by_periods_and_groups(name: str, by: str, group: str):
    seen = view(facts(created(START), created(OCTOBER)), replace(NOVEMBER, by=by, group=group))

    for section in REPORTS[name].sections(seen):
        for row in section.rows:
            assert len(row.keys) == len(section.keys)
            assert set(row.figures) <= set(section.metrics)


@pytest.mark.parametrize("name", ["kpi", "volume"])
def test_what_a_group_is_called_may_hold_any_character(name: str):
    odd = created(START, category="a\x1fb")
    seen = view(facts(odd), replace(NOVEMBER, group="category"))
    first, *_ = REPORTS[name].sections(seen)

    assert {row.keys[0] for row in first.rows} == {"a\x1fb"}
    assert {len(row.keys) for row in first.rows} == {len(first.keys)}
