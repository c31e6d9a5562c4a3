"""The conversation as it is read from a history."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.domain.tickets import START, Story
from tix.domain import verbs
from tix.domain.event import Event, redact
from tix.domain.joining import split
from tix.domain.thread import Message, conversation, split_off, thread
from tix.domain.undo import reverse

MINUTE = timedelta(minutes=1)
FILE = verbs.Attachment("bill.pdf", "ab" * 32, 17, "application/pdf")


def test_messages_replies_and_notes_are_numbered_in_their_order() -> None:
    story = Story(7, attachments=[FILE])
    story.do(
        lambda t, a: verbs.assign(t, "bob", a),
        lambda t, a: verbs.note(t, "He is angry.", a._replace(by="agent:bob"), pinned=True),
        lambda t, a: verbs.reply(t, "On its way.", a, [FILE]),
        lambda t, a: verbs.receive(t, "Thanks!", a._replace(by="customer:C-3")),
    )

    assert thread(story.history) == (
        Message(1, "customer", "agent:alice", START, "Where is my money?", (FILE,), ticket_id=7),
        Message(2, "note", "agent:bob", START + 2 * MINUTE, "He is angry.", (), True, ticket_id=7),
        Message(3, "reply", "agent:alice", START + 3 * MINUTE, "On its way.", (FILE,), ticket_id=7),
        Message(4, "customer", "customer:C-3", START + 4 * MINUTE, "Thanks!", ticket_id=7),
    )


def test_a_ticket_without_a_text_has_no_messages() -> None:
    assert thread(Story(body=None).history) == ()


@pytest.mark.parametrize(
    ("values", "kind", "author"),
    [
        ({}, "customer", "agent:alice"),
        ({"requester": 3}, "customer", "customer:C-3"),
        ({"requester": 3, "outbound": True}, "reply", "agent:alice"),
    ],
)
def test_the_first_message_is_the_customers_unless_we_wrote_first(
    values: dict[str, object], kind: str, author: str
) -> None:
    (message,) = thread(Story(1, **values).history)

    assert (message.kind, message.author) == (kind, author)


def test_what_a_customer_wrote_is_theirs_also_if_a_program_recorded_it() -> None:
    story = Story(requester=3)
    (first,) = verbs.open_ticket(1, "Refund", story.now._replace(by="import:csv"), body="Hi")

    assert thread([first])[0].author == "import:csv"


def test_an_erased_message_keeps_its_place() -> None:
    story = Story()
    story.do(lambda t, a: verbs.note(t, "His card is 4111.", a), lambda t, a: verbs.note(t, "b", a))
    opened, noted, more = story.history

    messages = thread([opened, redact(noted), more])
    assert [(m.n, m.body) for m in messages] == [(1, "Where is my money?"), (2, None), (3, "b")]


def test_what_was_taken_back_stays_and_says_so_until_it_is_done_again() -> None:
    story = Story()
    op = story.tell(verbs.note(story.ticket, "He is angry.", story.now))
    undo = story.tell(reverse(story.history, op, story.now))
    assert [m.retracted for m in thread(story.history)] == [False, True]

    redo = story.tell(reverse(story.history, undo, story.now))
    assert [m.retracted for m in thread(story.history)] == [False, False]

    story.tell(reverse(story.history, redo, story.now))
    assert [m.retracted for m in thread(story.history)] == [False, True]


def test_a_conversation_goes_through_all_that_were_merged_and_no_circle_catches_it() -> None:
    stories = {number: Story(number) for number in (1, 2, 3)}
    heads = {1: (2,), 2: (3,), 3: (1, 2)}
    for number, absorbed in heads.items():
        told = {"changes": {"absorbed": [[], list(absorbed)]}, "ticket": absorbed[0]}
        event = Event("absorbed", number, START, "import:x", data=told)
        stories[number].tell([event])

    messages = conversation(stories[1].ticket, lambda number: stories[number].history)
    assert [(message.n, message.ticket_id) for message in messages] == [(1, 1), (2, 2), (3, 3)]


def test_what_was_split_off_is_told_with_the_numbers_of_its_messages() -> None:
    story = Story(1)
    op = 0
    for new in (7, 8):
        (off, *_) = split(story.ticket, thread(story.history), new, story.now)
        op = story.tell([off])
    assert split_off(story.history) == [(7, [1]), (8, [1])]

    story.tell(reverse(story.history, op, story.now))
    assert split_off(story.history) == [(7, [1])]
