"""Erasing what people wrote: the numbers, times and moves of a ticket stay, and so does its chain.

A body goes with its salt, and the hash of its event stays true (``redact``). The other words
of people stand in what the hash covers as they are: an event without them keeps the hash that
the next one is chained to, is marked, and the event that tells of the erasure vouches for what
is left of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tix.domain.event import (
    BODY,
    BODY_HASH,
    CHANGES,
    ERASED,
    REDACTED,
    SALT,
    Event,
    digest,
    redact,
)
from tix.domain.people import Customer
from tix.domain.verbs.act import timing
from tix.record import replace

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from tix.domain.ticket import Ticket
    from tix.domain.verbs import Act

    Erase = Callable[[Event], Event]

GONE = "(erased)"
"""What stands in place of a subject or a name."""

_SYSTEM = "system"
_OUR_CAUSES = ("import:", "undo:")
_OUR_WORDS = frozenset(
    (
        *("agent", "department", "rated_at", "score", "source"),
        *("direction", "outcome", "session", "started_at", "ended_at", "picked_up_at"),
    )
)
"""Members that say nothing in words of a customer."""
_BLANKS: Mapping[str, object] = {
    "subject": GONE,
    "participants": [],
    "fields": {},
    "secrets": [],
    "promises": [],
}


def without_words(event: Event) -> Event:
    """Return *event* without anything that somebody wrote; one that erased others stays."""
    if event.kind == REDACTED:
        return event
    bare = redact(event)
    left = _plain(bare)
    if left == bare:
        return bare
    data = {**left.data, ERASED: True} | ({BODY_HASH: ""} if BODY_HASH in left.data else {})
    return replace(left, data=data)


def without_addresses(event: Event, addresses: Collection[str]) -> Event:
    """Return *event* without some of those who take part."""
    pair = event.changes.get("participants")
    if pair is None:
        return event
    kept = [_kept(side, addresses) for side in pair]
    if kept == list(pair):
        return event
    data = {name: value for name, value in event.data.items() if name != SALT or BODY in event.data}
    return replace(
        event, data={**data, CHANGES: {**event.changes, "participants": kept}, ERASED: True}
    )


def erasing(history: Sequence[Event], erase: Erase) -> dict[int, Event]:
    """Return what *erase* makes of those events of *history* that it changes, by ``seq``."""
    found = {event.seq: erase(event) for event in history}
    return {event.seq: found[event.seq] for event in history if found[event.seq] != event}


def redaction(ticket: Ticket, history: Iterable[Event], act: Act) -> Event:
    """Return the event that tells of an erasure, and vouches for what it left of *history*."""
    at, recorded_at = timing(ticket, act)
    left, previous = {}, ""
    for event in history:
        if ERASED in event.data and event.kind != REDACTED:
            left[str(event.seq)] = digest(event, previous)
        previous = event.hash
    return Event(REDACTED, ticket.id, at, act.by, act.cause, {ERASED: left}, recorded_at)


def forgotten(customer: Customer) -> Customer:
    """Return what reports still need of *customer*: nothing that tells who it was."""
    return Customer(
        customer.number,
        customer.created_at,
        name=GONE,
        plan=customer.plan,
        group=customer.group,
        kind=customer.kind,
        vip=customer.vip,
        merged_into=customer.merged_into,
    )


def _plain(event: Event) -> Event:
    """Return *event* with numbers and the desk's own words only."""
    data: dict[str, Any] = {
        name: value
        for name, value in event.data.items()
        if name in (CHANGES, BODY_HASH) or name in _OUR_WORDS or _is_plain(value)
    }
    if CHANGES in data:
        data[CHANGES] = {name: _blank(name, pair) for name, pair in event.changes.items()}
    is_ours = event.by == _SYSTEM or event.cause.startswith(_OUR_CAUSES)
    return replace(event, cause=event.cause if is_ours else "", data=data)


def _blank(name: str, pair: Sequence[object]) -> Sequence[object]:
    if name not in _BLANKS:
        return pair
    return [_BLANKS[name] if side else side for side in pair]


def _is_plain(value: object) -> bool:
    if isinstance(value, list):
        return all(map(_is_plain, value))
    return value is None or isinstance(value, bool | int | float)


def _kept(side: object, addresses: Collection[str]) -> object:
    if not isinstance(side, list):
        return side
    return [address for address in side if str(address).casefold() not in addresses]
