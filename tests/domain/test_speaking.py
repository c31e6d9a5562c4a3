"""Calls and chats on a ticket: what an answered and a missed one change."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.sla.cases import Life, act, at
from tests.domain.tickets import START, Story
from tests.domain.tickets import act as act_at
from tix.domain import verbs
from tix.domain.event import redact
from tix.domain.joining import as_absorbed, merge, split, unmerge
from tix.domain.spoken import Spoken, answers, asked_after, asks, is_sound, spoken
from tix.domain.status import Status
from tix.domain.thread import Message, thread
from tix.domain.undo import reverse
from tix.domain.verbs.speaking import Call, Chat, Session, speak
from tix.errors import Refused, TransitionRefused, UsageError
from tix.record import replace

if TYPE_CHECKING:
    from random import Random

MINUTE = timedelta(minutes=1)
JO = "customer:C-1"


def during(session: Session, **how: Any) -> Any:
    """Return the step that logs *session*, an hour after the story began."""
    now = START + 60 * MINUTE
    return lambda ticket, a: speak(ticket, session, a._replace(at=now), **how)


def call(minute: float, *, seconds: int | None = 120, inbound: bool = True) -> Call:
    return Call(START + minute * MINUTE, inbound, seconds)


def test_an_answered_call_is_an_answer_from_its_beginning_and_its_time_is_work():
    story = Story()
    before = story.ticket
    answered, worked = speak(
        before,
        Call(START + 2 * MINUTE, True, 720, " She sends it. "),
        story.now._replace(at=START + 60 * MINUTE),
    )

    assert (answered.kind, answered.at, answered.by) == (
        "called",
        START + 2 * MINUTE,
        "agent:alice",
    )
    assert answered.recorded_at == START + 60 * MINUTE
    assert answered.data == {
        "direction": "in",
        "outcome": "answered",
        "seconds": 720,
        "body": "She sends it.",
        "changes": {
            "replies": [0, 1],
            "first_response_at": [None, "2026-11-21T18:32:00Z"],
            "answered_at": [None, "2026-11-21T18:32:00Z"],
            "waiting_since": ["2026-11-21T18:30:00Z", None],
            "status": ["new", "answered"],
        },
    }
    assert (worked.kind, worked.at) == ("worked", START + 14 * MINUTE)
    assert {**worked.data, "note": ""} == {
        "seconds": 720,
        "source": "call",
        "note": "",
        "changes": {"worked": [0, 720]},
    }


def test_a_customer_who_reached_nobody_waits():
    story = Story()
    story.do(lambda t, a: verbs.reply(t, "Here.", a))
    (missed,) = speak(
        story.ticket, call(5, seconds=None), story.now._replace(by=JO, at=START + HOUR)
    )

    assert missed.data == {
        "direction": "in",
        "outcome": "missed",
        "seconds": 0,
        "changes": {
            "messages": [1, 2],
            "waiting_since": [None, "2026-11-21T18:35:00Z"],
            "status": ["answered", "open"],
        },
    }


HOUR = timedelta(hours=1)


def test_a_new_ticket_stays_new_when_its_customer_reaches_nobody():
    ticket = Story().do(during(call(5, seconds=None)))

    assert (ticket.status, ticket.waiting_since, ticket.messages) == (Status.NEW, START, 2)


def test_a_call_of_ours_that_reached_nobody_changes_nothing_and_is_told():
    story = Story()
    (told,) = speak(
        story.ticket, call(5, seconds=None, inbound=False), story.now._replace(at=START + HOUR)
    )

    assert told.data == {"direction": "out", "outcome": "missed", "seconds": 0, "changes": {}}
    assert story.do(during(call(5, seconds=None, inbound=False))).waiting_since == START


def test_a_chat_is_an_answer_from_the_first_line_of_an_agent():
    chat = Chat(START + 2 * MINUTE, START + 9 * MINUTE, True, START + 3 * MINUTE, 4, 5, "Hi")
    story = Story()
    chatted, worked = speak(story.ticket, chat, story.now._replace(at=START + HOUR))

    assert (chatted.kind, chatted.at) == ("chatted", START + 3 * MINUTE)
    assert {name: value for name, value in chatted.data.items() if name != "changes"} == {
        "direction": "in",
        "outcome": "answered",
        "seconds": 360,
        "started_at": "2026-11-21T18:32:00Z",
        "ended_at": "2026-11-21T18:39:00Z",
        "picked_up_at": "2026-11-21T18:33:00Z",
        "agent_lines": 4,
        "customer_lines": 5,
        "body": "Hi",
    }
    assert (worked.data["seconds"], worked.data["source"]) == (360, "chat")


def test_a_chat_in_which_nobody_answered_is_missed_at_its_beginning():
    chat = Chat(START + 2 * MINUTE, START + 9 * MINUTE, agent_lines=0)
    story = Story()
    (missed,) = speak(story.ticket, chat, story.now._replace(at=START + HOUR))

    assert (missed.at, missed.data["outcome"]) == (START + 2 * MINUTE, "missed")
    assert (missed.data["picked_up_at"], missed.data["seconds"]) == (None, 0)


def test_an_answered_call_of_no_length_is_no_work():
    assert Story().do(during(call(5, seconds=0))).worked == 0


@pytest.mark.parametrize(
    ("status", "after"),
    [
        (None, (Status.ANSWERED, None)),
        (Status.OPEN, (Status.OPEN, None)),
        (Status.PENDING, (Status.PENDING, "customer")),
    ],
)
def test_after_a_call_the_ticket_is_what_the_agent_says(status: Status | None, after: Any):
    ticket = Story().do(during(call(5), status=status))

    assert (ticket.status, ticket.substatus) == after


def test_a_call_can_resolve_the_ticket_when_it_ends():
    ticket = Story().do(during(call(5), reason="answered"))

    assert (ticket.status, ticket.reason) == (Status.RESOLVED, "answered")
    assert ticket.resolved_at == START + 7 * MINUTE


def test_a_resolved_ticket_stays_resolved_by_an_answered_call_and_opens_by_a_missed_one():
    story = Story()
    story.do(verbs.resolve)

    assert story.do(during(call(5), status=Status.OPEN)).status is Status.RESOLVED
    assert story.do(during(call(6, seconds=None))).status is Status.OPEN


def test_a_missed_call_that_is_told_late_asks_for_nothing_that_was_answered_since():
    story = Story()
    story.do(lambda t, a: verbs.reply(t, "Here.", a))
    ticket = story.do(during(call(0.5, seconds=None)))

    assert (ticket.status, ticket.waiting_since, ticket.messages) == (Status.ANSWERED, None, 2)


def test_a_missed_call_before_the_resolution_does_not_open_the_ticket():
    story = Story()
    story.do(verbs.resolve)

    assert story.do(during(call(0.5, seconds=None))).status is Status.RESOLVED


def test_a_call_that_was_over_when_the_customer_wrote_answers_nothing():
    ticket = Story().do(during(call(-5)))

    assert (ticket.status, ticket.waiting_since, ticket.replies) == (Status.NEW, START, 1)
    assert (ticket.first_response_at, ticket.answered_at) == (None, START - 5 * MINUTE)


def test_a_call_before_our_last_reply_leaves_the_status_to_it_unless_that_is_said():
    story = Story()
    story.do(lambda t, a: verbs.reply(t, "Here.", a, status=Status.PENDING))

    assert story.do(during(call(0.5))).status is Status.PENDING
    assert story.do(during(call(0.5), status=Status.OPEN)).status is Status.OPEN


def test_a_question_that_was_written_down_in_the_call_is_answered_by_it_at_once():
    life = Life("01-16 09:00")
    life.tell(speak(life.ticket, Call(at("01-16 08:50"), True, 900), act("01-16 09:05")))

    assert life.ticket.first_response_at == at("01-16 09:00")
    first = life.ever("01-16 12:00")[0]
    assert (first.started_at, first.stopped_at, first.ending) == (
        at("01-16 09:00"),
        at("01-16 09:00"),
        "answered",
    )


def test_an_answered_call_ends_the_clock_of_the_answer_also_if_there_is_more_to_do():
    life = Life("01-16 09:00")
    life.tell(
        speak(
            life.ticket, Call(at("01-16 09:30"), False, 60), act("01-16 10:00"), status=Status.OPEN
        )
    )

    first = life.ever("01-16 12:00")[0]
    assert (first.state, first.stopped_at) == ("met", at("01-16 09:30"))


def test_a_missed_call_starts_the_clock_of_the_next_answer():
    life = Life("01-16 09:00").answers("01-16 09:30")
    life.tell(speak(life.ticket, Call(at("01-16 10:00")), act("01-16 10:00", JO)))

    assert life.course.turn_at == at("01-16 10:00")
    assert life.now("01-16 10:30")["next"].started_at == at("01-16 10:00")


@pytest.mark.parametrize(
    ("steps", "waits_since", "status"),
    [
        ("ask 2", 2, Status.OPEN),
        ("ask 2, answer 3", None, Status.ANSWERED),
        ("answer 2, ask 3, ask 4", 3, Status.OPEN),
        ("ask 2, resolve 3, reopen 4", None, Status.ANSWERED),
    ],
)
def test_what_the_customer_asked_after_a_call_that_is_told_late_waits_on(
    steps: str, waits_since: int | None, status: Status
):
    story = Story()
    for name, minute in (step.split() for step in steps.split(", ")):
        story.tell(STEPS[name](story.ticket, act_at(int(minute))))
    since = asked_after(story.history, START + MINUTE)
    story.tell(speak(story.ticket, call(1, seconds=0), act_at(60), asked_since=since))

    ticket = story.ticket
    assert ticket.waiting_since == (None if waits_since is None else START + waits_since * MINUTE)
    assert ticket.status is status


STEPS: dict[str, Any] = {
    "ask": lambda t, a: verbs.receive(t, "And?", a),
    "answer": lambda t, a: verbs.reply(t, "Here.", a),
    "resolve": verbs.resolve,
    "reopen": verbs.reopen,
    "call": lambda t, a: speak(t, Call(a.at, True, 0), a),
    "missed": lambda t, a: speak(t, Call(a.at), a),
}


@pytest.mark.parametrize(
    "data",
    [
        {"direction": "up"},
        {"outcome": "busy"},
        {"seconds": None},
        {"seconds": -1},
        {"agent_lines": "4"},
        {"customer": 3},
    ],
)
def test_a_call_that_makes_no_sense_is_not_sound(data: dict[str, object]):
    (told,) = speak(Story().ticket, call(0, seconds=None), Story().now)

    assert is_sound(told)
    assert is_sound(Story().history[0])
    assert not is_sound(replace(told, data={**told.data, **data}))


def test_what_was_taken_back_has_not_been_asked():
    story = Story()
    op = story.tell(STEPS["ask"](story.ticket, act_at(2)))
    story.tell(reverse(story.history, op, act_at(3)))

    assert asked_after(story.history, START + MINUTE) is None


@given(st.lists(st.sampled_from(["ask", "answer", "call", "missed"]), max_size=8), st.randoms())
def test_who_waits_since_when_is_the_same_in_whatever_order_calls_are_told(
    names: list[str], dice: Random
):
    in_time, late = Story(), Story()
    steps = list(enumerate(names, 1))
    for minute, name in steps:
        in_time.tell(STEPS[name](in_time.ticket, act_at(minute)))
    calls = [(minute, name) for minute, name in steps if name in ("call", "missed")]
    for minute, name in (step for step in steps if step not in calls):
        late.tell(STEPS[name](late.ticket, act_at(minute)))
    dice.shuffle(calls)
    for minute, name in calls:
        told = call(minute, seconds=0 if name == "call" else None)
        since = asked_after(late.history, told.ended_at)
        late.tell(speak(late.ticket, told, act_at(60), asked_since=since))

    counts = ("waiting_since", "messages", "replies", "answered_at")
    assert [getattr(late.ticket, name) for name in counts] == [
        getattr(in_time.ticket, name) for name in counts
    ]


def test_what_is_not_over_cannot_be_logged():
    with pytest.raises(UsageError, match="the call is not over yet"):
        Story().do(lambda t, a: speak(t, call(0, seconds=3600), a))


def test_nobody_speaks_on_a_closed_ticket():
    story = Story()
    story.do(verbs.resolve, verbs.close)

    with pytest.raises(TransitionRefused, match="ticket 1 is closed"):
        story.do(during(call(5)))


def test_what_else_is_known_stands_beside_it():
    (told,) = speak(Story().ticket, call(0, seconds=None), Story().now, more={"id": "pbx-1"})

    assert told.data["id"] == "pbx-1"


def test_undo_takes_a_call_and_its_work_back():
    story = Story()
    before = story.ticket
    op = story.tell(during(call(5))(story.ticket, story.now))
    story.tell(reverse(story.history, op, story.now))

    after = story.ticket
    assert (after.status, after.waiting_since, after.replies, after.worked) == (
        before.status,
        before.waiting_since,
        0,
        0,
    )
    assert thread(story.history)[1].retracted


def test_calls_and_chats_stand_in_the_conversation_also_without_a_text():
    story = Story()
    story.do(during(call(5)))
    story.do(
        during(Chat(START + 6 * MINUTE, START + 7 * MINUTE, agent_lines=0, transcript="Hello?"))
    )

    assert thread(story.history)[1:] == (
        Message(
            *(2, "call", "agent:alice", START + 5 * MINUTE, ""),
            ticket_id=1,
            spoken=Spoken("in", False, 120),
        ),
        Message(
            *(3, "chat", "agent:alice", START + 6 * MINUTE, "Hello?"),
            ticket_id=1,
            spoken=Spoken("in", True, 0, None, 0),
        ),
    )


def test_a_call_whose_note_was_erased_says_so():
    story = Story()
    story.do(during(Call(START + 5 * MINUTE, True, 60, "My card is 1234.")))

    assert [message.body for message in thread(map(redact, story.history))] == [None, None]


def test_a_call_is_not_split_off():
    story = Story()
    story.do(during(call(5)))

    with pytest.raises(Refused, match="message 2 is a call; it stays where it was logged"):
        split(story.ticket, thread(story.history)[1:], 2, story.now)


def test_a_missed_call_still_asks_when_a_ticket_that_asked_before_it_leaves():
    source, target = Story(2), Story(1)
    target.do(lambda t, a: verbs.reply(t, "Here.", a))
    gone, taken = merge(source.ticket, target.ticket, act_at(3))
    source.tell([gone])
    target.tell([taken])
    target.tell(speak(target.ticket, call(20, seconds=None), act_at(20)))
    assert target.ticket.waiting_since == START
    absorbed = {2: as_absorbed(source.history, 1)}
    _, left = unmerge(source.history, target.history, absorbed, act_at(30))
    target.tell([left])

    assert target.ticket.waiting_since == START + 20 * MINUTE


def test_which_events_answer_and_which_ask():
    story = Story()
    story.do(
        lambda t, a: verbs.receive(t, "And?", a),
        during(call(5)),
        during(call(6, seconds=None)),
        during(call(7, seconds=None, inbound=False)),
        lambda t, a: verbs.reply(t, "Here.", a._replace(at=START + HOUR)),
    )
    told = [event for event in story.history if event.kind != "worked"]

    assert [answers(event) for event in told] == [False, False, True, False, False, True]
    assert [asks(event) for event in told] == [False, True, False, True, False, False]
    assert [bool(spoken(event)) for event in told] == [False, False, True, True, True, False]
