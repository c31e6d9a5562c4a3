"""What a metric means, by any of its names."""

from __future__ import annotations

import pytest

from tix.errors import NotFound
from tix.ops.reports.defining import define


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("created", "created"),
        ("FRT-biz-p90", "frt_biz_p90"),
        ("frt_biz_p90_s", "frt_biz_p90"),
        ("frt_biz_p90_low_s", "frt_biz_p90"),
        ("csat_n", "csat"),
        ("R2", "answers"),
        ("r4", "open_answer_avg"),
        ("R25", "resolved"),
    ],
)
def test_a_metric_is_found_by_its_id_its_columns_and_the_vendors_number(name: str, found: str):
    assert define(name).id == found


@pytest.mark.parametrize("name", ["R1", "R999", "frt_biz", "zzzz"])
def test_what_is_no_metric_is_not_found(name: str):
    with pytest.raises(NotFound) as told:
        define(name)
    assert told.value.ids == (name,)


def test_the_nearest_metric_is_suggested_else_where_all_are_named():
    with pytest.raises(NotFound) as told:
        define("crated")
    assert told.value.hint == "Did you mean 'created'?"
    with pytest.raises(NotFound) as told:
        define("zzzzzz")
    assert told.value.hint == "tix report list --metrics names them"


def test_behind_the_last_column_of_a_department_report_there_is_none():
    assert define("R25").id == "resolved"
    with pytest.raises(NotFound):
        define("R26")
