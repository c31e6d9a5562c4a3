"""Records are frozen, compare by what they hold, and hold no more than they were given.

Named tuples behave as those of ``typing``.
"""

from __future__ import annotations

import copy
import typing
from collections.abc import Mapping
from typing import Any, Generic, TypeVar

import pytest

from tix.record import NOTHING, REQUIRED, NamedTuple, Record, members, replace

T = TypeVar("T")

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


class Place(NamedTuple):
    x: int
    y: int = 0
    name: str = "origin"

    @property
    def sum(self) -> int:
        return self.x + self.y


class TypingsPlace(typing.NamedTuple):
    x: int
    y: int = 0
    name: str = "origin"


class Box(NamedTuple, Generic[T]):
    content: T


class Corner(Place):
    """A place with one more method, and no more fields."""


@pytest.mark.parametrize(
    ("values", "named"),
    [
        ((1, 2, "end"), {}),
        ((1,), {}),
        ((1,), {"name": "end"}),
        ((), {"name": "end", "x": 1}),
        ((), {"name": "end", "y": 2, "x": 1}),
    ],
)
def test_a_named_tuple_is_made_as_one_of_typing(values: tuple[Any, ...], named: dict[str, Any]):
    ours, typings = Place(*values, **named), TypingsPlace(*values, **named)

    assert tuple(ours) == tuple(typings)
    assert ours._asdict() == typings._asdict()
    assert repr(ours) == repr(typings).replace("TypingsPlace", "Place")


@pytest.mark.parametrize(
    ("values", "named"),
    [
        ((), {}),
        ((), {"y": 1}),
        ((1, 2, "end", 4), {}),
        ((1,), {"x": 1}),
        ((1, 2), {"x": 1, "y": 2}),
        ((1,), {"z": 1}),
        ((1, 2, "end"), {"z": 1}),
        ((), {"y": 1, "name": "end", "z": 1}),
    ],
)
def test_what_does_not_fit_its_fields_is_refused(values: tuple[Any, ...], named: dict[str, Any]):
    with pytest.raises(TypeError, match="Place takes x, y, name, each once"):
        Place(*values, **named)
    with pytest.raises(TypeError):
        TypingsPlace(*values, **named)


def test_a_named_tuple_tells_its_fields_and_their_defaults():
    assert Place._fields == TypingsPlace._fields
    assert Place._field_defaults == TypingsPlace._field_defaults
    assert typing.get_type_hints(Place) == typing.get_type_hints(TypingsPlace)


def test_a_named_tuple_is_a_tuple():
    x, y, name = Place(1, 2)

    assert (x, y, name) == (1, 2, "origin")
    assert Place(1, 2) == (1, 2, "origin")
    assert hash(Place(1, 2)) == hash((1, 2, "origin"))
    assert sorted([Place(2), Place(1, 5), Place(1)]) == [Place(1), Place(1, 5), Place(2)]
    match Place(1, 2):
        case Place(first, second):
            assert (first, second) == (1, 2)


def test_a_named_tuple_may_have_methods_or_be_generic_or_be_the_base_of_another():
    assert Place(1, 2).sum == 3
    assert Box("a word").content == "a word"
    assert Corner(1, name="end").sum == 1


def test_a_named_tuple_never_changes_and_takes_nothing_else():
    place = Place(1)

    with pytest.raises(AttributeError):
        place.x = 2  # type: ignore[misc]
    with pytest.raises(AttributeError):
        place.z = 2  # type: ignore[attr-defined]


def test_replacing_fields_makes_another_tuple_of_the_same_kind():
    place = Place(1, 2)
    moved = place._replace(name="end", x=5)

    assert (type(moved), moved, place) == (Place, (5, 2, "end"), (1, 2, "origin"))
    with pytest.raises(TypeError, match="Place takes"):
        place._replace(z=1)  # type: ignore[call-arg]


def test_a_named_tuple_is_made_of_what_can_be_looped_over_and_copied():
    place = Place._make(iter([1, 2, "end"]))

    assert place == Place(1, 2, "end")
    assert copy.deepcopy(place) == place
    assert type(copy.deepcopy(place)) is Place
    with pytest.raises(TypeError, match="Place takes"):
        Place._make([1, 2, "end", 4])
