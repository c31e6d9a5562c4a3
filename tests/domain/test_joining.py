"""Merging, splitting, linking, and the way back."""

from __future__ import annotations

from dataclasses import fields
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.domain.tickets import START, Story
from tix.domain import verbs
from tix.domain.joining import link, merge, split, unlink, unmerge
from tix.domain.status import Status
from tix.domain.thread import Message, thread
from tix.domain.ticket import Link, Ticket, fold
from tix.errors import Refused, TransitionRefused, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tix.domain.event import Event

    Step = Callable[[Ticket, verbs.Act], Iterable[Event]]

MINUTE = timedelta(minutes=1)
FILE = verbs.Attachment("bill.pdf", "ab" * 32, 17, "application/pdf")


def joined(source: Story, target: Story) -> tuple[Event, Event]:
    """Merge one story's ticket into the other's; return the events as they were recorded."""
    now = max(source.now, target.now, key=lambda act: act.at)
    for story, event in zip(
        (source, target), merge(source.ticket, target.ticket, now), strict=True
    ):
        story.tell([event])
    return source.history[-1], target.history[-1]


def parted(source: Story, target: Story, merged: Event, absorbed: Event) -> None:
    now = max(source.now, target.now, key=lambda act: act.at)
    events = unmerge(source.ticket, target.ticket, merged, absorbed, now)
    for story, event in zip((source, target), events, strict=True):
        story.tell([event])


def bare(ticket: Ticket) -> dict[str, object]:
    """Return the ticket without the marks of its history."""
    marks = {"rev", "hash", "updated_at"}
    return {f.name: getattr(ticket, f.name) for f in fields(ticket) if f.name not in marks}


def reply(ticket: Ticket, act: verbs.Act) -> tuple[Event, ...]:
    return verbs.reply(ticket, "On its way.", act, [FILE])


def receive(ticket: Ticket, act: verbs.Act) -> tuple[Event, ...]:
    return verbs.receive(ticket, "Hello?", act)


def note(ticket: Ticket, act: verbs.Act) -> tuple[Event, ...]:
    return verbs.note(ticket, "He is angry.", act, pinned=True)


def snooze(ticket: Ticket, act: verbs.Act) -> tuple[Event, ...]:
    return verbs.postpone(ticket, act.at + timedelta(days=1), act)


STEPS: dict[str, Step] = {
    "reply": reply,
    "receive": receive,
    "note": note,
    "snooze": snooze,
    "tag": lambda t, a: verbs.tag(t, ("vip", "late"), a),
    "untag": lambda t, a: verbs.untag(t, t.tags[:1], a),
    "wait": lambda t, a: verbs.wait(t, a, on="third-party", until=a.at + timedelta(days=2)),
    "resolve": verbs.resolve,
    "reopen": verbs.reopen,
    "cc": lambda t, a: verbs.edit(t, a, participants=("eve@x.org",)),
}
lives = st.lists(st.sampled_from(sorted(STEPS)), max_size=6)


def lived(number: int, steps: Iterable[str]) -> Story:
    """Return the story of a ticket that took those of *steps* which it does not refuse."""
    story = Story(number, tags=("old",))
    take(story, steps)
    return story


def take(story: Story, steps: Iterable[str]) -> None:
    for step in steps:
        try:
            story.do(STEPS[step])
        except Refused:
            continue


def test_a_merged_ticket_goes_on_in_the_other() -> None:
    source = Story(1, tags=("vip", "web"), participants=("eve@x.org",), attachments=[FILE])
    target = Story(2, tags=("web",), participants=("bob@x.org",))
    target.do(note)
    joined(source, target)

    gone, left = source.ticket, target.ticket
    assert (gone.status, gone.before, gone.merged_into) == (Status.MERGED, Status.NEW, 2)
    assert gone.is_settled
    assert (left.absorbed, left.tags) == ((1,), ("web", "vip"))
    assert left.participants == ("bob@x.org", "eve@x.org")
    assert (left.messages, left.notes, left.attachments) == (2, 1, 1)
    assert source.history[-1].kind == "merged"
    assert (target.history[-1].kind, target.history[-1].data["ticket"]) == ("absorbed", 1)


def test_a_customer_who_waits_goes_on_waiting_in_the_other() -> None:
    source, target = Story(1), Story(2)
    target.do(reply)
    joined(source, target)

    assert (target.ticket.status, target.ticket.waiting_since) == (Status.OPEN, START)


def test_who_waits_longer_counts() -> None:
    target = Story(2)
    target.do(note, receive)
    source = Story(1)
    source.do(reply, receive)
    joined(source, target)

    assert target.ticket.waiting_since == START


def test_a_merged_ticket_that_nobody_waits_in_leaves_the_other_as_it_is() -> None:
    source, target = Story(1), Story(2)
    source.do(reply)
    target.do(reply, verbs.resolve)
    joined(source, target)

    assert (target.ticket.status, target.ticket.waiting_since) == (Status.RESOLVED, None)


@given(lives, lives)
@settings(max_examples=50)
def test_unmerging_gives_back_both(ours: list[str], theirs: list[str]) -> None:
    source, target = lived(1, ours), lived(2, theirs)
    before = bare(source.ticket), bare(target.ticket)
    parted(source, target, *joined(source, target))

    assert (bare(source.ticket), bare(target.ticket)) == before
    assert (source.history[-1].kind, target.history[-1].kind) == ("unmerged", "released")


@given(lives, lives, st.lists(st.sampled_from(["receive", "note", "reply"]), max_size=4))
@settings(max_examples=50)
def test_unmerging_leaves_what_came_since(
    ours: list[str], theirs: list[str], since: list[str]
) -> None:
    source, target, alone = lived(1, ours), lived(2, theirs), lived(2, theirs)
    before = bare(source.ticket)
    events = joined(source, target)
    take(target, since)
    parted(source, target, *events)

    take(alone, since)
    counts = ("messages", "replies", "notes", "attachments", "absorbed", "participants", "tags")
    assert [getattr(target.ticket, name) for name in counts] == [
        getattr(alone.ticket, name) for name in counts
    ]
    assert bare(source.ticket) == before


def test_a_note_on_the_merged_ticket_is_taken_from_no_other() -> None:
    source, target = Story(1), Story(2)
    events = joined(source, target)
    source.do(note)
    parted(source, target, *events)

    assert (source.ticket.notes, target.ticket.notes) == (1, 0)


def test_unmerging_leaves_tags_that_both_had() -> None:
    source, target = Story(1, tags=("vip", "web")), Story(2, tags=("web",))
    events = joined(source, target)
    target.do(lambda t, a: verbs.tag(t, ("late",), a))
    parted(source, target, *events)

    assert target.ticket.tags == ("web", "late")


def test_a_ticket_that_was_answered_since_stays_answered() -> None:
    source, target = Story(1), Story(2)
    target.do(reply)
    events = joined(source, target)
    target.do(reply)
    parted(source, target, *events)

    assert (target.ticket.status, target.ticket.waiting_since) == (Status.ANSWERED, None)
    assert (source.ticket.status, source.ticket.waiting_since) == (Status.NEW, START)


def test_two_merged_tickets_part_in_any_order() -> None:
    first, second, target = Story(1), Story(2, tags=("vip",)), Story(3)
    one, other = joined(first, target), joined(second, target)
    parted(first, target, *one)

    assert target.ticket.absorbed == (2,)
    parted(second, target, *other)
    assert bare(target.ticket) == bare(Story(3).ticket)


def test_a_ticket_cannot_be_merged_into_itself() -> None:
    ticket = Story().ticket

    with pytest.raises(Refused, match="ticket 1 cannot be merged into itself"):
        merge(ticket, ticket, Story().now)


@pytest.mark.parametrize("end", [(verbs.resolve, verbs.close), (verbs.mark_spam,), (verbs.trash,)])
def test_nothing_goes_on_in_what_is_settled(end: tuple[Step, ...]) -> None:
    target = Story(2)
    target.do(*end)

    with pytest.raises(Refused, match="ticket 2 is settled; nothing can go on in it"):
        merge(Story(1).ticket, target.ticket, target.now)


def test_what_is_over_cannot_be_merged() -> None:
    closed, merged, trashed = Story(1), Story(2), Story(3)
    closed.do(verbs.resolve, verbs.close)
    joined(merged, Story(9))
    trashed.do(verbs.trash)

    for story, why in (
        (closed, "ticket 1 is closed; it cannot be merged"),
        (merged, "ticket 2 is merged; it cannot be merged"),
        (trashed, "ticket 3 is in the trash"),
    ):
        with pytest.raises(TransitionRefused, match=why):
            merge(story.ticket, Story(9).ticket, story.now)


def test_what_is_not_merged_cannot_be_parted() -> None:
    source, target, other = Story(1), Story(2), Story(3)
    merged, absorbed = joined(source, target)

    with pytest.raises(Refused, match="ticket 1 is not merged into ticket 3"):
        unmerge(source.ticket, other.ticket, merged, absorbed, other.now)


def test_joining_by_a_clock_that_was_set_back_leaves_a_mark() -> None:
    source, target = Story(1), Story(2)
    target.do(note, note)
    merged, absorbed = merge(source.ticket, target.ticket, source.now)

    assert (merged.at, merged.recorded_at) == (START + MINUTE, None)
    assert (absorbed.at, absorbed.recorded_at) == (START + 2 * MINUTE, START + MINUTE)


def conversation() -> Story:
    """Return a ticket with five messages: the customer's, a reply, a note, and the customer's."""
    story = Story(1, requester=3, channel="email", priority="high", tags=("vip",))
    story.do(reply, note, receive, lambda t, a: verbs.receive(t, "And the invoice?", a, [FILE]))
    return story


def test_a_split_opens_a_ticket_with_the_messages_as_they_were_said() -> None:
    story = conversation()
    messages = thread(story.history)
    off, *told = split(story.ticket, messages[1:3] + messages[4:], 2, story.now)

    new = Story(2)
    new.history = ()
    new.tell(told)
    assert thread(new.history) == (
        Message(1, "reply", "agent:alice", START + MINUTE, "On its way.", (FILE,), ticket_id=2),
        Message(
            2, "note", "agent:alice", START + 2 * MINUTE, "He is angry.", (), True, ticket_id=2
        ),
        Message(
            3,
            "customer",
            "agent:alice",
            START + 4 * MINUTE,
            "And the invoice?",
            (FILE,),
            ticket_id=2,
        ),
    )
    assert new.ticket == Ticket(
        2,
        "Refund",
        START + MINUTE,
        START + 4 * MINUTE,
        Status.OPEN,
        priority="high",
        requester=3,
        channel="email",
        waiting_since=START + 4 * MINUTE,
        answered_at=START + MINUTE,
        split_from=1,
        messages=1,
        replies=1,
        notes=1,
        attachments=2,
        rev=4,
        hash=new.ticket.hash,
    )
    assert [event.recorded_at for event in told] == [story.now.at] * 4
    assert [event.data.get("source") for event in told] == [
        None,
        {"ticket": 1, "message": 2},
        {"ticket": 1, "message": 3},
        {"ticket": 1, "message": 5},
    ]
    assert (off.kind, off.ticket_id, off.at) == ("split", 1, story.now.at)
    assert off.data == {"changes": {}, "into": 2, "messages": [2, 3, 5]}


def test_the_old_ticket_keeps_all_its_messages() -> None:
    story = conversation()
    before = story.ticket
    off, *_ = split(story.ticket, thread(story.history)[:1], 2, story.now)
    story.tell([off])

    assert bare(story.ticket) == bare(before)
    assert len(thread(story.history)) == 5


def test_a_split_note_stays_a_note() -> None:
    story = conversation()
    _, *told = split(story.ticket, [thread(story.history)[2]], 2, story.now, "What he said")

    new = fold(told)
    assert [message.kind for message in thread(told)] == ["note"]
    assert (new.subject, new.status, new.waiting_since) == ("What he said", Status.NEW, None)


def test_a_split_without_messages_is_no_split() -> None:
    with pytest.raises(UsageError, match="no message"):
        split(Story().ticket, [], 2, Story().now)


def test_what_was_erased_cannot_be_split_off() -> None:
    story = conversation()
    erased = thread(story.history)[0]._replace(body=None)

    with pytest.raises(Refused, match="message 1 was erased"):
        split(story.ticket, [erased], 2, story.now)


def test_a_link_is_made_once_and_goes_with_all_its_kinds() -> None:
    story, other = Story(1), Story(2).ticket
    story.do(
        lambda t, a: link(t, other, "blocked-by", a),
        lambda t, a: link(t, other, "related", a),
        lambda t, a: link(t, Story(3).ticket, "parent", a),
        lambda t, a: link(t, other, "related", a),
    )

    assert story.ticket.links == (Link("blocked-by", 2), Link("related", 2), Link("parent", 3))
    assert [event.kind for event in story.history[1:]] == ["linked"] * 3
    assert story.do(lambda t, a: unlink(t, 2, a)).links == (Link("parent", 3),)
    assert unlink(story.ticket, 2, story.now) == ()


def test_a_link_needs_a_kind_that_there_is() -> None:
    with pytest.raises(UsageError, match="'blocks' is no kind of link; there are duplicate-of, "):
        link(Story(1).ticket, Story(2).ticket, "blocks", Story().now)


def test_a_ticket_cannot_be_linked_to_itself() -> None:
    with pytest.raises(Refused, match="ticket 1 cannot be linked to itself"):
        link(Story(1).ticket, Story(1).ticket, "related", Story().now)
