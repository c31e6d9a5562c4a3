"""What can be done to a ticket, and what is refused."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.domain.tickets import START, Story, act
from tix.domain import verbs
from tix.domain.course import Course
from tix.domain.status import MEANING, NEXT, SETTLED, Status
from tix.domain.ticket import Ticket, awake
from tix.errors import TransitionRefused, UsageError

WAYS = {
    Status.OPEN: verbs.reopen,
    Status.ANSWERED: lambda t, a: verbs.reply(t, "Done.", a),
    Status.PENDING: verbs.wait,
    Status.POSTPONED: lambda t, a: verbs.postpone(t, a.at + timedelta(days=1), a),
    Status.RESOLVED: verbs.resolve,
    Status.CLOSED: verbs.close,
    Status.SPAM: verbs.mark_spam,
}


def standing(status: Status) -> Story:
    """Return the story of a ticket that has come to *status*."""
    story = Story()
    if status is Status.CLOSED:
        story.do(verbs.resolve)
    if status is Status.MERGED:
        from tix.domain.joining import merge

        story.tell([merge(story.ticket, Story(2).ticket, story.now)[0]])
    elif status is not Status.NEW:
        story.do(WAYS[status])
    return story


def test_a_new_ticket_is_the_customers_who_waits() -> None:
    ticket = Story(requester=3, priority="high", tags=("vip",)).ticket

    assert ticket == Ticket(
        id=1,
        subject="Refund",
        created_at=START,
        updated_at=START,
        priority="high",
        requester=3,
        tags=("vip",),
        waiting_since=START,
        messages=1,
        course=Course(asked_at=START, turn_at=START),
        rev=1,
        hash=ticket.hash,
    )


def test_an_outbound_ticket_waits_for_the_customer() -> None:
    ticket = Story(outbound=True).ticket

    assert (ticket.status, ticket.waiting_since) == (Status.ANSWERED, None)
    assert (ticket.replies, ticket.answered_at, ticket.first_response_at) == (1, START, None)
    assert Story(outbound=True, body=None).ticket.replies == 0


@pytest.mark.parametrize("subject", ["", " \n", "\x1b[31m\x07", "\u202e", "x" * 2001])
def test_a_subject_is_neither_empty_nor_endless(subject: str) -> None:
    with pytest.raises(UsageError):
        verbs.open_ticket(1, subject, act())


@pytest.mark.parametrize("body", ["", " \n\t"])
def test_a_text_is_not_empty(body: str) -> None:
    with pytest.raises(UsageError):
        verbs.checked_body(body)


def test_a_text_has_an_end() -> None:
    with pytest.raises(UsageError, match="32 MB"):
        verbs.checked_body("x" * (32 * 1024 * 1024 + 1))


@pytest.mark.parametrize("to", WAYS)
@pytest.mark.parametrize("status", Status)
def test_the_table_of_moves_is_the_law(status: Status, to: Status) -> None:
    story = standing(status)
    assert story.ticket.status is status

    if to in NEXT[status] or (to is Status.ANSWERED and status is Status.RESOLVED):
        moved = story.do(WAYS[to])
        assert moved.status is (Status.RESOLVED if to not in NEXT[status] else to)
    elif to is status:
        story.do(WAYS[to])
        assert story.ticket.status is status
    else:
        with pytest.raises(TransitionRefused):
            story.do(WAYS[to])


def test_every_status_has_a_meaning_and_a_row() -> None:
    assert set(MEANING) == set(NEXT) == set(Status)
    assert {Status.CLOSED, Status.MERGED, Status.SPAM} == SETTLED


def test_a_refusal_says_what_is_and_what_can_be() -> None:
    with pytest.raises(TransitionRefused) as refusal:
        Story().do(verbs.close)

    assert refusal.value.message == "ticket 1 is new; it cannot become closed"
    assert refusal.value.hint == (
        "it can become open, answered, pending, postponed, resolved, merged, spam"
    )


def test_a_reply_ends_the_wait_and_is_the_first_response() -> None:
    story = Story()
    ticket = story.do(lambda t, a: verbs.reply(t, "On its way.", a))

    at = START + timedelta(minutes=1)
    assert (ticket.status, ticket.waiting_since, ticket.replies) == (Status.ANSWERED, None, 1)
    assert (ticket.first_response_at, ticket.answered_at) == (at, at)
    assert story.do(lambda t, a: verbs.reply(t, "Sent.", a)).first_response_at == at


def test_the_oldest_unanswered_message_counts() -> None:
    story = Story()
    story.do(lambda t, a: verbs.reply(t, "On its way.", a))
    ticket = story.do(
        lambda t, a: verbs.receive(t, "Still nothing.", a),
        lambda t, a: verbs.receive(t, "Hello?", a),
    )

    assert ticket.status is Status.OPEN
    assert ticket.waiting_since == START + timedelta(minutes=2)
    assert ticket.messages == 3


def test_a_message_on_a_new_ticket_leaves_it_new() -> None:
    assert Story().do(lambda t, a: verbs.receive(t, "Hello?", a)).status is Status.NEW


def test_a_reply_can_wait_for_the_customer() -> None:
    ticket = Story().do(lambda t, a: verbs.reply(t, "Which order?", a, status=Status.PENDING))

    assert (ticket.status, ticket.substatus) == (Status.PENDING, "customer")


def test_a_resolved_ticket_stays_so_with_a_last_word_and_opens_with_an_answer() -> None:
    story = Story()
    story.do(verbs.resolve)

    assert story.do(lambda t, a: verbs.reply(t, "You are welcome.", a)).status is Status.RESOLVED
    ticket = story.do(lambda t, a: verbs.receive(t, "It broke again.", a))
    assert (ticket.status, ticket.resolved_at, ticket.reopened) == (Status.OPEN, None, 1)


@pytest.mark.parametrize("status", [Status.CLOSED, Status.MERGED, Status.SPAM])
def test_nobody_writes_on_what_is_over(status: Status) -> None:
    story = standing(status)

    for verb in (verbs.reply, verbs.receive):
        with pytest.raises(TransitionRefused):
            verb(story.ticket, "Hello?", story.now)


def test_a_note_changes_no_status_and_no_wait() -> None:
    story = standing(Status.CLOSED)
    before = story.ticket
    after = story.do(lambda t, a: verbs.note(t, "He was right.", a, pinned=True))

    assert (after.status, after.waiting_since, after.notes) == (before.status, None, 1)
    assert story.history[-1].data["pinned"] is True


def test_attachments_are_counted_and_told() -> None:
    file = verbs.Attachment("bill.pdf", "ab" * 32, 17, "application/pdf")
    story = Story(attachments=[file])
    ticket = story.do(lambda t, a: verbs.reply(t, "Here.", a, [file, file]))

    assert ticket.attachments == 3
    assert story.history[0].data["attachments"] == [
        {"name": "bill.pdf", "sha256": "ab" * 32, "size_bytes": 17, "type": "application/pdf"}
    ]


def test_taking_opens_what_is_new_and_only_that() -> None:
    taken = Story().do(lambda t, a: verbs.take(t, "alice", a))
    assert (taken.status, taken.assignee) == (Status.OPEN, "alice")

    answered = standing(Status.ANSWERED).do(lambda t, a: verbs.take(t, "alice", a))
    assert answered.status is Status.ANSWERED


def test_doing_what_is_done_is_no_event() -> None:
    story = Story(tags=("vip",), priority="high")
    story.do(lambda t, a: verbs.assign(t, "alice", a))

    nothing = [
        verbs.assign(story.ticket, "alice", story.now),
        verbs.prioritize(story.ticket, "high", story.now),
        verbs.tag(story.ticket, ["vip"], story.now),
        verbs.untag(story.ticket, ["beta"], story.now),
        verbs.set_tags(story.ticket, ["vip", "vip"], story.now),
        verbs.edit(story.ticket, story.now, subject="Refund"),
        verbs.restore(story.ticket, story.now),
        verbs.wake(story.ticket, story.now.at),
    ]
    assert nothing == [()] * len(nothing)


def test_tags_keep_their_order() -> None:
    story = Story(tags=("b",))

    assert story.do(lambda t, a: verbs.tag(t, ["c", "a", "c", "b"], a)).tags == ("b", "c", "a")
    assert story.do(lambda t, a: verbs.untag(t, ["c"], a)).tags == ("b", "a")
    assert story.do(lambda t, a: verbs.set_tags(t, ["z", "a"], a)).tags == ("z", "a")


def test_tags_are_words_of_their_own() -> None:
    assert verbs.checked_tags("Billing, vip,,billing") == ("billing", "vip")
    for text in ("", " , ", "two words", "bell\a", "x" * 101):
        with pytest.raises(UsageError):
            verbs.checked_tags(text)


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ({"subject": " Refund of 77 "}, "edited"),
        ({"department": "billing", "tier": 2}, "transferred"),
        ({"tier": 2}, "escalated"),
        ({"due_at": START, "fields": {"order": "77"}}, "edited"),
    ],
)
def test_an_edit_is_told_as_what_it_means(values: dict[str, object], kind: str) -> None:
    story = Story()
    ticket = story.do(lambda t, a: verbs.edit(t, a, **values))

    assert story.history[-1].kind == kind
    assert ticket.subject in ("Refund", "Refund of 77")


def test_a_postponed_ticket_wakes_as_what_it_was() -> None:
    story = Story()
    story.do(lambda t, a: verbs.wait(t, a, on="third-party"))
    until = START + timedelta(days=1)
    asleep = story.do(
        lambda t, a: verbs.postpone(t, START + timedelta(hours=1), a),
        lambda t, a: verbs.postpone(t, until, a),
    )

    assert (asleep.status, asleep.before) == (Status.POSTPONED, Status.PENDING)
    assert awake(asleep, until - timedelta(seconds=1)) is asleep
    assert awake(asleep, until).status is Status.PENDING
    story.do(lambda t, a: verbs.wake(t, until + timedelta(hours=2)))
    woken = story.ticket
    assert (woken.status, woken.substatus, woken.snoozed_until) == (
        Status.PENDING,
        "third-party",
        None,
    )
    assert story.history[-1].at == until
    assert story.history[-1].recorded_at == until + timedelta(hours=2)


def test_a_wait_with_an_end_opens_again() -> None:
    until = START + timedelta(days=1)
    ticket = Story().do(lambda t, a: verbs.wait(t, a, until=until))

    assert awake(ticket, until).status is Status.OPEN


def test_a_time_that_is_left_over_wakes_nothing() -> None:
    from tix.record import replace

    ticket = replace(Story().ticket, snoozed_until=START)

    assert awake(ticket, START) == replace(ticket, snoozed_until=None)


@pytest.mark.parametrize("verb", [verbs.postpone, lambda t, at, a: verbs.wait(t, a, until=at)])
def test_the_past_is_no_time_to_wait_for(verb: object) -> None:
    assert callable(verb)
    with pytest.raises(UsageError, match="past"):
        verb(Story().ticket, START, act(1))


def test_the_trash_keeps_the_way_back() -> None:
    story = standing(Status.PENDING)
    trashed = story.do(verbs.trash)

    assert trashed.is_settled
    assert not trashed.is_open
    with pytest.raises(TransitionRefused, match="trash"):
        story.do(verbs.resolve)
    assert story.do(verbs.restore).status is Status.PENDING


def test_spam_ends_the_wait_and_can_be_opened() -> None:
    story = standing(Status.SPAM)

    assert story.ticket.waiting_since is None
    assert story.do(verbs.reopen).status is Status.OPEN
    assert story.history[-1].kind == "unmarked_spam"


def test_a_clock_that_was_set_back_leaves_a_mark() -> None:
    story = Story()
    (event,) = verbs.assign(story.ticket, "alice", act(-60))

    assert (event.at, event.recorded_at) == (START, START - timedelta(hours=1))


def test_a_time_that_is_meant_to_be_past_is_kept() -> None:
    past = act(-60)._replace(recorded_at=START)
    (event,) = verbs.note(Story().ticket, "He called.", past)

    assert (event.at, event.recorded_at) == (past.at, START)


def test_a_tag_takes_the_place_of_the_first_of_others() -> None:
    story = Story(tags=("a", "bug", "b", "defect"))

    assert story.do(lambda t, a: verbs.retag(t, ["bug", "defect"], "fault", a)).tags == (
        "a",
        "fault",
        "b",
    )
    assert story.do(lambda t, a: verbs.retag(t, ["a"], "b", a)).tags == ("b", "fault")
    assert story.do(lambda t, a: verbs.retag(t, ["fault"], None, a)).tags == ("b",)
    assert [event.kind for event in story.history[1:]] == ["tagged", "tagged", "untagged"]


def test_tags_and_customers_change_in_the_trash_as_well() -> None:
    story = Story(tags=("bug",), requester=3)
    story.do(
        verbs.trash,
        lambda t, a: verbs.retag(t, ["bug"], "fault", a),
        lambda t, a: verbs.hand_over(t, 4, a),
    )

    assert (story.ticket.tags, story.ticket.requester) == (("fault",), 4)
    assert story.ticket.trashed_at is not None
    assert verbs.hand_over(story.ticket, 4, story.now) == ()
