"""Thresholds on metrics, as people write them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tix.errors import BadDate, UsageError
from tix.reports.figures import Figure
from tix.reports.threshold import Threshold, metric_named, parse, written

WEEK = timedelta(days=7)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("frt.p90 > 4h over 7d", Threshold("frt_biz_p90", ">", 4 * 3600, WEEK)),
        ("frt_cal_p50>=90m over 1w", Threshold("frt_cal_p50", ">=", 5400, WEEK)),
        ("frt_cal.p50 < 1h", Threshold("frt_cal_p50", "<", 3600)),
        ("csat < 90%", Threshold("csat", "<", 0.9)),
        ("csat <= 0.9", Threshold("csat", "<=", 0.9)),
        ("backlog > 40 over 1d", Threshold("backlog", ">", 40, timedelta(days=1))),
        ("days-of-work > 2.5", Threshold("days_of_work", ">", 2.5)),
    ],
)
def test_a_threshold_is_a_metric_a_sign_a_value_and_a_time(text: str, meant: Threshold):
    assert parse(text) == meant
    assert parse(str(parse(text))) == meant


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("frt.p90", "'frt.p90' is no threshold"),
        ("backlog > many", "backlog is a number; 'many' is none"),
        ("csat < much", "csat is a share, such as 90%; 'much' is none"),
        ("frt.p90 > 4", "frt_biz_p90 is a length of time; '4' is none"),
        ("backlgo > 4", "there is no metric 'backlgo'"),
        ("backlog > 4 over 0d", "a threshold looks back over some time"),
        ("backlog > 4 over 36526d", "a threshold looks back over 36525 days at most"),
        ("backlog > nan", "backlog is a number; 'nan' is none"),
        ("backlog < 1e400", "backlog is a number; '1e400' is none"),
        ("csat < nan%", "csat is a share, such as 90%; 'nan%' is none"),
        ("csat < 90", "csat is a share, such as 90%; '90' is none"),
    ],
)
def test_what_is_no_threshold_is_told_why(text: str, error: str):
    with pytest.raises((UsageError, BadDate)) as caught:
        parse(text)
    assert caught.value.message == error


def test_a_misspelt_metric_gets_the_nearest():
    with pytest.raises(UsageError) as caught:
        metric_named("backlgo")
    assert caught.value.hint == "Did you mean 'backlog'?"


def test_a_value_is_beyond_a_threshold_or_not():
    over = parse("backlog > 4")

    assert over.is_crossed(Figure(5)) is True
    assert over.is_crossed(Figure(4)) is False
    assert parse("backlog >= 4").is_crossed(Figure(4)) is True


def test_too_few_cases_are_neither():
    assert parse("frt.p90 > 4h").is_crossed(Figure(None, n=3)) is None


def test_a_value_is_written_as_it_is_read():
    assert written(metric_named("frt.p50"), 5400) == "1h 30m"
    assert written(metric_named("csat"), 0.925) == "92.5%"
    assert written(metric_named("backlog"), 12) == "12"
