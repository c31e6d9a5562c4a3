"""Tags as such: which there are, and another name for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.ops.desks import meaning, opened, ticket
from tix.errors import NotFound, Refused
from tix.ops.tickets import moves
from tix.ops.tickets.tags import Tag, retag, tagged, tags

if TYPE_CHECKING:
    from tix.desk import Desk


@pytest.fixture
def sorted_desk(desk: Desk) -> Desk:
    """A desk with an open, a closed and a trashed ticket, all with tags."""
    opened(desk, tags=("bug", "web"))
    opened(desk, tags=("bug", "defect"))
    opened(desk, tags=("fault",))
    moves.resolve(desk, [2], close=True)
    moves.trash(desk, [3])
    return desk


def test_tags_are_counted_on_open_tickets_and_on_all(sorted_desk: Desk) -> None:
    assert tags(sorted_desk) == [Tag("bug", 1, 2), Tag("defect", 0, 1), Tag("web", 1, 1)]


def test_tagged_tickets_are_found_wherever_they_are(sorted_desk: Desk) -> None:
    assert [row.ticket.id for row in tagged(sorted_desk, ["bug", "fault"])] == [1, 2, 3]


def test_a_tag_that_nobody_has_is_not_found(sorted_desk: Desk) -> None:
    for name, hint in (("bgu", "Did you mean 'bug'?"), ("xyzzy", "tix tags lists them")):
        with pytest.raises(NotFound) as error:
            tagged(sorted_desk, ["bug", name])

        assert (error.value.message, error.value.hint) == (f"no ticket has the tag '{name}'", hint)


def test_a_new_name_is_not_taken(sorted_desk: Desk) -> None:
    with pytest.raises(Refused) as error:
        tagged(sorted_desk, ["bug"], new="web")

    assert error.value.hint == "tix tags merge bug --into web"
    assert len(tagged(sorted_desk, ["bug", "web"], new="web")) == 2


def test_tags_get_another_name_in_one_operation(sorted_desk: Desk) -> None:
    change = retag(sorted_desk, "tags merge", [1, 2, 3], ["bug", "defect"], "fault")

    assert [ticket(sorted_desk, n).tags for n in (1, 2, 3)] == [
        ("fault", "web"),
        ("fault",),
        ("fault",),
    ]
    assert (change.operation, change.unchanged) == ("tags merge", (3,))
    retag(sorted_desk, "tags rm", [1], ["fault"], None)
    assert ticket(sorted_desk, 1).tags == ("web",)


def test_a_key_gives_tags_another_name_once(sorted_desk: Desk) -> None:
    meaning(sorted_desk, key="k")
    for _ in range(2):
        numbers = [row.ticket.id for row in tagged(sorted_desk, ["bug"])]
        change = retag(sorted_desk, "tags rename", numbers, ["bug"], "fault")

    assert (change.ids, change.op) == ((), None)
    assert ticket(sorted_desk, 1).tags == ("fault", "web")
