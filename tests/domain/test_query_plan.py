"""What a store may know of a query before it looks at a ticket."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.domain.asking import at, finds, query, ticket
from tix.domain.query import EVERYTHING_UNSETTLED, Range, bounds, exact
from tix.domain.status import SETTLED, Status

TICK = timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("line", "only"),
    [
        ("", False),
        ("refund", False),
        ("is:open", True),
        ("is:open,resolved", False),  # a resolved ticket may be in the trash
        ("is:open,resolved is!=trashed", True),
        ("is:open,closed", False),
        ("is:open refund is:closed", True),  # nothing can be both
        ("is:overdue,unanswered", True),
        ("is:unassigned", False),
        ("is!=settled", True),
        ("is!=trashed", False),
        ("is!=trashed status!=closed,merged,spam", True),
        ("is!=trashed status:new", True),
        ("status:new", False),
        ("is!=open", False),
        ("is!=mine", False),
        ("has:status is:waiting", True),
    ],
)
def test_a_store_knows_when_no_settled_ticket_can_match(line: str, only: bool):
    assert query(*line.split()).only_unsettled is only


def test_everything_unsettled_is_what_its_name_says():
    everything = [ticket(status=status) for status in Status]

    assert EVERYTHING_UNSETTLED.only_unsettled
    assert query(str(EVERYTHING_UNSETTLED)) == EVERYTHING_UNSETTLED
    assert [t.status for t in everything if not finds("is!=settled", t)] == [
        status for status in Status if status in SETTLED
    ]


@pytest.mark.parametrize(
    ("line", "numbers"),
    [
        ("refund", Range()),
        ("id:5-9,12", Range(5, 12)),
        ("id:5..,2", Range(2, None)),
        ("id:..9 id:3..20", Range(3, 9)),
        ("id!=5", Range()),
        ("has:id", Range()),
        ("replies:5", Range()),
    ],
)
def test_a_store_knows_between_which_numbers_to_look(line: str, numbers: Range):
    assert bounds(query(*line.split()), "id") == numbers


def test_a_store_knows_between_which_times_to_look():
    asked = query("created:2026-11-01..2026-11-15", "due:none,..today")

    assert bounds(asked, "created") == Range(at("2026-11-01"), at("2026-11-16") - TICK)
    assert bounds(asked, "due") == Range()


def test_a_store_knows_the_values_of_which_every_match_has_one():
    asked = query(
        "status:new,open",
        "assignee:Alice,none",
        "dept!=sales",
        "prio:high..",
        "tag:A,b",
        "tag:c",
        "no:due",
    )

    assert exact(asked) == {
        "status": {"new", "open"},
        "assignee": {"alice", None},
        "priority": {"high", "urgent"},
        "tag": {"a", "b"},
    }


def test_the_beginning_of_a_tag_is_no_value():
    assert exact(query("tag:a,os:", "tag:b")) == {"tag": {"b"}}
