"""Filing: who has it, how pressing it is, and where it belongs."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.ops.desks import START, history, make_desk, opened, staffed, ticket
from tix.domain.people import Agent
from tix.domain.status import Status
from tix.errors import Conflict, NotFound, Refused, UsageError
from tix.ops.change import Notice
from tix.ops.tickets import filing, moves

if TYPE_CHECKING:
    from tests.ops.desks import Clock
    from tix.desk import Desk


@pytest.fixture
def team(desk: Desk) -> Desk:
    """A desk with ann and bob for billing, eve for all, and al who has left."""
    return staffed(
        desk,
        Agent("ann", departments=("billing",)),
        Agent("bob", departments=("billing",)),
        Agent("eve"),
        Agent("al", retired=True),
        departments=("billing",),
    )


def assignees(desk: Desk, *numbers: int) -> list[str | None]:
    return [ticket(desk, number).assignee for number in numbers]


def test_tickets_are_given_to_an_agent_to_oneself_and_to_nobody(team: Desk) -> None:
    for _ in range(3):
        opened(team)

    filing.assign(team, [1, 2], "Bob")
    filing.assign(team, [3], "@me")
    assert assignees(team, 1, 2, 3) == ["bob", "bob", "alice"]
    filing.assign(team, [1, 3], None)
    assert assignees(team, 1, 2, 3) == [None, "bob", None]


@pytest.mark.parametrize(
    ("name", "message", "hint"),
    [
        ("bbo", "no agent 'bbo'", "Did you mean 'bob'?"),
        ("xyzzy", "no agent 'xyzzy'", "tix agent add xyzzy"),
        ("al", "al is retired", "tix agent edit al --active"),
    ],
)
def test_an_agent_who_is_not_there_gets_nothing(
    team: Desk, name: str, message: str, hint: str
) -> None:
    opened(team)
    with pytest.raises(NotFound) as error:
        filing.assign(team, [1], name)

    assert (error.value.message, error.value.hint) == (message, hint)


def test_each_ticket_goes_to_who_has_the_fewest_others(team: Desk) -> None:
    for _ in range(6):
        opened(team)
    filing.assign(team, [1, 2], "ann")
    filing.assign(team, [3], "bob")

    filing.assign_evenly(team, [4, 5, 6])
    assert assignees(team, 4, 5, 6) == ["eve", "bob", "eve"]


def test_a_department_looks_after_its_own(team: Desk) -> None:
    for _ in range(3):
        opened(team, department="billing")

    filing.assign_evenly(team, [1, 2, 3])
    assert assignees(team, 1, 2, 3) == ["ann", "bob", "ann"]


def test_giving_evenly_again_changes_nothing(team: Desk) -> None:
    for _ in range(4):
        opened(team)
    filing.assign_evenly(team, [1, 2, 3, 4])

    assert filing.assign_evenly(team, [1, 2, 3, 4]).changed == ()


def test_what_is_done_weighs_nothing(team: Desk) -> None:
    for name in ("eve", "eve", "ann", "bob", None, None):
        opened(team, assignee=name)
    moves.resolve(team, [1, 2, 5])

    filing.assign_evenly(team, [5, 6])
    assert assignees(team, 5, 6) == ["eve", "eve"]


def test_without_agents_nothing_can_be_given_evenly(desk: Desk) -> None:
    opened(desk)

    with pytest.raises(Refused, match="there is no agent to give it to"):
        filing.assign_evenly(desk, [1])


def test_taking_gives_and_opens(desk: Desk) -> None:
    opened(desk)
    filing.take(desk, [1])

    assert (ticket(desk, 1).assignee, ticket(desk, 1).status) == ("alice", Status.OPEN)
    assert filing.take(desk, [1]).unchanged == (1,)


def test_what_another_has_taken_cannot_be_taken(desk: Desk, clock: Clock) -> None:
    opened(desk)
    rival = make_desk(clock, user="bob")
    rival.__dict__["store"] = desk.store
    filing.take(rival, [1])

    with pytest.raises(Conflict, match="bob took ticket 1 meanwhile"):
        filing.take(desk, [1])


@pytest.mark.parametrize(
    ("level", "priority"),
    [("high", "high"), ("URGENT", "urgent"), ("up", "high"), ("+", "high"), ("down", "low")],
)
def test_a_priority_is_named_or_moved_by_a_step(desk: Desk, level: str, priority: str) -> None:
    opened(desk)
    filing.prioritize(desk, [1], level)

    assert ticket(desk, 1).priority == priority


def test_a_level_that_is_not_on_the_scale_is_refused(desk: Desk) -> None:
    opened(desk)

    with pytest.raises(UsageError, match="'hihg' is no priority"):
        filing.prioritize(desk, [1], "hihg")


def test_tags_are_added_replaced_and_taken_away(desk: Desk) -> None:
    opened(desk, tags=("web",))

    filing.tag(desk, [1], ["vip", "web"])
    assert ticket(desk, 1).tags == ("web", "vip")
    filing.tag(desk, [1], ["late", "web"], replace=True)
    assert ticket(desk, 1).tags == ("late", "web")
    filing.untag(desk, [1], ["late", "other"])
    assert ticket(desk, 1).tags == ("web",)


def test_a_new_tag_is_told_with_the_nearest_there_is(desk: Desk) -> None:
    opened(desk)
    first = filing.tag(desk, [1], ["billing"])
    second = filing.tag(desk, [1], ["bilng", "xyzzy", "billing"])

    assert first.notices == ()
    assert second.notices == (
        Notice("new_tag", "new tag 'bilng' (did you mean 'billing'?)"),
        Notice("new_tag", "new tag 'xyzzy'"),
    )


def test_fields_are_changed_and_emptied(team: Desk) -> None:
    opened(team, customer="jo@example.com")
    filing.edit(
        team,
        [1],
        subject=" Refund of 77 ",
        department="Billing",
        type="Incident",
        category="billing/refund",
        due_at=START + timedelta(days=1),
        fields={"order": "77", "colour": "red"},
    )

    edited = ticket(team, 1)
    assert (edited.subject, edited.department, edited.type) == (
        "Refund of 77",
        "billing",
        "incident",
    )
    assert (edited.category, edited.fields) == ("billing/refund", {"order": "77", "colour": "red"})
    assert history(team, 1)[-1].kind == "transferred"

    filing.edit(
        team, [1], customer=None, department=None, type=None, due_at=None, fields={"order": ""}
    )
    emptied = ticket(team, 1)
    assert (emptied.requester, emptied.department, emptied.type) == (None, None, None)
    assert (emptied.due_at, emptied.fields) == (None, {"colour": "red"})


def test_another_customer_is_made_once_for_all_tickets(desk: Desk) -> None:
    opened(desk)
    opened(desk)
    filing.edit(desk, [1, 2], customer="Ann@Example.com")

    assert [ticket(desk, n).requester for n in (1, 2)] == [1, 1]
    assert desk.store.read(lambda tx: tx.customers.get(1).addresses) == ("ann@example.com",)


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ({"customer": "C-9"}, NotFound),
        ({"customer": "nobody"}, UsageError),
        ({"department": "sales"}, NotFound),
        ({"type": "wish"}, UsageError),
        ({"subject": " "}, UsageError),
    ],
)
def test_values_that_mean_nothing_here_are_refused(
    desk: Desk, values: dict[str, str], kind: type[Exception]
) -> None:
    opened(desk)

    with pytest.raises(kind):
        filing.edit(desk, [1], **values)
    assert len(history(desk, 1)) == 1
