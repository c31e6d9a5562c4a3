"""Lengths of time: what is read, what is refused, what is printed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tix.domain.span import long_span, parse_span, short_span, span_parts
from tix.errors import BadDate


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("90m", timedelta(minutes=90)),
        ("90min", timedelta(minutes=90)),
        ("1h30m", timedelta(minutes=90)),
        (" 2h 10m ", timedelta(hours=2, minutes=10)),
        ("45s", timedelta(seconds=45)),
        ("2d", timedelta(days=2)),
        ("1w", timedelta(weeks=1)),
        ("0m", timedelta()),
        ("PT4H", timedelta(hours=4)),
        ("pt1h30m", timedelta(minutes=90)),
        ("P1DT12H", timedelta(hours=36)),
        ("P2W", timedelta(weeks=2)),
        ("PT0S", timedelta()),
    ],
)
def test_a_length_is_read(text: str, expected: timedelta):
    assert parse_span(text) == expected


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "'' is not a length of time"),
        ("90", "'90' is not a length of time"),
        ("-2h", "'-2h' is not a length of time"),
        ("+2h", "'+2h' is not a length of time"),
        ("1.5h", "'1.5h' is not a length of time"),
        ("1 0m", "'1 0m' is not a length of time"),
        ("P", "'P' is not a length of time"),
        ("P1DT", "'P1DT' is not a length of time"),
        ("P1M", "'P1M' is not a length of time"),
        ("2x", "'x' in '2x' is no unit of time"),
        ("2H", "'H' in '2H' is no unit of time"),
        ("2bd", "'2bd' is working time, and a fixed length is needed"),
        ("1d4bh", "'1d4bh' is working time, and a fixed length is needed"),
        ("1mo", "'1mo' has no fixed length, as months and years differ"),
        ("9999999999d", "'9999999999d' is too long a time"),
        ("9" * 201 + "m", "a length of time is a few letters, such as 90m"),
    ],
)
def test_what_is_no_fixed_length_is_refused(text: str, message: str):
    with pytest.raises(BadDate) as refused:
        parse_span(text)

    assert refused.value.message == message


@given(st.text(max_size=250) | st.from_regex(r"[+-]?P?[0-9]{1,30}[a-zA-Z]{1,3}", fullmatch=True))
def test_any_text_is_a_length_or_a_bad_date(text: str):
    try:
        span = parse_span(text)
    except BadDate:
        return
    assert span >= timedelta()


def test_parts_keep_working_days_apart():
    assert span_parts("2bd4bh") == ((2, "bd"), (4, "bh"))


@pytest.mark.parametrize(
    ("span", "short", "long"),
    [
        (timedelta(), "0s", "0 s"),
        (timedelta(seconds=40.9), "40s", "40 s"),
        (timedelta(minutes=40, seconds=59), "40m", "40 min"),
        (timedelta(hours=1), "1h", "1 h"),
        (timedelta(hours=1, minutes=5), "1h 05m", "1 h 5 min"),
        (timedelta(hours=2, minutes=10), "2h 10m", "2 h 10 min"),
        (timedelta(days=3), "3d", "3 d"),
        (timedelta(days=3, hours=4, minutes=30), "3d 4h", "3 d 4 h"),
        (timedelta(days=12, hours=4), "12d", "12 d 4 h"),
        (timedelta(days=36), "5w", "36 d"),
        (timedelta(days=400, hours=3), "57w", "400 d"),
        (timedelta(minutes=-40), "-40m", "40 min"),
        (timedelta(seconds=-0.5), "0s", "0 s"),
    ],
)
def test_a_length_is_printed_in_two_units_at_most(span: timedelta, short: str, long: str):
    assert (short_span(span), long_span(span)) == (short, long)


@given(st.timedeltas(timedelta(), timedelta(days=3000)))
def test_what_is_printed_can_be_read_and_is_never_more(span: timedelta):
    assert parse_span(short_span(span)) <= span
