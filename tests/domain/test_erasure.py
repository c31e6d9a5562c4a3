"""Erasing what people wrote: nothing of it is left, and what is left is whole."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.domain.tickets import START, Story, act
from tix.codec import encode
from tix.domain import verbs
from tix.domain.erasure import (
    GONE,
    erasing,
    forgotten,
    redaction,
    without_addresses,
    without_words,
)
from tix.domain.event import Event, digest, first_broken, redact, seal
from tix.domain.people import Customer
from tix.domain.spoken import spoken
from tix.domain.ticket import fold
from tix.domain.verbs.speaking import Call, Chat, speak
from tix.record import replace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tix.domain.ticket import Ticket

MINUTE = timedelta(minutes=1)
WORDS = ("zebra", "quagga", "okapi", "numbat", "quokka", "dingo", "axolotl")
FILE = verbs.Attachment("dingo.pdf", "ab" * 32, 7)

Step = "Callable[[Ticket, verbs.Act], Iterable[Event]]"
STEPS: tuple[Callable[[Ticket, verbs.Act], Iterable[Event]], ...] = (
    lambda t, a: verbs.note(t, "the quagga", a, [FILE], pinned=True),
    lambda t, a: verbs.receive(t, "an okapi", a),
    lambda t, a: verbs.reply(t, "no okapi", a._replace(cause="quokka called")),
    lambda t, a: verbs.edit(t, a, subject="numbat", fields={"pet": "axolotl"}),
    lambda t, a: verbs.edit(t, a, participants=("zebra@x.test", "bob@x.test")),
    lambda t, a: verbs.prioritize(t, "high", a._replace(cause="quokka")),
    lambda t, a: verbs.tag(t, ("vip",), a),
)
stories = st.lists(st.sampled_from(STEPS), max_size=6)


def told(steps: Iterable[Callable[[Ticket, verbs.Act], Iterable[Event]]]) -> Story:
    story = Story(body="my quagga", fields={"pet": "zebra"})
    story.do(*steps)
    return story


def left_of(
    story: Story, erase: Callable[[Event], Event] = without_words, why: str = "asked"
) -> tuple[Event, ...]:
    """Return the history of *story* after an erasure, with the event that tells of it."""
    left = erasing(story.history, erase)
    history = tuple(left.get(event.seq, event) for event in story.history)
    event = redaction(fold(history), history, act(99)._replace(cause=why))
    seq = history[-1].seq + 1
    return (*history, seal(event, history[-1].hash, seq=seq, op=99, salt="s"))


def text_of(history: Iterable[Event]) -> str:
    return json.dumps([encode(event) for event in history])


@settings(max_examples=40)
@given(stories)
def test_no_word_is_left_and_the_chain_is_whole(
    steps: list[Callable[[Ticket, verbs.Act], Iterable[Event]]],
) -> None:
    history = left_of(told(steps))

    assert first_broken(history) is None
    assert not [word for word in WORDS if word in text_of(history)]


@settings(max_examples=40)
@given(stories)
def test_numbers_times_and_moves_stay(
    steps: list[Callable[[Ticket, verbs.Act], Iterable[Event]]],
) -> None:
    story = told(steps)
    before, after = story.ticket, fold(left_of(story)[:-1])

    assert after == replace(before, subject=GONE, participants=(), fields={})
    assert [(e.kind, e.at, e.by, e.hash) for e in left_of(story)[:-1]] == [
        (e.kind, e.at, e.by, e.hash) for e in story.history
    ]


@settings(max_examples=40)
@given(stories)
def test_erasing_twice_takes_nothing_more(
    steps: list[Callable[[Ticket, verbs.Act], Iterable[Event]]],
) -> None:
    assert erasing(left_of(told(steps)), without_words) == {}


@settings(max_examples=40)
@given(stories, st.data())
def test_what_is_left_cannot_be_changed_unseen(
    steps: list[Callable[[Ticket, verbs.Act], Iterable[Event]]], data: st.DataObject
) -> None:
    history = left_of(told(steps))
    place = data.draw(st.integers(0, len(history) - 1))
    changed = replace(history[place], by="agent:mallory")

    assert first_broken((*history[:place], changed, *history[place + 1 :])) is changed


def test_an_erased_event_is_broken_where_no_event_vouches_for_it() -> None:
    history = left_of(told(()))

    assert first_broken(history[:-1]) is history[0]


def test_what_was_never_erased_needs_more_than_a_voucher() -> None:
    story = told([STEPS[0]])
    forged = replace(story.history[1], by="agent:mallory")
    vouch = Event("redacted", 1, START, "agent:mallory", "", {"erased": {}})
    left = {str(forged.seq): digest(forged, story.history[0].hash)}
    vouch = replace(vouch, data={"erased": left})
    history = (story.history[0], forged)
    sealed = seal(vouch, forged.hash, seq=9, op=9, salt="s")

    assert first_broken((*history, sealed)) is forged


def test_a_message_without_other_words_keeps_the_hash_of_its_body() -> None:
    received = told([STEPS[1]]).history[1]

    assert without_words(received) == redact(received)


def test_the_hash_of_a_subject_without_a_message_is_beyond_guessing() -> None:
    edited = told([STEPS[3]]).history[1]
    assert "salt" in edited.data
    guess = replace(edited, data={k: v for k, v in edited.data.items() if k != "salt"})

    assert "salt" not in without_words(edited).data
    assert digest(guess, told(()).history[0].hash) != edited.hash


def test_of_what_time_and_imports_did_the_cause_stays() -> None:
    def closed(by: str, cause: str) -> Event:
        return without_words(Event("closed", 1, START, by, cause))

    assert closed("system", "quiet for 14 days").cause == "quiet for 14 days"
    assert closed("agent:bob", "import:zendesk").cause == "import:zendesk"
    assert closed("agent:bob", "undo:57").cause == "undo:57"
    assert closed("agent:bob", "she called").cause == ""


def test_what_tells_of_an_erasure_is_never_erased_itself() -> None:
    redacted = left_of(told(()), why="she asked")[-1]

    assert redacted.cause == "she asked"
    assert without_words(redacted) is redacted


def test_of_data_only_numbers_and_flags_stay() -> None:
    given = {"pinned": True, "op": 3, "parts": [1, [2, None]], "names": ["zebra"], "as": "quagga"}
    left = without_words(Event("noted", 1, START, "agent:bob", data=given))

    assert left.data == {"pinned": True, "op": 3, "parts": [1, [2, None]], "erased": True}


@pytest.mark.parametrize(
    "session",
    [
        Call(START, seconds=60, note="a quagga called"),
        Chat(START, START + MINUTE, True, START, 2, 3, transcript="the okapi"),
    ],
    ids=["call", "chat"],
)
def test_what_a_call_or_chat_was_stays_without_its_words(session: Call | Chat) -> None:
    event, *_ = speak(Story().ticket, session, act(99), more={"id": "zebra-7"})
    left = without_words(event)

    gone = {"body", "id"}
    assert spoken(left) == spoken(event)
    assert left.data == {
        **{name: value for name, value in event.data.items() if name not in gone},
        "body_hash": "",
        "erased": True,
    }


@settings(max_examples=40)
@given(stories)
def test_somebody_can_be_taken_from_those_who_take_part(
    steps: list[Callable[[Ticket, verbs.Act], Iterable[Event]]],
) -> None:
    story = told(steps)
    history = left_of(story, lambda event: without_addresses(event, {"zebra@x.test"}))
    kept = tuple(name for name in story.ticket.participants if name != "zebra@x.test")

    assert first_broken(history) is None
    assert "zebra@x.test" not in text_of(history)
    assert fold(history[:-1]) == replace(story.ticket, participants=kept)


def test_a_message_that_lost_an_address_can_lose_its_words_later() -> None:
    story = Story(participants=("zebra@x.test",), body="my quagga")
    once = left_of(story, lambda event: without_addresses(event, {"zebra@x.test"}))
    story.history = once
    twice = left_of(story)

    assert once[0].body == "my quagga"
    assert first_broken(twice) is None
    assert "quagga" not in text_of(twice)


@pytest.mark.parametrize("merged_into", [None, 7])
def test_of_a_customer_only_what_reports_need_stays(merged_into: int | None) -> None:
    customer = Customer(
        3,
        START,
        name="Zebra",
        addresses=("zebra@x.test",),
        phones=("123456",),
        organisation="Quagga",
        location="Okapi",
        plan="gold",
        group="eu",
        kind="reseller",
        vip=True,
        since=START.date(),
        tags=("numbat",),
        preferences={"language": "dingo"},
        fields={"pet": "axolotl"},
        merged_into=merged_into,
    )

    assert forgotten(customer) == Customer(
        3,
        START,
        name=GONE,
        plan="gold",
        group="eu",
        kind="reseller",
        vip=True,
        merged_into=merged_into,
    )
    assert forgotten(forgotten(customer)) == forgotten(customer)
