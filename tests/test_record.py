"""Records are frozen, compare by what they hold, and hold no more than they were given."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from tix.record import NOTHING, REQUIRED, Record, members, replace

VALUES: list[Any] = []


class Point(Record):
    x: int
    y: int = 0


class Named(Point):
    name: str = "origin"
    notes: Mapping[str, str] = NOTHING


def test_members_are_given_by_place_or_by_name_and_have_their_defaults():
    point = Point(1, y=2)

    assert (point.x, point.y) == (1, 2)
    assert Point(1).y == 0


def test_a_record_of_a_record_has_the_members_of_both():
    assert list(members(Named)) == ["x", "y", "name", "notes"]
    assert Named(1, 2, "end") == Named(x=1, y=2, name="end")


def test_what_has_no_default_is_told():
    assert members(Point) == {"x": REQUIRED, "y": 0}


def test_what_is_missing_is_named():
    with pytest.raises(TypeError, match="Point is missing members: 'x'"):
        Point(*VALUES)


@pytest.mark.parametrize(("values", "named"), [((1, 2, 3), {}), ((1,), {"x": 1}), ((1,), {"z": 1})])
def test_what_is_too_much_or_unknown_is_an_error(values: tuple[Any, ...], named: dict[str, Any]):
    with pytest.raises(TypeError, match="Point takes x, y, each once"):
        Point(*values, **named)


def test_a_record_never_changes():
    point = Point(1)

    with pytest.raises(AttributeError, match="a Point cannot change"):
        point.x = 2  # type: ignore[misc]
    with pytest.raises(AttributeError, match="a Point cannot change"):
        del point.x

    assert point == Point(1)


def test_equal_is_what_is_of_the_same_kind_and_content_whether_given_or_not():
    assert Point(1) == Point(1, 0)
    assert hash(Point(1)) == hash(Point(1, 0))
    assert Point(1) != Point(2)
    assert Point(1) != Named(1)
    assert Point(1) != (1, 0)


def test_replacing_makes_another():
    point = Point(1, 2)

    assert (replace(point, y=3), point) == (Point(1, 3), Point(1, 2))


def test_a_record_tells_what_it_holds():
    assert repr(Point(1)) == "Point(x=1, y=0)"
