"""Orders and groups by the fields of queries."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.domain.asking import NOW, SCALE, ticket
from tix.domain.found import Found
from tix.domain.people import Contact
from tix.domain.query import facets, sort_rows
from tix.domain.status import Status
from tix.errors import UnknownField

HOUR = timedelta(hours=1)
ROWS = [
    Found(ticket(3, priority="urgent", due_at=NOW, subject="b", tags=("x", "y")), None),
    Found(
        ticket(1, priority="low", subject="Ä", requester=2, status=Status.CLOSED, outbound=True),
        Contact(2, None, "jo@x.com", "Acme"),
    ),
    Found(
        ticket(2, due_at=NOW - HOUR, waiting_since=NOW - HOUR, subject="a", assignee="Bob", tier=2),
        Contact(1, "ann"),
    ),
    Found(
        ticket(4, priority="alien", due_at=NOW, waiting_since=NOW, subject="B", category="a/b"),
        None,
    ),
]


@pytest.mark.parametrize(
    ("keys", "numbers"),
    [
        ("id", [1, 2, 3, 4]),
        ("-id", [4, 3, 2, 1]),
        ("due", [2, 3, 4, 1]),
        ("-due", [3, 4, 2, 1]),
        ("-due,-id", [4, 3, 2, 1]),
        ("prio", [1, 2, 3, 4]),
        ("-priority", [3, 2, 1, 4]),
        ("status", [2, 3, 4, 1]),
        ("subject", [2, 3, 4, 1]),
        ("-title,id", [1, 3, 4, 2]),
        ("waiting", [4, 2, 1, 3]),
        ("-waiting", [2, 4, 1, 3]),
        ("customer", [2, 1, 3, 4]),
        ("organisation", [1, 2, 3, 4]),
        ("assignee, -id", [2, 4, 3, 1]),
        ("-outbound", [1, 2, 3, 4]),
        ("field.os", [1, 2, 3, 4]),
    ],
)
def test_rows_come_in_the_order_of_the_keys(keys: str, numbers: list[int]):
    assert [row.ticket.id for row in sort_rows(ROWS, keys, SCALE)] == numbers


@pytest.mark.parametrize(
    ("keys", "message", "hint"),
    [
        ("deu", "'deu' is no field to sort by", "Did you mean 'due'?"),
        ("due,", "'' is no field to sort by", None),
        ("tag", "'tag' is no field to sort by", None),
        ("-text", "'text' is no field to sort by", None),
        ("is", "'is' is no field to sort by", None),
    ],
)
def test_a_key_without_an_order_is_refused(keys: str, message: str, hint: str | None):
    with pytest.raises(UnknownField) as error:
        sort_rows([], keys, SCALE)

    assert error.value.message == message
    assert error.value.hint.startswith(hint or "There are id, status, substatus, priority, ")


@pytest.mark.parametrize(
    ("field", "groups"),
    [
        ("prio", [("urgent",), ("low",), ("normal",), ("alien",)]),
        ("status", [("new",), ("closed",), ("new",), ("new",)]),
        ("tag", [("x", "y"), (), (), ()]),
        ("customer", [(), ("jo@x.com",), ("ann",), ()]),
        ("assignee", [(), (), ("Bob",), ()]),
        ("category", [(), (), (), ("a/b",)]),
        ("outbound", [("no",), ("yes",), ("no",), ("no",)]),
        ("tier", [("1",), ("1",), ("2",), ("1",)]),
    ],
)
def test_a_row_is_in_the_groups_of_its_values(field: str, groups: list[tuple[str, ...]]):
    assert list(map(facets(field), ROWS)) == groups


def test_a_field_without_groups_is_refused():
    with pytest.raises(UnknownField, match="'created' is no field to group by"):
        facets("created")
