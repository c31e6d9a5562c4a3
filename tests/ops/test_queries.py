"""Words into a query on this desk, matches into order."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.ops.desks import START, make_desk, meaning, opened, staffed
from tix.domain.people import Agent, Customer
from tix.domain.setup import SavedQuery
from tix.errors import NotFound, UsageError
from tix.ops.people import customer_for
from tix.ops.queries import count, counts, dates, find, find_query, open_by
from tix.ops.tickets import filing, moves, talking
from tix.ops.transactions import writing

if TYPE_CHECKING:
    from tests.ops.desks import Clock
    from tix.desk import Desk


@pytest.fixture
def busy(desk: Desk, clock: Clock) -> Desk:
    """A desk with five tickets, one a minute; the last is closed."""
    opened(desk, "Refund", customer="jo@example.com", body="Where is it?")
    clock.move(minutes=1)
    opened(desk, "Login", priority="urgent", tags=("web",), assignee="@me")
    clock.move(minutes=1)
    opened(desk, "Invoice", due_at=clock() - timedelta(hours=1))
    clock.move(minutes=1)
    opened(desk, "Thanks")
    talking.reply(desk, 4, "You are welcome.")
    clock.move(minutes=1)
    opened(desk, "Old")
    moves.resolve(desk, [5], close=True)
    return desk


def save(desk: Desk, name: str, *words: str, sort: str = "") -> None:
    with writing(desk, "query save") as tx:
        tx.queries.put(SavedQuery(name, words, sort))


def ids(desk: Desk, *words: str, **options: object) -> list[int]:
    found = find(desk, words, **options)  # type: ignore[arg-type]
    return [row.ticket.id for row in found.rows]


def test_the_most_important_come_first_and_settled_ones_not_at_all(busy: Desk) -> None:
    listing = find(busy, [])

    assert [row.ticket.id for row in listing.rows] == [3, 2, 1, 4]
    assert (listing.total, str(listing.query)) == (4, "is:open")


def test_a_limit_cuts_the_rows_and_not_the_total(busy: Desk) -> None:
    listing = find(busy, [], limit=2)

    assert ([row.ticket.id for row in listing.rows], listing.total) == ([3, 2], 4)


def test_everything_is_everything(busy: Desk) -> None:
    assert ids(busy, everything=True, sort="id") == [1, 2, 3, 4, 5]


def test_tickets_are_counted_without_being_put_in_order(busy: Desk) -> None:
    assert count(busy, []) == 4
    assert count(busy, [], everything=True) == 5
    assert count(busy, ["prio:high.."]) == 1


def test_the_order_can_be_chosen_and_a_saved_query_brings_its_own(busy: Desk) -> None:
    save(busy, "young", "is:open", sort="-created")
    save(busy, "urgent", "prio:urgent")

    assert ids(busy, sort="created") == [1, 2, 3, 4]
    assert ids(busy, "query:young") == [4, 3, 2, 1]
    assert ids(busy, "query:urgent", "query:young") == [2]
    assert ids(busy, "query:young", sort="subject") == [3, 2, 1, 4]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["prio:high.."], [2]),
        (["is:mine"], [2]),
        (["assignee:@me"], [2]),
        (["tag:web"], [2]),
        (["customer:jo@example.com"], [1]),
        (["customer:C-1"], [1]),
        (["customer:C-99"], []),
        (["Where is it"], [1]),
        (["is:overdue"], [3]),
        (["created:..2026-11-21T19:31"], [1, 2]),
        (["status:closed"], [5]),
        (["type:task"], []),
    ],
)
def test_words_mean_what_they_mean_on_this_desk(
    busy: Desk, words: list[str], found: list[int]
) -> None:
    assert ids(busy, *words, sort="id") == found


def test_a_customer_who_was_merged_is_found_where_they_went_on(busy: Desk) -> None:
    with writing(busy, "customer merge") as tx:
        joined = customer_for(tx, "ann@example.com")
        tx.customers.put(
            Customer(1, START, addresses=("jo@example.com",), merged_into=joined.number)
        )
    filing.edit(busy, [1], customer="ann@example.com")

    for words in ("customer:jo@example.com", "customer:C-1", "customer:C-2"):
        assert ids(busy, words) == [1], words


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["stauts:open"], "unknown field 'stauts' in 'stauts:open'"),
        (["type:tsak"], "'tsak'"),
        (["created:soon"], "soon"),
    ],
)
def test_words_that_mean_nothing_are_refused(busy: Desk, words: list[str], message: str) -> None:
    with pytest.raises(UsageError) as error:
        find(busy, words)

    assert message in error.value.message


def test_agents_and_departments_are_known_if_there_are_any(desk: Desk) -> None:
    opened(desk)
    assert ids(desk, "assignee:anybody") == []

    staffed(desk, Agent("bob"), departments=("billing",))
    assert ids(desk, "assignee:bob,alice", "dept:billing") == []
    for words, nearest in (("assignee:bbo", "bob"), ("dept:biling", "billing")):
        with pytest.raises(UsageError) as error:
            find(desk, [words])
        assert nearest in error.value.hint


def test_states_are_counted_among_the_open_tickets(busy: Desk) -> None:
    assert counts(busy, ("overdue", "unanswered", "mine", "unassigned")) == {
        "overdue": 1,
        "unanswered": 3,
        "mine": 1,
        "unassigned": 3,
    }


def test_open_tickets_are_counted_by_a_member(busy: Desk) -> None:
    read = busy.store.read

    assert read(lambda tx: open_by(tx, "assignee")) == {None: 3, "alice": 1}
    assert read(lambda tx: open_by(tx, "requester")) == {1: 1, None: 3}


def test_a_saved_query_is_found_in_any_case(busy: Desk) -> None:
    save(busy, "late", "is:overdue")

    assert busy.store.read(lambda tx: find_query(tx, " Late ")) == SavedQuery(
        "late", ("is:overdue",)
    )


@pytest.mark.parametrize(
    ("name", "hint"),
    [("laet", "Did you mean 'late'?"), ("xyzzy", "tix query save xyzzy QUERY")],
)
def test_a_query_that_is_not_saved_is_not_found(busy: Desk, name: str, hint: str) -> None:
    save(busy, "late", "is:overdue")
    with pytest.raises(NotFound) as error:
        find(busy, [f"query:{name}"])

    assert (error.value.message, error.value.hint) == (f"no saved query '{name}'", hint)
    assert error.value.ids == (name,)


def test_dates_are_read_by_the_users_clock_and_zone(desk: Desk, clock: Clock) -> None:
    clock.move(hours=1)

    assert dates(desk).moment("now").at == clock()
    assert dates(desk).moment("20:31").at == clock() + timedelta(minutes=1)


def test_somebody_else_sees_their_own(clock: Clock) -> None:
    desk = make_desk(clock, user="bob")
    opened(meaning(desk), assignee="@me")

    assert ids(desk, "is:mine") == ids(desk, "assignee:bob") == [1]
