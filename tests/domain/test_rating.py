"""Ratings: who is rated by whom and when, which one counts, and which counts no more."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.tickets import START, Story, act
from tix.domain import verbs
from tix.domain.event import Event
from tix.domain.rating import (
    Rating,
    answer_before,
    counting,
    department_at,
    ratings,
    score_of,
)
from tix.domain.undo import reverse
from tix.domain.verbs.rating import rate, withdraw
from tix.errors import NotFound, Refused, TransitionRefused, UsageError

if TYPE_CHECKING:
    from tix.domain.verbs import Act

CUSTOMER = "customer:C-1"


def answered(*, department: str | None = None) -> Story:
    """Return a ticket that bob has answered, a minute after it was opened."""
    story = Story(department=department)
    story.tell(verbs.reply(story.ticket, "Here.", act(1, "agent:bob")))
    return story


def rated(story: Story, score: str, by: Act, **said: Any) -> int:
    return story.tell(rate(story.ticket, story.history, score, by, **said))


def dated(minutes: float, now: float = 1000) -> Act:
    """Return the customer acting at a time of which somebody tells later."""
    return act(minutes, CUSTOMER)._replace(recorded_at=act(now).at)


def test_a_rating_is_of_the_agent_who_answered_last_and_the_department_then():
    story = answered(department="billing")
    story.tell(verbs.edit(story.ticket, act(3), department="sales"))
    story.tell(verbs.reply(story.ticket, "And more.", act(5, "agent:carol")))

    rated(story, "bad", act(6, CUSTOMER), comment="  Too\nslow. ")
    rated(story, "good", dated(2))

    event = story.history[-2]
    assert (event.kind, event.by) == ("rated", CUSTOMER)
    assert {name: value for name, value in event.data.items() if name != "salt"} == {
        "changes": {"rating": [None, "bad"]},
        "score": "bad",
        "comment": "Too\nslow.",
        "agent": "carol",
        "department": "sales",
    }
    assert ratings(story.history) == (
        Rating("good", act(2).at, "", "bob", "billing"),
        Rating("bad", act(6).at, "Too\nslow.", "carol", "sales"),
    )


def test_the_latest_rating_counts_in_whatever_order_they_came():
    story = answered()
    rated(story, "bad", dated(9))
    rated(story, "good", dated(5))

    assert story.ticket.rating == "bad"
    told: list[object] = [event.changes for event in story.history[-2:]]
    assert told == [{"rating": [None, "bad"]}, {}]
    rated(story, "neutral", dated(10))
    assert story.ticket.rating == "neutral"


def test_a_rating_that_is_there_already_is_no_other_one():
    story = answered()
    rated(story, "bad", dated(5), comment="No")

    assert rate(story.ticket, story.history, "bad", dated(5), comment="Other") == ()
    assert rate(story.ticket, story.history, "bad", act(8)) == ()
    assert rate(story.ticket, story.history, "bad", act(8), comment="No") == ()
    assert rate(story.ticket, story.history, "bad", act(8), comment="Other")
    assert rate(story.ticket, story.history, "good", act(8))
    assert rate(story.ticket, story.history, "bad", dated(6))
    story.tell(verbs.reply(story.ticket, "Better?", act(7, "agent:bob")))
    assert rate(story.ticket, story.history, "bad", act(8))


def test_the_same_rating_again_without_any_answer_is_no_other_one():
    story = Story()
    rated(story, "bad", act(5), force=True)

    assert rate(story.ticket, story.history, "bad", act(8), force=True) == ()


def test_what_is_withdrawn_counts_no_more_and_stays_in_the_history():
    story = answered()
    rated(story, "good", act(2))
    rated(story, "bad", act(3), comment="No")

    story.tell(withdraw(story.ticket, story.history, act(4)))
    assert story.history[-1].kind == "rating_withdrawn"
    assert story.history[-1].data == {
        "changes": {"rating": ["bad", "good"]},
        "score": "bad",
        "rated_at": "2026-11-21T18:33:00Z",
    }
    assert story.ticket.rating == "good"
    story.tell(withdraw(story.ticket, story.history, act(5)))
    assert [(one.score, one.holds) for one in ratings(story.history)] == [
        ("good", False),
        ("bad", False),
    ]
    assert counting(ratings(story.history)) is None
    with pytest.raises(NotFound, match="ticket 1 has no rating"):
        withdraw(story.ticket, story.history, act(6))


def test_what_is_withdrawn_is_not_imported_again():
    story = answered()
    rated(story, "bad", dated(5))
    story.tell(withdraw(story.ticket, story.history, act(9)))

    assert rate(story.ticket, story.history, "bad", dated(5)) == ()


def test_withdrawing_one_of_two_equal_ratings_leaves_the_other():
    story = answered()
    rated(story, "bad", act(5))
    rated(story, "bad", act(5), comment="Really")

    story.tell(withdraw(story.ticket, story.history, act(6)))

    assert story.ticket.rating == "bad"
    assert story.history[-1].changes == {}
    assert [(one.comment, one.holds) for one in ratings(story.history)] == [
        ("", True),
        ("Really", False),
    ]


def test_undo_takes_ratings_and_withdrawals_back():
    story = answered()
    op = rated(story, "bad", act(2))
    withdrawn = story.tell(withdraw(story.ticket, story.history, act(3)))

    story.tell(reverse(story.history, withdrawn, act(4)))
    assert ratings(story.history) == (Rating("bad", act(2).at, "", "bob"),)
    assert [story.ticket.rating] == ["bad"]
    story.tell(reverse(story.history, op, act(5)))
    assert story.ticket.rating is None
    assert ratings(story.history) == ()


def test_undo_of_an_earlier_rating_leaves_the_later_one():
    story = answered()
    first = rated(story, "bad", dated(9))
    second = rated(story, "good", dated(5))
    third = rated(story, "neutral", dated(10))

    for op, score in ((first, "neutral"), (third, "good"), (second, None)):
        story.tell(reverse(story.history, op, story.now))
        assert story.ticket.rating == score
    story.tell(reverse(story.history, len(story.history), story.now))
    assert story.ticket.rating == "good"


def test_withdrawing_what_was_undone_since_withdraws_nothing():
    story = answered()
    op = rated(story, "bad", act(2))
    story.tell(withdraw(story.ticket, story.history, act(3)))

    story.tell(reverse(story.history, op, act(4)))

    assert ratings(story.history) == ()


def test_what_nobody_answered_is_rated_by_force_only():
    story = Story()

    with pytest.raises(Refused) as refused:
        rated(story, "bad", act(1))
    assert refused.value.message == (
        "nobody had answered ticket 1 by then, so there is nothing to rate"
    )
    assert refused.value.hint == "--force rates it all the same"
    rated(story, "bad", act(1), force=True)
    assert ratings(story.history) == (Rating("bad", act(1).at),)


def test_what_was_resolved_without_a_word_can_be_rated():
    story = Story()
    story.do(verbs.resolve)

    rated(story, "good", act(2))

    assert story.ticket.rating == "good"


def test_an_answer_counts_where_a_merged_ticket_got_it():
    story, merged = Story(), answered()

    rated(story, "good", act(2), said=merged.history)

    assert ratings(story.history)[0].agent == "bob"


def test_spam_and_trash_are_not_rated():
    spam, trash = answered(), answered()
    spam.do(verbs.mark_spam)
    trash.do(verbs.trash)

    with pytest.raises(TransitionRefused, match="ticket 1 is spam"):
        rated(spam, "bad", act(9))
    with pytest.raises(TransitionRefused, match="ticket 1 is in the trash"):
        rated(trash, "bad", act(9))
    with pytest.raises(TransitionRefused, match="ticket 1 is in the trash"):
        withdraw(trash.ticket, (), act(9))


def test_a_comment_is_no_book():
    with pytest.raises(UsageError, match="a comment has at most 10000 characters"):
        rated(answered(), "bad", act(2), comment="x" * 10_001)


def test_only_people_of_ours_answer():
    def said(kind: str, by: str, minutes: int, **data: object) -> Event:
        changes = {"changes": {"replies": [0, 1]}}
        return Event(kind, 1, act(minutes).at, by, data={**changes, **data}, op=minutes)

    history = (
        said("opened", "agent:amy", 1),
        said("called", "agent:bob", 2),
        said("replied", "rule:thanks", 3),
        said("replied", "agent:bot", 4, automatic=True),
        said("absorbed", "agent:dan", 5),
        said("chatted", "agent:eve", 6),
        said("undone", "agent:fay", 7),
    )

    def last(minutes: int) -> tuple[str, object]:
        return answer_before(act(minutes).at, history)

    assert [last(n)[0] for n in range(8)] == ["", "amy", "bob", "bob", "bob", "bob", "eve", "eve"]
    assert last(0)[1] is None
    assert last(9)[1] == START + timedelta(minutes=6)


def test_an_answer_that_was_taken_back_is_none():
    story = answered()
    story.tell(reverse(story.history, 2, act(2)))

    assert answer_before(act(9).at, story.history) == ("", None)


def test_a_ticket_can_have_left_its_department():
    story = Story(department="billing")
    story.tell(verbs.edit(story.ticket, act(2), department=None))

    assert [department_at(act(n).at, story.history) for n in (-1, 1, 3)] == ["", "billing", ""]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["rate", "rate", "withdraw", "undo"]),
            st.sampled_from(["good", "bad"]),
            st.integers(3, 9),
        ),
        max_size=12,
    )
)
def test_the_score_on_the_head_is_always_that_of_the_rating_that_counts(
    steps: list[tuple[str, str, int]],
):
    story = answered()
    for step, score, number in steps:
        if step == "rate":
            rated(story, score, dated(number))
        elif step == "undo":
            story.tell(reverse(story.history, number, dated(20)))
        else:
            with suppress(NotFound):
                story.tell(withdraw(story.ticket, story.history, dated(20)))

        counts = counting(ratings(story.history))
        assert story.ticket.rating == (counts.score if counts else None)


@pytest.mark.parametrize(
    ("text", "score"),
    [
        *(("good", "good"), (" Bad ", "bad"), ("NEUTRAL", "neutral")),
        *(("1", "bad"), ("2", "bad"), ("3", "neutral"), ("4", "good"), ("5", "good")),
        ("4.0", "good"),
    ],
)
def test_a_score_is_a_word_or_a_number_of_stars(text: str, score: str):
    assert score_of(text) == score


@pytest.mark.parametrize("text", ["", "0", "6", "great", "4.5", "x" * 100])
def test_anything_else_is_no_score(text: str):
    with pytest.raises(UsageError, match="is no score; there are good, neutral, bad, and 1 to 5"):
        score_of(text)
