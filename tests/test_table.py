"""Tables and the choice of their columns."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from tix.errors import UnknownField, UsageError
from tix.table import Block, Card, Column, Table


class Fruit(NamedTuple):
    id: int
    name: str
    colours: tuple[str, ...] = ()


ID: Column[Fruit] = Column("id", lambda fruit: fruit.id, align="right")
NAME: Column[Fruit] = Column("name", lambda fruit: fruit.name, title="")
COLOURS: Column[Fruit] = Column("colours", lambda fruit: fruit.colours)
PLUM = Fruit(3, "plum", ("blue", "red"))

FRUITS = Table(
    name="fruit_list",
    columns=(ID, NAME),
    rows=(PLUM,),
    record=lambda fruit: {"schema": "tix.fruit/1", "id": fruit.id, "name": {"en": fruit.name}},
    ident=lambda fruit: str(fruit.id),
    items="fruits",
)


def test_a_heading_is_the_title_or_else_the_name_in_capitals():
    assert [column.heading for column in (ID, NAME, COLOURS)] == ["ID", "", "COLOURS"]


def test_select_takes_own_and_extra_columns_in_the_order_asked_for():
    assert FRUITS.select(["colours", "id"], [COLOURS]).columns == (COLOURS, ID)


def test_select_leaves_everything_but_columns_and_record():
    selected = FRUITS.select(["id", "name"])

    assert selected._replace(record=FRUITS.record) == FRUITS


def test_a_selected_record_has_its_schema_and_the_members_asked_for():
    selected = FRUITS.select(["name", "colours"], [COLOURS])

    assert selected.record(PLUM) == {
        "schema": "tix.fruit/1",
        "name": {"en": "plum"},
        "colours": ("blue", "red"),
    }


def test_a_selected_record_without_a_schema_gets_none():
    bare = FRUITS._replace(record=lambda fruit: {"id": fruit.id, "name": fruit.name})

    assert bare.select(["id"]).record(PLUM) == {"id": 3}


def test_an_unknown_field_suggests_the_nearest():
    with pytest.raises(UnknownField) as caught:
        FRUITS.select(["id", "colour"], [COLOURS])

    assert (caught.value.message, caught.value.hint) == (
        "unknown field 'colour'",
        "Did you mean 'colours'?",
    )


def test_an_unknown_field_that_is_near_to_nothing_lists_them_all():
    with pytest.raises(UnknownField) as caught:
        FRUITS.select(["zzz"], [COLOURS])

    assert caught.value.hint == "The fields are id, name, colours."


def test_no_field_at_all_is_refused():
    with pytest.raises(UsageError) as caught:
        FRUITS.select([])

    assert (caught.value.message, caught.value.hint) == (
        "no field is named",
        "The fields are id, name.",
    )


PAGE = Card(
    "fruit",
    "7  apple",
    [("Name", "apple"), ("Size", "large")],
    [("id", 7), ("name", "apple"), ("size", 3)],
    {"schema": "tix.fruit/1", "id": 7, "name": {"en": "apple"}},
    "7",
    [Block("Taste", "sweet")],
)


def test_a_page_can_be_cut_to_some_of_its_fields():
    assert PAGE.select(["size", "name"], str) == Card(
        "fruit",
        "7  apple",
        [("size", "3"), ("name", "apple")],
        [("size", 3), ("name", "apple")],
        {"schema": "tix.fruit/1", "size": 3, "name": {"en": "apple"}},
        "7",
    )


@pytest.mark.parametrize(
    ("names", "hint"), [(["nmae"], "Did you mean 'name'?"), ([], "The fields are id, name, size.")]
)
def test_a_page_has_no_other_fields(names: list[str], hint: str):
    with pytest.raises(UsageError) as error:
        PAGE.select(names, str)

    assert error.value.hint == hint
