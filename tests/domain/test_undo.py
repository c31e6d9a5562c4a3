"""Taking back what an operation did, and only that."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.domain.tickets import START, Story, act
from tix.domain import verbs
from tix.domain.event import undone_operations
from tix.domain.joining import merge
from tix.domain.operation import RecordChange
from tix.domain.status import Status
from tix.domain.ticket import fold
from tix.domain.undo import reverse, reverse_record
from tix.domain.verbs.speaking import Call, speak
from tix.errors import Conflict, Refused
from tix.record import members

if TYPE_CHECKING:
    from collections.abc import Callable

    from tix.domain.event import Event
    from tix.domain.ticket import Ticket

MARKS = {"course", "rev", "hash", "updated_at"}


def bare(ticket: Ticket) -> dict[str, object]:
    """Return what undo must restore: all but the marks of the history itself."""
    return {name: getattr(ticket, name) for name in members(type(ticket)) if name not in MARKS}


def note(ticket: Ticket, act: verbs.Act) -> tuple[Event, ...]:
    return verbs.note(ticket, "He is angry.", act)


STEPS: dict[str, Callable[[Ticket, verbs.Act], tuple[Event, ...]]] = {
    "note": note,
    "reply": lambda t, a: verbs.reply(t, "On its way.", a),
    "receive": lambda t, a: verbs.receive(t, "Hello?", a),
    "call": lambda t, a: speak(t, Call(a.at, True, 0), a),
    "missed call": lambda t, a: speak(t, Call(a.at), a),
    "assign": lambda t, a: verbs.assign(t, None if t.assignee else "alice", a),
    "prio": lambda t, a: verbs.prioritize(t, "high" if t.priority == "low" else "low", a),
    "tag": lambda t, a: verbs.tag(t, ("vip", f"t{t.rev}"), a),
    "untag": lambda t, a: verbs.untag(t, t.tags[:1], a),
    "order": lambda t, a: verbs.edit(t, a, fields={**t.fields, "order": str(t.rev)}),
    "plan": lambda t, a: verbs.edit(t, a, fields={**t.fields, "plan": str(t.rev)}),
    "wait": lambda t, a: verbs.wait(t, a, on="third-party"),
    "snooze": lambda t, a: verbs.postpone(t, a.at + timedelta(days=1), a),
    "resolve": verbs.resolve,
    "close": verbs.close,
    "reopen": verbs.reopen,
    "trash": verbs.trash,
    "restore": verbs.restore,
}
lives = st.lists(st.sampled_from(sorted(STEPS)), min_size=1, max_size=8)


def lived(steps: list[str]) -> tuple[Story, list[int]]:
    """Return the story of a ticket that took *steps*, and the operations that did something."""
    story, ops = Story(), []
    for step in steps:
        try:
            events = STEPS[step](story.ticket, story.now)
        except Refused:
            continue
        if events:
            ops.append(story.tell(events))
    return story, ops


@settings(max_examples=60)
@given(lives)
def test_taking_everything_back_from_the_end_leads_to_the_beginning(steps: list[str]) -> None:
    story, ops = lived(steps)
    places = [len(story.history) - n for n in range(1, len(ops) + 1)]
    befores = [bare(fold(story.history[:place])) for place in places]
    for op, before in zip(reversed(ops), befores, strict=True):
        story.tell(reverse(story.history, op, story.now))

        assert bare(story.ticket) == before


@settings(max_examples=60)
@given(lives, st.data())
def test_what_is_taken_back_can_be_done_again(steps: list[str], data: st.DataObject) -> None:
    story, ops = lived(steps)
    if not ops:
        return
    before = bare(story.ticket)
    try:
        undo = story.tell(reverse(story.history, data.draw(st.sampled_from(ops)), story.now))
    except Conflict:
        return
    story.tell(reverse(story.history, undo, story.now))

    after = bare(story.ticket)
    assert {**after, "tags": {*story.ticket.tags}} == {**before, "tags": {*before["tags"]}}  # type: ignore[misc]


def test_a_ticket_that_an_operation_made_goes_to_the_trash() -> None:
    story = Story()
    (event,) = reverse(story.history, 1, act(5)._replace(cause="undo:1"))

    assert (event.kind, event.cause) == ("trashed", "undo:1")
    story.tell([event])
    assert story.ticket.trashed_at == START + timedelta(minutes=5)
    assert reverse(story.history, 1, story.now) == ()


def test_an_operation_that_did_nothing_here_needs_no_way_back() -> None:
    assert reverse(Story().history, 99, act(1)) == ()


def test_the_way_back_is_an_event_that_names_the_operation() -> None:
    story = Story(assignee="bob")
    op = story.tell(verbs.assign(story.ticket, "alice", story.now))
    (event,) = reverse(story.history, op, act(5)._replace(cause=f"undo:{op}"))

    assert (event.kind, event.at, event.cause) == ("undone", act(5).at, "undo:2")
    assert event.data == {"op": 2, "changes": {"assignee": ["alice", "bob"]}}


def test_a_clock_that_was_set_back_leaves_a_mark() -> None:
    story = Story()
    op = story.tell(note(story.ticket, act(5)))
    (event,) = reverse(story.history, op, act(3))

    assert (event.at, event.recorded_at) == (act(5).at, act(3).at)


def test_several_events_of_one_operation_go_back_together() -> None:
    story = Story()
    before = bare(story.ticket)
    replied = verbs.reply(story.ticket, "Done.", story.now)
    story.tell([*replied, *verbs.resolve(fold([*story.history, *replied]), story.now)])
    story.tell(reverse(story.history, 2, story.now))

    assert bare(story.ticket) == before


def test_what_others_said_and_tagged_since_then_stays() -> None:
    story = Story(tags=("old",), participants=("eve@x.org",))
    op = story.tell(
        [
            *verbs.set_tags(story.ticket, ("vip", "web"), story.now),
            *note(story.ticket, story.now),
        ]
    )
    story.do(note, lambda t, a: verbs.tag(t, ("late",), a), lambda t, a: verbs.untag(t, ["vip"], a))
    story.tell(reverse(story.history, op, story.now))

    assert (story.ticket.notes, story.ticket.tags) == (1, ("late", "old"))


def test_other_fields_of_ones_own_stay() -> None:
    story = Story(fields={"plan": "basic", "order": "1"})
    op = story.tell(verbs.edit(story.ticket, story.now, fields={"plan": "pro", "colour": "red"}))
    story.do(lambda t, a: verbs.edit(t, a, fields={**t.fields, "city": "Split"}))
    story.tell(reverse(story.history, op, story.now))

    assert story.ticket.fields == {"plan": "basic", "order": "1", "city": "Split"}


@pytest.mark.parametrize(
    ("first", "then", "field"),
    [
        ({"priority": "high"}, {"priority": "low"}, "priority"),
        ({"due_at": START}, {"due_at": None}, "due_at"),
        ({"fields": {"order": "1"}}, {"fields": {"order": "2"}}, "fields"),
        ({"fields": {"order": "1"}}, {"fields": {}}, "fields"),
    ],
)
def test_what_was_changed_again_is_taken_back_only_by_force(
    first: dict[str, Any], then: dict[str, Any], field: str
) -> None:
    story = Story()
    before = bare(story.ticket)
    op = story.tell(verbs.edit(story.ticket, story.now, channel="phone", **first))
    story.do(lambda t, a: verbs.edit(t, a, **then))

    with pytest.raises(Conflict) as conflict:
        reverse(story.history, op, story.now)

    assert conflict.value.message == f"ticket 1: {field} was changed again since then"
    assert conflict.value.hint == "undo the later operation first, or use --force"
    assert conflict.value.ids == (1,)
    story.tell(reverse(story.history, op, story.now, force=True))
    assert bare(story.ticket) == before


def test_a_merge_is_taken_back_on_both_tickets() -> None:
    source, target = Story(1, tags=("vip",)), Story(2)
    target.do(lambda t, a: verbs.reply(t, "Hello.", a))
    before = bare(source.ticket), bare(target.ticket)
    joined = merge(source.ticket, target.ticket, target.now)
    for story, event in zip((source, target), joined, strict=True):
        op = story.tell([event])
        story.tell(reverse(story.history, op, story.now))

    assert (bare(source.ticket), bare(target.ticket)) == before


def test_a_redo_of_a_creation_takes_it_out_of_the_trash() -> None:
    story = Story()
    undo = story.tell(reverse(story.history, 1, story.now))
    story.tell(reverse(story.history, undo, story.now))

    assert (story.ticket.trashed_at, story.ticket.status) == (None, Status.NEW)


def test_the_operations_that_are_taken_back_are_told_as_it_stands() -> None:
    story = Story()
    first = story.tell(note(story.ticket, story.now))
    second = story.tell(note(story.ticket, story.now))
    assert undone_operations(story.history) == frozenset()

    undo = story.tell(reverse(story.history, second, story.now))
    story.tell(reverse(story.history, first, story.now))
    assert undone_operations(story.history) == {first, second}

    redo = story.tell(reverse(story.history, undo, story.now))
    assert undone_operations(story.history) == {first}

    story.tell(reverse(story.history, redo, story.now))
    assert undone_operations(story.history) == {first, second}


BOB = {"name": "bob", "tier": 2, "skills": ["tax"], "fields": {"desk": "3"}}


def back(before: object, after: object, now: object, *, force: bool = False) -> object:
    change = RecordChange("agents", "bob", before, after)  # type: ignore[arg-type]
    return reverse_record(change, now, "agent bob", force=force)  # type: ignore[arg-type]


def test_a_record_that_was_made_goes_and_one_that_went_comes_back() -> None:
    assert back(None, BOB, BOB) is None
    assert back(BOB, None, None) == BOB


@pytest.mark.parametrize(
    ("before", "after", "now"),
    [
        (None, BOB, {**BOB, "tier": 3}),
        (BOB, None, {**BOB, "tier": 3}),
        (BOB, {**BOB, "tier": 3}, None),
    ],
)
def test_a_record_that_is_not_as_it_was_left_comes_back_only_by_force(
    before: object, after: object, now: object
) -> None:
    with pytest.raises(Conflict, match="agent bob: it was changed again since then"):
        back(before, after, now)
    assert back(before, after, now, force=True) == before


def test_members_of_a_record_that_others_changed_stay() -> None:
    after = {**BOB, "tier": 3, "skills": ["tax", "law"], "address": "bob@x.org"}
    now = {**after, "skills": ["tax", "law", "art"], "zone": "UTC"}

    assert back(BOB, after, now) == {**BOB, "skills": ["tax", "art"], "zone": "UTC"}


def test_a_list_that_was_emptied_is_filled_again() -> None:
    bare_bob = {name: value for name, value in BOB.items() if name != "skills"}

    assert back(BOB, bare_bob, bare_bob) == BOB
    assert back(BOB, bare_bob, {**bare_bob, "skills": ["art"]}) == {**BOB, "skills": ["art", "tax"]}
    assert back(bare_bob, BOB, {**BOB, "skills": ["tax", "art"]}) == {**BOB, "skills": ["art"]}
    assert back(bare_bob, BOB, bare_bob) == {**bare_bob, "skills": []}


def test_a_member_of_a_record_that_was_changed_again_comes_back_only_by_force() -> None:
    after, now = {**BOB, "tier": 3}, {**BOB, "tier": 4}

    with pytest.raises(Conflict, match="agent bob: tier was changed again since then"):
        back(BOB, after, now)
    assert back(BOB, after, now, force=True) == BOB
