"""The desk's own fields, and what they take."""

from __future__ import annotations

import pytest

from tix.domain.field import Field, checked_values
from tix.errors import UnknownField, UsageError

FIELDS = (
    Field("note"),
    Field("order", "number"),
    Field("bought", "date"),
    Field("shop", "choice", ("Web", "store")),
)


def test_a_desk_without_fields_takes_any() -> None:
    assert checked_values((), {"order": "a lot"}) == {"order": "a lot"}


@pytest.mark.parametrize(
    ("name", "text", "kept"),
    [
        ("note", "any text", "any text"),
        ("order", "77", "77"),
        ("order", "-2.50", "-2.50"),
        ("bought", "2026-11-24", "2026-11-24"),
        ("bought", "20261124", "2026-11-24"),
        ("shop", "web", "Web"),
        ("shop", "STORE", "store"),
        ("shop", "", ""),
        ("gone", "", ""),
    ],
)
def test_a_value_is_kept_in_the_form_of_its_field(name: str, text: str, kept: str) -> None:
    assert checked_values(FIELDS, {name: text}) == {name: kept}


@pytest.mark.parametrize(
    ("name", "text", "message", "hint"),
    [
        ("order", "7,5", "'7,5' is no number, as field order needs", "Such as 7 or -2.5."),
        ("order", "7.", "'7.' is no number, as field order needs", "Such as 7 or -2.5."),
        ("order", "٧", "'٧' is no number, as field order needs", "Such as 7 or -2.5."),
        ("bought", "24.11.", "'24.11.' is no day, as field bought needs", "Such as 2026-11-24."),
        ("shop", "wbe", "'wbe' is no shop; there are Web, store", "Did you mean 'Web'?"),
        ("shop", "xyzzy", "'xyzzy' is no shop; there are Web, store", ""),
    ],
)
def test_what_is_nothing_for_a_field_is_refused(
    name: str, text: str, message: str, hint: str
) -> None:
    with pytest.raises(UsageError) as error:
        checked_values(FIELDS, {name: text})

    assert (error.value.message, error.value.hint) == (message, hint)


@pytest.mark.parametrize(
    ("name", "hint"),
    [("ordre", "Did you mean 'order'?"), ("x", "There are note, order, bought, shop.")],
)
def test_where_fields_are_defined_there_are_no_others(name: str, hint: str) -> None:
    with pytest.raises(UnknownField) as error:
        checked_values(FIELDS, {name: "1"})

    assert (error.value.message, error.value.hint) == (f"the desk has no field {name!r}", hint)
