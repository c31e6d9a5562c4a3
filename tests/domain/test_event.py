"""The chain of events: what is sealed cannot be changed unseen, and can be forgotten."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.domain.tickets import START, Story
from tix.codec import decode, encode
from tix.domain import verbs
from tix.domain.event import Event, digest, first_broken, redact, seal
from tix.record import replace

if TYPE_CHECKING:
    from collections.abc import Callable

words = st.text(max_size=4)
moments = st.integers(-9, 9).map(lambda hours: START + timedelta(hours=hours))
values = st.none() | st.booleans() | st.integers(-9, 9) | words | st.lists(words, max_size=2)
data = st.dictionaries(words | st.just("body"), values, max_size=3)
events = st.builds(
    Event, words, st.integers(1, 9), moments, words, words, data, st.none() | moments
)
few = settings(max_examples=30)


def sealed(given: list[Event]) -> tuple[Event, ...]:
    """Return *given* as a history, the way a store records it."""
    history: list[Event] = []
    for number, event in enumerate(given, 1):
        previous = history[-1].hash if history else ""
        history.append(seal(event, previous, seq=number, op=number, salt=f"salt {number}"))
    return tuple(history)


histories = st.lists(events, min_size=2, max_size=4).map(sealed)


def with_data(event: Event, **members: object) -> Event:
    return replace(event, data={**event.data, **members})


TAMPERING: dict[str, Callable[[Event], Event]] = {
    "kind": lambda e: replace(e, kind=e.kind + "!"),
    "ticket": lambda e: replace(e, ticket_id=e.ticket_id + 1),
    "time": lambda e: replace(e, at=e.at - timedelta(seconds=1)),
    "time of recording": lambda e: replace(e, recorded_at=None if e.recorded_at else START),
    "who": lambda e: replace(e, by=e.by + "!"),
    "cause": lambda e: replace(e, cause=e.cause + "!"),
    "number": lambda e: replace(e, seq=e.seq + 1),
    "operation": lambda e: replace(e, op=e.op + 1),
    "more data": lambda e: with_data(e, another=1),
    "body": lambda e: with_data(e, body=f"{e.data.get('body')}!"),
    "hash": lambda e: replace(e, hash=e.hash[::-1] + "0"),
}


@few
@given(histories)
def test_what_is_sealed_is_whole(history: tuple[Event, ...]) -> None:
    assert first_broken(history) is None


@few
@given(histories)
def test_what_was_written_as_json_and_read_again_is_whole(history: tuple[Event, ...]) -> None:
    read = tuple(decode(Event, json.loads(json.dumps(encode(event)))) for event in history)

    assert read == history
    assert first_broken(read) is None


@pytest.mark.parametrize("tamper", TAMPERING.values(), ids=TAMPERING)
@settings(max_examples=8)
@given(history=histories, data=st.data())
def test_an_event_that_was_changed_is_found(
    tamper: Callable[[Event], Event], history: tuple[Event, ...], data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(history) - 1))
    changed = tamper(history[place])

    assert first_broken((*history[:place], changed, *history[place + 1 :])) is changed


@few
@given(histories, st.data())
def test_an_event_that_is_missing_is_found_by_the_next(
    history: tuple[Event, ...], data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(history) - 2))

    assert first_broken(history[:place] + history[place + 1 :]) is history[place + 1]


@few
@given(histories, st.data())
def test_events_in_another_order_are_found(history: tuple[Event, ...], data: st.DataObject) -> None:
    shuffled = tuple(data.draw(st.permutations(history)))

    assert (first_broken(shuffled) is None) is (shuffled == history)


@few
@given(histories, st.data())
def test_an_event_told_twice_is_found(history: tuple[Event, ...], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(history) - 1))
    again = history[place]

    assert first_broken((*history[: place + 1], again, *history[place + 1 :])) is again


def test_a_history_that_goes_on_is_chained_to_its_last_hash() -> None:
    story = Story()
    story.do(lambda t, a: verbs.note(t, "He called.", a))
    opened, noted = story.history

    assert noted.hash == digest(noted, opened.hash) == story.ticket.hash
    assert noted.hash != digest(noted, "")


def test_the_order_of_members_is_no_part_of_the_hash() -> None:
    one = Event("noted", 1, START, "agent:bob", data={"a": 1, "b": {"c": 2, "d": 3}})
    other = replace(one, data={"b": {"d": 3, "c": 2}, "a": 1})

    assert digest(one, "") == digest(other, "")


def test_sealing_numbers_and_salts_and_leaves_the_rest() -> None:
    event = Event("noted", 7, START, "agent:bob", "call", {"body": "He is angry."}, START)

    sealed_event = seal(event, "ab", seq=3, op=2, salt="pepper")
    assert sealed_event == replace(
        event,
        data={"body": "He is angry.", "salt": "pepper"},
        seq=3,
        op=2,
        hash=digest(sealed_event, "ab"),
    )


def test_what_has_no_body_needs_no_salt() -> None:
    assert "salt" not in seal(Event("closed", 1, START, "system"), "", seq=1, op=1, salt="s").data


@few
@given(histories, st.data())
def test_erasing_bodies_leaves_the_chain_whole(
    history: tuple[Event, ...], data: st.DataObject
) -> None:
    erased = data.draw(st.sets(st.sampled_from(range(len(history)))))
    left = tuple(redact(e) if n in erased else e for n, e in enumerate(history))

    assert first_broken(left) is None
    assert all(left[n].body is None for n in erased)
    assert all("salt" not in left[n].data for n in erased if history[n].body)
    assert [left[n].changes for n in erased] == [history[n].changes for n in erased]


def test_what_has_no_body_is_erased_as_it_is() -> None:
    event = seal(Event("closed", 1, START, "system"), "", seq=1, op=1, salt="s")

    assert redact(event) is event


@pytest.mark.parametrize(
    ("salt", "body"),
    [("salt", "pepper!"), ("tlas", "pepper"), ("salt", None), (None, "pepper")],
)
def test_neither_body_nor_salt_can_be_changed_unseen(salt: object, body: object) -> None:
    event = seal(
        Event("noted", 1, START, "bob", data={"body": "pepper"}), "", seq=1, op=1, salt="salt"
    )
    changed = with_data(event, body=body, salt=salt)

    assert first_broken((changed,)) is changed


def test_an_erased_body_cannot_be_put_back_as_another() -> None:
    event = seal(Event("noted", 1, START, "bob", data={"body": "yes"}), "", seq=1, op=1, salt="s")
    forged = replace(event, data={"body": "no", "salt": "s"})

    assert first_broken((redact(event),)) is None
    assert first_broken((forged,)) is forged


def test_the_same_text_has_another_hash_with_another_salt() -> None:
    event = Event("noted", 1, START, "bob", data={"body": "yes"})
    one, other = (redact(seal(event, "", seq=1, op=1, salt=salt)) for salt in ("a", "b"))

    assert one.data["body_hash"] != other.data["body_hash"]


def test_an_event_tells_what_it_changed_and_what_was_said() -> None:
    event = Event(
        "noted", 1, START, "bob", data={"changes": {"notes": [0, 1]}, "body": "He called."}
    )

    assert tuple(event.changes["notes"]) == (0, 1)
    assert event.body == "He called."
    assert redact(event).body is None
    assert Event("closed", 1, START, "bob").changes == {}
