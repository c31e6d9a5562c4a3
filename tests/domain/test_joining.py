"""Merging, splitting, linking, and the way back."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.domain.tickets import START, Story, act
from tix.domain import verbs
from tix.domain.course import Course
from tix.domain.joining import REVERSE, as_absorbed, circle, link, merge, split, unlink, unmerge
from tix.domain.status import Status
from tix.domain.thread import Message, thread
from tix.domain.ticket import Link, Ticket, fold
from tix.domain.undo import reverse
from tix.domain.verbs.speaking import Call, speak
from tix.errors import Refused, TransitionRefused, UsageError
from tix.record import members, replace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tix.domain.event import Event

    Step = Callable[[Ticket, verbs.Act], Iterable[Event]]

MINUTE = timedelta(minutes=1)
FILE = verbs.Attachment("bill.pdf", "ab" * 32, 17, "application/pdf")


def joined(source: Story, target: Story, address: str | None = None) -> None:
    """Merge one story's ticket into the other's."""
    now = max(source.now, target.now, key=lambda act: act.at)
    events = merge(source.ticket, target.ticket, now, address)
    for story, event in zip((source, target), events, strict=True):
        story.tell([event])


def parted(source: Story, target: Story, *others: Story) -> None:
    """Take one story's ticket out of the other's, in which *others* are as well."""
    now = max(source.now, target.now, key=lambda act: act.at)
    absorbed = {
        story.ticket.id: as_absorbed(story.history, target.ticket.id) for story in (source, *others)
    }
    events = unmerge(source.history, target.history, absorbed, now)
    for story, event in zip((source, target), events, strict=True):
        story.tell([event])


def bare(ticket: Ticket) -> dict[str, object]:
    """Return the ticket without the marks of its history."""
    marks = {"course", "rev", "hash", "updated_at"}
    return {name: getattr(ticket, name) for name in members(type(ticket)) if name not in marks}


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
    "call": lambda t, a: speak(t, Call(a.at, True, 0), a),
    "missed call": lambda t, a: speak(t, Call(a.at), a),
    "note": note,
    "snooze": snooze,
    "tag": lambda t, a: verbs.tag(t, ("vip", "late"), a),
    "untag": lambda t, a: verbs.untag(t, t.tags[:1], a),
    "wait": lambda t, a: verbs.wait(t, a, on="third-party", until=a.at + timedelta(days=2)),
    "resolve": verbs.resolve,
    "reopen": verbs.reopen,
    "cc": lambda t, a: verbs.edit(t, a, participants=("eve@x.org",)),
    "tag anew": lambda t, a: verbs.tag(t, (f"at-{a.at:%H%M}",), a),
}


def steps(*names: str) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(names), max_size=6)


lives = steps(*STEPS)
filed = steps("note", "tag", "untag", "cc")
talked = steps("receive", "missed call", "note", "tag anew")
moved = steps(
    *("receive", "missed call", "reply", "call"),
    *("snooze", "wait", "resolve", "reopen", "tag anew"),
)


def lived(number: int, names: Iterable[str]) -> Story:
    """Return the story of a ticket that took those steps which it does not refuse."""
    story = Story(number, tags=("old",))
    take(story, names)
    return story


def take(story: Story, names: Iterable[str], since: int = 1) -> None:
    """Take steps, a minute each, from so many minutes after the start."""
    for minute, name in enumerate(names, since):
        with suppress(Refused):
            story.tell(STEPS[name](story.ticket, act(minute)))


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
    joined(source, target)
    parted(source, target)

    assert (bare(source.ticket), bare(target.ticket)) == before
    assert (source.history[-1].kind, target.history[-1].kind) == ("unmerged", "released")


@given(lives, lives, filed, talked | moved)
@settings(max_examples=100)
def test_unmerging_leaves_to_both_what_came_since(
    ours: list[str], theirs: list[str], to_us: list[str], to_them: list[str]
) -> None:
    (source, ours_alone), (target, theirs_alone) = (
        (lived(1, ours), lived(1, ours)),
        (lived(2, theirs), lived(2, theirs)),
    )
    joined(source, target)
    for story, steps in (
        (source, to_us),
        (ours_alone, to_us),
        (target, to_them),
        (theirs_alone, to_them),
    ):
        take(story, steps, since=100)
    parted(source, target)

    assert bare(source.ticket) == bare(ours_alone.ticket)
    content = ("messages", "replies", "notes", "attachments", "absorbed", "participants", "tags")
    assert [getattr(target.ticket, name) for name in content] == [
        getattr(theirs_alone.ticket, name) for name in content
    ]


@given(st.lists(lives, min_size=1, max_size=3), lives, talked, st.data())
@settings(max_examples=100)
def test_a_ticket_is_then_as_if_that_one_had_never_been_merged_into_it(
    lots: list[list[str]], theirs: list[str], since: list[str], data: st.DataObject
) -> None:
    gone = data.draw(st.integers(1, len(lots)))
    target, alone = lived(9, theirs), lived(9, theirs)
    sources = {number: lived(number, steps) for number, steps in enumerate(lots, 1)}
    for number, source in sources.items():
        joined(source, target)
        if number != gone:
            joined(lived(number, lots[number - 1]), alone)
    take(target, since, since=100)
    take(alone, since, since=100)
    parted(sources.pop(gone), target, *sources.values())

    assert bare(target.ticket) == bare(alone.ticket)


def test_a_note_on_the_merged_ticket_is_taken_from_no_other() -> None:
    source, target = Story(1), Story(2)
    joined(source, target)
    source.do(note)
    parted(source, target)

    assert (source.ticket.notes, target.ticket.notes) == (1, 0)


def test_unmerging_leaves_tags_that_both_had() -> None:
    source, target = Story(1, tags=("vip", "web")), Story(2, tags=("web",))
    joined(source, target)
    target.do(lambda t, a: verbs.tag(t, ("late",), a))
    parted(source, target)

    assert target.ticket.tags == ("web", "late")


def test_unmerging_leaves_what_another_merged_ticket_brought_as_well() -> None:
    first, second = (Story(n, tags=("vip",), participants=("eve@x.org",)) for n in (1, 2))
    target = Story(3)
    target.do(reply)
    joined(first, target)
    joined(second, target)
    parted(first, target, second)

    left = target.ticket
    assert (left.tags, left.participants, left.absorbed) == (("vip",), ("eve@x.org",), (2,))
    assert (left.status, left.waiting_since) == (Status.OPEN, START)


def test_a_ticket_that_was_answered_since_stays_answered() -> None:
    source, target = Story(1), Story(2)
    target.do(reply)
    joined(source, target)
    target.do(reply)
    parted(source, target)

    assert (target.ticket.status, target.ticket.waiting_since) == (Status.ANSWERED, None)
    assert (source.ticket.status, source.ticket.waiting_since) == (Status.NEW, START)


def test_a_resolved_ticket_that_only_the_merged_one_opened_is_resolved_again() -> None:
    source, target = Story(1), Story(2)
    target.do(reply, verbs.resolve)
    resolved = bare(target.ticket)
    joined(source, target)
    assert (target.ticket.status, target.ticket.reopened) == (Status.OPEN, 1)
    parted(source, target)

    assert bare(target.ticket) == resolved


def test_two_merged_tickets_part_in_any_order() -> None:
    first, second, target = Story(1), Story(2, tags=("vip",)), Story(3)
    joined(first, target)
    joined(second, target)
    parted(first, target, second)

    assert target.ticket.absorbed == (2,)
    parted(second, target)
    assert bare(target.ticket) == bare(Story(3).ticket)


def test_a_ticket_can_be_merged_and_parted_again_and_again() -> None:
    source, other, target = Story(1, tags=("vip",)), Story(2, tags=("web",)), Story(3)
    before = bare(source.ticket), bare(target.ticket)
    joined(source, target)
    parted(source, target)
    joined(other, target)
    joined(source, target)
    parted(other, target, source)

    assert (target.ticket.absorbed, target.ticket.tags) == ((1,), ("vip",))
    parted(source, target)
    assert (bare(source.ticket), bare(target.ticket)) == before


def test_what_was_undone_meanwhile_leaves_nothing() -> None:
    source, target = Story(1), Story(2)
    target.do(reply)
    answered = bare(target.ticket)
    joined(source, target)
    for step in (reply, lambda t, a: verbs.tag(t, ("late",), a)):
        op = target.tell(step(target.ticket, target.now))
        target.tell(reverse(target.history, op, target.now))
    parted(source, target)

    assert bare(target.ticket) == answered


def test_where_a_ticket_was_put_by_force_it_stays() -> None:
    source, target = Story(1), Story(2)
    target.do(reply)
    joined(source, target)
    waits = target.tell(STEPS["wait"](target.ticket, target.now))
    target.do(verbs.resolve)
    target.tell(reverse(target.history, waits, target.now, force=True))
    status = target.ticket.status
    parted(source, target)

    assert target.ticket.status is status is Status.OPEN


def test_a_merge_that_was_undone_and_done_again_can_be_parted() -> None:
    source, target = Story(1, tags=("vip",)), Story(2)
    before = bare(source.ticket), bare(target.ticket)
    joined(source, target)
    for story in (source, target):
        op = story.history[-1].op
        undo = story.tell(reverse(story.history, op, story.now))
        story.tell(reverse(story.history, undo, story.now))
    parted(source, target)

    assert (bare(source.ticket), bare(target.ticket)) == before


def test_a_ticket_of_nobody_becomes_that_of_the_customer_and_loses_them_again() -> None:
    source, target = Story(1, requester=7), Story(2)
    joined(source, target, "jo@x.org")
    assert (target.ticket.requester, target.ticket.participants) == (7, ())
    parted(source, target)

    assert target.ticket.requester is None


def test_another_customer_takes_part_in_the_other_ticket() -> None:
    source = Story(1, requester=7, participants=("eve@x.org",))
    target = Story(2, requester=8, participants=("bob@x.org",))
    joined(source, target, "jo@x.org")
    everybody = ("bob@x.org", "eve@x.org", "jo@x.org")

    assert (target.ticket.requester, target.ticket.participants) == (8, everybody)
    parted(source, target)
    assert target.ticket.participants == ("bob@x.org",)


def test_the_same_customer_does_not_take_part_twice() -> None:
    source, target = Story(1, requester=7), Story(2, requester=7)
    joined(source, target, "jo@x.org")

    assert target.ticket.participants == ()


def test_a_ticket_cannot_be_merged_into_itself() -> None:
    ticket = Story().ticket

    with pytest.raises(Refused, match="ticket 1 cannot be merged into itself"):
        merge(ticket, ticket, Story().now)


@pytest.mark.parametrize(
    ("end", "why", "hint"),
    [
        ((verbs.resolve, verbs.close), "is closed; nothing can go on in it", "tix reopen 2"),
        ((verbs.mark_spam,), "is spam; nothing can go on in it", "tix reopen 2"),
        ((verbs.trash,), "is in the trash", "tix restore 2"),
    ],
)
def test_nothing_goes_on_in_what_is_settled(end: tuple[Step, ...], why: str, hint: str) -> None:
    target = Story(2)
    target.do(*end)

    with pytest.raises(Refused) as refusal:
        merge(Story(1).ticket, target.ticket, target.now)
    assert (refusal.value.message, refusal.value.hint) == (f"ticket 2 {why}", hint)


def test_nothing_goes_on_in_what_is_merged_itself() -> None:
    target = Story(2)
    joined(target, Story(3))

    with pytest.raises(Refused) as refusal:
        merge(Story(1).ticket, target.ticket, target.now)
    assert refusal.value.message == "ticket 2 is merged; nothing can go on in it"
    assert refusal.value.hint == "it goes on in ticket 3"


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
    source, other = Story(1), Story(3)
    joined(source, Story(2))

    with pytest.raises(Refused, match="ticket 1 is not merged into ticket 3"):
        unmerge(source.history, other.history, {}, other.now)


def test_what_goes_on_in_a_merged_ticket_is_parted_after_that_one() -> None:
    source, target, last = Story(1), Story(2), Story(3)
    before = bare(source.ticket), bare(target.ticket), bare(last.ticket)
    joined(source, target)
    joined(target, last)

    with pytest.raises(Refused) as refusal:
        unmerge(source.history, target.history, {}, source.now)
    assert refusal.value.message == ("ticket 2, in which 1 goes on, is merged into 3 itself")
    assert refusal.value.hint == "tix unmerge 2 comes first"
    parted(target, last)
    parted(source, target)
    assert (bare(source.ticket), bare(target.ticket), bare(last.ticket)) == before


def test_a_merged_ticket_without_a_past_cannot_be_parted() -> None:
    source, target = Story(1), Story(2)
    joined(source, target)
    born = {**source.history[0].changes, **source.history[1].changes}
    history = (replace(source.history[0], data={"changes": born}),)

    with pytest.raises(Refused, match="nothing tells what ticket 1 was before it was merged"):
        unmerge(history, target.history, {}, source.now)
    assert as_absorbed(history, 2).waiting_since is None


def test_a_ticket_in_the_trash_is_not_parted() -> None:
    source, target = Story(1), Story(2)
    joined(source, target)
    source.do(verbs.trash)

    with pytest.raises(TransitionRefused, match="ticket 1 is in the trash"):
        unmerge(source.history, target.history, {}, source.now)


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
        course=Course(START + 4 * MINUTE, START + 4 * MINUTE, START + MINUTE),
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


@pytest.mark.parametrize(
    ("kept", "why"), [({"body": None}, "erased"), ({"retracted": True}, "taken back")]
)
def test_what_was_erased_or_taken_back_cannot_be_split_off(kept: dict[str, Any], why: str) -> None:
    story = conversation()
    message = thread(story.history)[0]._replace(**kept)

    with pytest.raises(Refused, match=f"message 1 was {why}; it cannot be split off"):
        split(story.ticket, [message], 2, story.now)


def test_nothing_is_split_off_in_the_trash() -> None:
    story = conversation()
    story.do(verbs.trash)

    with pytest.raises(TransitionRefused, match="ticket 1 is in the trash"):
        split(story.ticket, thread(story.history)[:1], 2, story.now)


def test_a_split_ticket_is_of_the_customer_who_wrote_its_first_message() -> None:
    story = conversation()
    by_another = lambda t, a: verbs.receive(t, "Me too", a._replace(by="customer:C-9"))  # noqa: E731
    story.do(by_another)
    messages = thread(story.history)

    assert fold(split(story.ticket, messages[1:], 2, story.now)[1:]).requester == 9
    assert fold(split(story.ticket, messages[:], 2, story.now)[1:]).requester == 3
    assert fold(split(story.ticket, messages[1:3], 2, story.now)[1:]).requester == 3


def test_a_link_is_made_once_and_goes_with_all_its_kinds() -> None:
    story, other = Story(1), Story(2).ticket
    story.do(
        lambda t, a: link(t, other, "blocked-by", a),
        lambda t, a: link(t, other, "related", a),
        lambda t, a: link(t, Story(3).ticket, "child", a),
        lambda t, a: link(t, other, "related", a),
    )

    assert story.ticket.links == (Link("blocked-by", 2), Link("related", 2), Link("child", 3))
    assert [event.kind for event in story.history[1:]] == ["linked"] * 3
    assert story.do(lambda t, a: unlink(t, 2, a)).links == (Link("child", 3),)
    assert unlink(story.ticket, 2, story.now) == ()


def test_every_kind_of_link_is_the_reverse_of_its_reverse() -> None:
    assert {REVERSE[REVERSE[kind]]: kind for kind in REVERSE} == {kind: kind for kind in REVERSE}
    assert (REVERSE["blocks"], REVERSE["related"]) == ("blocked-by", "related")


def test_a_link_needs_a_kind_that_there_is() -> None:
    with pytest.raises(UsageError, match="'friend' is no kind of link; there are duplicate-of, "):
        link(Story(1).ticket, Story(2).ticket, "friend", Story().now)


def test_a_ticket_cannot_be_linked_to_itself_nor_in_the_trash() -> None:
    with pytest.raises(Refused, match="ticket 1 cannot be linked to itself"):
        link(Story(1).ticket, Story(1).ticket, "related", Story().now)

    story = Story(1)
    story.do(verbs.trash)
    with pytest.raises(TransitionRefused, match="ticket 1 is in the trash"):
        link(story.ticket, Story(2).ticket, "related", story.now)


ties = st.lists(st.tuples(st.integers(1, 6), st.integers(1, 6)), max_size=15)


@given(ties, st.sampled_from(sorted(REVERSE)))
def test_ties_that_make_no_circle_never_lead_in_one(
    pairs: list[tuple[int, int]], kind: str
) -> None:
    tickets = {number: Story(number).ticket for number in range(1, 7)}
    for one, other in pairs:
        way = circle(tickets[one], tickets[other], kind, tickets.__getitem__)
        if way:
            assert (way[0], way[-1]) == (other, one)
            for here, there in pairwise(way):
                assert Link(kind, there) in tickets[here].links
        else:
            tie = Link(kind, other)
            tickets[one] = replace(tickets[one], links=(*tickets[one].links, tie))

    def leads_to_itself(number: int) -> bool:
        reached: set[int] = set()
        left = [number]
        while left:
            more = {tie.ticket_id for tie in tickets[left.pop()].links} - reached
            reached |= more
            left += more
        return number in reached

    if kind != "related":
        assert not any(map(leads_to_itself, tickets))
