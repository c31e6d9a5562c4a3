"""What customers think of tickets: one rating, and a file of them in one operation."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.ops.desks import START, history, meaning, opened, ticket
from tix.domain.rating import ratings
from tix.errors import BadData, NotFound, Refused, TixError, UsageError
from tix.ops.change import Change, Notice
from tix.ops.importing.rated import import_ratings
from tix.ops.tickets import joining, rating, talking
from tix.ops.undo import undo

if TYPE_CHECKING:
    from tests.ops.desks import Clock
    from tix.desk import Desk

NO_TIME = "not a time such as 2026-11-24 17:00 or 2026-11-24T17:00:00Z or 1795539600"
LATER = START + timedelta(hours=1)


def answered(desk: Desk, subject: str = "Refund") -> int:
    number = opened(desk, subject, body="Help", customer="jo@example.com")
    talking.reply(desk, number, "Here.")
    return number


def brought(desk: Desk, text: str, *, force: bool = False) -> Change:
    return import_ratings(desk, io.BytesIO(text.encode()), "r.csv", force=force)


def refused(desk: Desk, text: str) -> tuple[TixError, list[str]]:
    lines: list[str] = []
    with pytest.raises(TixError) as error:
        import_ratings(desk, io.BytesIO(text.encode()), "r", tell=lines.append)
    return error.value, lines


def valid(desk: Desk, number: int) -> list[tuple[str, str]]:
    return [(one.score, one.comment) for one in ratings(history(desk, number)) if one.holds]


def test_a_rating_is_an_operation_that_can_be_taken_back(desk: Desk):
    number = answered(desk)

    change = rating.rate(meaning(desk, why="she called"), number, "bad", comment="Too slow.")

    assert (change.operation, change.ids) == ("rate", (number,))
    assert (ticket(desk, number).rating, history(desk, number)[-1].by) == ("bad", "agent:alice")
    undo(desk)
    assert ticket(desk, number).rating is None


def test_a_customer_rates_as_who_asked(desk: Desk, clock: Clock):
    number, nobody = answered(desk), opened(desk)
    clock.move(hours=2)

    rating.rate(desk, number, "good", at=LATER, by_customer=True)
    rating.rate(desk, nobody, "good", by_customer=True, force=True)

    event = history(desk, number)[-1]
    assert (event.by, event.at, event.recorded_at) == ("customer:C-1", LATER, clock.at)
    assert history(desk, nobody)[-1].by == "customer"
    with pytest.raises(UsageError, match="a rating cannot come from the future"):
        rating.rate(desk, number, "good", at=START + timedelta(hours=3))


def test_what_nobody_answered_is_not_rated(desk: Desk):
    with pytest.raises(Refused, match="nobody had answered ticket 1 by then"):
        rating.rate(desk, opened(desk), "bad")


def test_who_answered_the_merged_ticket_is_rated_on_the_one_it_goes_on_in(desk: Desk, clock: Clock):
    first = answered(desk)
    clock.move(hours=1)
    second = opened(desk)
    joining.merge(desk, [first], second)

    rating.rate(desk, first, "good", at=START)
    brought(desk, f"ticket,score,at\n{first},bad,{START:%Y-%m-%dT%H:%M:%SZ}\n")

    assert [(one.score, one.agent) for one in ratings(history(desk, second))] == [
        ("good", "alice"),
        ("bad", "alice"),
    ]
    assert ticket(desk, first).rating is None


def test_a_rating_is_withdrawn(desk: Desk):
    number = answered(desk)
    rating.rate(desk, number, "bad")

    assert rating.withdraw(desk, number).operation == "rate withdraw"

    assert ticket(desk, number).rating is None
    with pytest.raises(NotFound):
        rating.withdraw(desk, number)
    undo(desk)
    assert ticket(desk, number).rating == "bad"


def test_a_file_of_ratings_is_one_operation(desk: Desk, clock: Clock):
    first, second = answered(desk), answered(desk, "Login")
    clock.move(hours=5)
    before = history(desk, first)

    change = brought(
        desk,
        "Ticket ID;Satisfaction;Feedback;Date\n"
        "#1;5;Great;2026-11-21 20:30\n"
        "T2;bad;;2026-11-21T19:00:00Z\n"
        "1;2;Worse;2026-11-21 21:30\n"
        "2;3;;\n",
    )

    assert change.ids == (first, second)
    assert [(one.before and one.before.rating, one.after.rating) for one in change.changed] == [
        (None, "bad"),
        (None, "neutral"),
    ]
    assert valid(desk, first) == [("good", "Great"), ("bad", "Worse")]
    assert valid(desk, second) == [("bad", ""), ("neutral", "")]
    event = history(desk, first)[len(before)]
    assert (event.by, event.cause, event.at) == ("customer:C-1", "import:ratings", LATER)
    undo(desk)
    assert (ticket(desk, first).rating, ticket(desk, second).rating) == (None, None)


def test_ratings_come_as_jsonl_too(desk: Desk, clock: Clock):
    answered(desk)
    clock.move(hours=5)
    lines = (
        {"id": 1, "rating": 4, "comment": None, "at": 1795289400, "survey": "x"},
        {"ticket": "1", "score": "bad"},
    )

    brought(desk, "\ufeff" + "\n\n".join(map(json.dumps, lines)))

    assert valid(desk, 1) == [("good", ""), ("bad", "")]


def test_ratings_that_are_there_already_are_counted(desk: Desk, clock: Clock):
    answered(desk)
    clock.move(hours=5)
    text = "ticket,score,at\n1,good,2026-11-21T19:00:00Z\n1,bad,2026-11-21T19:30:00Z\n"
    brought(desk, text)

    again = brought(desk, text)
    more = brought(desk, text + "1,bad,2026-11-21T19:30:00Z\n1,good,2026-11-21T20:00:00Z\n")

    assert (again.op, again.changed) == (None, ())
    assert [notice.message for notice in again.notices] == ["2 ratings were there already"]
    assert [notice.message for notice in more.notices] == ["3 ratings were there already"]
    assert len(more.changed) == 1
    (one,) = brought(desk, "ticket,score\n1,good\n").notices
    assert (one.code, one.message) == ("known", "1 rating was there already")


def test_a_rating_of_a_day_is_known_again_whenever_that_day_it_came(desk: Desk, clock: Clock):
    answered(desk)
    clock.move(minutes=5)
    text = "ticket,score,at\n1,good,2026-11-21\n"

    brought(desk, text)
    clock.move(days=2)
    brought(desk, text + "1,good,2026-11-22\n1,bad,2026-11-22\n")

    last = datetime(2026, 11, 22, 22, 59, 59, tzinfo=UTC)
    assert [(one.score, one.at) for one in ratings(history(desk, 1))] == [
        ("good", START + timedelta(minutes=5)),
        ("good", last),
        ("bad", last),
    ]


def test_a_file_with_a_bad_line_changes_nothing_and_each_is_told(desk: Desk):
    answered(desk)
    opened(desk)
    text = (
        "ticket,rating,at\n"
        "1,good,\n"
        "1,great,\n"
        "99,good,\n"
        "2,good,\n"
        "x,good,\n"
        ",good,\n"
        "1,good,soon\n"
        "1,good\n"
        "1,good,2027-01-01\n"
    )

    error, lines = refused(desk, text)

    assert lines == [
        "r line 3: rating: 'great' is no score; there are good, neutral, bad, and 1 to 5",
        "r line 4: no ticket 99",
        "r line 5: nobody had answered ticket 2 by then, so there is nothing to rate",
        "r line 6: ticket: 'x' is no number of a ticket",
        "r line 7: ticket: it is missing",
        f"r line 8: at: 'soon' is {NO_TIME}",
        "r line 9: 2 cells where the header has 3",
        "r line 10: a rating cannot come from the future",
    ]
    assert isinstance(error, BadData)
    assert error.message == f"8 of 9 ratings cannot be imported, so nothing was: {lines[0]}"
    assert error.hint == "mend the file; --force rates also what nobody has answered"
    assert ticket(desk, 1).rating is None


def test_one_bad_line_is_told_once(desk: Desk):
    error, lines = refused(desk, '{"ticket": 1, "score": true}\n')

    assert lines == []
    assert error.message == "r line 1: score: it must be a text or a number; nothing was imported"
    assert refused(desk, '{"ticket": 1}\n')[0].message.startswith("r line 1: score: it is missing")
    assert refused(desk, '{"ticket": 1, "score": 1}\n[]')[1][1] == "r line 2: it is no JSON object"


def test_a_file_without_the_columns_is_none_with_ratings(desk: Desk):
    error, _ = refused(desk, "ticket,mood\n1,good\n")

    assert error.message == "r has no column 'score'"
    assert error.hint == "its columns are ticket, mood; ticket, score, comment and at are read"
    assert refused(desk, "name,score\n1,good\n")[0].message == "r has no column 'ticket'"


def test_a_column_that_stands_twice_is_told(desk: Desk):
    error, lines = refused(desk, "ticket,ticket,score\n1,2,good\n")

    assert (error.message, lines) == ("r has more than one column 'ticket'", [])


def test_of_a_file_without_ratings_that_is_told(desk: Desk):
    told = (Notice("empty", "r.csv holds no rating"),)

    assert brought(desk, "ticket,score\n") == Change("rate", notices=told)


def test_of_very_many_columns_some_are_named(desk: Desk):
    error, _ = refused(desk, ",".join(f"column {number}" for number in range(500)) + "\n1\n")

    there = ", ".join(f"column {number}" for number in range(500))[:199].rstrip()
    assert error.hint == f"its columns are {there}…; ticket, score, comment and at are read"


def test_what_nobody_answered_is_imported_by_force(desk: Desk):
    opened(desk)

    brought(desk, "ticket,score\n1,bad\n", force=True)

    assert ticket(desk, 1).rating == "bad"


def test_a_key_imports_once_and_a_dry_run_never(desk: Desk):
    answered(desk)
    text = "ticket,score\n1,bad\n"

    tried = brought(meaning(desk, dry_run=True, key="survey"), text)
    assert (tried.op, tried.dry_run, tried.ids) == (None, True, (1,))
    assert ticket(desk, 1).rating is None
    assert brought(meaning(desk, key="survey"), text).ids == (1,)
    assert brought(meaning(desk, key="survey"), "no file").ids == ()


def test_a_secret_in_a_comment_is_told(desk: Desk):
    answered(desk)

    (notice,) = brought(
        desk, "ticket,score,comment\n1,bad,my card is 4111 1111 1111 1111\n"
    ).notices

    assert notice.code == "secret"
    assert notice.message.startswith("the comment of ticket 1 seems to hold a secret (card)")
    assert ticket(desk, 1).secrets == ("card",)
