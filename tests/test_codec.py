"""Records become JSON and come back the same, or are refused."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta, timezone
from enum import Enum
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tix.codec import decode, decode_time, encode, encode_time, encode_value
from tix.record import NOTHING, Record

AT = datetime(2026, 11, 21, 18, 30, tzinfo=UTC)
ZAGREB = timezone(timedelta(hours=1))


class Colour(Enum):
    RED = "red"
    BLUE = "blue"


class Point(NamedTuple):
    x: int
    y: int = 0


class Inner(Record):
    name: str
    size: float = 1.0


class Everything(Record):
    """A member of each kind that a record may have."""

    number: int
    text: str = ""
    share: float = 0.0
    flag: bool = False
    nothing: None = None
    maybe: str | None = None
    at: datetime = AT
    later: datetime | None = None
    day: date = date(2026, 1, 1)
    colour: Colour = Colour.RED
    point: Point | None = None
    inner: Inner | None = None
    words: tuple[str, ...] = ()
    points: tuple[Point, ...] = ()
    pair: tuple[int, str] = (0, "")
    colours: frozenset[Colour] = frozenset()
    labels: Mapping[str, str] = NOTHING
    counts: Mapping[int, Point] = NOTHING
    days: Mapping[date, tuple[int, ...]] = NOTHING
    data: Mapping[str, object] = NOTHING
    anything: object = None
    either: int | str | None = None
    free: Any = None


texts = st.text(max_size=5)
times = st.datetimes(timezones=st.sampled_from([UTC, ZAGREB]), min_value=datetime(1900, 1, 1))
points = st.builds(Point, st.integers(), st.integers())
leaves = st.none() | st.booleans() | st.integers() | texts
values = leaves | st.lists(leaves, max_size=2) | st.dictionaries(texts, leaves, max_size=2)
records = st.builds(
    Everything,
    number=st.integers(),
    text=texts,
    share=st.floats(allow_nan=False),
    flag=st.booleans(),
    maybe=st.none() | texts,
    at=times,
    later=st.none() | times,
    day=st.dates(),
    colour=st.sampled_from(Colour),
    point=st.none() | points,
    inner=st.none() | st.builds(Inner, texts, st.floats(allow_nan=False)),
    words=st.lists(texts, max_size=2).map(tuple),
    points=st.lists(points, max_size=2).map(tuple),
    pair=st.tuples(st.integers(), texts),
    colours=st.frozensets(st.sampled_from(Colour)),
    labels=st.dictionaries(texts, texts, max_size=2),
    counts=st.dictionaries(st.integers(), points, max_size=2),
    days=st.dictionaries(st.dates(), st.lists(st.integers(), max_size=2).map(tuple), max_size=2),
    data=st.dictionaries(texts, values, max_size=2),
    anything=values,
    either=st.none() | st.integers() | texts,
    free=values,
)


@given(records)
def test_what_was_encoded_comes_back(record: Everything) -> None:
    document = json.loads(json.dumps(encode(record)))

    assert decode(Everything, document) == record


def test_members_at_their_default_are_left_out() -> None:
    assert encode(Everything(1)) == {"number": 1}
    assert encode(Point(3)) == {"x": 3}
    assert decode(Everything, {"number": 1}) == Everything(1)


def test_a_record_is_an_object_of_its_members() -> None:
    record = Everything(
        1,
        at=AT + timedelta(seconds=1),
        colour=Colour.BLUE,
        point=Point(2, 3),
        points=(Point(4),),
        inner=Inner("x"),
        pair=(1, "a"),
        counts={7: Point(8)},
        days={date(2026, 2, 1): (1, 2)},
        data={"n": [1, None]},
    )

    assert encode(record) == {
        "number": 1,
        "at": "2026-11-21T18:30:01Z",
        "colour": "blue",
        "point": {"x": 2, "y": 3},
        "points": [{"x": 4}],
        "inner": {"name": "x"},
        "pair": [1, "a"],
        "counts": {"7": {"x": 8}},
        "days": {"2026-02-01": [1, 2]},
        "data": {"n": [1, None]},
    }


@pytest.mark.parametrize(
    ("value", "encoded"),
    [
        (1, 1),
        ("a", "a"),
        (None, None),
        (AT, "2026-11-21T18:30:00Z"),
        (date(2026, 2, 1), "2026-02-01"),
        (Colour.RED, "red"),
        ((1, AT), [1, "2026-11-21T18:30:00Z"]),
        ([Point(1, 2)], [{"x": 1, "y": 2}]),
        (frozenset({"a"}), ["a"]),
        ({1: (2,)}, {"1": [2]}),
        (Inner("x", 2.0), {"name": "x", "size": 2.0}),
    ],
)
def test_a_member_becomes_a_json_value(value: object, encoded: object) -> None:
    assert encode_value(value) == encoded


@pytest.mark.parametrize(
    ("at", "text"),
    [
        (AT, "2026-11-21T18:30:00Z"),
        (AT.astimezone(ZAGREB), "2026-11-21T18:30:00Z"),
        (AT.replace(microsecond=5), "2026-11-21T18:30:00.000005Z"),
        (datetime(1, 1, 1, tzinfo=UTC), "0001-01-01T00:00:00Z"),
    ],
)
def test_a_time_is_written_in_utc(at: datetime, text: str) -> None:
    assert encode_time(at) == text
    assert decode_time(text) == at


def test_a_time_of_another_zone_is_read_as_utc() -> None:
    at = decode_time("2026-11-21T19:30:00+01:00")

    assert (at, at.tzinfo) == (AT, UTC)


@pytest.mark.parametrize("text", ["", "soon", "2026-11-21T18:30:00", "2026-13-01T00:00:00Z"])
def test_a_time_without_zone_or_sense_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"zone|isoformat|month"):
        decode_time(text)


@pytest.mark.parametrize("value", [5, None, ["2026-11-21T18:30:00Z"]])
def test_what_is_no_text_is_no_time(value: object) -> None:
    with pytest.raises(TypeError, match="not a time"):
        decode_time(value)


@pytest.mark.parametrize(
    "document",
    [
        None,
        [],
        "x",
        {},
        {"number": "1"},
        {"number": True},
        {"number": 1.0},
        {"number": 1, "text": None},
        {"number": 1, "text": 5},
        {"number": 1, "share": 1},
        {"number": 1, "flag": 0},
        {"number": 1, "nothing": 0},
        {"number": 1, "maybe": 3},
        {"number": 1, "at": None},
        {"number": 1, "at": "today"},
        {"number": 1, "day": "today"},
        {"number": 1, "day": 5},
        {"number": 1, "colour": "green"},
        {"number": 1, "point": [1, 2]},
        {"number": 1, "point": {"y": 1}},
        {"number": 1, "point": {"x": 1, "z": 1}},
        {"number": 1, "inner": {"name": 3}},
        {"number": 1, "words": "abc"},
        {"number": 1, "words": ["a", 1]},
        {"number": 1, "words": {"a": 1}},
        {"number": 1, "pair": [1]},
        {"number": 1, "pair": [1, "a", "b"]},
        {"number": 1, "colours": "red"},
        {"number": 1, "labels": {"a": 1}},
        {"number": 1, "labels": ["a"]},
        {"number": 1, "counts": {"one": {"x": 1}}},
        {"number": 1, "data": [1]},
        {"number": 1, "unknown": 1},
    ],
)
def test_what_no_record_wrote_is_an_error_and_never_a_guess(document: object) -> None:
    with pytest.raises((TypeError, ValueError, KeyError)):
        decode(Everything, document)
